"""Deciding to share, or not to: one record with its purpose, law, necessity and limits, a door that stands as long as the decision
does, and the days on which somebody looks at it again.
"""
