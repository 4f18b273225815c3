# Perintah: keterangan (paling banyak 100 karakter, karena Discord juga memakainya), bantuan, dan saran.

help-title = Yang bisa dilakukan jeda
help-intro = jeda menanyakan pertanyaan tim pada jam kerja masing-masing orang, menunggu, lalu melaporkan sekali untuk semua. Tidak perlu ada yang daring bersamaan.
help-more = Selengkapnya tentang satu perintah, dengan contoh: `/jeda help standup new`

help-no-topic = Tidak ada perintah { $topic }.
help-no-topic-near = Tidak ada perintah { $topic }. Mungkin maksud Anda { $near }?
command-unknown = Tidak ada perintah { $typed }. Ketik { $help } untuk melihat yang tersedia.
command-unknown-near = Tidak ada perintah { $typed }. Mungkin maksud Anda { $near }?
command-trouble-near = Bagian { $trouble } tidak dapat dibaca. Mungkin maksud Anda { $near }? { $what }.
command-trouble-empty = Tidak ada isi setelah { $near }. Isinya begini: { $what }.
command-trouble = Bagian { $trouble } tidak dapat dibaca. Cara mengetiknya: { $usage }

command-standup = Standup: ditanyakan pada waktu setempat tiap orang, dilaporkan bersama
command-later = Pesan yang diantar pada jam kerja pembacanya
command-asks = Pertanyaan Anda, dan yang menunggu Anda
command-digest = Yang menunggu Anda, dalam satu pesan
command-norms = Norma yang berlaku di sini, dan yang dilakukannya
command-jeda = Bantuan, dan alasan di balik tindakan jeda

command-standup-new = Membuat standup; tanpa isian, formulir akan terbuka
command-standup-new-help =
    Standup mengajukan pertanyaan pada hari dan jam yang Anda tentukan, menurut zona waktu tiap orang, lalu mengirim satu laporan ke sebuah kanal.
    Cukup nama dan waktunya; pertanyaan bawaannya: apa yang sudah dikerjakan, apa rencananya, dan apa hambatannya.
    `/standup new Harian hari kerja 9.30`
    `/standup new Harian hari kerja 9.30 channel=#eng window=4jam remind=1jam`
    Semua orang di kanal ikut, atau mereka yang Anda sebut: beberapa orang, atau satu grup atau peran. Beri spasi sebelum tiap @.
    `/standup new "Mingguan tim" setiap senin 10.00 questions="Apa yang berjalan baik?; Apa berikutnya?" who= @ana @budi`
    `/standup new Backend hari kerja 9.30 who= @backend`
    `/standup new Operasi setiap hari 8.00 zone=Asia/Jakarta report=live`
command-standup-list = Semua standup di sini, dan kapan ditanyakan
command-standup-list-help =
    Standup Anda ada di urutan teratas.
    `/standup list`
command-standup-show = Satu standup: pertanyaan, hari, dan pesertanya
command-standup-show-help =
    Tanpa nama, yang ditampilkan adalah standup kanal ini atau satu-satunya standup Anda.
    `/standup show Harian`
command-standup-edit = Mengubah standup; jika hanya namanya yang diisi, formulir akan terbuka
command-standup-edit-help =
    Yang tidak disebut tetap seperti semula. Putaran yang sedang berjalan tidak berubah; perubahan berlaku mulai putaran berikutnya.
    `/standup edit Harian`
    `/standup edit Harian hari kerja 10.00`
    `/standup edit Harian window=6jam remind=off`
    `/standup edit "Mingguan tim" rename=Mingguan`
command-standup-pause = Berhenti bertanya sampai dilanjutkan kembali
command-standup-pause-help =
    Putaran yang sedang berjalan tetap ditutup dan dilaporkan seperti biasa.
    `/standup pause Harian`
command-standup-resume = Bertanya lagi mulai putaran berikutnya
command-standup-resume-help =
    `/standup resume Harian`
command-standup-delete = Menghapus standup; laporan yang lalu tetap ada
command-standup-delete-help =
    Anda akan ditanya sekali lagi sebelum standup dihapus.
    `/standup delete Harian`
command-standup-join = Ikut serta dalam standup
command-standup-join-help =
    Anda ditanya mulai putaran berikutnya, menurut waktu setempat Anda.
    `/standup join Harian`
