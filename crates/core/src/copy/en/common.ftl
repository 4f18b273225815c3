# Shared by every feature.

list-and-two = { " " }and
list-and-last = { " " }and
list-or-two = { " " }or
list-or-last = { " " }or

failed-inside = Something broke inside jeda, and what you did is kept. Please try again in a little while. An administrator can look into it with { $command }

# Said by an adapter itself, when core never got to answer.
reply-not-kept = I could not keep that just now, so nothing has changed. Please try again in a moment.
reply-once-more = That took longer than a form may wait. Please do it once more; nothing is lost.
reply-no-workspace = I don’t know which server this is for. Please do it in a channel of your server.
