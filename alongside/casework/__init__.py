"""The work itself: the scene record, referrals and their decisions, offers of support, and acts a procedure asks for.

Each record here is evidence that discharges duties; nothing here sets a duty's state.
"""
