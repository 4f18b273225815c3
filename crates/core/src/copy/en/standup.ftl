# Standups: what people are asked, what teams read, and what commands answer.

standup-title = { $standup } · { $date }

# Buttons and forms.
standup-answer = Answer
standup-skip-today = Skip today
standup-change-answer = Change my answer
standup-answer-after-all = Answer after all
standup-answer-late = Answer late
standup-go-on = Go on answering
standup-next-page = Next questions
standup-send = Send
standup-cancel = Cancel
standup-save = Save
standup-skip-title = Skip today
standup-skip-submit = Skip
standup-skip-reason = Reason
standup-skip-reason-hint = If your team should know. It may stay empty.

# The prompt.
standup-prompt-count =
    { $count ->
        [one] { $count } question waits for you.
       *[other] { $count } questions wait for you.
    }
standup-last-plan = Last time you planned:
standup-your-notes = You jotted down:
standup-prompt-deadline = Whenever it suits you, until **{ $until }**.
standup-prompt-how = Press **Answer**, or just reply here and the questions come one by one.
standup-why-channel = You take part in { $standup } because you are in { $channel }. { $leave } ends that.
standup-why-joined = You take part in { $standup } because you joined it. { $leave } ends that.
standup-why-named = You take part in { $standup } because you were added to it. { $leave } ends that.
standup-zone-guessed = Your time zone is not known yet, so this goes by { $zone }. Set yours like this: `/hours Asia/Jakarta`
standup-prompt-answered = Thank you. Your answer is in.
standup-prompt-answered-edited = Thank you. Your answer is in, with your changes.
standup-prompt-answered-late = Thank you. Your answer was added to the report, marked as late.
standup-prompt-skipped = You skip this one.
standup-prompt-skipped-reason = You skip this one: { $reason }
standup-prompt-left = You no longer take part, so there is nothing to answer here.
standup-prompt-closed = This round is closed. You can still add your answer to the report; it is marked as late.
standup-reminder = { $standup } is open for you until **{ $until }**. If today does not suit you, skip it.
standup-reminder-answered = { $standup }: your answer is in.
standup-reminder-skipped = { $standup }: you skip this one.
standup-reminder-left = { $standup }: you no longer take part.
standup-reminder-closed = { $standup }: this round is closed. The button to answer late is under the question.

# Answering.
standup-question-of = Question { $number } of { $count } · { $standup }
standup-question-none = If there is nothing, reply “none”.
standup-blockers-hint = If there is nothing, leave this empty.
standup-will-be-late = This round is closed. Your answer will be added to its report, marked as late.
standup-answer-needed = Please write something here, or close the form and press “Skip today”.
standup-answer-kept = Your answer of { $chars } characters is too long for this form. Leave this empty to keep it; what you write here replaces it.
standup-answer-too-long = Please keep it to { $max } characters.
standup-reason-too-long = Please keep the reason to { $max } characters.
standup-not-in-round = This round has no question for you. `/standup list` shows your standups.
standup-page-kept = These answers are kept. More questions follow.
standup-page-missing = Nearly done: some questions still need an answer.
standup-page-changed = Your answer is up to date. More questions follow.
standup-unchanged = Nothing was different, so nothing was changed.
standup-changed = Your answer is changed.
standup-thanks = Thank you. Your answer to { $standup } is in. The report comes when everyone has answered, at the latest { $closes }.
standup-thanks-live = Thank you. Your answer to { $standup } is in, and in its report.
standup-thanks-late = Thank you. The round was closed by then, so your answer was added to the report, marked as late.
standup-skipped = You skip { $standups } this time. If it turns out otherwise, you can still answer until the report.
standup-skipped-all = Those were all that ask you today. To skip only one, name it, like { $skip }.
standup-skip-answered = You have answered already, so there is nothing to skip. “Change my answer” under the question changes it.
standup-skip-closed = This round is closed already.
standup-nothing-to-skip = Nothing is open for you today, so there is nothing to skip.
standup-nothing-open = No question of mine is open for you, so I have kept nothing of this. To jot down a line for your next answer: `/standup note TEXT`. To change an answer, edit your message, or press “Change my answer” under the question.

