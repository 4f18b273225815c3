# Yang menunggu seseorang, dalam satu pesan.

digest-head = Ini yang menunggu Anda.
digest-head-back = Selamat datang kembali. Ini yang menunggu selama Anda pergi.
digest-head-rest = { $from } sampai { $to } dari { $count }:
digest-place = Di { $channel }
digest-elsewhere = Di tempat lain
digest-ask = { $asker } bertanya kepada Anda, sampai { $at }: { $text }
digest-mention = { $from } menyebut Anda, { $at }: { $text }
digest-mention-unread = { $from } menyebut Anda, { $at }.
digest-urgent = { $from } tidak dapat menghubungi Anda untuk hal mendesak, { $at }: { $text }
digest-blocker = { $from } menyebut Anda dalam hambatannya: { $text }
digest-handoff = Laporan { $standup } datang saat Anda di luar jam kerja, { $at }.
digest-link = Buka
digest-more-button = Dan { $count } lagi
digest-sort-button = Satu per satu
digest-all-done-button = Selesai semua
digest-how = `/digest` menunjukkan apa yang menunggu dan kapan pesan ini datang.

# Satu per satu.
digest-one-left =
    { $count ->
        [0] Ini yang terakhir.
       *[other] Masih ada { $count } lagi.
    }
digest-done = Selesai.
digest-tomorrow = Ini datang lagi bersama ringkasan Anda berikutnya, paling cepat besok.
digest-muted = { $topic } tidak muncul lagi di ringkasan Anda. `/digest` menampilkan yang Anda bisukan.
digest-all-sorted = Itu semuanya.
digest-done-button = Selesai
digest-tomorrow-button = Besok
digest-mute-button = Bisukan
digest-next-button = Berikutnya
digest-all-done =
    { $count ->
       *[other] Selesai dengan semuanya, { $count } hal.
    }
digest-nothing-open = Tidak ada lagi yang terbuka di sana, jadi tidak ada yang perlu dilakukan.

# Perintahnya.
digest-nothing-waits = Tidak ada yang menunggu Anda.
digest-on-its-way = Sedang dikirim ke pesan langsung Anda.
# $when: never, start, times, both.
digest-when =
    { $when ->
        [never] Ringkasan Anda dimatikan. Yang menunggu disimpan untuk sementara, dan `/digest now` mengantarnya.
        [start] Ringkasan Anda datang saat hari kerja Anda mulai, dan hanya jika ada yang menunggu.
        [times] Ringkasan Anda datang pukul { $times } pada hari kerja Anda, dan hanya jika ada yang menunggu.
       *[both] Ringkasan Anda datang saat hari kerja Anda mulai dan pukul { $times }, dan hanya jika ada yang menunggu.
    }
digest-next = Yang berikutnya { $at }.
digest-next-unknown = Yang berikutnya datang saat Anda kembali.
digest-waits-title = Yang menunggu
digest-waits-more =
    { $count ->
       *[other] Dan { $count } lagi.
    }
digest-muted-title = Yang Anda bisukan
digest-muted-line = **{ $nth }.** { $topic }
digest-muted-thread = sebuah utas di { $channel }
digest-muted-standup-gone = standup yang sudah tidak ada
digest-unmute-button = Bunyikan { $nth }
digest-now-button = Antar sekarang
digest-unmuted = { $topic } muncul lagi di ringkasan Anda.
digest-too-many-muted = Anda sudah membisukan { $max } hal, dan lebih dari itu tidak dapat disimpan. Lewat `/digest` Anda dapat membunyikan lagi sebagian.
digest-too-many-times = Itu lebih dari { $max } kali sehari. Pilih lebih sedikit, supaya tetap menjadi ringkasan.
digest-times-how = Ketik seperti ini: `/digest at 9.00 16.00`

# Mengapa sebuah ringkasan menempuh jalannya.
digest-why-observed =
    { $count ->
       *[other] Norma ini hanya mengamati: { $count } hal akan ada di dalamnya.
    }
digest-why-empty = Tidak ada lagi yang menunggu di dalamnya.
digest-why-refused = Tidak dapat dikirim: { $why } Isinya menunggu yang berikutnya.
digest-why-norm = Dikirim menurut norma { $norm }, revisi { $revision }.
