"""Conflicts of interest: staff who are, or are close to, somebody in a case see nothing of it, and are not told why.

Declared by themselves or told of by a lead, or found: what staff say of themselves and of those close to them is held, sealed, against
the people of every case by keyed hashes. A block holds across all agencies. Only two safeguarding leads of different agencies together
can see whom it is about, or lift it; no administrator can.
"""
