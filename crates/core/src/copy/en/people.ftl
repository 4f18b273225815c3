# Hours, absence, and what an administrator is told.

# Why something was late or skipped. Each is a sentence about "them".
why-day-off = It was not one of their working days.
why-holiday = It was a holiday: { $name }.
why-away = They were away.
why-away-until = They were away until { $until }.
why-quiet = It was outside their hours, so it waited for them.
why-focus = They were in a focus block, which jeda does not break.
why-paused = They had paused their notifications.
why-downtime = jeda was not running or not connected.
why-rate-limited = The platform asked jeda to wait.
why-member-gone = They are no longer here.
why-obsolete = It was no longer needed.

# Why a platform refused something, and the way to mend it.
refusal-direct-messages-closed = They don’t accept direct messages from jeda. They can allow them in their privacy settings.
refusal-not-in-channel = jeda is not in that channel, or may not post there. Add jeda to the channel and let it post.
refusal-channel-gone = The channel was archived or deleted. Choose another one.
refusal-member-gone = They are no longer here.
refusal-message-gone = The message it belonged to was deleted.
refusal-missing-permission = jeda lacks a permission there: { $permission }. An administrator can grant it.
refusal-gave-up = jeda tried for about two days and then gave up. The last error was { $code }.
refusal-other = The platform refused it: { $code }.

hours-title = Your hours
hours-now = You work **{ $hours }**.
hours-zone-own = You chose your time zone yourself.
hours-zone-profile = Your time zone follows your profile.
hours-zone-guessed = Your time zone is not known yet. Until you say it, the team’s serves: { $zone }.
hours-away-open = You are away until you type `/back`.
hours-away-until = You are away until { $until }.
hours-holidays =
    { $whose ->
        [own] Public holidays: **{ $place }**, as you chose; known until the end of { $year }.
       *[team] Public holidays: **{ $place }**, as for your team; known until the end of { $year }.
    }
hours-holidays-none = No public holidays are set. `/hours holidays ID` takes those of a country or region.
hours-next-holiday = The next day off is { $date }: { $name }.
hours-holidays-unknown = I know no country or region { $given }.
hours-holidays-near = I know no country or region { $given }. Did you mean { $near }?
hours-holidays-how = Type it like `/hours holidays ID`, `/hours holidays GB-ENG` or `/hours holidays Indonesia`. `/hours holidays team` follows your team’s again.
hours-focus = You are in focus until { $until }.
hours-how = jeda asks you only inside your hours. Change them like this: `/hours Asia/Jakarta mon-fri 9:00-17:30`. `/hours reset` takes back what you set.
hours-set = Saved. You work **{ $hours }**, and jeda asks you only then.
hours-reset = What you had set is taken back. You work **{ $hours }**.
hours-change = Set my hours

hours-form-title = Your hours
hours-form-save = Save
hours-form-cancel = Cancel
hours-form-zone = Time zone
hours-form-zone-hint = A large city near you, like Asia/Jakarta
hours-form-week = Working days and hours
hours-form-week-hint = Like mon-fri 9:00-17:30. Left empty, they stay as they are.

away-until = You are away until **{ $until }**. Nothing is asked of you until then. `/back` ends it sooner.
away-open = You are away. Nothing is asked of you until you type `/back`.
away-how = Type it like `/away until monday`, `/away 2026-12-28` or `/away 3 days visiting family`.
back-done = Welcome back. From now on you are asked again, inside your hours.
back-not-away = You were neither away nor in focus. `/hours` shows when you are asked.

reason-shown = Whoever asks when you work reads your reason: { $why }
reason-too-long = Please keep the reason to { $max } characters.

focus-until = You are in focus until **{ $until }**. Until then jeda brings you only what can’t wait. `/focus off` ends it sooner.
focus-none = You are not in focus.
focus-how = Type it like `/focus 2h`, `/focus 90m the proposal` or `/focus until 14:00`. `/focus off` ends it.
focus-off = Your focus block is over. Questions that waited for you come now.
focus-not-on = You were not in focus. `/focus 2h` begins.
focus-outside = You work next from **{ $begins }** on, and until then nothing is asked of you anyway. A focus block is for time inside your hours.
focus-away = You are away, and nothing is asked of you anyway. `/back` ends it.
focus-no-hours = You have no working hours ahead, and nothing is asked of you anyway. `/hours` shows them.
focus-too-long = A focus block has at most { $max }. For longer there is `/away until monday`.

when-both = { $mine } ({ $theirs } there)
when-working = { $who } works until { $until }.
when-working-on = { $who } works at any hour.
when-focus = { $who } is in focus until { $until }.
when-off = { $who } is off and works again from { $next }.
when-away = { $who } is away and works again from { $next }.
when-away-open = { $who } is away and has not said until when.
when-holiday = { $who } has a holiday, { $name }, and works again from { $next }.
when-never = { $who } has no working hours ahead.
when-reason = They say: { $why }
when-answer-by = An answer can be expected by { $by }.
when-guessed = They have not said where they are; this goes by the team’s zone, { $zone }.
when-how = Name somebody: `/when @ana` tells when they work next, in your time and in theirs.
when-stranger = I can’t find { $word }. Pick people from the list that opens after an @.
when-group = I tell it of people, not of groups. Name them one by one.
when-unknown = I have not met { $who } yet, and am asking who they are. Please try again in a moment.
when-bot = { $who } is a bot and keeps no hours.
when-gone = { $who } is no longer here.
when-too-many = I tell of { $max } people at a time. Ask again for the others.

ask-zone = Which time zone are you in? jeda asks you only inside your working hours, and nothing here tells it where you are.
ask-zone-until = Until you say, it goes by the team’s zone: { $zone }. You can also type `/hours Asia/Jakarta`. This is asked once.

admin-locked = jeda could not work here from { $since } until { $until }: its token was not accepted. It works again now. What was still of use has been sent; the rest is in the receipts.
admin-channel = The report of { $standup } could not be posted in { $channel }.
admin-deadline = { $standup } is paused, since its deadline would come before some people are asked, and its owner can’t be told. { $edit } changes the deadline, and { $resume } lets it ask.
admin-undelivered = A message could not be delivered.
admin-explain = More about it, on the machine that runs jeda: { $command }

what-sent = Sent once, in time.
what-sent-late = Sent once, late: { $why }
what-skipped = Not sent: { $why }
