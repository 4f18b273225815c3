# Pertanyaan dengan waktu untuk menjawab.

# Di tempat ditanyakan.
ask-posted = { $asker } bertanya kepada { $who }:
ask-until = { $count ->
       *[other] { $who } punya waktu sampai { $at }.
    }
ask-posted-how = Jawab dengan tombol atau di utas pesan ini, pada jam kerja Anda sendiri.
ask-posted-closed = Pertanyaan ini sudah ditutup.
ask-posted-cancelled = { $asker } menarik pertanyaan ini.
ask-answer-button = Jawab

# Kepada yang belum menjawab.
ask-remind = { $asker } bertanya kepada Anda di { $channel }, dan Anda punya waktu sampai { $at }:
ask-remind-how = Ini satu-satunya pengingat. Jika tidak bisa menjawab, itu pun sebuah jawaban.

# Kepada penanya.
ask-taken = Pertanyaan Anda bernomor **{ $number }** dan sekarang dikirim di sini.
ask-taken-how = Anda membaca satu rangkuman: saat waktunya habis, atau begitu semua sudah menjawab. `/asks` menunjukkan yang masih terbuka.
ask-cancel-button = Tarik kembali
ask-changed = Pertanyaan { $number } sudah diubah:
ask-cancelled = Pertanyaan { $number } sudah ditarik. Isinya:
ask-moved = { $who } sekarang cuti, jadi waktu untuk pertanyaan { $number } Anda baginya sampai { $at }: { $text }
ask-moved-open = { $who } sekarang cuti dan tidak diketahui sampai kapan. Pertanyaan { $number } Anda berlanjut tanpanya, dan jawabannya tetap diterima: { $text }
# $end: all, over.
ask-summary =
    { $end ->
        [all] Semua sudah menjawab pertanyaan **{ $number }** Anda di { $channel }, { $at }:
       *[over] Waktunya habis untuk pertanyaan **{ $number }** Anda di { $channel }, { $at }:
    }
ask-answer = **{ $who }** menjawab { $at }:
ask-answer-there = Jawabannya ada di utas pertanyaan itu.
ask-answer-link = Buka jawabannya
# $standing: waits, away, gone.
ask-unanswered = { $count ->
       *[other] { $standing ->
            [away] { $who } sedang cuti.
            [gone] { $who } sudah tidak ada di sini.
           *[waits] Belum ada jawaban dari { $who }.
        }
    }
ask-summary-more = Beberapa jawaban lebih panjang. `/asks show { $number }` menampilkannya selengkapnya.
ask-unposted = Pertanyaan Anda tidak dapat dikirim di { $channel }. Ini isinya selengkapnya.
ask-unposted-why = Alasannya: { $why }

ask-list-none = Tidak ada pertanyaan Anda yang terbuka, dan tidak ada yang menunggu jawaban Anda. `/ask @ana Bisa lihat drafnya? by 2d` bertanya kepada Ana dan memberinya dua hari kerja.
ask-list-waiting = Menunggu jawaban Anda
ask-list-waiting-line = **{ $nth }.** { $asker } di { $channel }, sampai { $at }: { $text }
ask-answer-nth-button = Jawab { $nth }
ask-list-mine = Pertanyaan Anda
ask-list-line = **{ $number }** di { $channel }, { $answered } dari { $all } menjawab, sampai { $at }: { $text }
ask-list-line-closed = **{ $number }** di { $channel }, { $answered } dari { $all } menjawab, ditutup: { $text }
ask-list-more = Dan { $count } lagi.
ask-list-how = `/asks show 3` menampilkan nomor 3 dengan jawabannya. `/asks edit 3 by=jumat` dan `/asks cancel 3` mengubah atau menariknya.
ask-shown = Pertanyaan **{ $number }**, ditanyakan di { $channel } { $at }:
ask-shown-reminded = { $who } diingatkan { $at }.
# $end: answered, over, cancelled, unposted.
ask-ended =
    { $end ->
        [answered] Semua sudah menjawab pertanyaan { $number }, jadi sudah ditutup.
        [cancelled] Anda menarik pertanyaan { $number }.
        [unposted] Pertanyaan { $number } tidak dapat dikirim.
       *[over] Waktu untuk pertanyaan { $number } sudah habis.
    }

