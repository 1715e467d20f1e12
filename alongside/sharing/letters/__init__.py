"""Letters for people: what somebody of a family is given to read, each made from the typed context of their side and from nothing else.

A letter for the person reported as causing harm has no place where a fact of the victim's side, of a child or of whoever told could stand: the
context has no such field (`contexts.py`), the words read only the context (`words.py`), and a place that is typed is held against every door of
the family before anything is shown. Every template that leaves Alongside stands in `table.py` with whom it serves.
"""
