# What waited for somebody, in one message.

digest-head = This waited for you.
digest-head-back = Welcome back. This waited for you while you were away.
digest-head-rest = { $from } to { $to } of { $count }:
digest-place = In { $channel }
digest-elsewhere = Elsewhere
digest-ask = { $asker } asks you, until { $at }: { $text }
digest-mention = { $from } mentioned you, { $at }: { $text }
digest-mention-unread = { $from } mentioned you, { $at }.
digest-urgent = { $from } could not reach you with something urgent, { $at }: { $text }
digest-blocker = { $from } names you in a blocker: { $text }
digest-handoff = The report of { $standup } came while you were off, { $at }.
digest-link = Open
digest-more-button = And { $count } more
digest-sort-button = One by one
digest-all-done-button = All done
digest-how = `/digest` shows what waits and when this comes.

# One item after the other.
digest-one-left =
    { $count ->
        [0] This is the last one.
        [one] One more follows.
       *[other] { $count } more follow.
    }
digest-done = Done.
digest-tomorrow = It comes again with your next digest from tomorrow on.
digest-muted = You hear no more of { $topic } in your digest. `/digest` lists what you muted.
digest-all-sorted = That was all of it.
digest-done-button = Done
digest-tomorrow-button = Tomorrow
digest-mute-button = Mute
digest-next-button = Next
digest-all-done =
    { $count ->
        [one] Done with it.
       *[other] Done with all { $count }.
    }
digest-nothing-open = Nothing of that is open any more, so there is nothing to do.

# The command.
digest-nothing-waits = Nothing waits for you.
digest-on-its-way = It is on its way to your direct messages.
# $when: never, start, times, both.
digest-when =
    { $when ->
        [never] Your digest is off. What waits is kept for a while, and `/digest now` brings it.
        [start] Your digest comes when your day begins, and only when something waits.
        [times] Your digest comes at { $times } on your working days, and only when something waits.
       *[both] Your digest comes when your day begins and at { $times }, and only when something waits.
    }
digest-next = The next one is due { $at }.
digest-next-unknown = The next one is due when you are back.
digest-waits-title = What waits for it
digest-waits-more =
    { $count ->
        [one] And one more.
       *[other] And { $count } more.
    }
digest-muted-title = What you muted
digest-muted-line = **{ $nth }.** { $topic }
digest-muted-thread = a thread in { $channel }
digest-muted-standup-gone = a standup that is gone
digest-unmute-button = Unmute { $nth }
digest-now-button = Bring it now
digest-unmuted = You hear of { $topic } again.
digest-too-many-muted = You have muted { $max } things, and more can’t be kept. `/digest` unmutes what you want to hear of again.
digest-too-many-times = That is more than { $max } times a day. Choose fewer, so that it stays a digest.
digest-times-how = Type it like this: `/digest at 9:00 16:00`

# Why a digest took the way it did.
digest-why-observed =
    { $count ->
        [one] The norm only observes: one thing would have been in it.
       *[other] The norm only observes: { $count } things would have been in it.
    }
digest-why-empty = Nothing in it waited any more.
digest-why-refused = It could not be sent: { $why } What was in it waits for the next one.
digest-why-norm = Sent by the norm { $norm }, revision { $revision }.
