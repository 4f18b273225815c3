# Norma dalam kalimat: apa yang berlaku, dan apa yang akan berubah dengan revisi baru.

norm-everywhere = Di mana pun
norm-in-channels = Di { $places }
norm-for-groups = Bila menyangkut anggota { $places }
norm-from-groups = Dari anggota { $places }

# Sebuah norma sebagai kalimat; $where adalah salah satu di atas.
norm-quiet-hours =
    { $level ->
        [off] { $where }, sebutan di luar jam kerja seseorang dibiarkan.
        [observe] { $where }, jeda mencatat bila seseorang disebut di luar jam kerjanya, tanpa memberi tahu siapa pun.
        [nudge] { $where }, siapa pun yang menyebut seseorang di luar jam kerjanya diberi tahu, dan hanya dia: sampai kapan orang itu libur, dan bahwa pesannya dapat diantar pada jam kerjanya.
       *[hold] { $where }, pesan yang menyebut seseorang di luar jam kerjanya menunggu sampai jam kerjanya. Bila jeda tidak dapat menariknya, penulisnya yang diberi tahu.
    }
norm-focus =
    { $level ->
        [off] { $where }, sebutan dalam waktu fokus seseorang dibiarkan.
        [observe] { $where }, jeda mencatat bila seseorang disebut dalam waktu fokusnya, tanpa memberi tahu siapa pun.
        [nudge] { $where }, siapa pun yang menyebut seseorang dalam waktu fokusnya diberi tahu, dan hanya dia: kapan waktu fokus itu selesai, dan bahwa pesannya dapat diantar saat itu.
       *[hold] { $where }, pesan yang menyebut seseorang dalam waktu fokusnya menunggu sampai selesai. Bila jeda tidak dapat menariknya, penulisnya yang diberi tahu.
    }
norm-response-window =
    { $level ->
        [off] { $where }, pertanyaan hanya punya waktu yang disebutnya sendiri.
        [observe] { $where }, jawaban boleh memakan { $time } kecuali pertanyaannya berkata lain. Tidak ada yang diingatkan.
       *[nudge] { $where }, jawaban boleh memakan { $time } kecuali pertanyaannya berkata lain. Siapa yang belum menjawab diingatkan satu kali, pada jam kerjanya.
    }
norm-urgent =
    { $level ->
        [off] { $where }, tidak ada yang lewat sebagai mendesak.
        [observe] { $where }, yang tidak bisa menunggu langsung diantar, dengan alasan tercatat di { $record }.
        [nudge] { $where }, yang tidak bisa menunggu langsung diantar, dengan alasan tercatat di { $record }. Siapa yang mengirim lebih dari { $budget } dalam seminggu diberi tahu.
       *[hold] { $where }, yang tidak bisa menunggu langsung diantar, dengan alasan tercatat di { $record }: { $budget } seminggu dari setiap pengirim. Selebihnya menunggu jam kerja penerima.
    }
norm-digest =
    { $level ->
        [off] { $where }, tidak ada ringkasan.
        [observe] { $where }, jeda menghitung isi ringkasan yang seharusnya ada, dan tidak mengirimnya.
       *[nudge] { $where }, yang menunggu datang dalam satu pesan ({ $when }), dan hanya bila ada isinya.
    }
norm-standup-hours = { $where }, standup bertanya dan mengingatkan setiap anggota hanya di dalam jam kerjanya. Ini selalu dijaga jeda.
norm-exempt = Dibiarkan: { $names }.

# Pengaturan: namanya, dan isinya.
norm-setting-broadcast-off = @here, @channel, dan @everyone dihitung bila yang sedang libur sebanyak
norm-setting-taking-part = tidak ada kabar tentang penerima yang menulis di sana dalam
norm-setting-nudge-again = pengirim diberi tahu lagi dalam percakapan yang sama setelah
norm-setting-nudge-by = bila tidak ada pesan pribadi di tempat, pengirim diberi tahu lewat
norm-setting-between = hanya melihat bagian ini dari hari penerima
norm-setting-working-hours = waktu untuk menjawab
norm-setting-remind-before = pengingat sebelum berakhir
norm-setting-budget = pesan mendesak seminggu dari setiap pengirim
norm-setting-record = tercatat di
norm-setting-digest-at = datang pada
norm-setting-parts = berisi
norm-setting-items-max = butir yang ditampilkan
norm-setting-keep-days = butir disimpan selama
norm-value-percent = { $count } %
norm-value-hours = { $count } jam kerja
norm-value-days = { $count } hari
norm-value-direct = pesan langsung
norm-value-reply = balasan yang menghapus dirinya
norm-value-over-midnight = { $range }, melewati tengah malam
norm-value-start-of-day = awal hari kerja
norm-value-never = tidak pernah
norm-value-none = tidak diatur
norm-part-asks = pertanyaan yang menunggu jawaban
norm-part-mentions = sebutan yang menunggu
norm-part-blockers = hambatan yang menyebut pembaca
norm-part-handoff = standup dari yang mulai lebih dulu
norm-part-urgent = pesan mendesak yang terlewat

# Apa yang akan berubah dengan revisi baru.
norm-plan-first = Belum ada norma yang berlaku.
norm-plan-live = Revisi { $number } berlaku, diterapkan oleh { $by } pada { $at }.
norm-plan-nothing = Tidak ada yang berubah.
norm-plan-added = { $norm } baru. { $sentence }
norm-plan-removed = { $norm } dihapus. Sampai sekarang: { $sentence }
norm-plan-renamed = { $old } mulai sekarang bernama { $norm }, dan isinya tetap.
norm-plan-changed = { $norm } berubah.
norm-plan-enforce = enforce: { $before } → { $after }. { $sentence }
norm-plan-scope = tempat: { $before } → { $after }
norm-plan-exempt-more = dibiarkan mulai sekarang: { $names }
norm-plan-exempt-less = tidak lagi dibiarkan: { $names }
norm-plan-setting = { $setting }: { $before } → { $after }
norm-setting = { $setting }: { $value }
norm-plan-unchanged = { $count } norma tetap.
norm-note-narrower = { $where }, { $norm } berlaku menggantikan { $over }: yang lebih sempit menang.
norm-note-exception = { $where }, { $norm } membuat pengecualian dari { $over }.
norm-note-gentler = Untuk siapa yang ada di kelompok keduanya, { $first } berlaku menggantikan { $second }: yang lebih lunak menang.
norm-note-over-midnight = { $norm } melihat dari pukul { $from } melewati tengah malam sampai pukul { $to } keesokan paginya.
norm-note-does-nothing = { $norm } mati dan tidak membuat pengecualian dari norma lain, jadi tidak berbuat apa-apa.
