# Dipakai oleh semua fitur.

list-and-two = { " " }dan
list-and-last = , dan
list-or-two = { " " }atau
list-or-last = , atau

failed-inside = Ada yang rusak di dalam jeda, dan yang Anda lakukan sudah disimpan. Silakan coba lagi sebentar lagi. Admin dapat memeriksanya dengan { $command }
