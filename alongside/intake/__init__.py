"""Intake: a notification that domestic abuse may be happening is checked, stored once, and answered with what it sets going.

In the field: a police log, a professional's referral, a call, a disclosure. Whoever sends the same thing twice gets the same answer
twice; what cannot be read is refused with every fault listed, and nothing of it is kept.
"""