# The report.
standup-report-continued = { $standup } · { $date }, continued
standup-answer-continued = { $name }, continued
standup-answer-by = { $name }
standup-answer-by-edited = { $name } · edited
standup-answer-by-late = { $name } · late
standup-answer-by-late-edited = { $name } · late, edited
standup-report-in-thread = Everyone’s answers are in the thread.
standup-report-count =
    { $answered ->
        [0] Nobody answered this time.
       *[other] { $answered } of { $asked } answered.
    }
standup-report-so-far = { $answered } of { $asked } have answered so far.
standup-report-blockers = **In the way**
standup-report-blocker = { $name }: { $blocker }
standup-report-away = **Away:** { $people }
standup-report-skipped = **Skipped:** { $people }
standup-report-not-asked = **Not asked:** { $people }
standup-report-missing = **No answer:** { $people }
standup-short-day-off = day off
standup-short-holiday = holiday: { $name }
standup-short-paused = notifications paused
standup-short-focus = in focus
standup-short-away = away
standup-short-away-until = away until { $until }
standup-short-quiet = outside their hours
standup-short-left = left
standup-short-refused = could not be reached
standup-short-downtime = jeda was not connected
standup-short-time-passed = their time had passed when it began
standup-short-not-running = paused
standup-short-window-over = the deadline had passed

# Why a standup did what it did. Each is a sentence about "them".
standup-because-skipped = They skipped it.
standup-because-window-over = Their deadline had passed before they could be asked.
standup-because-time-passed = Their time of that day had passed when the standup began.
standup-because-already-answered = They had answered before.
standup-because-not-running = The standup was paused or deleted.
standup-because-left = They had left the standup or the channel.
standup-because-answered = They answered in time.
standup-because-answered-late = They answered after the close.
standup-because-edited = It was changed.
standup-because-missed = They had not answered by the close.
standup-because-all-answered = Nobody was left to answer, so the round was closed.
standup-because-deadline = The last deadline had come, so the round was closed.

# Receipts.
standup-receipts-explain = The whole record, on the machine that runs jeda: { $command }
standup-receipt-planned = { $name }: will be asked { $at }
standup-receipt-asked = { $name }: the question is on its way
standup-receipt-prompted = { $name }: asked, can answer until { $until }
standup-receipt-answered = { $name }: answered { $at }
standup-receipt-late = { $name }: answered late, { $at }
standup-receipt-all-answered = { $name }: answered
standup-receipt-all-late = { $name }: answered late
standup-receipt-missed = { $name }: asked, no answer
standup-receipt-skipped = { $name }: skipped it
standup-receipt-left = { $name }: left after being asked
standup-receipt-not-asked = { $name }: not asked. { $why }
standup-report-sent = The report is long, so it comes to you in { $pages } direct messages.
standup-report-not-yet = The round of { $standup } on { $date } is still open. Its report comes when everyone has answered, at the latest { $closes }. Until then nobody sees another’s answer.

