"""Who looked, and was it for work: the one app that looks at the audit.

It copies the reads of the chains into a table in which they are found by person, raises what is unusual to the safeguarding lead of
the looker's agency, counts what somebody opens in a day, and answers "who looked at my record?". Strand: protect.
"""
