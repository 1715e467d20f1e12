"""Who may see what. Everything that holds a person's data is loaded through here; what may not be seen answers as what does not exist.

A `Ground` is a reason why somebody may see one subject (a case, a referral, a notice): own record, case team, routed duty,
sent by a recorded decision. The app that owns the reason opens and closes it, in its own transaction. Nothing else opens a door.
"""
