"""Opening a case in an emergency, on no ground but a reason: for an hour, said on every page, told at once to those who hold the case,
and looked at by somebody else within a day. Whoever is kept apart from a case cannot open it so, and is not told.
"""
