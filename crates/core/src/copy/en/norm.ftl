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
        [observe] { $where }, jeda counts what a digest would have held, and sends none.
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
