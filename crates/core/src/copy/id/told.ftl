# Apa yang dikirim jeda kepada seseorang belakangan ini, dan mengapa: /jeda why.
told-lately = Yang dikirim jeda kepada Anda belakangan ini, dan alasannya:
# $what: asked, reminded, report, welcome, closed, trouble.
told-standup =
    { $what ->
        [reminded] { $at }: pengingat standup **{ $standup }**, karena Anda belum menjawab.
        [report] { $at }: laporan standup **{ $standup }**, karena Anda mengamatinya.
        [welcome] { $at }: kabar bahwa mulai saat itu Anda ikut standup **{ $standup }**.
        [closed] { $at }: kabar bahwa standup **{ $standup }** ditutup saat Anda sedang menjawab.
        [trouble] { $at }: kabar tentang yang menghambat standup **{ $standup }**, karena Anda yang dapat memperbaikinya.
       *[asked] { $at }: pertanyaan standup **{ $standup }**, karena Anda ikut di dalamnya.
    }
# $what: zone, admin, calendar, linked.
told-people =
    { $what ->
        [admin] { $at }: kabar tentang sesuatu yang tidak berjalan, karena Anda administrator.
        [calendar] { $at }: kabar bahwa kalender Anda tidak dapat dibaca. `/hours` menunjukkan sejak kapan.
        [linked] { $at }: kabar bahwa sebuah akun ditautkan dengan kode Anda.
       *[zone] { $at }: pertanyaan tentang zona waktu Anda, karena jeda hanya menulis kepada Anda pada jam kerja Anda.
    }
told-urgent = { $at }: pesan yang ditandai mendesak oleh penulisnya, yang boleh sampai kepada Anda kapan saja. `/norms` menunjukkan aturannya.
# $whose: own, other.
told-later =
    { $whose ->
        [own] { $at }: pesan Anda sendiri yang Anda minta untuk nanti.
       *[other] { $at }: pesan dari { $author }, yang menunggu jam kerja Anda.
    }
told-held = { $at }: kabar bahwa sebuah pesan Anda menunggu jam kerja pembacanya. `/norms` menunjukkan aturannya.
# $asked: yes, no.
told-digest =
    { $asked ->
        [yes] { $at }: ringkasan Anda, karena Anda memintanya.
       *[no] { $at }: ringkasan Anda, karena ada yang menunggu Anda. `/digest` mengatur kapan ringkasan datang.
    }
told-later-back = { $at }: pesan Anda untuk nanti kembali, karena tidak dapat diantar.
told-ask-asked = { $at }: pertanyaan { $asker } di { $channel } yang ditujukan kepada Anda. Waktu Anda menjawab berakhir { $due }.
told-ask-reminded = { $at }: satu-satunya pengingat pertanyaan { $asker } di { $channel }, karena Anda belum menjawab dan waktu Anda berakhir { $due }.
told-ask-moved = { $at }: kabar bahwa { $who } sedang tidak ada, sehingga pertanyaan { $number } Anda berjalan lebih lama atau tanpa dia.
# $end: answered, over, unposted.
told-ask-summary =
    { $end ->
        [answered] { $at }: ringkasan pertanyaan { $number } Anda, karena semua sudah menjawab.
        [unposted] { $at }: pertanyaan { $number } Anda kembali, karena tidak dapat diposting.
       *[over] { $at }: ringkasan pertanyaan { $number } Anda, karena waktunya habis.
    }