# Making and changing one.
standup-new-title = New standup
standup-edit-title = Change the standup
standup-usual-done = What did you get done since last time?
standup-usual-plan = What do you plan next?
standup-usual-blockers = What is in your way?
standup-name-needed = Give it a name: `/standup new Daily weekdays 9:30`
standup-name-too-long = A name is one line of at most { $max } characters.
standup-name-not-free = That name can’t be used. Choose another.
standup-name-taken = There is a standup called { $standup } already. Choose another name, or see that one: { $show }
standup-when-needed = Say on which days and at what time, like `weekdays 9:30` or `mon,thu 16:00`.
standup-too-often = A standup asks at most once a day. For a second time, make a second standup.
standup-bring-invite = `/invite @jeda` brings it into a channel.
standup-bring-permit = Whoever manages a channel lets it in, with the permissions to view the channel, to send messages and to read its history.
standup-channel-needed = Where should the report go? Run this in a channel that jeda is in, or name one: `channel=#eng`. { $bring }
standup-channel-unknown = There is no channel { $given } that jeda is in. { $bring } Then try again.
standup-channel-not-open = jeda is not in { $channel }, or may not post there. { $bring } Then try again.
standup-channel-private = { $channel } is private, and jeda can’t tell that you are in it. Run this in that channel instead.
standup-channel-archived = { $channel } is archived, so nothing can be posted there. Choose another channel.
standup-questions-empty = A standup needs a question at least. Put a semicolon between several: `questions="What went well?; What is next?"`
standup-questions-too-many = { $count } questions are more than anyone answers well. At most { $max } are possible.
standup-question-too-long = This question is too long: { $question } At most { $max } characters are possible.
standup-window-or-deadline = Give either a window (`window=4h`, for each from their own question) or a deadline (`deadline=14:00`, the same for all), not both.
standup-window-bounds = The time to answer can be from { $min } to { $max }.
standup-remind-bounds = A reminder comes before the deadline, so it has to be shorter than the { $window } that there are to answer. `remind=off` does without one.
standup-report-choice = The report comes at the close (`report=close`) or as answers arrive (`report=live`).
standup-group-alone = Name either people or one group.
standup-person-unknown = I don’t know anybody called { $given }. Mention them with @, and choose them from the list.
standup-group-unseen = I don’t know anybody called { $given }. A user group is found where a space stands before its @: { $typed }. Mention people with @, and choose them from the list.
standup-people-needed = Name at least one person. Bots can’t take part.
standup-people-too-many = { $count } people are too many. At most { $max } are possible.
standup-standups-full = There are { $max } standups here already. Delete one that is no longer used.
standup-conflict-one = { $name } would be asked { $prompt }, after the deadline at { $deadline } ({ $zone })
standup-conflict = This deadline comes before some people are asked: { $people }. Choose a later deadline, or a window for each (`window=4h`).
standup-more-people =
    { $count ->
        [one] { $count } more
       *[other] { $count } more
    }
standup-field-name = Name
standup-field-when = Days and time
standup-field-questions = Questions
standup-field-channel = Channel for the report
standup-field-window = Time to answer
standup-field-zone = Time zone
standup-field-deadline = Or a deadline for all
standup-field-remind = Reminder before the deadline
standup-field-report = Report
standup-field-who = Who takes part
standup-field-observers = Who also gets the report
standup-hint-name = Like Daily
standup-hint-when = Like weekdays 9:30, or mon,thu 16:00
standup-hint-questions = One on each line
standup-hint-channel = jeda has to be in it
standup-hint-window = Like 4h, from each one’s own question on
standup-hint-zone = Empty: each person’s own time
standup-hint-deadline = Like 14:00, in place of the time to answer
standup-hint-remind = Like 1h; empty for none
standup-hint-report = Once at the close, or as answers arrive
standup-hint-who = Empty: everyone in the channel. A user group, by command: /standup edit NAME who= @group
standup-hint-who-group = A user group takes part, and stays if this is empty. By command: /standup edit NAME who= @group, or who=channel for everyone there
standup-hint-observers = As a direct message, at the close

# Answers to commands.
standup-none = There is no standup here yet. `/standup new` makes one.
standup-gone = This standup no longer exists. `/standup list` shows what there is.
standup-unknown = There is no standup { $given }. `/standup list` shows what there is.
standup-unknown-near = There is no standup { $given }. Did you mean { $near }?
standup-which = Which one: { $standups }? Write its name after the command.
standup-ask-owner = Only its owner and administrators may change { $standup }. Please ask { $owner }.
standup-created = { $standup } is set up:
standup-edited = { $standup } is changed, from the next round on:
standup-edited-nothing = Nothing was different. { $standup } stays as it is:
standup-show-running = { $standup }
standup-show-paused = { $standup } is paused. { $resume } lets it ask again.
standup-show-is-paused = { $standup } is paused.
standup-when-each = { $schedule }, in each person’s own time
standup-when-one = { $schedule }, { $zone } time
standup-show-when = **Asks** { $when }
standup-show-nobody-works = **Nobody is asked then:** whoever takes part has these days off. Choose other days, or say with { $hours } that you work then.
standup-show-window = **Time to answer:** { $window } from one’s own question on
standup-show-deadline = **Deadline:** { $time } ({ $zone }), for everyone
standup-show-remind = **Reminder:** { $before } before the deadline
standup-show-no-reminder = **Reminder:** none
standup-show-at-close = **Report:** in { $channel }, once, at the close
standup-show-live = **Report:** in { $channel }, as answers arrive
standup-show-who-unknown = **Takes part:** jeda is asking the platform who that is
standup-show-channel-members = **Takes part:** everyone in { $channel }, { $count ->
        [one] { $count } person
       *[other] { $count } people
    }: { $people }
