# Dipakai oleh semua fitur.

list-two = { " " }dan
list-last = , dan
