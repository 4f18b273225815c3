# Standup: yang ditanyakan kepada orang, yang dibaca tim, dan jawaban atas perintah.

standup-title = { $standup } · { $date }

# Tombol dan formulir.
standup-answer = Jawab
standup-skip-today = Lewati hari ini
standup-change-answer = Ubah jawaban saya
standup-answer-after-all = Tetap menjawab
standup-answer-late = Jawab terlambat
standup-go-on = Lanjutkan menjawab
standup-next-page = Pertanyaan berikutnya
standup-send = Kirim
standup-cancel = Batal
standup-save = Simpan
standup-skip-title = Lewati hari ini
standup-skip-submit = Lewati
standup-skip-reason = Alasan
standup-skip-reason-hint = Jika tim perlu tahu. Boleh dikosongkan.

# Pertanyaan harian.
standup-prompt-count = { $count } pertanyaan menunggu Anda.
standup-last-plan = Rencana Anda terakhir kali:
standup-your-notes = Catatan Anda:
standup-prompt-deadline = Jawab kapan pun Anda sempat, sampai **{ $until }**.
standup-prompt-how = Tekan **Jawab**, atau balas saja di sini dan pertanyaannya datang satu per satu.
standup-why-channel = Anda ikut { $standup } karena berada di { $channel }. Ketik { $leave } untuk berhenti.
standup-why-joined = Anda ikut { $standup } karena bergabung sendiri. Ketik { $leave } untuk berhenti.
standup-why-named = Anda ikut { $standup } karena ditambahkan. Ketik { $leave } untuk berhenti.
standup-zone-guessed = Zona waktu Anda belum diketahui, jadi yang dipakai { $zone }. Atur zona Anda dengan cara ini: `/hours Asia/Jakarta`
standup-prompt-answered = Terima kasih. Jawaban Anda sudah masuk.
standup-prompt-answered-edited = Terima kasih. Jawaban Anda sudah masuk, beserta perubahannya.
standup-prompt-answered-late = Terima kasih. Jawaban Anda ditambahkan ke laporan dan ditandai terlambat.
standup-prompt-skipped = Anda melewati putaran ini.
standup-prompt-skipped-reason = Anda melewati putaran ini: { $reason }
standup-prompt-left = Anda tidak lagi ikut serta, jadi tidak ada yang perlu dijawab di sini.
standup-prompt-closed = Putaran ini sudah ditutup. Jawaban Anda masih dapat ditambahkan ke laporan, dengan tanda terlambat.
standup-reminder = { $standup } masih terbuka bagi Anda sampai **{ $until }**. Jika hari ini tidak memungkinkan, lewati saja.
standup-reminder-answered = { $standup }: jawaban Anda sudah masuk.
standup-reminder-skipped = { $standup }: Anda melewati putaran ini.
standup-reminder-left = { $standup }: Anda tidak lagi ikut serta.
standup-reminder-closed = { $standup }: putaran ini sudah ditutup. Tombol untuk menjawab terlambat ada di bawah pertanyaannya.

