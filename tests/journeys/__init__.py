"""Journeys through the running site in a real browser, by role and label, each ending with axe."""
