# Commands: descriptions (at most 100 characters, they are Discord's too), help, and what autocomplete offers.

help-title = What jeda can do
help-intro = jeda asks your team’s questions at each person’s own working time, waits, and reports once for all. Nobody has to be online at once.
help-more = More about one command, with examples: `/jeda help standup new`

help-no-topic = There is no command { $topic }.
help-no-topic-near = There is no command { $topic }. Did you mean { $near }?
command-unknown = There is no command { $typed }. { $help } shows what there is.
command-unknown-near = There is no command { $typed }. Did you mean { $near }?
command-trouble-near = I could not read { $trouble }. Did you mean { $near }? { $what }.
command-trouble-empty = Nothing stands after { $near }. It takes this: { $what }.
command-trouble = I could not read { $trouble }. It is typed like this: { $usage }

command-standup = Standups: asked in each person’s own time, reported together
command-later = Messages that are delivered in their reader’s working hours
command-asks = Your questions, and those that wait for you
command-digest = What waited for you, in one message
command-norms = The norms that hold here, and what they did
command-jeda = Help, and why jeda did what it did

command-standup-new = Start a standup; without anything more, a form opens
command-standup-new-help =
    A standup asks its questions on the days and at the time that you give, in each person’s own time zone, and posts one report to a channel.
    Only a name and a time are needed; the usual questions are what you did, what you plan, and what is in the way.
    `/standup new Daily weekdays 9:30`
    `/standup new Daily weekdays 9:30 channel=#eng window=4h remind=1h`
    Everyone in the channel takes part, or those whom you name: people, or one group or role. Put a space before each @.
    `/standup new "Team week" every monday 10:00 questions="What went well?; What is next?" who= @ana @budi`
    `/standup new Backend weekdays 9:30 who= @backend`
    `/standup new Ops daily 8:00 zone=Asia/Jakarta report=live`
command-standup-list = Every standup here, and when it asks
command-standup-list-help =
    Yours come first.
    `/standup list`
command-standup-show = One standup: questions, days, who takes part
command-standup-show-help =
    Without a name it shows the standup of this channel, or your only one.
    `/standup show Daily`
command-standup-edit = Change a standup; with only its name, a form opens
command-standup-edit-help =
    What you leave out stays as it is. A round under way keeps its questions and times; the next one has the new ones.
    `/standup edit Daily`
    `/standup edit Daily weekdays 10:00`
    `/standup edit Daily window=6h remind=off`
    `/standup edit "Team week" rename=Weekly`
command-standup-pause = Stop asking until it is resumed
command-standup-pause-help =
    A round under way is closed and reported as usual.
    `/standup pause Daily`
command-standup-resume = Ask again, from the next round on
command-standup-resume-help =
    `/standup resume Daily`
command-standup-delete = Delete a standup; its past reports stay
command-standup-delete-help =
    You are asked once whether you mean it.
    `/standup delete Daily`
command-standup-join = Take part in a standup
command-standup-join-help =
    You are asked from the next round on, in your own time.
    `/standup join Daily`
command-standup-leave = No longer take part in a standup
command-standup-leave-help =
    Nothing more is asked of you. You can come back with `/standup join`.
    `/standup leave Daily`
command-standup-skip = Skip what asks you today, or one standup, with a reason if you like
command-standup-skip-help =
    Your team sees that you skipped, and the reason if you gave one. Nobody reminds you. Without a name it skips everything that asks you today.
    `/standup skip`
    `/standup skip at the dentist`
    `/standup skip at the dentist name=Daily`
command-standup-report = Read a report again
command-standup-report-help =
    Without a date it is the last one that was closed.
    `/standup report`
    `/standup report yesterday`
    `/standup report 2026-11-24 Daily`
command-standup-receipts = What became of each prompt: sent, late or skipped, and why
command-standup-receipts-help =
    `/standup receipts`
    `/standup receipts 2026-11-24 Daily`
command-standup-note = Jot down a line for your next answer
command-standup-note-help =
    Only you see it. When you are asked next, it is offered in your answer.
    `/standup note fixed the login on old phones`
