"""Keeping and letting go: how long each kind of record is kept, what may not be erased yet, erasing, and backups that do not undo it.

The procedure behind it is each agency's own schedule of retention, with the law named there; every period here is to be confirmed by the
partnership. Nothing is erased by a clock: it says what is due to be looked at, and two people decide. What was erased stays erased when
an older copy of the database is put back.
"""
