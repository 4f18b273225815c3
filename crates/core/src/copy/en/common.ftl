# Shared by every feature.

list-and-two = { " " }and
list-and-last = { " " }and
list-or-two = { " " }or
list-or-last = { " " }or

failed-inside = Something broke inside jeda, and what you did is kept. Please try again in a little while. An administrator can look into it with { $command }