# Menjawab.
standup-question-of = Pertanyaan { $number } dari { $count } · { $standup }
standup-question-none = Jika tidak ada, balas “tidak ada”.
standup-blockers-hint = Jika tidak ada, kosongkan saja.
standup-will-be-late = Putaran ini sudah ditutup. Jawaban Anda akan ditambahkan ke laporannya dan ditandai terlambat.
standup-answer-needed = Mohon isi bagian ini, atau tutup formulir lalu tekan “Lewati hari ini”.
standup-answer-kept = Jawaban Anda sepanjang { $chars } karakter tidak muat di formulir ini. Kosongkan agar tetap tersimpan; yang Anda tulis di sini menggantikannya.
standup-answer-too-long = Mohon paling banyak { $max } karakter.
standup-reason-too-long = Mohon tulis alasan paling banyak { $max } karakter.
standup-not-in-round = Tidak ada pertanyaan bagi Anda di putaran ini. `/standup list` menampilkan standup Anda.
standup-page-kept = Jawaban ini sudah disimpan. Masih ada pertanyaan berikutnya.
standup-page-missing = Hampir selesai: beberapa pertanyaan masih perlu dijawab.
standup-page-changed = Jawaban Anda sudah diperbarui. Masih ada pertanyaan berikutnya.
standup-unchanged = Tidak ada yang berbeda, jadi tidak ada yang diubah.
standup-changed = Jawaban Anda sudah diubah.
standup-thanks = Terima kasih. Jawaban Anda untuk { $standup } sudah masuk. Laporan terbit setelah semua menjawab, selambatnya { $closes }.
standup-thanks-live = Terima kasih. Jawaban Anda untuk { $standup } sudah masuk dan tampil di laporannya.
standup-thanks-late = Terima kasih. Putarannya sudah ditutup saat itu, jadi jawaban Anda ditambahkan ke laporan dan ditandai terlambat.
standup-skipped = Anda melewati { $standups } kali ini. Jika berubah pikiran, Anda masih dapat menjawab sampai laporan terbit.
standup-skipped-all = Itu semua yang bertanya kepada Anda hari ini. Untuk melewati satu saja, sebutkan namanya, misalnya { $skip }.
standup-skip-answered = Anda sudah menjawab, jadi tidak ada yang dilewati. “Ubah jawaban saya” di bawah pertanyaan mengubahnya.
standup-skip-closed = Putaran ini sudah ditutup.
standup-nothing-to-skip = Hari ini tidak ada yang menunggu Anda, jadi tidak ada yang dilewati.
standup-nothing-open = Tidak ada pertanyaan yang menunggu Anda, jadi pesan ini tidak disimpan. Untuk mencatat satu baris bagi jawaban berikutnya: `/standup note TEKS`. Untuk mengubah jawaban, sunting pesan Anda, atau tekan “Ubah jawaban saya” di bawah pertanyaan.

# Laporan.
standup-report-continued = { $standup } · { $date }, lanjutan
standup-answer-continued = { $name }, lanjutan
standup-answer-by = { $name }
standup-answer-by-edited = { $name } · disunting
standup-answer-by-late = { $name } · terlambat
standup-answer-by-late-edited = { $name } · terlambat, disunting
standup-report-in-thread = Jawaban semua orang ada di utas.
standup-report-count =
    { $answered ->
        [0] Kali ini belum ada yang menjawab.
       *[other] { $answered } dari { $asked } orang menjawab.
    }
standup-report-so-far = Sejauh ini { $answered } dari { $asked } orang sudah menjawab.
standup-report-blockers = **Hambatan**
standup-report-blocker = { $name }: { $blocker }
standup-report-away = **Tidak di tempat:** { $people }
standup-report-skipped = **Melewati:** { $people }
standup-report-not-asked = **Tidak ditanya:** { $people }
standup-report-missing = **Belum menjawab:** { $people }
standup-short-day-off = bukan hari kerja
standup-short-holiday = hari libur: { $name }
standup-short-paused = notifikasi dijeda
standup-short-focus = sedang fokus
standup-short-away = cuti
standup-short-away-until = cuti sampai { $until }
standup-short-quiet = di luar jam kerja
standup-short-left = sudah keluar
standup-short-refused = tidak dapat dihubungi
standup-short-downtime = jeda tidak terhubung
standup-short-time-passed = waktunya sudah lewat saat standup dimulai
standup-short-not-running = sedang dihentikan
standup-short-window-over = tenggatnya sudah lewat

# Mengapa standup berbuat demikian.
standup-because-skipped = Yang bersangkutan melewatinya.
standup-because-window-over = Tenggatnya sudah lewat sebelum sempat ditanya.
standup-because-time-passed = Waktunya pada hari itu sudah lewat ketika standup dimulai.
standup-because-already-answered = Yang bersangkutan sudah menjawab sebelumnya.
standup-because-not-running = Standup sedang dihentikan atau sudah dihapus.
standup-because-left = Yang bersangkutan sudah keluar dari standup atau kanal.
standup-because-answered = Yang bersangkutan menjawab tepat waktu.
standup-because-answered-late = Yang bersangkutan menjawab setelah ditutup.
standup-because-edited = Isinya diubah.
standup-because-missed = Yang bersangkutan belum menjawab saat ditutup.
standup-because-all-answered = Tidak ada lagi yang ditunggu, jadi putaran ditutup.
standup-because-deadline = Tenggat terakhir sudah tiba, jadi putaran ditutup.

