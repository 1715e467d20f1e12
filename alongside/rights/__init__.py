"""What people may ask of what is written about them: to be told, to be told later and why, and to have it stand beside that they dispute it.

Privacy notices are content with a day on which they are looked at again. Whether somebody in a case was given theirs is a decision on
record, also when it is not safe yet. A statement somebody disputes keeps standing; their words stand beside it. Strand: protect.
"""
