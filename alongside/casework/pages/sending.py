"""A sharing decision as a letter to oneself, and the rules that stand beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from alongside.agencies.models import Team
from alongside.cases.models import Case
from alongside.casework.forms.referrals import NOT_KNOWN, YES_NO, ReferralForm, SharingForm
from alongside.casework.queries.unsent import begun
from alongside.casework.sending import KINDS
from alongside.design.jinja import sentence
from alongside.design.moments import when
from alongside.duties.bars import cited
from alongside.duties.hooks import Unfinished
from alongside.duties.queries import Shown, tasks_of
from alongside.gate.viewing import Viewer
from alongside.procedures.queries import rules
from alongside.sharing.codes import BASES, CONSENT

ASKED = {
    "given": "I asked, and the answer was yes",
    "refused": "I asked, and she did not want this shared",
    "not-sought": "I did not ask",
    "not-safe-to-seek": "I did not ask: asking was not safe",
    "withdrawn": "She agreed at first, then withdrew",
    NOT_KNOWN: "I do not know whether she was asked",
}


@dataclass(frozen=True)
class Letter:
    """The sentences of a sharing decision."""

    what: str
    to: str
    so_that: str
    law: str
    asked: str
    because: str
    left_out: str


def letter(form: SharingForm, team: Team, *, so_that: str = "") -> Letter:
    """The decision in the first person, read before it is sent."""
    said = form.cleaned_data
    people = len(said["people"])
    parts = [f"what I know about {'one person' if people == 1 else f'{people} people'}"]
    parts += ["what happened and what worries me"] if said.get("account") or said.get("reason") else []
    parts += ["what is on record from before"] if said.get("history") else []
    parts += ["how to contact the victim safely"] if said.get("safe_contact") else []
    parts += [f"{len(form.facts_sent())} facts"] if form.facts_sent() else []
    parts += ["a copy of the risk checklist"] if form.checklist_sent() else []
    return Letter(
        what=sentence(parts),
        to=f"{team.name}, {team.agency.name}",
        so_that=so_that or said.get("purpose", ""),
        law=BASES[said["basis"]],
        asked=ASKED[said["consent"]],
        because=said["basis_reason"],
        left_out="; ".join(form.not_sent()),
    )


def preview_rows(form: ReferralForm) -> list[dict[str, str]]:
    """The texts as the other side reads them."""
    said, yes_no = form.cleaned_data, dict(YES_NO)
    return [
        {"key": "What happened, and what worries the sender", "text": said["account"]},
        {"key": "On record from before", "text": said["history"]},
        {"key": "Is the family aware of this referral?", "text": _known(said["family_aware"], yes_no)},
        {"key": "Does the referral itself raise the risk?", "text": _known(said["raises_risk"], yes_no)},
        {"key": "Consent", "text": "" if said["consent"] == NOT_KNOWN else CONSENT[said["consent"]]},
        {"key": "Shared because", "text": f"{BASES[said['basis']]}. {said['basis_reason']}"},
        {"key": "How to contact the victim safely", "text": said["safe_contact"]},
        *(
            [{"key": "The risk checklist, as it was filled in", "text": copy}]
            if (copy := form.checklist_sent())
            else []
        ),
    ]


def _known(code: str, words: dict[str, str]) -> str:
    return "" if code == NOT_KNOWN else words[code]


def posted(post: QueryDict) -> dict[str, list[str]]:
    """Everything typed on a page, by field."""
    return {name: [str(value) for value in values] for name, values in post.lists() if name != "csrfmiddlewaretoken"}


def cards(shown: Iterable[Shown]) -> list[dict[str, Any]]:
    """Rules beside an act: gist, place, and whether they cannot be told yet."""
    return [{"cite": cited(one.rule), "undecided": one.outcome == "cannot-decide"} for one in shown]


def owed(case: Case, viewer: Viewer, acts: Iterable[str]) -> list[dict[str, Any]]:
    """The rules that ask for an act now."""
    found = rules()
    open_duties = [duty for task in tasks_of(case, viewer) if task.act in set(acts) for duty in task.open_duties]  # type: ignore[attr-defined]
    return [{"cite": cited(found[duty.rule]), "undecided": False} for duty in open_duties if duty.rule in found]


def unfinished(viewer: Viewer) -> list[Unfinished]:
    """Referrals the viewer has written and not sent, for Today."""
    return [
        Unfinished(
            f"Continue the referral to {KINDS[row.service].name} you wrote {when(row.kept_at)}",
            f"{row.case.reference}. Nothing of it was sent yet.",
            KINDS[row.service].write(row.case),
        )
        for row in begun(viewer)
    ]