# Catatan tiap pertanyaan.
standup-receipts-explain = Catatan lengkapnya, di mesin yang menjalankan jeda: { $command }
standup-receipt-planned = { $name }: akan ditanya { $at }
standup-receipt-asked = { $name }: pertanyaannya sedang dikirim
standup-receipt-prompted = { $name }: sudah ditanya, dapat menjawab sampai { $until }
standup-receipt-answered = { $name }: menjawab { $at }
standup-receipt-late = { $name }: menjawab terlambat, { $at }
standup-receipt-all-answered = { $name }: menjawab
standup-receipt-all-late = { $name }: menjawab terlambat
standup-receipt-missed = { $name }: sudah ditanya, tidak menjawab
standup-receipt-skipped = { $name }: melewatinya
standup-receipt-left = { $name }: keluar setelah ditanya
standup-receipt-not-asked = { $name }: tidak ditanya. { $why }
standup-report-sent = Laporannya panjang, jadi dikirim kepada Anda dalam { $pages } pesan langsung.
standup-report-not-yet = Putaran { $standup } pada { $date } masih terbuka. Laporannya terbit setelah semua menjawab, selambatnya { $closes }. Sampai saat itu tidak ada yang melihat jawaban orang lain.

# Membuat dan mengubah.
standup-new-title = Standup baru
standup-edit-title = Ubah standup
standup-usual-done = Apa yang sudah dikerjakan sejak terakhir kali?
standup-usual-plan = Apa rencana berikutnya?
standup-usual-blockers = Apa yang menghambat?
standup-name-needed = Beri nama: `/standup new Harian hari kerja 9.30`
standup-name-too-long = Nama terdiri atas satu baris, paling banyak { $max } karakter.
standup-name-not-free = Nama itu tidak bisa dipakai. Pilih nama lain.
standup-name-taken = Sudah ada standup bernama { $standup }. Pilih nama lain, atau lihat yang itu: { $show }
standup-when-needed = Sebutkan hari dan jamnya, misalnya `hari kerja 9.30` atau `senin,kamis 16.00`.
standup-too-often = Standup bertanya paling banyak sekali sehari. Untuk waktu kedua, buat standup kedua.
standup-bring-invite = `/invite @jeda` mengundangnya ke sebuah kanal.
standup-bring-permit = Pengelola kanal dapat mengizinkannya masuk, dengan izin melihat kanal, mengirim pesan, dan membaca riwayatnya.
standup-channel-needed = Ke mana laporan dikirim? Jalankan ini di kanal yang diikuti jeda, atau sebutkan kanalnya: `channel=#eng`. { $bring }
standup-channel-unknown = Tidak ada kanal { $given } yang diikuti jeda. { $bring } Setelah itu coba lagi.
standup-channel-not-open = jeda tidak ada di { $channel }, atau tidak boleh mengirim pesan di sana. { $bring } Setelah itu coba lagi.
standup-channel-private = { $channel } bersifat privat, dan jeda tidak tahu apakah Anda anggotanya. Jalankan ini di kanal itu.
standup-channel-archived = { $channel } sudah diarsipkan, jadi tidak ada yang dapat dikirim ke sana. Pilih kanal lain.
standup-questions-empty = Standup perlu paling sedikit satu pertanyaan. Pisahkan beberapa pertanyaan dengan titik koma: `questions="Apa yang berjalan baik?; Apa berikutnya?"`
standup-questions-too-many = { $count } pertanyaan terlalu banyak untuk dijawab dengan baik. Paling banyak { $max }.
standup-question-too-long = Pertanyaan ini terlalu panjang: { $question } Paling banyak { $max } karakter.
standup-window-or-deadline = Pilih salah satu: lama menjawab (`window=4jam`, dihitung dari pertanyaan masing-masing) atau tenggat (`deadline=14.00`, sama untuk semua).
standup-window-bounds = Waktu untuk menjawab bisa dari { $min } sampai { $max }.
standup-remind-bounds = Pengingat datang sebelum tenggat, jadi harus lebih pendek daripada { $window } yang tersedia untuk menjawab. `remind=off` berarti tanpa pengingat.
standup-report-choice = Laporan terbit saat ditutup (`report=close`) atau seiring jawaban masuk (`report=live`).
standup-group-alone = Sebutkan orang-orangnya atau satu grup saja.
standup-person-unknown = Tidak ada orang bernama { $given }. Sebut dengan @, lalu pilih dari daftar.
standup-group-unseen = Tidak ada orang bernama { $given }. Grup pengguna ditemukan jika ada spasi sebelum @: { $typed }. Sebut orang dengan @, lalu pilih dari daftar.
standup-people-needed = Sebutkan paling sedikit satu orang. Bot tidak dapat ikut serta.
standup-people-too-many = { $count } orang terlalu banyak. Paling banyak { $max }.
standup-standups-full = Di sini sudah ada { $max } standup. Hapus yang tidak dipakai lagi.
standup-conflict-one = { $name } akan ditanya { $prompt }, setelah tenggat { $deadline } ({ $zone })
standup-conflict = Tenggat ini tiba sebelum beberapa orang ditanya: { $people }. Pilih tenggat yang lebih lambat, atau lama menjawab untuk masing-masing (`window=4jam`).
standup-more-people = { $count } orang lagi
standup-field-name = Nama
standup-field-when = Hari dan jam
standup-field-questions = Pertanyaan
standup-field-channel = Kanal untuk laporan
standup-field-window = Waktu untuk menjawab
standup-field-zone = Zona waktu
standup-field-deadline = Atau tenggat untuk semua
standup-field-remind = Pengingat sebelum tenggat
standup-field-report = Laporan
standup-field-who = Siapa yang ikut
standup-field-observers = Siapa lagi yang menerima laporan
standup-hint-name = Misalnya Harian
standup-hint-when = Misalnya hari kerja 9.30, atau senin,kamis 16.00
standup-hint-questions = Satu pertanyaan per baris
standup-hint-channel = jeda harus ada di dalamnya
standup-hint-window = Misalnya 4jam, dihitung dari pertanyaan masing-masing
standup-hint-zone = Kosong: waktu setempat tiap orang
standup-hint-deadline = Misalnya 14.00, sebagai ganti waktu untuk menjawab
standup-hint-remind = Misalnya 1jam; kosong berarti tanpa pengingat
standup-hint-report = Sekali saat ditutup, atau seiring jawaban masuk
standup-hint-who = Kosong: semua orang di kanal. Grup pengguna, lewat perintah: /standup edit NAMA who= @grup
standup-hint-who-group = Grup pengguna yang ikut, dan tetap begitu jika ini kosong. Lewat perintah: /standup edit NAMA who= @grup, atau who=channel untuk semua orang di kanal
standup-hint-observers = Sebagai pesan langsung, saat ditutup

