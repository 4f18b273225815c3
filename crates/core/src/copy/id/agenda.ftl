# Kalender sendiri.

calendar-set = Kalender Anda di { $host } sedang dibaca; `/hours` menampilkan hasilnya. Di luar kantor dihitung sebagai cuti, dan saat Anda sibuk jeda hanya membawa yang tidak bisa menunggu.
calendar-set-how = Hanya waktunya yang disimpan, bukan isinya. Alamatnya tidak ditampilkan kepada siapa pun. `/hours calendar off` mengakhirinya.
calendar-off = Kalender Anda tidak dibaca lagi. Yang berasal darinya tidak berlaku lagi.
calendar-not-on = Tidak ada kalender Anda yang dibaca.
calendar-on = Bila pengelola jeda menyimpan berkas kalender Anda, berkas itu dibaca dalam seperempat jam.
calendar-how = Ketik seperti `/hours calendar https://…`, dengan alamat rahasia format iCal dari pengaturan kalender Anda. `/hours calendar off` mengakhirinya.
calendar-no-address = Itu bukan alamat kalender di web.
calendar-switched-off = Pembacaan kalender dimatikan di sini. Yang menjalankan jeda bisa menyalakannya.
calendar-shown = Kalender Anda di { $host } dibaca.
calendar-shown-new = Kalender Anda di { $host } sedang dibaca untuk pertama kali.
calendar-shown-failing = Kalender Anda di { $host } tidak bisa dibaca sejak { $since }. { $why }
calendar-next-out = Anda di luar kantor berikutnya dari { $from } sampai { $until }.
calendar-next-busy = Anda sibuk berikutnya dari { $from } sampai { $until }.
calendar-failing = Kalender Anda di { $host } tidak bisa dibaca sejak { $since }. Yang diketahui sampai saat itu tetap berlaku.
calendar-failing-new = Kalender Anda di { $host } tidak bisa dibaca.
calendar-failing-how = jeda terus mencoba. `/hours calendar https://…` memberi alamat lain, `/hours calendar off` mengakhirinya.

calendar-trouble-refused = Alamatnya menuju ke dalam jaringan tempat jeda berjalan, yang tidak dimasuki jeda. Berikan alamat di internet, atau minta yang menjalankan jeda mengizinkan host itu.
calendar-trouble-unreachable = Servernya tidak bisa dihubungi. Periksa apakah alamatnya lengkap.
calendar-trouble-slow = Servernya terlalu lama menjawab.
calendar-trouble-denied = Servernya tidak memberikannya. Ambil lagi alamat rahasia dari pengaturan kalender Anda.
calendar-trouble-server = Servernya sedang bermasalah.
calendar-trouble-too-large = Ukurannya terlalu besar. Alamat untuk waktu yang lebih pendek, atau hanya waktu sibuk dan luang, sudah cukup.
calendar-trouble-no-calendar = Yang ada di sana bukan kalender format iCal, atau isinya terlalu banyak.
calendar-trouble-file = Berkasnya tidak ada lagi atau tidak dapat dibaca. Pengelola jeda dapat memeriksanya.
