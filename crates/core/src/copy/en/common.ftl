# Shared by every feature.

list-and-two = { " " }and
list-and-last = { " " }and
list-or-two = { " " }or
list-or-last = { " " }or
