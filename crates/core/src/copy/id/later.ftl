# Pesan yang diantar nanti.

# Kepada penerimanya.
later-from = Dari { $author }, ditulis { $at }
later-from-self = Catatan dari Anda sendiri, ditulis { $at }
# $words: read, unread (platform tidak memperlihatkannya kepada jeda).
later-original =
    { $words ->
        [unread] jeda tidak bisa membaca isinya. Pesannya ada di { $channel }.
       *[read] Pesan ini juga ada di { $channel }.
    }
later-original-link = Buka pesannya
# Di bawah pesan yang ditahan dan dikirim lagi.
later-held-below = ditulis { $at }, dan ditahan sampai jam kerja mereka
later-held-answers = sebagai jawaban atas ini
later-posted = { $author } menulis ini untuk kanal ini pada { $at }

# Kembali kepada penulisnya.
later-returned = Pesan Anda untuk { $to }, yang ditulis { $at }, tidak dapat diantar. Ini isinya selengkapnya, dan tidak ada yang disimpan.
later-returned-held = Pesan Anda di { $to }, yang ditulis { $at }, ditahan dan tidak dapat dikirim lagi ke sana. Ini isinya selengkapnya, dan tidak ada yang disimpan.
later-returned-why = Alasannya: { $why }

# Kepada penulisnya. $how: now, then, back.
later-taken =
    { $how ->
        [now] { $to } sedang bekerja, jadi pesan Anda langsung diantar.
        [back] { $to } sedang cuti dan belum menyebut sampai kapan. Pesan Anda menunggu dengan nomor **{ $number }** dan diantar saat yang bersangkutan kembali. Jika lebih dari { $days } hari, pesan ini kembali kepada Anda.
       *[then] Pesan Anda menunggu dengan nomor **{ $number }**. { $to } menerimanya { $at }.
    }
later-taken-self =
    { $how ->
        [now] Catatan Anda langsung diantar.
        [back] Catatan Anda menunggu dengan nomor **{ $number }** sampai Anda kembali.
       *[then] Catatan Anda menunggu dengan nomor **{ $number }**. Anda menerimanya { $at }.
    }
later-taken-channel =
    { $how ->
        [now] Pesan ini langsung dikirim ke { $to }.
       *[then] Pesan Anda menunggu dengan nomor **{ $number }**. Pesan ini dikirim ke { $to } { $at }.
    }
later-taken-held =
    { $how ->
        [now] Pesan ini langsung dikirim lagi ke { $to } atas nama Anda.
        [back] Pesan Anda menunggu dengan nomor **{ $number }**. Pesan ini dikirim lagi ke { $to }, atas nama Anda, begitu salah satu yang disebutnya kembali bekerja.
       *[then] Pesan Anda menunggu dengan nomor **{ $number }**. Pesan ini dikirim lagi ke { $to }, atas nama Anda, { $at }, saat orang pertama yang disebutnya kembali bekerja.
    }
later-original-more = Pesan ini juga menunggu { $count } orang lain.
later-original-left-out = Untuk { $count } orang lagi pesan ini tidak bisa menunggu: { $max } pesan Anda sudah menunggu. Mereka membacanya di tempatnya.
later-original-all-there = Semua yang disebut sedang bekerja, atau pesannya sudah menunggu mereka, jadi tidak ada yang perlu dilakukan.
later-for-them = Menurut waktu setempatnya: { $moment }.
later-zone-guessed = Zona waktunya belum diketahui, jadi zona tim yang dipakai: { $zone }.
later-how = `/later list` menunjukkan yang masih menunggu. Sebelum diantar, pesan dapat diubah atau ditarik.
later-cancel-button = Tarik kembali
later-changed = Nomor { $number } sudah diubah.

later-list-title = Yang menunggu waktunya
later-list-none = Tidak ada pesan Anda yang menunggu. `/later @ana …` mengantar pesan pada jam kerja Ana.
later-list-line =
    { $how ->
        [now] **{ $number }** untuk { $to }, segera diantar: { $text }
        [back] **{ $number }** untuk { $to }, saat yang bersangkutan kembali: { $text }
       *[then] **{ $number }** untuk { $to }, { $at }: { $text }
    }
later-list-back = **{ $number }** untuk { $to } tidak dapat diantar: { $text }
later-list-how = `/later show 3` menampilkan nomor 3 selengkapnya. `/later edit 3 …`, `/later now 3`, dan `/later cancel 3` mengubah, mengirim, atau menariknya.
later-shown = Nomor **{ $number }** untuk { $to }, ditulis { $at }:
later-cancelled = Nomor { $number } untuk { $to } sudah ditarik, dan tidak ada yang disimpan. Isinya:
later-goes-now = Nomor { $number } sekarang diantar ke { $to }.

