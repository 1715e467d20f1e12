"""Words and numbers of papers: to whom they go, why a part is left out, and by when a request is answered. What rests on law is marked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from alongside.sharing.gateways import TO_CONFIRM

SIDES = {
    "team": "a team of another agency",
    "court": "a court",
    "survivor": "the person themselves",
    "causing-harm": "the person reported as causing harm",
    "parent": "a parent or carer, about a child",
}
# To these nothing goes but what is theirs, and never a way to anybody.
OTHER_SIDE = ("causing-harm", "parent")
# What goes to these may reach the other side.
BY_TWO = ("court", *OTHER_SIDE)

KINDS = {"papers": "papers", "own-data": "an answer to a request for one’s own data"}
TITLES = {
    "team": "Information from our records",
    "court": "Information for the court",
    "survivor": "Information about you",
    "causing-harm": "Information about you",
    "parent": "Information about a child",
}
HOW = {
    "hand": "handed over",
    "secure": "sent by a secure way the recipient confirmed",
    "court": "lodged with the court",
    "read": "read here",
}
STATES = {
    "draft": "being prepared",
    "waiting": "waits for a second person",
    "released": "released",
    "recalled": "called back",
    "dropped": "not used",
}

# How long a release can be called back before anything of it can be opened. Ours; to be confirmed.
RECALL_WINDOW = timedelta(minutes=5)


@dataclass(frozen=True)
class Reason:
    """Why a part is left out, and what in law stands behind it where something does."""

    words: str
    law: str = ""

    @property
    def whole(self) -> str:
        """Reason and law, and that nobody has confirmed it."""
        return f"{self.words} ({self.law}. {TO_CONFIRM})" if self.law else self.words


LEFT_OUT = {
    "not-needed": Reason("not needed for what this paper is for"),
    "leads": Reason("it leads to where somebody is who has to be safe"),
    "third-party": Reason(
        "it is about somebody else too", "UK GDPR, article 15(4); Data Protection Act 2018, schedule 2, paragraph 16"
    ),
    "crime": Reason(
        "telling it would be likely to get in the way of preventing or detecting a crime",
        "Data Protection Act 2018, schedule 2, paragraph 2; for police section 45(4)",
    ),
    "serious-harm": Reason(
        "telling it would be likely to cause serious harm to somebody",
        "Data Protection Act 2018, schedule 3, paragraphs 5, 11 and 19",
    ),
    "child": Reason(
        "a child did not mean it for that parent, or it is not in the child’s interest",
        "Data Protection Act 2018, schedule 3, paragraphs 4, 10 and 21",
    ),
    "safe-place": Reason(
        "the paper may be seen by somebody else; the person knows it, or is told face to face", "UK GDPR, article 15(4)"
    ),
    "other": Reason("another reason, said in the sentence that is kept with it"),
}

# By when a request is answered, counted from the day it was received.
MONTHS_TO_ANSWER = 1
TIME_LAW = f"UK GDPR, article 12(3); police: Data Protection Act 2018, section 54. {TO_CONFIRM}"
ASKERS = {
    "self": "the person themselves",
    "parent": "a parent or carer, for a child",
    "representative": "somebody on their behalf, such as a solicitor",
}
IDENTITY = {
    "known": "known to us in person",
    "document": "a document with a photograph was seen",
    "called-back": "called back on a number held before",
    "authority": "a signed authority was seen, and who signed was checked",
}
REQUEST_STATES = {
    "identity": "who asks is to be checked",
    "clearing": "waits for a cleared reviewer before anything is built",
    "building": "to be built",
    "reviewing": "waits for somebody other than who built it",
    "releasing": "to be released",
    "answered": "answered",
    "refused": "refused, with the reason",
}
# As what a request is built; a cleared reviewer says so where one is asked.
TREATED = {
    "survivor": "their own data, whole",
    "causing-harm": "what identifies them, and nothing of any case",
    "parent": "what identifies the child, and no place or words of the child",
    "nothing": "nothing: the answer neither confirms nor denies",
}
# On every answer alike, whatever is held and whoever asks: it says nothing of whether there is more.
STANDING = (
    "This is what we can give you. It may not be everything that is held.",
    "The law lets us leave information out, for example to protect other people or to prevent crime. We neither confirm nor deny that "
    "there is any.",
    "You can ask us to look again, and you can complain to the Information Commissioner: ico.org.uk.",
)
