# Questions with a time to answer.

# Where it was asked.
ask-posted = { $asker } asks { $who }:
ask-until =
    { $count ->
        [one] { $who } has until { $at }.
       *[other] { $who } have until { $at }.
    }
ask-posted-how = Answer with the button or in this message’s thread, in your own hours.
ask-posted-closed = This question is closed.
ask-posted-cancelled = { $asker } took this question back.
ask-answer-button = Answer

# To whoever has not answered.
ask-remind = { $asker } asks you in { $channel }, and you have until { $at }:
ask-remind-how = This is the only reminder. If you can’t answer, that is an answer, too.

# To whoever asked.
ask-taken = Your question is number **{ $number }**. It is posted here now.
ask-taken-how = You read one summary: when the time is up, or as soon as everybody has answered. `/asks` shows what is open.
ask-cancel-button = Take it back
ask-changed = Question { $number } is changed:
ask-cancelled = Question { $number } is taken back. It said:
ask-moved = { $who } is away now, so the time for your question { $number } ends { $at } for them: { $text }
ask-moved-open = { $who } is away now, and nobody knows for how long. Your question { $number } goes on without them, and they may still answer: { $text }
# $end: all, over.
ask-summary =
    { $end ->
        [all] Everybody has answered your question **{ $number }**, asked in { $channel } { $at }:
       *[over] The time is up for your question **{ $number }**, asked in { $channel } { $at }:
    }
ask-answer = **{ $who }** answered { $at }:
ask-answer-there = It stands in the question’s thread.
ask-answer-link = Go to the answer
# $standing: waits, away, gone.
ask-unanswered =
    { $standing ->
        [away] { $who } { $count ->
            [one] is
           *[other] are
        } away.
        [gone] { $who } { $count ->
            [one] is
           *[other] are
        } no longer here.
       *[waits] No answer from { $who } so far.
    }
ask-summary-more = Some answers are longer. `/asks show { $number }` shows them whole.
ask-unposted = Your question could not be posted in { $channel }. Here it is whole.
ask-unposted-why = The reason: { $why }

ask-list-none = You have asked nothing that is open, and nothing waits for your answer. `/ask @ana Could you look at the draft? by 2d` asks Ana and gives her two of her working days.
ask-list-waiting = Waiting for your answer
ask-list-waiting-line = **{ $nth }.** { $asker } in { $channel }, until { $at }: { $text }
ask-answer-nth-button = Answer { $nth }
ask-list-mine = Your questions
ask-list-line = **{ $number }** in { $channel }, { $answered } of { $all } answered, until { $at }: { $text }
ask-list-line-closed = **{ $number }** in { $channel }, { $answered } of { $all } answered, closed: { $text }
ask-list-more =
    { $count ->
        [one] And one more.
       *[other] And { $count } more.
    }
ask-list-how = `/asks show 3` shows number 3 with its answers. `/asks edit 3 by=friday` and `/asks cancel 3` change it or take it back.
ask-shown = Question **{ $number }**, asked in { $channel } { $at }:
ask-shown-reminded = { $who } was reminded { $at }.
# $end: answered, over, cancelled, unposted.
ask-ended =
    { $end ->
        [answered] Everybody has answered question { $number }, so it is closed.
        [cancelled] You took question { $number } back.
        [unposted] Question { $number } could not be posted.
       *[over] The time for question { $number } is up.
    }

# The form.
ask-form-title = Your answer
ask-form-label = What do you answer?
ask-form-hint = Whoever asked reads it in the summary. For everybody, answer in the thread.
ask-answer-empty = Write a word or two. “I can’t say” is an answer, too.
ask-answer-long = That has { $count } characters, and { $max } fit. Write the long part in the thread.
ask-thanks = Thank you. { $asker } reads your answer in the summary. Until then the button changes it.

# What can’t be done.
ask-gone = That question is gone, or it isn’t yours, so there is nothing to do.
ask-own = This is your own question. `/asks` shows who has answered.
ask-not-asked = This asks { $who }. If you know something, write it in the thread.
ask-closed = This question is closed. If you still want to answer, write in its thread.
ask-no-text = What do you want to ask? Type it like this: `/ask @ana Could you look at the draft? by 2d`
ask-no-people = Whom do you ask? Name one person or more: `/ask @ana @budi Could you look at the draft? by 2d`
ask-nobody-else = That names nobody but you. Name somebody else who can answer.
ask-too-many-people = That is { $count } people, and one question asks { $max } at most. Ask those who can answer it.
ask-too-long = That has { $count } characters, and { $max } fit. Put the long part into a document and ask with its link.
ask-too-many = { $max } questions of yours are open. Wait for an answer, or take one back: `/asks`.
ask-person-gone = { $who } is no longer here, so leave them out.
ask-to-a-bot = { $who } is a bot, and has no hours to answer in. Leave it out.
ask-group-unknown = I don’t know yet who is in { $group }, and have just asked. Try again in a minute, or name the people.
ask-no-channel = A question is posted where it is asked, and I can’t post here. { $invited ->
        [yes] Ask in a channel that jeda is in; `/invite @jeda` brings it in.
       *[no] Ask in a channel that jeda may write in, not in a thread.
    }
ask-not-theirs = You can’t write in { $channel } yourself, so jeda doesn’t for you. Ask in another channel.
ask-time-how = Say it like this: `by 2d` or `by 4h` for working time, `by tuesday` or `by "friday 14:00"` on each reader’s own clock.
ask-no-window = Nothing was posted, since not everybody can have that time:
ask-far = For { $who } it would end more than { $days } days ahead.
ask-no-hours = { $who } has no working time in the next { $days } days.
ask-away = { $who } is away until { $at }.
ask-away-open = { $who } is away and hasn’t said until when.
ask-short = { $who } has hardly any working time before that; the next begins { $at }.
ask-no-window-how = Choose another time, or leave them out.
ask-no-number = There is no question { $given } of yours. `/asks` shows their numbers.
ask-nothing-to-change = Say what question { $number } shall say instead, or until when: `/asks edit { $number } the new words by=friday`.

# Why a question took the way it did.
ask-why-cancelled = Its asker took it back.
ask-why-all-answered = Everybody has answered, so it is closed.
ask-why-window-over = The last window is over, so it is closed.
ask-why-answered = They have answered.
ask-why-took-back = They took their answer back.
ask-why-moved = Their leave or hours changed, so their window moved.
ask-why-away = They are away, and nobody knows for how long, so it goes on without them.
ask-why-too-late = Their time was over.
