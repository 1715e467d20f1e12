"""The case: one victim with everyone causing them harm, and the children concerned; its reference, area, people and timeline.

Lower than duties and every kind of work: those register panels, and reasons not to close, here.
"""
