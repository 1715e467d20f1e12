"""A case of one's own agency that is another team's: open to whoever says why they need it, for hours; and by itself to whoever takes a
new call about the same people, for days, because the warnings in it must be met before anybody goes to the door.

It is shown on the case, told to the team that has it, and listed for the agency's leads. For a case of another agency there is an
emergency opening, and nothing here.
"""
