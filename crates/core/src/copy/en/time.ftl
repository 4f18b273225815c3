# Days, dates and instants, and what could not be understood of them.

time-weekday =
    { $day ->
        [1] Monday
        [2] Tuesday
        [3] Wednesday
        [4] Thursday
        [5] Friday
        [6] Saturday
       *[7] Sunday
    }
time-month =
    { $month ->
        [1] January
        [2] February
        [3] March
        [4] April
        [5] May
        [6] June
        [7] July
        [8] August
        [9] September
        [10] October
        [11] November
       *[12] December
    }
time-date = { $weekday } { $day } { $month }
time-date-year = { $weekday } { $day } { $month } { $year }
time-clock = { $hour }:{ $minute }
time-moment = { $date }, { $clock }

time-error-time = I could not read { $given } as a time of day. Type it like `9:30` or `17:00`.
time-error-date = I could not read { $given } as a day. Type it like `monday`, `1 december` or `2026-12-01`.
time-error-schedule = I could not read { $given } as days and a time. Type it like `weekdays 9:30`, `mon,thu 16:00` or `first monday of the month 9:00`.
time-error-cron-fields =
    { $count ->
        [one] A cron line has five fields, and this one has { $count }.
       *[other] A cron line has five fields, and this one has { $count }.
    } Type it like `30 9 * * 1-5`, or simply `weekdays 9:30`.
time-error-cron-field = The { $field } of this cron line can’t be { $given }. Type it like `30 9 * * 1-5`, or simply `weekdays 9:30`.
time-error-never = { $given } never comes, so nobody would ever be asked. Type days that exist, like `weekdays 9:30`.
time-error-duration = I could not read { $given } as a length of time. Type it like `4h`, `90m` or `1h30`.
time-error-hours = I could not read { $given } as working hours. Type them like `mon-fri 9:00-17:30`.
time-error-zone = There is no time zone { $given }. Type the name of a large city near you, like `Asia/Jakarta` or `Europe/London`.
time-error-zone-near = There is no time zone { $given }. Did you mean { $near }?

time-cron-minute = minute
time-cron-hour = hour
time-cron-day = day of the month
time-cron-month = month
time-cron-weekday = day of the week
