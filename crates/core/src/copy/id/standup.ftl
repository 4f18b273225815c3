# standup
standup-not-yet = Versi jeda ini belum dapat menjalankan standup, jadi belum ada yang berubah. `/hours`, `/away`, dan `/back` sudah berfungsi.
