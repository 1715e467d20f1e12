"""What the records of the partnership can tell in numbers, and never about anybody: today, what a change of the rules would do.

It reads whatever app it needs, and no app that keeps cases imports it.
"""
