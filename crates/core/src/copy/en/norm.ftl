# Norms in sentences: what holds, and what a new revision would change.

norm-everywhere = Everywhere
norm-in-channels = In { $places }
norm-for-groups = Where it is about people in { $places }
norm-from-groups = From people in { $places }

# A norm as a sentence; $where is one of the above.
norm-quiet-hours =
    { $level ->
        [off] { $where }, mentions of people outside their hours are left alone.
        [observe] { $where }, jeda notes when somebody is mentioned outside their hours, and says nothing to anyone.
        [nudge] { $where }, whoever mentions somebody outside their hours is told, and nobody else: until when they are off, and that it can be delivered in their hours.
       *[hold] { $where }, a message that mentions somebody outside their hours waits for their hours. Where jeda can’t take it back, its author is told instead.
    }
norm-focus =
    { $level ->
        [off] { $where }, mentions of people in a focus block are left alone.
        [observe] { $where }, jeda notes when somebody is mentioned in a focus block, and says nothing to anyone.
        [nudge] { $where }, whoever mentions somebody in a focus block is told, and nobody else: when the block ends, and that it can be delivered then.
       *[hold] { $where }, a message that mentions somebody in a focus block waits for its end. Where jeda can’t take it back, its author is told instead.
    }
norm-response-window =
    { $level ->
        [off] { $where }, a question has only the time that it names.
        [observe] { $where }, an answer may take { $time } unless the question says otherwise. Nobody is reminded.
       *[nudge] { $where }, an answer may take { $time } unless the question says otherwise. Whoever hasn’t answered is reminded once, in their hours.
    }
norm-urgent =
    { $level ->
        [off] { $where }, nothing passes as urgent.
        [observe] { $where }, what can’t wait is delivered at once, with its reason on record in { $record }.
        [nudge] { $where }, what can’t wait is delivered at once, with its reason on record in { $record }. Whoever sends more than { $budget } in a week is told so.
       *[hold] { $where }, what can’t wait is delivered at once, with its reason on record in { $record }: { $budget } a week from each sender. Beyond that it waits for the recipient’s hours.
    }
norm-digest =
    { $level ->
        [off] { $where }, there is no digest.
        [observe] { $where }, jeda counts what a digest would have held, and sends no more than questions that wait.
       *[nudge] { $where }, what waited comes in one message ({ $when }), and only when something did.
    }
norm-standup-hours = { $where }, standups ask and remind each member only inside their own hours. jeda always keeps this.
norm-exempt = Left alone: { $names }.

# Settings: what they are called, and what they can be.
norm-setting-broadcast-off = @here, @channel and @everyone count once so many are off
norm-setting-taking-part = no word about a recipient who wrote there in the last
norm-setting-nudge-again = a sender is told again in the same conversation after
norm-setting-nudge-by = where no words are private, a sender is told by
norm-setting-between = looks only at this part of the recipient’s day
norm-setting-working-hours = time to answer
norm-setting-remind-before = reminder before the end
norm-setting-budget = urgent messages a week from each sender
norm-setting-record = on record in
norm-setting-digest-at = comes at
norm-setting-parts = holds
norm-setting-items-max = items shown
norm-setting-keep-days = items stay for
norm-value-percent = { $count } %
norm-value-hours =
    { $count ->
        [one] { $count } working hour
       *[other] { $count } working hours
    }
norm-value-days =
    { $count ->
        [one] { $count } day
       *[other] { $count } days
    }
norm-value-direct = a direct message
norm-value-reply = a reply that removes itself
norm-value-over-midnight = { $range }, over midnight
norm-value-start-of-day = the start of the day
norm-value-never = never
norm-value-none = not set
norm-part-asks = questions that wait for an answer
norm-part-mentions = mentions that waited
norm-part-blockers = blockers that name the reader
norm-part-handoff = standups of who started earlier
norm-part-urgent = urgent messages that were missed