# Jawaban atas perintah.
standup-none = Belum ada standup di sini. `/standup new` membuat satu.
standup-gone = Standup ini sudah tidak ada. `/standup list` menampilkan yang ada.
standup-unknown = Tidak ada standup { $given }. `/standup list` menampilkan yang ada.
standup-unknown-near = Tidak ada standup { $given }. Mungkin maksud Anda { $near }?
standup-which = Yang mana: { $standups }? Tulis namanya setelah perintah.
standup-ask-owner = Hanya pemilik dan admin yang boleh mengubah { $standup }. Silakan minta kepada { $owner }.
standup-created = { $standup } sudah siap:
standup-edited = { $standup } sudah diubah, berlaku mulai putaran berikutnya:
standup-edited-nothing = Tidak ada yang berbeda. { $standup } tetap seperti semula:
standup-show-running = { $standup }
standup-show-paused = { $standup } sedang dihentikan. Ketik { $resume } agar bertanya lagi.
standup-show-is-paused = { $standup } sedang dihentikan.
standup-when-each = { $schedule }, menurut waktu setempat tiap orang
standup-when-one = { $schedule }, waktu { $zone }
standup-show-when = **Bertanya** { $when }
standup-show-nobody-works = **Tidak ada yang ditanya pada hari itu:** semua pesertanya libur. Pilih hari lain, atau beri tahu lewat { $hours } bahwa Anda bekerja pada hari itu.
standup-show-window = **Waktu untuk menjawab:** { $window } sejak pertanyaan masing-masing
standup-show-deadline = **Tenggat:** pukul { $time } ({ $zone }), untuk semua
standup-show-remind = **Pengingat:** { $before } sebelum tenggat
standup-show-no-reminder = **Pengingat:** tidak ada
standup-show-at-close = **Laporan:** di { $channel }, sekali, saat ditutup
standup-show-live = **Laporan:** di { $channel }, seiring jawaban masuk
standup-show-who-unknown = **Peserta:** jeda sedang menanyakannya kepada platform
standup-show-channel-members = **Peserta:** semua orang di { $channel }, { $count } orang: { $people }
standup-show-channel-empty = **Peserta:** semua orang di { $channel }; belum ada siapa pun di sana
standup-show-people = **Peserta:** { $count } orang: { $people }
standup-show-nobody = **Peserta:** belum ada
standup-show-observers = **Juga menerima laporan:** { $people }
standup-show-owner = **Pemilik:** { $owner }
standup-show-next = **Anda ditanya berikutnya** { $at }
standup-show-edit-leave = Mengubah: { $edit } · Berhenti ikut: { $leave }
standup-show-edit-join = Mengubah: { $edit } · Ikut serta: { $join }
standup-show-leave = Berhenti ikut: { $leave }
standup-show-join = Ikut serta: { $join }
standup-beyond-form = Formulir tidak memuat semuanya. Yang berikut diatur lewat perintah, misalnya { $example }:
standup-list-title = Standup
standup-list-mine = { $standup } · { $when } · { $channel } · Anda ikut
standup-list-line = { $standup } · { $when } · { $channel }
standup-list-paused = { $standup } · { $when } · { $channel } · sedang dihentikan
standup-list-more = Selengkapnya: `/standup show NAMA` · Ikut serta: `/standup join NAMA`
standup-turn-page = Halaman { $page } dari { $pages }
standup-joined = Anda ikut { $standup }. Anda pertama kali ditanya { $at }.
standup-joined-paused = Anda ikut { $standup }. Anda ditanya saat putaran berikutnya tiba.
standup-joined-already = Anda sudah ikut { $standup }.
standup-full = { $standup } sudah punya { $max } orang, dan itu batasnya.
standup-left = Anda tidak lagi ikut { $standup }. Jawaban Anda tetap ada di laporannya. `/standup join` untuk kembali.
standup-left-already = Anda memang tidak ikut { $standup }.
standup-paused = { $standup } dihentikan sementara. Putaran yang sedang berjalan selesai seperti biasa, dan tidak ada lagi yang ditanya. Ketik { $resume } agar bertanya lagi.
standup-paused-already = { $standup } memang sedang dihentikan.
standup-resumed = { $standup } bertanya lagi mulai putaran berikutnya.
standup-resumed-next = { $standup } bertanya lagi. Anda ditanya berikutnya { $at }.
standup-running-already = { $standup } memang sedang berjalan.
standup-delete-sure = Hapus { $standup }? Tidak ada lagi yang ditanya. Laporan yang lalu tetap ada di kanal.
standup-delete-yes = Hapus
standup-delete-no = Batal menghapus
standup-deleted = { $standup } sudah dihapus. Jawaban untuk putaran yang sedang berjalan tetap dilaporkan.
standup-kept = { $standup } tetap ada.
standup-not-a-day = { $given } tidak dapat dibaca sebagai hari. Ketik misalnya `kemarin`, `senin lalu`, atau `2026-11-24`.
standup-no-round-yet = { $standup } belum pernah punya putaran.
standup-no-round-on = { $standup } tidak punya putaran pada { $date }.
standup-not-yours-to-read = Laporan { $standup } hanya untuk pesertanya dan orang di { $channel }.
standup-noted = Disimpan untuk jawaban Anda berikutnya:
standup-note-empty = Tulis catatannya setelah perintah: `/standup note login di ponsel lama sudah diperbaiki`
standup-note-too-long = Catatan ini { $length } karakter, sedangkan batasnya { $max }. Catatan tidak disimpan; mohon dipersingkat.
standup-notes-full = Sudah ada { $max } catatan yang menunggu jawaban Anda berikutnya. Yang ini tidak disimpan. Setelah Anda menjawab, tempatnya kosong lagi.
standup-welcome = Anda ditambahkan ke { $standup }. Standup ini bertanya { $when }, dan laporannya ada di { $channel }. Jika Anda tidak ingin ikut: { $leave }
standup-deadline-paused = { $standup } berhenti dulu, karena jeda kini tahu siapa saja pesertanya.
standup-deadline-mend = { $edit } mengubah tenggatnya, lalu { $resume } agar mulai bertanya.
standup-channel-closed = Laporan { $standup } tidak punya tempat: { $channel } tertutup bagi jeda.
standup-channel-closed-kept = Jawaban yang masuk tetap disimpan, dan laporan terbaru menyusul begitu ada tempatnya. Sampai saat itu, peserta standup dapat membacanya dengan { $report }.
