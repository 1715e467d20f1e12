"""Who works here and how they sign in: joiners, leavers, sign-in set up anew, sessions. One person's word takes access away; two give it.

In the field: whoever is a danger to somebody may work in an agency, or may ring one in the name of a colleague. So no single person,
and no letter, opens the way in; and a way in that should be shut is shut at once.
"""
