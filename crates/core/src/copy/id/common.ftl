# Dipakai oleh semua fitur.

list-and-two = { " " }dan
list-and-last = , dan
list-or-two = { " " }atau
list-or-last = , atau

failed-inside = Itu belum berhasil: ada yang rusak di pihak saya, dan saya sudah menyimpannya. Administrator dapat memeriksanya dengan { $reference }. Silakan coba lagi sebentar lagi.