# Yang tidak bisa dilakukan.
later-not-now = { $who } di luar jam kerja sampai { $until }, jadi pesannya menunggu. Jika tidak bisa menunggu, tulislah langsung kepadanya: pesan itu terbaca saat yang bersangkutan melihatnya.
later-not-now-open = { $who } sedang di luar jam kerja dan tidak diketahui sampai kapan, jadi pesannya menunggu. Jika tidak bisa menunggu, tulislah langsung kepadanya: pesan itu terbaca saat yang bersangkutan melihatnya.
later-came-back = Nomor { $number } untuk { $to } tidak dapat diantar, jadi tidak bisa diubah. `/later cancel { $number }` menghapusnya dari daftar Anda. Isinya:
later-on-its-way = Nomor { $number } sedang diantar saat ini, jadi tidak bisa diubah lagi.
# $end: delivered, dropped, returned, lost, stayed.
later-ended =
    { $end ->
        [dropped] Nomor { $number } Anda tarik kembali pada { $at }.
        [returned] Nomor { $number } tidak dapat diantar. Pesan itu kembali kepada Anda pada { $at }.
        [lost] Nomor { $number } tidak dapat diantar.
        [stayed] Nomor { $number } tidak dapat ditarik, jadi tetap di tempat Anda menulisnya.
       *[delivered] Nomor { $number } sudah diantar pada { $at }.
    }
later-no-number = Tidak ada pesan Anda dengan nomor { $given }. `/later list` menunjukkan nomornya.
later-gone = Pesan itu sudah tidak ada, atau bukan milik Anda, jadi tidak ada yang perlu dilakukan.
later-nothing-to-change = Sebutkan isi baru nomor { $number }, atau kapan diantar: `/later edit { $number } isi baru when=selasa`.
later-no-text = Apa isinya? Ketik misalnya: `/later @ana Bisa lihat drafnya?`
later-too-long = Itu { $count } karakter, sedangkan yang muat { $max }. Kirim bagian yang panjang sebagai berkas atau tautan.
later-too-many = Sudah ada { $max } pesan Anda yang menunggu. Tarik salah satunya dahulu: `/later list`.
later-too-far = Itu lebih dari { $days } hari lagi. Kalender lebih cocok untuk itu.
later-time-how = Jam berarti waktu setempat pembacanya: `when=14.00`, `when="selasa 9.00"`, atau `when=selasa`.
later-no-recipient = Untuk siapa? Sebutkan satu orang atau satu kanal: `/later @ana Bisa lihat drafnya?`
later-one-recipient = Satu pesan untuk satu orang atau satu kanal. Untuk lebih banyak orang, tulis beberapa pesan atau kirim ke kanal.
later-person-unknown = Tidak ada orang bernama { $given } di sini. Pilih nama dari daftar yang muncul saat Anda mengetik @.
later-person-gone = { $who } sudah tidak ada di sini, jadi pesannya tidak dapat diantar.
later-person-closed = { $who } tidak menerima pesan langsung dari jeda, jadi pesannya tidak dapat diantar. Tulislah di kanal yang dibacanya.
later-to-a-bot = { $who } adalah bot dan tidak punya jam kerja. Tulislah langsung kepadanya.
later-channel-unknown = Tidak ada kanal { $given } yang dikenal. { $invited ->
        [yes] Ketik # lalu pilih salah satu, dan undang jeda ke sana dengan `/invite @jeda`.
       *[no] Pilih kanal tempat jeda boleh menulis.
    }
later-channel-archived = { $channel } sudah diarsipkan, jadi tidak ada yang bisa dikirim ke sana.
later-channel-closed = jeda tidak bisa menulis di { $channel }. { $invited ->
        [yes] Undang jeda dengan `/invite @jeda`.
       *[no] Admin dapat mengizinkannya.
    }
later-channel-not-theirs = Sejauh yang terlihat, Anda sendiri tidak bisa menulis di { $channel }, jadi jeda pun tidak menuliskannya untuk Anda. Jika bisa, ketik perintahnya di sana.

# Mengapa sebuah pesan sampai begitu.
later-why-dropped = Penulisnya menariknya kembali.
later-why-no-hours = Yang bersangkutan cuti terlalu lama, dan tidak diketahui sampai kapan.
later-why-deleted = Penulisnya menghapus pesan itu di kanal.
later-why-returned = Pesannya tidak dapat diantar dan sudah kembali kepada penulisnya.
later-why-held = Sebuah norma menahannya sampai salah satu yang disebutnya bekerja.
later-why-turned = Jam kerja seseorang yang disebutnya berubah saat itu, jadi pesannya ditinjau lagi.