# Formulir.
ask-form-title = Jawaban Anda
ask-form-label = Apa jawaban Anda?
ask-form-hint = Penanya membacanya di rangkuman. Untuk semua orang, jawablah di utas.
ask-answer-empty = Tulis satu dua kata. “Belum tahu” pun sebuah jawaban.
ask-answer-long = Itu { $count } karakter, sedangkan yang muat { $max }. Tulis bagian yang panjang di utas.
ask-thanks = Terima kasih. { $asker } membaca jawaban Anda di rangkuman. Sebelum itu jawaban dapat diubah dengan tombolnya.

# Yang tidak bisa dilakukan.
ask-gone = Pertanyaan itu sudah tidak ada, atau bukan milik Anda, jadi tidak ada yang perlu dilakukan.
ask-own = Ini pertanyaan Anda sendiri. `/asks` menunjukkan siapa yang sudah menjawab.
ask-not-asked = Ini ditanyakan kepada { $who }. Jika Anda tahu sesuatu, tulislah di utasnya.
ask-closed = Pertanyaan ini sudah ditutup. Jika masih ingin menjawab, tulislah di utasnya.
ask-no-text = Apa yang ingin Anda tanyakan? Ketik misalnya: `/ask @ana Bisa lihat drafnya? by 2d`
ask-no-people = Kepada siapa Anda bertanya? Sebutkan satu orang atau lebih: `/ask @ana @budi Bisa lihat drafnya? by 2d`
ask-nobody-else = Tidak ada orang lain selain Anda di situ. Sebutkan orang lain yang bisa menjawab.
ask-too-many-people = Itu { $count } orang, sedangkan satu pertanyaan paling banyak untuk { $max }. Tanyakan kepada yang bisa menjawab.
ask-too-long = Itu { $count } karakter, sedangkan yang muat { $max }. Taruh bagian yang panjang di dokumen dan tanyakan dengan tautannya.
ask-too-many = Sudah { $max } pertanyaan Anda yang terbuka. Tunggu jawabannya, atau tarik salah satu: `/asks`.
ask-person-gone = { $who } sudah tidak ada di sini, jadi tidak usah disebut.
ask-to-a-bot = { $who } adalah bot dan tidak punya jam kerja untuk menjawab. Tidak usah disebut.
ask-group-unknown = Belum diketahui siapa saja anggota { $group }, dan baru saja dicari. Coba lagi sebentar lagi, atau sebutkan orangnya.
ask-no-channel = Pertanyaan dikirim di tempat ditanyakan, dan jeda tidak bisa mengirim di sini. { $invited ->
        [yes] Tanyakan di kanal tempat jeda berada; `/invite @jeda` mengundangnya.
       *[no] Tanyakan di kanal tempat jeda boleh menulis, bukan di utas.
    }
ask-not-theirs = Anda sendiri tidak bisa menulis di { $channel }, jadi jeda pun tidak menuliskannya untuk Anda. Tanyakan di kanal lain.
ask-time-how = Tulis misalnya: `by 2d` atau `by 4h` untuk waktu kerja, `by selasa` atau `by "jumat 14.00"` menurut jam setempat pembacanya.
ask-no-window = Tidak ada yang dikirim, karena tidak semua orang punya waktu itu:
ask-far = Bagi { $who } waktunya berakhir lebih dari { $days } hari lagi.
ask-no-hours = { $who } tidak punya waktu kerja dalam { $days } hari ke depan.
ask-away = { $who } cuti sampai { $at }.
ask-away-open = { $who } sedang cuti dan belum menyebut sampai kapan.
ask-short = { $who } hampir tidak punya waktu kerja sebelum itu; yang berikutnya mulai { $at }.
ask-no-window-how = Pilih waktu lain, atau jangan sebutkan mereka.
ask-no-number = Tidak ada pertanyaan Anda dengan nomor { $given }. `/asks` menunjukkan nomornya.
ask-nothing-to-change = Sebutkan isi baru pertanyaan { $number }, atau sampai kapan: `/asks edit { $number } isi baru by=jumat`.

# Mengapa sebuah pertanyaan sampai begitu.
ask-why-cancelled = Penanyanya menariknya kembali.
ask-why-all-answered = Semua sudah menjawab, jadi pertanyaannya ditutup.
ask-why-window-over = Waktu terakhir sudah habis, jadi pertanyaannya ditutup.
ask-why-answered = Yang bersangkutan sudah menjawab.
ask-why-took-back = Yang bersangkutan menarik jawabannya.
ask-why-moved = Cuti atau jam kerjanya berubah, jadi waktunya bergeser.
ask-why-away = Yang bersangkutan cuti dan tidak diketahui sampai kapan, jadi pertanyaannya berlanjut tanpanya.
ask-why-too-late = Waktunya sudah habis.
