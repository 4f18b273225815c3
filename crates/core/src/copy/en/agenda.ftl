# One’s own calendar.

calendar-set = Your calendar at { $host } is being read; `/hours` shows what came of it. Out of office counts as leave, and when you are busy jeda brings only what can’t wait.
calendar-set-how = Only times are kept, never what stands in it. Nobody is shown its address. `/hours calendar off` ends it.
calendar-off = Your calendar is read no more. What came from it no longer counts.
calendar-not-on = No calendar of yours was read.
calendar-on = When whoever runs jeda keeps a file with your calendar, it is read within a quarter of an hour.
calendar-how = Type it like `/hours calendar https://…`, with the secret address in iCal format that your calendar’s settings show. `/hours calendar off` ends it.
calendar-no-address = That is no address of a calendar on the web.
calendar-switched-off = Reading calendars is switched off here. Whoever runs jeda can switch it on.
calendar-shown = Your calendar at { $host } is read.
calendar-shown-new = Your calendar at { $host } is being read for the first time.
calendar-shown-failing = Your calendar at { $host } can’t be read since { $since }. { $why }
calendar-next-out = You are out of office next from { $from } to { $until }.
calendar-next-busy = You are busy next from { $from } to { $until }.
calendar-failing = Your calendar at { $host } can’t be read since { $since }. What was known of it until then still counts.
calendar-failing-new = Your calendar at { $host } could not be read.
calendar-failing-how = jeda keeps trying. `/hours calendar https://…` gives another address, `/hours calendar off` ends it.

calendar-trouble-refused = Its address leads into the network that jeda runs in, which jeda doesn’t enter. Give an address on the internet, or ask whoever runs jeda to allow that host.
calendar-trouble-unreachable = Its server can’t be reached. Look whether the address is whole.
calendar-trouble-slow = Its server took too long to answer.
calendar-trouble-denied = Its server doesn’t give it out. Take the secret address from your calendar’s settings again.
calendar-trouble-server = Its server has a problem of its own.
calendar-trouble-too-large = It is too large. An address for a shorter time, or for free and busy only, is enough.
calendar-trouble-no-calendar = What is there is no calendar in iCal format, or one with too much in it.
calendar-trouble-file = Its file is gone or can’t be read. Whoever runs jeda can look.
