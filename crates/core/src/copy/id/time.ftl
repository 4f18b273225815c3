# Hari, tanggal, dan waktu, serta apa yang tidak dapat dipahami darinya.

time-weekday =
    { $day ->
        [1] Senin
        [2] Selasa
        [3] Rabu
        [4] Kamis
        [5] Jumat
        [6] Sabtu
       *[7] Minggu
    }
time-month =
    { $month ->
        [1] Januari
        [2] Februari
        [3] Maret
        [4] April
        [5] Mei
        [6] Juni
        [7] Juli
        [8] Agustus
        [9] September
        [10] Oktober
        [11] November
       *[12] Desember
    }
time-date = { $weekday } { $day } { $month }
time-date-year = { $weekday } { $day } { $month } { $year }
time-clock = { $hour }.{ $minute }
time-moment = { $date } pukul { $clock }

time-error-time = { $given } tidak dapat dibaca sebagai jam. Ketik misalnya `9.30` atau `17.00`.
time-error-date = { $given } tidak dapat dibaca sebagai hari. Ketik misalnya `senin`, `1 desember`, atau `2026-12-01`.
time-error-schedule = { $given } tidak dapat dibaca sebagai hari dan jam. Ketik misalnya `hari kerja 9.30`, `senin,kamis 16.00`, atau `senin pertama setiap bulan 9.00`.
time-error-cron-fields = Baris cron terdiri atas lima bagian, sedangkan ini { $count }. Ketik misalnya `30 9 * * 1-5`, atau cukup `hari kerja 9.30`.
time-error-cron-field = Bagian { $field } pada baris cron ini tidak bisa berisi { $given }. Ketik misalnya `30 9 * * 1-5`, atau cukup `hari kerja 9.30`.
time-error-never = { $given } tidak pernah terjadi, sehingga tidak seorang pun akan ditanya. Ketik hari yang ada, misalnya `hari kerja 9.30`.
time-error-duration = { $given } tidak dapat dibaca sebagai lama waktu. Ketik misalnya `4jam`, `90m`, atau `1j30`.
time-error-hours = { $given } tidak dapat dibaca sebagai jam kerja. Ketik misalnya `senin-jumat 9.00-17.30`.
time-error-zone = Zona waktu { $given } tidak ada. Ketik nama kota besar di dekat Anda, misalnya `Asia/Jakarta` atau `Asia/Makassar`.
time-error-zone-near = Zona waktu { $given } tidak ada. Mungkin maksud Anda { $near }?

time-cron-minute = menit
time-cron-hour = jam
time-cron-day = tanggal
time-cron-month = bulan
time-cron-weekday = hari
