# Messages that are delivered later.

# To whom it is for.
later-from = From { $author }, written { $at }
later-from-self = A note from you, written { $at }
# $words: read, unread (the platform doesn’t show them to jeda).
later-original =
    { $words ->
        [unread] jeda can’t read its words. They are in { $channel }.
       *[read] It is in { $channel } as well.
    }
later-original-link = Go to the message
# Below a message that was held and is posted again.
later-held-below = written { $at }, and held for their hours
later-held-answers = in answer to this
later-posted = { $author } wrote this for here on { $at }

# Back to its author.
later-returned = Your message to { $to }, written { $at }, could not be delivered. Here it is whole, and nothing of it is kept.
later-returned-held = Your message in { $to }, written { $at }, was held and could not be posted there again. Here it is whole, and nothing of it is kept.
later-returned-why = The reason: { $why }

# To its author. $how: now, then, back.
later-taken =
    { $how ->
        [now] { $to } is at work, so your message goes now.
        [back] { $to } is away and hasn’t said until when. Your message waits as number **{ $number }** and goes when they are back. If that takes more than { $days } days, you get it back.
       *[then] Your message waits as number **{ $number }**. { $to } gets it { $at }.
    }
later-taken-self =
    { $how ->
        [now] Your note goes now.
        [back] Your note waits as number **{ $number }** until you are back.
       *[then] Your note waits as number **{ $number }**. You get it { $at }.
    }
later-taken-channel =
    { $how ->
        [now] It goes to { $to } now.
       *[then] Your message waits as number **{ $number }**. It is posted in { $to } { $at }.
    }
later-taken-held =
    { $how ->
        [now] It is posted in { $to } again in your name, now.
        [back] Your message waits as number **{ $number }**. It is posted in { $to } again, in your name, when anybody whom it names is back.
       *[then] Your message waits as number **{ $number }**. It is posted in { $to } again, in your name, { $at }, when the first whom it names is back.
    }
later-original-more =
    { $count ->
        [one] It waits for one more person as well.
       *[other] It waits for { $count } more people as well.
    }
later-original-left-out =
    { $count ->
        [one] For one more it can’t wait: { $max } messages of yours wait already. They read it where it is.
       *[other] For { $count } more it can’t wait: { $max } messages of yours wait already. They read it where it is.
    }
later-original-all-there = Everybody whom it names is at work by now or has it waiting already, so there is nothing to do.
later-for-them = For them that is { $moment }.
later-zone-guessed = Their time zone isn’t known yet, so the team’s serves: { $zone }.
later-how = `/later list` shows what waits. Until it goes you can change it or take it back.
later-cancel-button = Take it back
later-changed = Number { $number } is changed.

later-list-title = What waits for its time
later-list-none = Nothing of yours waits. `/later @ana …` has a message delivered in Ana’s hours.
later-list-line =
    { $how ->
        [now] **{ $number }** to { $to }, about to go: { $text }
        [back] **{ $number }** to { $to }, when they are back: { $text }
       *[then] **{ $number }** to { $to }, { $at }: { $text }
    }
later-list-back = **{ $number }** to { $to } could not be delivered: { $text }
later-list-how = `/later show 3` shows number 3 whole. `/later edit 3 …`, `/later now 3` and `/later cancel 3` change it, send it or take it back.
later-shown = Number **{ $number }** to { $to }, written { $at }:
later-cancelled = Number { $number } to { $to } is taken back, and nothing of it is kept. It said:
later-goes-now = Number { $number } goes to { $to } now.

# What can’t be done.
later-not-now = { $who } is off until { $until }, so it waits. If it can’t wait, write to them directly: they see it when they look.
later-not-now-open = { $who } is off, and nobody knows until when, so it waits. If it can’t wait, write to them directly: they see it when they look.
later-came-back = Number { $number } to { $to } could not be delivered, so it can’t be changed. `/later cancel { $number }` takes it off your list. It says:
later-on-its-way = Number { $number } is going out at this moment, so it can’t be changed any more.
# $end: delivered, dropped, returned, lost, stayed.
later-ended =
    { $end ->
        [dropped] You took number { $number } back on { $at }.
        [returned] Number { $number } could not be delivered. You got it back on { $at }.
        [lost] Number { $number } could not be delivered.
        [stayed] Number { $number } could not be taken back, so it stayed where you wrote it.
       *[delivered] Number { $number } was delivered on { $at }.
    }
later-no-number = There is no message { $given } of yours. `/later list` shows their numbers.
later-gone = That message is gone, or it isn’t yours, so there is nothing to do.
later-nothing-to-change = Say what number { $number } shall say instead, or when it shall come: `/later edit { $number } the new words when=tuesday`.
later-no-text = What shall it say? Type it like this: `/later @ana Could you look at the draft?`
later-too-long = That has { $count } characters, and { $max } fit. Send the long part as a file or a link.
later-too-many = { $max } messages of yours wait already. Take one back first: `/later list`.
later-too-far = That is more than { $days } days ahead. A calendar keeps it better.
later-time-how = A time of day is the reader’s own: `when=14:00`, `when="tuesday 9:00"` or `when=tuesday`.
later-no-recipient = To whom? Name one person or one channel: `/later @ana Could you look at the draft?`
later-one-recipient = One message goes to one person or one channel. For more, write more messages, or post in a channel.
later-person-unknown = I don’t know anybody called { $given } here. Choose a name from the list that opens when you type @.
later-person-gone = { $who } is no longer here, so it could not be delivered.
later-person-closed = { $who } doesn’t accept direct messages from jeda, so it could not be delivered. Write to a channel that they read.
later-to-a-bot = { $who } is a bot and has no hours to wait for. Write to it directly.
later-channel-unknown = I know no channel { $given }. { $invited ->
        [yes] Type # and choose one, and bring jeda into it with `/invite @jeda`.
       *[no] Choose one that jeda may write in.
    }
later-channel-archived = { $channel } is archived, so nothing can be posted there.
later-channel-closed = jeda can’t write in { $channel }. { $invited ->
        [yes] Bring it in with `/invite @jeda`.
       *[no] An administrator can let it.
    }
later-channel-not-theirs = You can’t write in { $channel } yourself as far as I can see, so jeda doesn’t for you. If you can, type the command there.

# Why a message took the way it did.
later-why-dropped = Its author took it back.
later-why-no-hours = They were away for too long, and nobody knew until when.
later-why-deleted = Its author deleted the message in the channel.
later-why-returned = It could not be delivered, and its author has it back.
later-why-held = A norm holds it until somebody whom it names is at work.
later-why-turned = The hours of somebody whom it names changed at that moment, so it was looked at again.
