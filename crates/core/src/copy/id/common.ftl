# Dipakai oleh semua fitur.

list-and-two = { " " }dan
list-and-last = , dan
list-or-two = { " " }atau
list-or-last = , atau

failed-inside = Ada yang rusak di dalam jeda, dan yang Anda lakukan sudah disimpan. Silakan coba lagi sebentar lagi. Admin dapat memeriksanya dengan { $command }

# Said by an adapter itself, when core never got to answer.
reply-not-kept = Permintaan ini belum dapat disimpan, jadi belum ada yang berubah. Silakan coba lagi sebentar lagi.
reply-once-more = Tadi terlalu lama untuk membuka formulir. Silakan ulangi sekali lagi; tidak ada yang hilang.
reply-no-workspace = Belum diketahui ini untuk server yang mana. Silakan lakukan di salah satu kanal server Anda.
