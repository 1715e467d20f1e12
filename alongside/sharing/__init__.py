"""Consent, per person and purpose, and the recorded decisions by which content moves from one agency to another.

Consent is preferred and never a bar to protecting a child. What was sent, to whom, why and on what basis is one record; a decision
not to share is the same record.
"""
