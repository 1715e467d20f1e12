"""Backups: a whole copy of the database, sealed with age for somebody whose key is not on this machine, and the way back.

The copy holds no key of ours: what is sealed in the database stays sealed in it. Names and dates of birth stand in the database in clear, so
nothing leaves this machine but in the sealed file.
"""