command-hours = Your time zone, working hours and public holidays: see them or set them
command-hours-help =
    jeda asks you only inside these hours. Alone, the command shows them.
    `/hours`
    `/hours Asia/Jakarta`
    `/hours mon-fri 9:00-17:30`
    `/hours Asia/Jakarta mon-thu 9:00-12:00,13:00-17:30`
    `/hours holidays ID`
    `/hours holidays GB-ENG`
    `/hours calendar https://…`
command-when = When somebody works next, in your time and in theirs
command-when-help =
    It goes by declared hours, leave and focus; nobody’s presence is watched. Where your team agreed how long an answer may take, it also says by when one can be expected.
    `/when @ana`
    `/when @ana @budi`
command-focus = A focus block from now on, in which nothing comes that can wait
command-focus-help =
    What falls due inside it comes when it ends. A standup’s question whose time would be over by then comes all the same, without a sound where your platform can. Others see until when you are in focus, and your reason if you gave one.
    `/focus 2h`
    `/focus 90m the proposal`
    `/focus until 14:00`
    `/focus off`
    `/focus`
command-away = Be away, until a day or until you say that you are back
command-away-help =
    While you are away nothing is asked of you, and reports say so.
    `/away`
    `/away until monday`
    `/away 2026-12-28`
    `/away 3 days`
    `/away until monday visiting family`
command-back = Be back from being away
command-back-help =
    `/back`
command-later-send = Have a message delivered in their hours
command-later-send-help =
    Whoever is off gets it at the start of their next working time, in a direct message from jeda that names you; whoever is at work gets it now. A channel gets it when the team’s next working time starts. With a time it comes then, on the reader’s own clock.
    `/later @ana Could you look at the draft?`
    `/later @ana when=tuesday Could you look at the draft?`
    `/later #eng when="monday 10:00" Who joins the demo?`
command-later-list = Your messages that wait, and when they come
command-later-list-help =
    Only you see them.
    `/later`
command-later-show = One of your messages that wait, whole
command-later-show-help =
    `/later show 3`
command-later-edit = Change the words or the time of one that waits
command-later-edit-help =
    `/later edit 3 Could you look at the second draft?`
    `/later edit 3 when=14:00`
command-later-now = Send one now, unless its reader is off
command-later-now-help =
    `/later now 3`
command-later-cancel = Take one back
command-later-cancel-help =
    You are shown once more what it said. Nothing of it is kept.
    `/later cancel 3`
command-ask = Ask people something, with time in their own working hours
command-ask-help =
    The question is posted here, and nobody is disturbed outside their hours. Each of them answers by the button or in its thread, and is reminded once. You read one summary: when the time is up, or as soon as everybody has answered. Without a time the team’s norm says how long they have.
    `/ask @ana Could you look at the draft? by 2d`
    `/ask @ana @budi by="friday 14:00" Which of the two names?`
command-asks-list = Your open questions, and those that wait for your answer
command-asks-list-help =
    Only you see them.
    `/asks`
command-asks-show = One of your questions with its answers
command-asks-show-help =
    `/asks show 3`
command-asks-edit = Change the words or the time of one that is open
command-asks-edit-help =
    A new time is counted from now, for whoever has not answered.
    `/asks edit 3 Could you look at the second draft?`
    `/asks edit 3 by=friday`
command-asks-cancel = Take a question back
command-asks-cancel-help =
    Its message says so, and nobody is reminded.
    `/asks cancel 3`
command-digest-show = What waits for your digest, and when it comes
command-digest-show-help =
    `/digest`
command-digest-now = Have what waits brought now
command-digest-now-help =
    `/digest now`
command-digest-at = Have it at times of your own
command-digest-at-help =
    `/digest at 9:00 16:00`
command-digest-on = Have it as the team agreed, or when your day begins
command-digest-on-help =
    `/digest on`
command-digest-off = Have none; what waits is shown when you ask
command-digest-off-help =
    `/digest off`
command-norms-show = Which norms hold in this channel, in sentences
command-norms-show-help =
    `/norms`
command-norms-report = What the norms did, or would have done, this week
command-norms-report-help =
    `/norms report`
command-jeda-why = Why jeda told you what it told you last
command-jeda-why-help =
    `/jeda why`
