"""What was looked at, in words, by the code a page leaves in the chain."""

from __future__ import annotations

# Lines of lists, and what a look-up brought up: nobody chose these one by one.
IN_PASSING = frozenset(
    [
        "cases.list",
        "duties.today",
        "duties.names",
        "duties.waiting",
        "duties.asked",
        "duties.unrouted",
        "casework.inbox",
        "children.inbox",
        "marac.list",
        "marac.sent_to_us",
        "marac.several",
        "marac.again",
        "risk.review",
        "sharing.consult_log",
        "people.review",
        "people.search",
        "people.candidates",
        "intake.answer",
        "api.notification",
        "refused",
        "looking.raised",
        "emergency.list",
        "conflicts.list",
        "conflicts.mine",
    ]
)
OWN = {
    "people.person": "the page of the person",
    "people.who": "who this may be",
    "people.search": "a result of a search",
    "people.candidates": "a record that may be the same person",
    "people.addresses_opened": "the addresses, opened",
    "people.contacts_opened": "telephone numbers and email, opened",
    "people.review": "a list of who is who",
    "cases.now": "the case",
    "cases.family": "the case: family",
    "cases.sharing": "the case: sharing",
    "cases.timeline": "the case: timeline",
    "cases.risk": "the case: risk",
    "cases.contact_opened": "how they may be reached, opened",
    "cases.contact_asked": "how they may be reached, asked and not opened",
    "cases.list": "a line in a list of cases",
    "duties.today": "a line on Today",
    "duties.names": "a name beside a task",
    "duties.known_by": "what an agency could have known",
    "sharing.consult_log": "a line of what the agency was asked",
    "looking.person": "the list of who looked",
    "looking.sheet": "the sheet to hand over",
    "looking.one": "an unusual look",
}
APPS = {
    "people": "a page about the person",
    "cases": "a page of the case",
    "duties": "a task of the case",
    "risk": "the risk checklist",
    "casework": "a referral, an offer or another record of work",
    "children": "a notice about a child",
    "marac": "papers for the MARAC",
    "sharing": "what was shared",
    "intake": "a notification",
    "api": "an answer to a connected system",
    "insight": "counts that name nobody",
    "looking": "who looked",
}


def is_opened(what: str) -> bool:
    """Whether somebody chose this record and opened it."""
    return what not in IN_PASSING and not what.startswith("insight.")


def shown(what: str) -> str:
    """What was looked at."""
    return OWN.get(what) or APPS.get(what.split(".")[0], "another page")