# What a new revision would change.
norm-plan-first = No norms are live yet.
norm-plan-live = Revision { $number } is live, applied by { $by } on { $at }.
norm-plan-nothing = Nothing changes.
norm-plan-added = { $norm } is new. { $sentence }
norm-plan-removed = { $norm } goes away. Until now: { $sentence }
norm-plan-renamed = { $old } is called { $norm } from now on, and says the same.
norm-plan-changed = { $norm } changes.
norm-plan-enforce = enforce: { $before } → { $after }. { $sentence }
norm-plan-scope = where: { $before } → { $after }
norm-plan-exempt-more = left alone from now on: { $names }
norm-plan-exempt-less = no longer left alone: { $names }
norm-plan-setting = { $setting }: { $before } → { $after }
norm-setting = { $setting }: { $value }
norm-plan-unchanged =
    { $count ->
        [one] { $count } norm stays as it is.
       *[other] { $count } norms stay as they are.
    }
norm-note-narrower = { $where }, { $norm } holds in place of { $over }: the narrower wins.
norm-note-exception = { $where }, { $norm } makes an exception from { $over }.
norm-note-gentler = For somebody in groups of both, { $first } holds in place of { $second }: the gentler wins.
norm-note-over-midnight = { $norm } looks from { $from } over midnight until { $to } the next morning.
norm-note-does-nothing = { $norm } is off and makes no exception from another norm, so it does nothing.

# To the author of a message that reached people who are off. $state: off, away, focus, holiday.
norm-off-until =
    { $state ->
        [away] { $who } is away until { $until }.
        [focus] { $who } is in a focus block until { $until }.
        [holiday] { $who } has a holiday ({ $holiday }) until { $until }.
       *[off] { $who } is off until { $until }.
    }
norm-off =
    { $state ->
        [away] { $who } is away and hasn’t said until when.
        [focus] { $who } is in a focus block.
        [holiday] { $who } has a holiday ({ $holiday }).
       *[off] { $who } is off for now.
    }
norm-nudge-where = About what you just wrote in { $channel }
norm-nudge-more =
    { $count ->
        [one] And one more person is off.
       *[other] And { $count } more people are off.
    }
# $how: asked, kept (it can’t be taken back), read (somebody reads it now).
norm-nudge-stays =
    { $how ->
        [kept] A norm would let your message wait. jeda can’t take it back here, so it stays, and an answer may come then.
        [read] Your message stays, since others whom it reaches are at work. From those who are off, an answer may come then.
       *[asked] Your message stays, and an answer may come then.
    }
norm-nudge-deliver-button = Deliver in their hours
norm-nudge-urgent-button = It’s urgent
norm-nudge-fine-button = No reply needed
# $seen: alone, open.
norm-nudge-by =
    { $seen ->
        [open] This removes itself. Norm { $norm }, revision { $revision }; `/norms` shows what holds here.
       *[alone] Only you see this. Norm { $norm }, revision { $revision }; `/norms` shows what holds here.
    }
# To the author of a message that is held. $how: then, back.
norm-held =
    { $how ->
        [back] So your message in { $channel } waits as number **{ $number }**, and nobody sees it there now. It is posted there again, in your name, when anybody whom it names is back.
       *[then] So your message in { $channel } waits as number **{ $number }**, and nobody sees it there now. It is posted there again, in your name, { $at }, when the first whom it names is back.
    }
norm-held-now-button = Post it now
norm-held-by = Posted now, it mentions nobody who is off. `/later list` shows what waits. Norm { $norm }, revision { $revision }; `/norms` shows what holds here.
norm-nudge-fine = Good. It’s noted that nobody needs to reply.
norm-nudge-gone = That message is gone, or it isn’t yours, so there is nothing to do.

# What can’t wait.
norm-urgent-form = It can’t wait
norm-urgent-form-send = Tell them now
norm-urgent-form-cancel = Cancel
norm-urgent-form-reason = Why can’t it wait?
norm-urgent-form-hint = On record in #{ $record }. { $left ->
        [0] This week’s { $of } are used.
       *[other] { $left } of { $of } left this week.
    }
