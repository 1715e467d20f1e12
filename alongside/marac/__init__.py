"""The multi-agency risk assessment conference (MARAC): referring a victim at high risk, and listing the case for a meeting.

Any agency may refer on any one criterion. Professional judgement is enough, with its reason. The victim does not attend; whether it
is safe to talk to her about it is asked first.
"""
