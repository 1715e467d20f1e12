"""Patterns over several cases: a person reported as causing harm to several people, and a victim harmed again.

A pattern rests on links, and a wrong link makes one out of strangers: a reviewer, named, has looked at every link and case it rests on
before anybody else is shown it. It is worked out for each viewer from the cases that viewer may open, and from nothing else: no count
tells of a case that is not theirs.
"""
