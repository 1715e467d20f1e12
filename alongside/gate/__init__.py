"""Who may see what. Everything that holds a person's data is loaded through here; what may not be seen answers as what does not exist.

A `Ground` is a reason why somebody may see one subject (a case, a referral, a notice): recorded by them, work of their team, sent by a
recorded decision. Working for an agency that holds something is no reason by itself: its ground counts for the roles that need all of
it (`agencies.roles.NEEDS_ALL`); everybody else has one of their own or their team's. The app that owns the reason opens and closes it,
in its own transaction. Nothing else opens a door.
"""
