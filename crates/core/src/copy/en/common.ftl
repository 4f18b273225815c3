# Shared by every feature.

list-two = { " " }and
list-last = { " " }and
