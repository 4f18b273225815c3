# Linked accounts of one person.

link-code = Your code works once, and for { $time }. On your other account, on Slack or Discord, type { $command }.
link-code-how = Then one set of hours, leave and focus holds on both. Nobody else sees that they are linked. Give the code to nobody.
link-no-code = No code can be made at the moment. Please try again.
link-unknown-code = This code doesn’t work. It may be mistyped, used already, or older than { $time }. `/jeda link` on your other account gives you a new one.
link-too-often = Several codes did not work. Please try again in { $time }.
link-own-code = This is the code of an account that is linked with this one, or of this account itself. Type it on another account of yours.
link-too-many = At most { $max } accounts can be linked. `/jeda unlink` takes one out.
link-done = Linked with { $places }. What you say of your hours, leave and focus here holds there too, and the other way round. You work **{ $hours }**.
link-won = You had said different hours on both. Those from { $place } hold, where the code came from.
link-done-how = `/hours` shows and changes them for all. `/jeda unlink` ends it for this account.
linked-with = Linked with { $places }: what you say of your hours, leave and focus holds there too.
unlink-done = This account goes on alone, with the hours it has now. Your other accounts keep theirs.
unlink-none = This account was not linked with another. `/jeda link` begins.
link-told = Your code was used: { $name } in { $place } is linked with this account. What you say of your hours, leave and focus holds on both.
link-told-how = If that was not you, `/jeda unlink` ends it.
