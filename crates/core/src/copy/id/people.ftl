# Jam kerja, cuti, dan apa yang disampaikan kepada admin.

# Mengapa sesuatu terlambat atau dilewati.
why-day-off = Itu bukan hari kerjanya.
why-holiday = Itu hari libur: { $name }.
why-away = Yang bersangkutan sedang cuti.
why-away-until = Yang bersangkutan cuti sampai { $until }.
why-quiet = Saat itu di luar jam kerjanya, jadi ditunggu sampai jam kerja.
why-focus = Yang bersangkutan sedang fokus, dan jeda tidak mengganggunya.
why-paused = Yang bersangkutan sedang menjeda notifikasinya.
why-downtime = jeda sedang tidak berjalan atau tidak terhubung.
why-rate-limited = Platform meminta jeda menunggu.
why-member-gone = Yang bersangkutan sudah tidak ada di sini.
why-obsolete = Sudah tidak diperlukan lagi.

# Mengapa platform menolak, dan cara memperbaikinya.
refusal-direct-messages-closed = Yang bersangkutan tidak menerima pesan langsung dari jeda. Pesan langsung dapat diizinkan di setelan privasinya.
refusal-not-in-channel = jeda tidak ada di kanal itu, atau tidak boleh mengirim pesan di sana. Tambahkan jeda ke kanal dan beri izin mengirim.
refusal-channel-gone = Kanal itu sudah diarsipkan atau dihapus. Pilih kanal lain.
refusal-member-gone = Yang bersangkutan sudah tidak ada di sini.
refusal-message-gone = Pesan yang terkait sudah dihapus.
refusal-missing-permission = jeda tidak punya izin ini di sana: { $permission }. Admin dapat memberikannya.
refusal-gave-up = jeda sudah mencoba selama sekitar dua hari, lalu berhenti. Galat terakhirnya { $code }.
refusal-other = Platform menolaknya: { $code }.

hours-title = Jam kerja Anda
hours-now = Anda bekerja **{ $hours }**.
hours-zone-own = Zona waktu ini Anda tetapkan sendiri.
hours-zone-profile = Zona waktu Anda mengikuti profil Anda.
hours-zone-guessed = Zona waktu Anda belum diketahui. Sampai Anda mengisinya, zona tim yang dipakai: { $zone }.
hours-away-open = Anda sedang cuti sampai Anda mengetik `/back`.
hours-away-until = Anda sedang cuti sampai { $until }.
hours-holidays =
    { $whose ->
        [own] Hari libur: **{ $place }**, sesuai pilihan Anda; diketahui sampai akhir { $year }.
       *[team] Hari libur: **{ $place }**, sama seperti tim Anda; diketahui sampai akhir { $year }.
    }
hours-holidays-none = Belum ada hari libur nasional. `/hours holidays ID` memakai hari libur suatu negara atau wilayah.
hours-next-holiday = Libur berikutnya { $date }: { $name }.
hours-holidays-unknown = Negara atau wilayah { $given } tidak dikenal.
hours-holidays-near = Negara atau wilayah { $given } tidak dikenal. Mungkin maksud Anda { $near }?
hours-holidays-how = Ketik misalnya `/hours holidays ID`, `/hours holidays GB-ENG`, atau `/hours libur Indonesia`. `/hours holidays tim` kembali mengikuti tim.
hours-focus = Anda sedang fokus sampai { $until }.
hours-how = jeda hanya bertanya di dalam jam kerja Anda. Ubah dengan cara ini: `/hours Asia/Jakarta senin-jumat 9.00-17.30`. `/hours reset` membatalkan yang pernah Anda atur.
hours-set = Tersimpan. Anda bekerja **{ $hours }**, dan jeda hanya bertanya pada waktu itu.
hours-reset = Pengaturan Anda dibatalkan. Anda bekerja **{ $hours }**.
hours-change = Atur jam kerja saya

hours-form-title = Jam kerja Anda
hours-form-save = Simpan
hours-form-cancel = Batal
hours-form-zone = Zona waktu
hours-form-zone-hint = Kota besar di dekat Anda, misalnya Asia/Jakarta
hours-form-week = Hari dan jam kerja
hours-form-week-hint = Misalnya senin-jumat 9.00-17.30. Jika kosong, tidak ada yang berubah.

away-until = Anda cuti sampai **{ $until }**. Sampai saat itu tidak ada yang ditanyakan kepada Anda. `/back` mengakhirinya lebih cepat.
away-open = Anda cuti. Tidak ada yang ditanyakan kepada Anda sampai Anda mengetik `/back`.
away-how = Ketik misalnya `/away sampai senin`, `/away 2026-12-28`, atau `/away 3 hari acara keluarga`.
back-done = Selamat datang kembali. Mulai sekarang Anda ditanya lagi, di dalam jam kerja Anda.
back-not-away = Anda tidak sedang cuti atau fokus. Ketik `/hours` untuk melihat kapan Anda ditanya.

