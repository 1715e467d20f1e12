"""Reaching somebody safely: what was said about it, whether it may be done now, what came of it, and who decides where it cannot be shown."""
