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
        [observe] { $where }, jeda menghitung isi ringkasan yang seharusnya ada, dan hanya mengirim pertanyaan yang menunggu.
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

# Kepada penulis pesan yang sampai ke orang di luar jam kerjanya. $state: off, away, focus, holiday.
norm-off-until =
    { $state ->
        [away] { $who } sedang cuti sampai { $until }.
        [focus] { $who } sedang fokus sampai { $until }.
        [holiday] { $who } libur ({ $holiday }) sampai { $until }.
       *[off] { $who } di luar jam kerja sampai { $until }.
    }
norm-off =
    { $state ->
        [away] { $who } sedang cuti dan belum menyebut sampai kapan.
        [focus] { $who } sedang fokus.
        [holiday] { $who } libur ({ $holiday }).
       *[off] { $who } sedang di luar jam kerja.
    }
norm-nudge-where = Tentang yang baru Anda tulis di { $channel }
norm-nudge-more = Dan { $count } orang lagi di luar jam kerja.
# $how: asked, kept, read.
norm-nudge-stays =
    { $how ->
        [kept] Menurut norma, pesan Anda sebaiknya menunggu. jeda tidak bisa menariknya di sini, jadi pesan tetap di tempatnya dan jawaban boleh datang nanti.
        [read] Pesan Anda tetap di tempatnya, karena ada penerima lain yang sedang bekerja. Jawaban dari yang di luar jam kerja boleh datang nanti.
       *[asked] Pesan Anda tetap di tempatnya, dan jawaban boleh datang nanti.
    }
norm-nudge-deliver-button = Antar di jam kerja mereka
norm-nudge-urgent-button = Mendesak
norm-nudge-fine-button = Tidak perlu dibalas
# $seen: alone, open.
norm-nudge-by =
    { $seen ->
        [open] Pesan ini akan hilang sendiri. Norma { $norm }, revisi { $revision }; `/norms` menunjukkan yang berlaku di sini.
       *[alone] Hanya Anda yang melihat ini. Norma { $norm }, revisi { $revision }; `/norms` menunjukkan yang berlaku di sini.
    }
# Kepada penulis pesan yang ditahan. $how: then, back.
norm-held =
    { $how ->
        [back] Jadi pesan Anda di { $channel } menunggu dengan nomor **{ $number }**, dan sekarang tidak terlihat di sana. Pesan ini dikirim lagi ke sana, atas nama Anda, begitu salah satu yang disebutnya kembali bekerja.
       *[then] Jadi pesan Anda di { $channel } menunggu dengan nomor **{ $number }**, dan sekarang tidak terlihat di sana. Pesan ini dikirim lagi ke sana, atas nama Anda, { $at }, saat orang pertama yang disebutnya kembali bekerja.
    }
norm-held-now-button = Kirim sekarang
norm-held-by = Bila dikirim sekarang, pesan ini tidak menyebut siapa pun yang di luar jam kerja. `/later list` menunjukkan yang menunggu. Norma { $norm }, revisi { $revision }; `/norms` menunjukkan yang berlaku di sini.
norm-nudge-fine = Baik. Sudah dicatat bahwa tidak ada yang perlu membalas.
norm-nudge-gone = Pesan itu sudah tidak ada, atau bukan milik Anda, jadi tidak ada yang perlu dilakukan.

# Yang tidak bisa menunggu.
norm-urgent-form = Tidak bisa menunggu
norm-urgent-form-send = Sampaikan sekarang
norm-urgent-form-cancel = Batal
norm-urgent-form-reason = Mengapa tidak bisa menunggu?
norm-urgent-form-hint = Tercatat di #{ $record }. { $left ->
        [0] Jatah { $of } minggu ini sudah terpakai.
       *[other] Sisa { $left } dari { $of } minggu ini.
    }
norm-urgent-reason = Sebutkan dalam satu baris mengapa ini tidak bisa menunggu: paling banyak { $max } karakter. Alasan ini dicatat.
norm-urgent-sent = Diberi tahu sekarang: { $who }. Ini tercatat di { $record }.
norm-urgent-sent-more = { $count } orang lain di luar jam kerja, dan membacanya saat mereka melihatnya.
norm-urgent-left =
    { $left ->
        [0] Itu yang terakhir dari { $of } jatah Anda minggu ini.
       *[other] Sisa jatah Anda minggu ini { $left } dari { $of }.
    }
