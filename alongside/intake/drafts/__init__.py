"""A call being recorded: kept page by page, decided as it stands, and sent as one notification.

Nothing of a draft is a case yet. What it shows (bars, whom to ring) is a real evaluation of what has been typed so far; once it is
sent, the notification goes the one way every notification goes.
"""
