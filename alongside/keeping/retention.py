"""The classes of retention: each kind of record belongs to one by the words of its `Privacy.kept`.

No document of the partnership gives a period, and the UK GDPR names none (article 5(1)(e): no longer than is needed). So every period
is ours to begin with and to be confirmed by each agency against its own schedule. None of them erases anything by itself.
"""

from __future__ import annotations

from dataclasses import dataclass

OURS = "Our proposal; no document gives a period. UK GDPR, article 5(1)(e), asks for one."


@dataclass(frozen=True, slots=True)
class Class:
    """How long, from when, who sees to it, and on what that rests."""

    how_long: str
    from_when: str
    who: str
    source: str = OURS
    to_be_confirmed: bool = True


_WITH_THE_CASE = Class(
    "ALONGSIDE_KEEP_CASE_YEARS, and until the youngest in it is ALONGSIDE_KEEP_UNTIL_AGE",
    "the last entry in the case",
    "two people, from the list of what is due; a legal hold or an open duty stops it",
)
_TRAIL = Class(
    "as long as any record it is about, then six years",
    "the record is erased",
    "nobody: the trail only grows. It holds ids and codes, which lead to nobody once a record is erased",
)
_REGISTER = Class("while it is in use", "it is put on the register", "whoever keeps the register")
_WORKING = Class("until it is sent or dropped", "it is begun", "whoever writes it; its text is emptied then")

CLASSES: dict[str, Class] = {
    "as the case": _WITH_THE_CASE,
    "as the record": _WITH_THE_CASE,
    "as the file": _WITH_THE_CASE,
    "as its subject": _WITH_THE_CASE,
    "as long as its subject": _WITH_THE_CASE,
    "as long as the record it is about": _WITH_THE_CASE,
    "as what it is of": _WITH_THE_CASE,
    "as long as the record that moved": _TRAIL,
    "as long as any record it is about, then six years": _TRAIL,
    "as long as the chain": _TRAIL,
    "as the audit chain": _TRAIL,
    "as the audit chain it is copied from": _TRAIL,
    "six years after it was answered, to be confirmed": Class(
        "six years", "it was answered", "not done by the machine yet"
    ),
    "two years after sending": Class("two years", "it was sent", "not done by the machine yet"),
    "until it is sent or dropped": _WORKING,
    "until the call is sent or dropped": _WORKING,
    "until the demonstration is made anew": Class(
        "until then", "it is made", "whoever makes it anew", "Invented people."
    ),
    "the file until the next one is ready, or it is deleted; that it was made, while the partnership exists": Class(
        "until the next one", "it is made", "whoever makes it"
    ),
    "while the partnership exists": _REGISTER,
    "while the school is in the partnership": _REGISTER,
    "while the agency is connected": _REGISTER,
    "while they work in the partnership": Class(
        "while they work here", "they said it", "not done by the machine yet: a leaver's is to be taken away by hand"
    ),
}
