# standup
standup-not-yet = This version of jeda can’t hold standups yet, so nothing has changed. `/hours`, `/away` and `/back` work already.
