# Dipakai oleh semua fitur.

list-and-two = { " " }dan
list-and-last = , dan
list-or-two = { " " }atau
list-or-last = , atau
