# What jeda sent to somebody lately, and why: /jeda why.
told-lately = What jeda sent you lately, and why:
# $what: asked, reminded, report, welcome, closed, trouble.
told-standup =
    { $what ->
        [reminded] { $at }: a reminder of the standup **{ $standup }**, since you hadn’t answered yet.
        [report] { $at }: the report of the standup **{ $standup }**, since you observe it.
        [welcome] { $at }: a word that you are in the standup **{ $standup }** from now on.
        [closed] { $at }: a word that the standup **{ $standup }** closed while you were answering.
        [trouble] { $at }: a word on what stops the standup **{ $standup }**, since it is yours to mend.
       *[asked] { $at }: the questions of the standup **{ $standup }**, since you take part in it.
    }
# $what: zone, admin, calendar, linked.
told-people =
    { $what ->
        [admin] { $at }: a word on something that doesn’t work, since you are an administrator.
        [calendar] { $at }: a word that your calendar can’t be read. `/hours` shows since when.
        [linked] { $at }: a word that an account was linked with your code.
       *[zone] { $at }: a question for your time zone, since jeda writes to you in your hours only.
    }
told-urgent = { $at }: a message that its author marked as urgent, which may reach you at any hour. `/norms` shows the rule.
# $whose: own, other.
told-later =
    { $whose ->
        [own] { $at }: a message of your own that you had wanted later.
       *[other] { $at }: a message from { $author }, which had waited for your hours.
    }
told-held = { $at }: a word that a message of yours waits for its readers’ hours. `/norms` shows the rule.
# $asked: yes, no.
told-digest =
    { $asked ->
        [yes] { $at }: your digest, since you asked for it.
       *[no] { $at }: your digest, since something had waited for you. `/digest` says when it comes.
    }
told-later-back = { $at }: a message of yours for later came back, since it couldn’t be delivered.
told-ask-asked = { $at }: a question of { $asker } in { $channel } that asks you. Your time to answer ends { $due }.
told-ask-reminded = { $at }: the one reminder of a question of { $asker } in { $channel }, since you hadn’t answered and your time ends { $due }.
told-ask-moved = { $at }: a word that { $who } is away, so that your question { $number } goes on longer or without them.
# $end: answered, over, unposted.
told-ask-summary =
    { $end ->
        [answered] { $at }: the summary of your question { $number }, since everybody had answered.
        [unposted] { $at }: your question { $number } came back, since it couldn’t be posted.
       *[over] { $at }: the summary of your question { $number }, since its time was up.
    }