command-jeda-link = Link your accounts on Slack and Discord, so that one set of hours holds on both
command-jeda-link-help =
    On one account it gives you a code; on the other you type it, within a quarter of an hour.
    What you said of your hours where the code comes from wins; leave that you said on either holds. Nobody else sees that accounts are linked.
    `/jeda link`
    `/jeda link abcd-efgh-jkmn`
command-jeda-unlink = No longer share your hours with your other accounts
command-jeda-unlink-help =
    This account keeps the hours it has now; so do the others.
    `/jeda unlink`
command-jeda-help = What jeda can do, or one command with examples
command-jeda-help-help =
    `/jeda help`
    `/jeda help standup new`

arg-new-name = What it is called, such as Daily
arg-name = Which standup
arg-name-maybe = Which standup; needed only where there are several
arg-name-skip = Which standup; all that ask you today if left out
arg-rename = A new name for it
arg-when = Days and time, such as “weekdays 9:30” or “every second tuesday 10:00”
arg-channel = Where the report goes; this channel if left out
arg-questions = The questions, with a semicolon between them
arg-zone = One time zone for all; if left out, each person’s own
arg-window = How long one may take to answer, such as 4h
arg-deadline = A time of day until which one may answer, such as 14:00, in place of a window
arg-remind = How long before the deadline to remind, such as 1h, or “off”
arg-report = When to report: once at the close, or as answers arrive
arg-who = Who takes part: people, or one group; everyone in the channel if left out
arg-observers = Who gets each report as a direct message
arg-reason = Why, if your team should know
arg-date = Which day, such as “yesterday” or 2026-11-24; the latest if left out
arg-text = The line to keep
arg-hours = Zone, days and hours, such as “Asia/Jakarta mon-fri 9:00-17:30”
arg-holidays = Whose public holidays, such as “ID”, “GB-ENG” or “Indonesia”; “team” follows your team
arg-calendar = The secret iCal address of your calendar; “off” ends it. Only you are told about it
arg-until = Until when, such as “monday” or “3 days”; until you are back if left out
arg-focus = How long, such as “2h”, or until when, such as “until 14:00”; “off” ends it
arg-when-who = Who, as mentions, such as “@ana @budi”
arg-why = Why, if others may know
arg-number = Its number, as the list shows it
arg-digest-times = One time or several, on your own clock, such as “9:00 16:00”
arg-later-text = What it says
arg-later-new-text = What it says instead
arg-later-to = To whom; for a channel leave this out
arg-later-channel = To which channel, in place of a person
arg-later-when = Not before that, such as “14:00” or “tuesday 9:00”; on the reader’s own clock
arg-ask-who = Whom you ask: people or groups, as mentions, such as “@ana @budi”
arg-ask-text = The question
arg-ask-new-text = What it says instead
arg-ask-by = Until when: working time such as “2d” or “4h”, or “friday 14:00” on the reader’s clock
arg-ask-number = Its number, as /asks shows it
arg-code = The code that your other account was given; left out, you get one
arg-topic = Which command

# What stands for a value where a command’s line is shown.
value-name = NAME
value-when = WHEN
value-reason = REASON
value-date = DATE
value-text = TEXT
value-hours = HOURS
value-until = UNTIL
value-topic = TOPIC
value-by = TIME
value-code = CODE

choice-close = Once, at the close
choice-live = As answers arrive

offer-schedule-weekdays = weekdays 9:30
offer-schedule-daily = daily 8:00
offer-schedule-days = mon,thu 16:00
offer-schedule-second = every second tuesday 10:00
offer-schedule-month = first monday of the month 9:00
offer-date-today = today
offer-date-yesterday = yesterday
offer-until-tomorrow = tomorrow
offer-until-monday = monday
offer-until-days = 3 days
offer-until-week = 1 week
offer-by-hours = 4h
offer-by-days = 2d
offer-by-friday = friday
offer-focus-end = off
offer-week-office = mon-fri 9:00-17:00
offer-week-lunch = mon-fri 9:00-12:00,13:00-17:30
offer-week-four = mon-thu 9:00-17:00
offer-never = No reminder
