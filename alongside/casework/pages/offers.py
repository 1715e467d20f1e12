"""How an offer of support reads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from alongside.cases.models import Case
from alongside.casework.codes import ATTEMPTS, SUPPORT_ANSWERS
from alongside.casework.models import SupportOffer
from alongside.casework.pages.referrals import PanelLine, people_rows
from alongside.casework.queries.drafts import Draft
from alongside.casework.queries.offers import Subject, of_case
from alongside.casework.received import Received
from alongside.design.jinja import sentence
from alongside.duties.bars import stops
from alongside.gate.viewing import Viewer
from alongside.people.models import CHANNELS

WAYS = dict(CHANNELS)
# Acts one could do while trying to reach her: their bars stand beside the form.
BESIDE = {
    "leave_voicemail": "Leave no voice message",
    "send_letter": "Send no letter",
    "leave_leaflet": "Leave no printed help",
    "disclose_address": "Give out no address",
    "tell_person_causing_harm_of_support": "Let the person reported as causing harm learn nothing of this",
    "contact_family": "Do not go through family, community, or an interpreter from among them",
}


def offer_page(
    one: Subject, row: SupportOffer | None, channels: Sequence[str], sent: Sequence[Received]
) -> dict[str, Any]:
    """What the page of an offer shows; `row` is none until somebody has tried."""
    safe = [WAYS[code] for code in channels if code in WAYS]
    return {
        "key": one.key,
        "reference": one.case.reference,
        "area": one.case.area.name,
        "received": [{"one": record, "people": people_rows(record.people)} for record in sent],
        "safe_ways": sentence(safe, last="or"),
        "bars": [(words, stop) for act, words in BESIDE.items() for stop in stops(one.case, act)],
        "attempts": [
            {
                "at": tried.tried_at,
                "by": tried.tried_by.name,
                "how": "" if tried.channel == "none" else WAYS[tried.channel],
                "what": ATTEMPTS[tried.outcome],
                "note": tried.note,
            }
            for tried in (row.attempts.all() if row else ())
        ],
        "answered": {
            "words": SUPPORT_ANSWERS[row.answer],
            "note": row.answer_note,
            "at": row.answered_at,
            "by": row.answered_by.name if row.answered_by else "",
        }
        if row and row.answer
        else None,
    }


def panel(case: Case, viewer: Viewer) -> dict[str, object] | None:
    """Offers of support of a case and what came of them, for the case page; her words stay with the service."""
    lines = [
        PanelLine(
            title=f"{row.team.agency.name}, {row.team.name}",
            href="",
            when=row.answered_at or row.made_at,
            by=(row.answered_by or row.made_by).name,
            state="Answered" if row.answer else "Offered",
            meaning="done" if row.answer else "waiting",
            text=f"The victim {SUPPORT_ANSWERS[row.answer]}." if row.answer else "No answer yet.",
        )
        for row in of_case(case, viewer)
    ]
    return {"offer_lines": lines} if lines else None


def contact_rules(sent: Sequence[Received], own: Draft) -> list[str]:
    """The rules of safe contact, line by line. Whoever calls this has recorded the read."""
    texts = [one.safe_contact for one in sent] + [own.safe_contact]
    return [line for text in texts for line in text.splitlines() if line.strip()]