command-standup-leave = Berhenti ikut serta dalam standup
command-standup-leave-help =
    Anda tidak akan ditanya lagi. Anda bisa kembali dengan `/standup join`.
    `/standup leave Harian`
command-standup-skip = Melewati yang bertanya hari ini, atau satu standup, boleh dengan alasan
command-standup-skip-help =
    Tim melihat bahwa Anda melewatinya, beserta alasannya jika ada. Tidak ada pengingat. Tanpa nama, semua yang bertanya kepada Anda hari ini dilewati.
    `/standup skip`
    `/standup skip sedang ke dokter gigi`
    `/standup skip sedang ke dokter gigi name=Harian`
command-standup-report = Membaca kembali sebuah laporan
command-standup-report-help =
    Tanpa tanggal, yang ditampilkan adalah laporan terakhir yang sudah ditutup.
    `/standup report`
    `/standup report kemarin`
    `/standup report 2026-11-24 Harian`
command-standup-receipts = Catatan tiap pertanyaan: terkirim, terlambat, atau dilewati, beserta alasannya
command-standup-receipts-help =
    `/standup receipts`
    `/standup receipts 2026-11-24 Harian`
command-standup-note = Mencatat satu baris untuk jawaban Anda berikutnya
command-standup-note-help =
    Hanya Anda yang melihatnya. Saat Anda ditanya lagi, catatan ini ditawarkan dalam jawaban Anda.
    `/standup note login di ponsel lama sudah diperbaiki`
command-hours = Zona waktu, jam kerja, dan hari libur Anda: lihat atau atur
command-hours-help =
    jeda hanya bertanya di dalam jam ini. Tanpa isian, perintah ini menampilkannya.
    `/hours`
    `/hours Asia/Jakarta`
    `/hours senin-jumat 9.00-17.30`
    `/hours Asia/Jakarta senin-kamis 9.00-12.00,13.00-17.30`
    `/hours libur ID`
    `/hours holidays GB-ENG`
    `/hours calendar https://…`
command-when = Kapan seseorang bekerja lagi, dalam waktu Anda dan waktunya
command-when-help =
    Dasarnya jam kerja, cuti, dan waktu fokus yang disebutkan sendiri; kehadiran tidak dipantau. Jika tim sudah menyepakati lamanya menjawab, disebutkan juga kapan jawaban dapat diharapkan.
    `/when @ana`
    `/when @ana @budi`
command-focus = Waktu fokus mulai sekarang, tanpa gangguan dari apa pun yang bisa menunggu
command-focus-help =
    Yang jatuh tempo di dalamnya disampaikan setelah selesai. Pertanyaan standup yang waktunya akan habis tetap disampaikan, tanpa bunyi jika platform bisa. Orang lain melihat sampai kapan Anda fokus, dan alasannya jika Anda menuliskannya.
    `/focus 2 jam`
    `/focus 90m proposal`
    `/focus sampai 14.00`
    `/focus off`
    `/focus`
command-away = Cuti atau tidak di tempat, sampai hari tertentu atau sampai Anda kembali
command-away-help =
    Selama itu tidak ada yang ditanyakan kepada Anda, dan laporan menyebutkannya.
    `/away`
    `/away sampai senin`
    `/away 2026-12-28`
    `/away 3 hari`
    `/away sampai senin acara keluarga`
command-back = Kembali dari cuti
command-back-help =
    `/back`
command-later-send = Mengantar pesan pada jam kerja penerimanya
command-later-send-help =
    Yang di luar jam kerja menerimanya pada awal jam kerja berikutnya, lewat pesan langsung dari jeda yang menyebut nama Anda; yang sedang bekerja menerimanya sekarang. Kanal menerimanya saat jam kerja tim berikutnya mulai. Jika waktunya disebut, pesan datang pada waktu itu, menurut jam setempat pembacanya.
    `/later @ana Bisa lihat drafnya?`
    `/later @ana when=selasa Bisa lihat drafnya?`
    `/later #eng when="senin 10.00" Siapa ikut demo?`
command-later-list = Pesan Anda yang menunggu, dan kapan diantar
command-later-list-help =
    Hanya Anda yang melihatnya.
    `/later`
