# Shared by every feature.

list-and-two = { " " }and
list-and-last = { " " }and
list-or-two = { " " }or
list-or-last = { " " }or

failed-inside = That didn't go through: something broke on my side, and I have kept it. An administrator can look it up with { $reference }. Please try again in a little while.