standup-show-channel-empty = **Takes part:** everyone in { $channel }; nobody is there yet
standup-show-people = **Takes part:** { $count ->
        [one] { $count } person
       *[other] { $count } people
    }: { $people }
standup-show-nobody = **Takes part:** nobody yet
standup-show-observers = **Also gets the report:** { $people }
standup-show-owner = **Owner:** { $owner }
standup-show-next = **You are asked next** { $at }
standup-show-edit-leave = Change it: { $edit } · No longer take part: { $leave }
standup-show-edit-join = Change it: { $edit } · Take part: { $join }
standup-show-leave = No longer take part: { $leave }
standup-show-join = Take part: { $join }
standup-beyond-form = The form has no room for everything. These are set by command, such as { $example }:
standup-list-title = Standups
standup-list-mine = { $standup } · { $when } · { $channel } · you take part
standup-list-line = { $standup } · { $when } · { $channel }
standup-list-paused = { $standup } · { $when } · { $channel } · paused
standup-list-more = More about one: `/standup show NAME` · Take part: `/standup join NAME`
standup-turn-page = Page { $page } of { $pages }
standup-joined = You take part in { $standup }. You are asked first { $at }.
standup-joined-paused = You take part in { $standup }. You are asked when its next round comes.
standup-joined-already = You take part in { $standup } already.
standup-full = { $standup } has { $max } people already, and that is as many as it can ask.
standup-left = You no longer take part in { $standup }. What you answered stays in its reports. `/standup join` brings you back.
standup-left-already = You don’t take part in { $standup }.
standup-paused = { $standup } is paused. A round under way ends as usual, and nobody else is asked. { $resume } lets it ask again.
standup-paused-already = { $standup } is paused already.
standup-resumed = { $standup } asks again, from the next round on.
standup-resumed-next = { $standup } asks again. You are asked next { $at }.
standup-running-already = { $standup } is running already.
standup-delete-sure = Delete { $standup }? Nobody is asked any more. Past reports stay in the channel.
standup-delete-yes = Delete it
standup-delete-no = Keep it
standup-deleted = { $standup } is deleted. Answers to a round under way are still reported.
standup-kept = { $standup } stays.
standup-not-a-day = I could not read { $given } as a day. Type it like `yesterday`, `last monday` or `2026-11-24`.
standup-no-round-yet = { $standup } has had no round yet.
standup-no-round-on = { $standup } had no round on { $date }.
standup-not-yours-to-read = Reports of { $standup } are for people in it and in { $channel }.
standup-noted = Kept for your next answer:
standup-note-empty = Write the line after the command: `/standup note fixed the login on old phones`
standup-note-too-long = This note has { $length } characters, and a note can have { $max }. It was not kept; please shorten it.
standup-notes-full = { $max } notes wait for your next answer already. This one was not kept. Answer first, then they are free again.
standup-welcome = You were added to { $standup }. It asks { $when }, and reports in { $channel }. If you would rather not: { $leave }
standup-deadline-paused = { $standup } is paused for now, since jeda has learned who takes part in it.
standup-deadline-mend = { $edit } changes the deadline, and { $resume } lets it ask.
standup-channel-closed = The report of { $standup } has no place to go: { $channel } is closed to jeda.
standup-channel-closed-kept = What was answered is kept, and the newest report follows as soon as there is a place for it. Until then, anyone in the standup can read it with { $report }.