command-later-show = Satu pesan Anda yang menunggu, selengkapnya
command-later-show-help =
    `/later show 3`
command-later-edit = Mengubah isi atau waktu pesan yang menunggu
command-later-edit-help =
    `/later edit 3 Bisa lihat draf kedua?`
    `/later edit 3 when=14.00`
command-later-now = Mengirim satu pesan sekarang, kecuali penerimanya di luar jam kerja
command-later-now-help =
    `/later now 3`
command-later-cancel = Menarik satu pesan kembali
command-later-cancel-help =
    Isinya ditampilkan sekali lagi. Tidak ada yang disimpan.
    `/later cancel 3`
command-ask = Bertanya kepada orang, dengan waktu pada jam kerja mereka sendiri
command-ask-help =
    Pertanyaannya dikirim di sini, dan tidak ada yang terganggu di luar jam kerjanya. Masing-masing menjawab dengan tombol atau di utasnya, dan diingatkan satu kali. Anda membaca satu ringkasan: saat waktunya habis, atau begitu semua sudah menjawab. Tanpa waktu, norma tim menentukan lamanya.
    `/ask @ana Bisa lihat drafnya? by 2d`
    `/ask @ana @budi by="jumat 14.00" Nama yang mana?`
command-asks-list = Pertanyaan Anda yang terbuka, dan yang menunggu jawaban Anda
command-asks-list-help =
    Hanya Anda yang melihatnya.
    `/asks`
command-asks-show = Satu pertanyaan Anda dengan jawabannya
command-asks-show-help =
    `/asks show 3`
command-asks-edit = Mengubah isi atau waktu pertanyaan yang terbuka
command-asks-edit-help =
    Waktu yang baru dihitung dari sekarang, bagi yang belum menjawab.
    `/asks edit 3 Bisa lihat draf kedua?`
    `/asks edit 3 by=jumat`
command-asks-cancel = Menarik satu pertanyaan kembali
command-asks-cancel-help =
    Pesannya menyebutkan itu, dan tidak ada yang diingatkan.
    `/asks cancel 3`
command-digest-show = Yang menunggu ringkasan Anda, dan kapan datangnya
command-digest-show-help =
    `/digest`
command-digest-now = Mengantar yang menunggu sekarang
command-digest-now-help =
    `/digest now`
command-digest-at = Mengatur jam ringkasan Anda sendiri
command-digest-at-help =
    `/digest at 9.00 16.00`
command-digest-on = Menerimanya menurut kesepakatan tim, atau saat hari kerja mulai
command-digest-on-help =
    `/digest on`
command-digest-off = Tanpa ringkasan; yang menunggu ditunjukkan saat diminta
command-digest-off-help =
    `/digest off`
command-norms-show = Norma yang berlaku di kanal ini, dalam kalimat
command-norms-show-help =
    `/norms`
command-norms-report = Yang dilakukan norma minggu ini, atau akan dilakukannya
command-norms-report-help =
    `/norms report`
command-jeda-why = Alasan jeda menyampaikan yang terakhir kepada Anda
command-jeda-why-help =
    `/jeda why`
command-jeda-link = Tautkan akun Slack dan Discord Anda, agar satu jam kerja berlaku di keduanya
command-jeda-link-help =
    Di satu akun Anda mendapat kode; di akun lain Anda mengetiknya, dalam seperempat jam.
    Jam kerja dari akun tempat kode dibuat yang berlaku; cuti yang diatur di salah satunya tetap berlaku. Tidak ada orang lain yang melihat tautan ini.
    `/jeda link`
    `/jeda link abcd-efgh-jkmn`
command-jeda-unlink = Tidak lagi berbagi jam kerja dengan akun Anda yang lain
command-jeda-unlink-help =
    Akun ini tetap dengan jam kerjanya sekarang; begitu juga yang lain.
    `/jeda unlink`
command-jeda-help = Yang bisa dilakukan jeda, atau satu perintah dengan contoh
command-jeda-help-help =
    `/jeda help`
    `/jeda help standup new`