norm-urgent-over = Itu lebih dari { $of } seminggu yang disepakati tim.
norm-urgent-spent = Jatah { $of } pesan mendesak Anda dalam seminggu sudah terpakai; hari Senin ada jatah baru. Jadi pesan ini menunggu jam kerja mereka:
norm-urgent-no-way = Di sini tidak ada yang diteruskan sebagai mendesak, sesuai kesepakatan tim. `/norms` menunjukkan yang berlaku.
norm-urgent-already = Pesan itu sudah tercatat sebagai mendesak, dan mereka sudah diberi tahu.
norm-urgent-record = **Mendesak**, dari { $author } di { $channel } untuk { $who }
norm-urgent-told = { $author } mengatakan ini tidak bisa menunggu:
norm-urgent-told-where = Pesannya ada di { $channel }, ditandai mendesak { $at }. Norma { $norm }, revisi { $revision }, membolehkannya sampai kepada Anda sekarang; ini tercatat di { $record }.
norm-why-forgotten = Pesannya sudah tidak ada, atau tidak perlu dibalas.
norm-why-too-late = Pemberitahuan itu akan datang terlambat.

# /norms, /norms report dan /jeda why
norm-none-yet = Tim ini belum menyepakati norma, jadi tidak ada yang diingatkan atau ditahan.
norm-none-yet-how = Norma adalah berkas yang ditinjau tim; pengelola jeda menerapkannya dengan `jeda norms apply`.
norm-holding = Norma tim ini:
norm-holding-here = Norma yang berlaku di { $channel }:
norm-holding-none = Tidak ada.
norm-cant-take-back = jeda tidak bisa menarik pesan di sini. Bila norma menahan pesan, penulisnya diberi tahu sebagai gantinya.
norm-cant-take-back-off = jeda tidak menarik pesan di sini, karena pengelolanya belum mengizinkannya membaca pesan (`message_content`). Bila norma menahan pesan, penulisnya diberi tahu sebagai gantinya.
norm-cant-take-back-not-allowed = jeda tidak bisa menarik pesan di kanal ini: izin Kelola Pesan, Kelola Webhook, atau keduanya tidak ada. Bila norma menahan pesan, penulisnya diberi tahu sebagai gantinya.
norm-takes-back = Di sini pesan yang ditahan ditarik, lalu dikirim lagi atas nama penulisnya. Pesan dengan berkas, atau suntingan, tetap di tempatnya, dan penulisnya diberi tahu sebagai gantinya.
norm-takes-back-somewhere = Pesan yang ditahan ditarik, lalu dikirim lagi atas nama penulisnya, di kanal yang mengizinkan jeda mengelola pesan dan webhook. Di tempat lain, dan bila ada berkasnya, penulisnya diberi tahu sebagai gantinya.
norm-report = Yang dilakukan norma dalam { $days } hari terakhir:
norm-report-held = { $norm } menahan { $messages } pesan.
norm-report-nudged = { $norm } memberi tahu penulis { $messages } pesan.
norm-report-observed = { $norm } hanya mengamati. Seandainya tidak, penulis { $messages } pesan akan diberi tahu.
norm-report-none = Tidak ada: tidak ada orang di luar jam kerja yang disebut.
norm-report-counts-only = Yang dihitung hanya pesan, bukan orang.
norm-reasons = Yang terakhir disampaikan jeda kepada Anda, tentang tulisan Anda di { $channel } pada { $at }:
norm-reasons-by = Karena { $norm }, revisi { $revision }. `/norms` menjelaskannya dengan kata-kata.
norm-reasons-none = Belakangan ini jeda tidak menyampaikan apa pun yang tidak Anda minta. `/standup receipts` menunjukkan apa yang terjadi dengan standup.

# Menu sebuah pesan, dan yang tampil di sampingnya.
menu-deliver = Antar di jam kerja mereka
menu-no-reply = Tidak perlu dibalas
menu-reply-by = Balas sebelum…
menu-not-yours = Hanya penulis pesan yang dapat mengatakan ini.
menu-not-here = jeda tidak bisa menulis di sini. { $invited ->
        [yes] Undang dengan `/invite @jeda`.
       *[no] Administrator dapat mengizinkannya.
    }
menu-names-nobody = Pesan ini tidak menyebut siapa pun, jadi tidak ada yang dapat menerimanya. `/later @ana …` menulis kepada seseorang pada jam kerjanya.
reply-by-form = Balas sebelum…
reply-by-form-save = Tampilkan
reply-by-form-cancel = Batal
reply-by-form-when = Sebelum kapan?
reply-by-form-hint = Misalnya: selasa, jumat 14:00, 2d
reply-by-noted = Pembaca melihat di sampingnya bahwa balasan diharapkan sebelum { $at }, masing-masing dalam waktunya sendiri.
note-no-reply = Tidak perlu dibalas, kata { $author }
note-reply-by = { $author } mengharapkan balasan sebelum { $at }.