norm-urgent-reason = Say in a line why it can’t wait: up to { $max } characters. It goes on record.
norm-urgent-sent = Told now: { $who }. It is on record in { $record }.
norm-urgent-sent-more =
    { $count ->
        [one] One more person is off, and reads it when they look.
       *[other] { $count } more people are off, and read it when they look.
    }
norm-urgent-left =
    { $left ->
        [0] That was the last of { $of } that you have this week.
       *[other] You have { $left } of { $of } left this week.
    }
norm-urgent-over = That is more than the { $of } a week that your team agreed on.
norm-urgent-spent = The { $of } urgent messages that you have in a week are used; on Monday there are new ones. So it waits for their hours:
norm-urgent-no-way = Nothing passes as urgent here, as your team agreed. `/norms` shows what holds.
norm-urgent-already = That is on record as urgent already, and they were told.
norm-urgent-record = **Urgent**, from { $author } in { $channel } to { $who }
norm-urgent-told = { $author } says that this can’t wait:
norm-urgent-told-where = It is in { $channel }, marked as urgent { $at }. Norm { $norm }, revision { $revision }, lets it reach you now; it is on record in { $record }.
norm-why-forgotten = The message was gone, or needed no reply.
norm-why-too-late = It would have come too late to help.

# /norms, /norms report and /jeda why
norm-none-yet = This team has agreed on no norms yet, so nothing is nudged or held.
norm-none-yet-how = Norms are a file that the team reviews; whoever runs jeda applies it with `jeda norms apply`.
norm-holding = The norms of this team:
norm-holding-here = The norms that hold in { $channel }:
norm-holding-none = None.
norm-cant-take-back = jeda can’t take messages back here. Where a norm holds a message, its author is told instead.
norm-cant-take-back-off = jeda doesn’t take messages back here, since whoever runs it hasn’t switched on that it reads them (`message_content`). Where a norm holds a message, its author is told instead.
norm-cant-take-back-not-allowed = jeda can’t take messages back in this channel: it lacks Manage Messages, Manage Webhooks, or both. Where a norm holds a message, its author is told instead.
norm-takes-back = Here a message that is held is taken back, and posted again in its author’s name. One with files, or an edit, stays, and its author is told instead.
norm-takes-back-somewhere = A message that is held is taken back, and posted again in its author’s name, in channels that let jeda manage messages and webhooks. Elsewhere, and where it has files, its author is told instead.
norm-report = What the norms did in the last { $days } days:
norm-report-held =
    { $norm } held { $messages ->
        [one] one message
       *[other] { $messages } messages
    }.
norm-report-nudged =
    { $norm } { $messages ->
        [one] told the author of one message
       *[other] told the authors of { $messages } messages
    }.
norm-report-observed =
    { $norm } only observes. It would have told the { $messages ->
        [one] author of one message
       *[other] authors of { $messages } messages
    }.
norm-report-none = Nothing: nobody who was off was mentioned.
norm-report-counts-only = Only messages are counted, never people.
norm-reasons = What jeda told you last, about what you wrote in { $channel } at { $at }:
norm-reasons-by = Because of { $norm }, revision { $revision }. `/norms` shows it in words.
norm-reasons-none = jeda has told you nothing lately that you hadn’t asked for. `/standup receipts` says what became of standups.

# The menu of a message, and what stands beside one.
menu-deliver = Deliver in their hours
menu-no-reply = No reply needed
menu-reply-by = Reply by…
menu-not-yours = Only the author of a message can say this of it.
menu-not-here = jeda can’t write here. { $invited ->
        [yes] Bring it in with `/invite @jeda`.
       *[no] An administrator can let it.
    }
menu-names-nobody = This message names nobody, so there is nobody to deliver it to. `/later @ana …` writes to somebody in their hours.
reply-by-form = Reply by…
reply-by-form-save = Show it
reply-by-form-cancel = Cancel
reply-by-form-when = By when?
reply-by-form-hint = For example: tuesday, friday 14:00, 2d
reply-by-noted = Readers see beside it that a reply is wished for by { $at }, each in their own time.
note-no-reply = No reply needed, says { $author }
note-reply-by = { $author } wishes for a reply by { $at }.