arg-new-name = Namanya, misalnya Harian
arg-name = Standup yang mana
arg-name-maybe = Standup yang mana; hanya perlu jika ada beberapa
arg-name-skip = Standup yang mana; semua yang bertanya hari ini jika tidak diisi
arg-rename = Nama barunya
arg-when = Hari dan jam, misalnya “hari kerja 9.30” atau “setiap selasa kedua 10.00”
arg-channel = Kanal untuk laporan; kanal ini jika tidak diisi
arg-questions = Daftar pertanyaan, dipisahkan titik koma
arg-zone = Satu zona waktu untuk semua; jika tidak diisi, zona tiap orang
arg-window = Berapa lama orang boleh menjawab, misalnya 4jam
arg-deadline = Jam batas menjawab, misalnya 14.00, sebagai pengganti lamanya
arg-remind = Berapa lama sebelum batas pengingat dikirim, misalnya 1jam, atau “off”
arg-report = Kapan dilaporkan: sekali saat ditutup, atau begitu ada jawaban
arg-who = Pesertanya: beberapa orang atau satu grup; seluruh kanal jika tidak diisi
arg-observers = Siapa yang menerima tiap laporan lewat pesan langsung
arg-reason = Alasannya, jika tim perlu tahu
arg-date = Hari yang mana, misalnya “kemarin” atau 2026-11-24; yang terbaru jika tidak diisi
arg-text = Baris yang ingin dicatat
arg-hours = Zona, hari, dan jam, misalnya “Asia/Jakarta senin-jumat 9.00-17.30”
arg-holidays = Hari libur siapa, misalnya “ID”, “GB-ENG”, atau “Indonesia”; “tim” mengikuti tim
arg-calendar = Alamat iCal rahasia kalender Anda; “off” mengakhirinya. Hanya Anda yang melihatnya
arg-until = Sampai kapan, misalnya “senin” atau “3 hari”; sampai Anda kembali jika tidak diisi
arg-focus = Berapa lama, misalnya “2 jam”, atau “sampai 14.00”; “off” mengakhirinya
arg-when-who = Siapa, sebagai sebutan, misalnya “@ana @budi”
arg-why = Alasannya, jika orang lain boleh tahu
arg-number = Nomornya, seperti dalam daftar
arg-digest-times = Satu jam atau lebih, menurut jam Anda, misalnya “9.00 16.00”
arg-later-text = Isinya
arg-later-new-text = Isi barunya
arg-later-to = Untuk siapa; kosongkan jika untuk kanal
arg-later-channel = Kanal yang mana, sebagai pengganti orang
arg-later-when = Paling cepat kapan, misalnya “14.00” atau “selasa 9.00”, menurut jam setempat pembacanya
arg-ask-who = Siapa yang ditanya: orang atau grup, misalnya “@ana @budi”
arg-ask-text = Pertanyaannya
arg-ask-new-text = Isi barunya
arg-ask-by = Sampai kapan: waktu kerja seperti “2d” atau “4h”, atau “jumat 14.00” menurut jam pembacanya
arg-ask-number = Nomornya, seperti yang ditunjukkan /asks
arg-code = Kode dari akun Anda yang lain; jika kosong, Anda mendapat satu
arg-topic = Perintah yang mana

# Yang mewakili isian saat baris perintah ditampilkan.
value-name = NAMA
value-when = JADWAL
value-reason = ALASAN
value-date = TANGGAL
value-text = TEKS
value-hours = JAM
value-until = SAMPAI
value-topic = PERINTAH
value-by = WAKTU
value-code = KODE

choice-close = Sekali, saat ditutup
choice-live = Begitu ada jawaban

offer-schedule-weekdays = hari kerja 9.30
offer-schedule-daily = setiap hari 8.00
offer-schedule-days = senin,kamis 16.00
offer-schedule-second = setiap selasa kedua 10.00
offer-schedule-month = senin pertama setiap bulan 9.00
offer-date-today = hari ini
offer-date-yesterday = kemarin
offer-until-tomorrow = besok
offer-until-monday = senin
offer-until-days = 3 hari
offer-until-week = 1 minggu
offer-by-hours = 4h
offer-by-days = 2d
offer-by-friday = jumat
offer-focus-end = selesai
offer-week-office = senin-jumat 9.00-17.00
offer-week-lunch = senin-jumat 9.00-12.00,13.00-17.30
offer-week-four = senin-kamis 9.00-17.00
offer-never = Tanpa pengingat
