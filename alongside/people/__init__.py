"""People: names, dates of birth, addresses, ways of reaching them safely, who is related to whom, who lives with whom.

A person record belongs to the agency that made it. Two records may be *linked* (a person said they are the same human being);
a link is undone as it was made, never merges, and never widens what anyone may see. Location and contact details are sealed.
"""