reason-shown = Siapa pun yang bertanya kapan Anda bekerja dapat membaca alasan Anda: { $why }
reason-too-long = Mohon tulis alasan paling banyak { $max } karakter.

focus-until = Anda fokus sampai **{ $until }**. Sampai saat itu jeda hanya menyampaikan yang tidak bisa menunggu. `/focus off` mengakhirinya lebih cepat.
focus-none = Anda tidak sedang fokus.
focus-how = Ketik misalnya `/focus 2 jam`, `/focus 90 menit proposal`, atau `/focus sampai 14.00`. `/focus off` mengakhirinya.
focus-off = Waktu fokus Anda selesai. Pertanyaan yang tadi menunggu Anda disampaikan sekarang.
focus-not-on = Anda tidak sedang fokus. `/focus 2 jam` memulainya.
focus-outside = Anda bekerja lagi mulai **{ $begins }**, dan sampai saat itu memang tidak ada yang ditanyakan kepada Anda. Waktu fokus adalah bagian dari jam kerja.
focus-away = Anda sedang cuti, jadi memang tidak ada yang ditanyakan kepada Anda. `/back` mengakhirinya.
focus-no-hours = Anda tidak punya jam kerja dalam waktu dekat, jadi memang tidak ada yang ditanyakan kepada Anda. Ketik `/hours` untuk melihatnya.
focus-too-long = Waktu fokus paling lama { $max }. Untuk yang lebih lama ada `/away sampai senin`.

when-both = { $mine } ({ $theirs } di sana)
when-working = { $who } bekerja sampai { $until }.
when-working-on = { $who } bekerja kapan saja.
when-focus = { $who } sedang fokus sampai { $until }.
when-off = { $who } sedang di luar jam kerja dan bekerja lagi mulai { $next }.
when-away = { $who } sedang cuti dan bekerja lagi mulai { $next }.
when-away-open = { $who } sedang cuti dan belum menyebutkan sampai kapan.
when-holiday = { $who } sedang libur, { $name }, dan bekerja lagi mulai { $next }.
when-never = { $who } tidak punya jam kerja dalam waktu dekat.
when-reason = Katanya: { $why }
when-answer-by = Jawaban dapat diharapkan paling lambat { $by }.
when-guessed = Lokasinya belum disebutkan, jadi ini memakai zona tim, { $zone }.
when-how = Sebutkan orangnya: `/when @ana` memberi tahu kapan ia bekerja lagi, dalam waktu Anda dan waktunya.
when-stranger = { $word } tidak ditemukan. Pilih orang dari daftar yang muncul setelah @.
when-group = Ini hanya untuk orang, bukan grup. Sebutkan satu per satu.
when-unknown = { $who } belum dikenal, dan jeda sedang menanyakannya. Silakan coba lagi sebentar lagi.
when-bot = { $who } adalah bot dan tidak punya jam kerja.
when-gone = { $who } sudah tidak ada di sini.
when-too-many = Paling banyak { $max } orang sekaligus. Tanyakan lagi untuk yang lain.

ask-zone = Anda berada di zona waktu mana? jeda hanya bertanya di dalam jam kerja Anda, dan di sini tidak ada yang menunjukkan lokasi Anda.
ask-zone-until = Sampai Anda mengisinya, zona tim yang dipakai: { $zone }. Anda juga dapat mengetik `/hours Asia/Jakarta`. Ini hanya ditanyakan sekali.

admin-locked = jeda tidak dapat bekerja di sini sejak { $since } sampai { $until } karena tokennya tidak diterima. Sekarang sudah berjalan lagi. Yang masih berguna sudah dikirim; sisanya ada dalam catatan.
admin-channel = Laporan { $standup } tidak dapat dikirim ke { $channel }.
admin-deadline = { $standup } berhenti dulu, karena tenggatnya akan tiba sebelum beberapa orang ditanya, dan pemiliknya tidak dapat diberi tahu. { $edit } mengubah tenggatnya, lalu { $resume } agar mulai bertanya.
admin-undelivered = Sebuah pesan tidak dapat disampaikan.
admin-explain = Selengkapnya, di mesin yang menjalankan jeda: { $command }

what-sent = Terkirim satu kali, tepat waktu.
what-sent-late = Terkirim satu kali, terlambat: { $why }
what-skipped = Tidak dikirim: { $why }
