"""Decisions in words: the letter to oneself, what stands on the case page, and what waits for somebody to look again."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from alongside.agencies.models import Team, User
from alongside.cases.models import Case
from alongside.design.jinja import sentence
from alongside.design.moments import day, when
from alongside.duties.hooks import Unfinished
from alongside.gate.viewing import Viewer
from alongside.sharing.codes import ASKED_BECAUSE, BASES, CONSENT, FREELY, OUTCOMES
from alongside.sharing.days import today
from alongside.sharing.decisions import access, queries
from alongside.sharing.decisions.forms import ASKED, LetterForm
from alongside.sharing.decisions.models import Disclosure, SharedCopy, ShareReview
from alongside.sharing.gateways import GATEWAYS
from alongside.sharing.hooks import Part, Shareable

STATE = {
    "live": ("Sent", "done"),
    "ended": ("Ended", "plain"),
    "kept-back": ("Not sent", "plain"),
}
NOT_WRITTEN = "Not written down"
# What stands at once on the case page; the rest is folded away beside it.
BRIEF = ("So that", "Basis", "Consent", "Because", "What went", "Must not reach", "Look again on", "Ended")


@dataclass(frozen=True)
class Letter:
    """The sentences of a decision, read before it is made."""

    what: str
    to: str
    so_that: str
    law: str
    behind: str
    asked: str
    because: str
    necessity: str
    proportionality: str
    left_out: str
    withheld_from: str
    review: str


def letter(form: LetterForm, source: Shareable, team: Team, review: str) -> Letter:
    """The decision in the first person."""
    said, gateway = form.cleaned_data, GATEWAYS[form.cleaned_data["gateway"]]
    chosen = form.chosen()
    title = f"{source.title[0].lower()}{source.title[1:]}"
    parts = f"{len(chosen)} of the {len(source.parts)} parts of {title}" if source.parts else title
    return Letter(
        what=parts,
        to=f"{team.name}, {team.agency.name}",
        so_that=_open_ended(said["purpose"]),
        law=gateway.words,
        behind=gateway.hint,
        asked=ASKED[said["consent"]],
        because=said["reason"],
        necessity=_open_ended(said["necessity"]),
        proportionality=_open_ended(said["proportionality"]),
        left_out="; ".join(form.lines_left_out()),
        withheld_from=_open_ended(said["withheld_from"]),
        review=review,
    )


def _open_ended(text: str) -> str:
    return text.strip().rstrip(".")


def unticked(form: LetterForm) -> list[str]:
    """The parts that stay behind, by name alone."""
    gone = {part.key for part in form.chosen()}
    return [part.label for part in form.source.parts if part.key not in gone]


def typed(post: QueryDict) -> list[tuple[str, str]]:
    """What was typed, to be carried by the page that shows it before it goes."""
    return [
        (name, str(value))
        for name, values in post.lists()
        for value in values
        if name not in ("csrfmiddlewaretoken", "do")
    ]


def parts_of(copy: SharedCopy) -> list[Part]:
    """What was sent, opened. Whoever shows this has recorded the read."""
    return [Part("", one["label"], one["text"]) for one in json.loads(copy.parts.open())]


def leads(user: User) -> list[dict[str, str]]:
    """Whom to turn to, with the number of the team they work in."""
    return [
        {
            "name": one.name,
            "agency": one.agency.name,
            "phone": next((team.phone for team in one.teams.all() if team.phone), ""),
        }
        for one in queries.leads_on_sharing(user)
    ]


def on_case(case: Case, viewer: Viewer) -> list[dict[str, object]]:
    """Every decision of a case as it stands, the latest first."""
    return [_item(row, viewer) for row in queries.of_case(case, viewer)]


def _item(row: Disclosure, viewer: Viewer) -> dict[str, object]:
    reviews = list(row.reviews.all())
    asked = next((one for one in reviews if one.answered_at is None), None)
    words, look = STATE[row.state]
    passed = row.state == "live" and row.review_on is not None and row.review_on < today(viewer.at)
    return {
        "row": row,
        "to": f"{row.to_team.agency.name}, {row.to_team.name}",
        "by": f"{row.decided_by.role_held.label}, {row.agency.name}",
        "state": words,
        "look": look,
        "rows": [one for one in rows_of(row) if one["key"] in BRIEF],
        "folded": [one for one in rows_of(row) if one["key"] not in BRIEF],
        "asked": ASKED_BECAUSE[asked.why] if asked else (ASKED_BECAUSE["review-day"] if passed else ""),
        "reviews": [_review(one) for one in reviews if one.answered_at is not None],
        "may_look": row.shared
        and access.may_look_again(viewer.user, row)
        and (row.state == "live" or asked is not None),
        "copy": row.pk if row.record_kind == "sharing.sharedcopy" and row.state == "live" else None,
    }


def rows_of(row: Disclosure) -> list[dict[str, str]]:
    """The fields of a decision; what was not written down is shown as not known, never left away."""
    law = GATEWAYS.get(row.gateway)
    found = [
        {"key": "So that", "text": _first_up(row.purpose)},
        {"key": "Basis", "text": BASES.get(row.basis, "")}
        if row.shared
        else {"key": "Basis", "text": "None needed: nothing went"},
    ]
    found += [{"key": "The law allows it", "text": f"{_first_up(law.words)}. {law.hint}"}] if law else []
    found += [
        {"key": "Consent", "text": _first_up(CONSENT[row.consent]) if row.consent else ""},
        {"key": "Because", "text": row.reason},
    ]
    if row.shared:
        found += [
            {"key": "Needed, because", "text": row.necessity, "missing": NOT_WRITTEN},
            {"key": "No more goes, because", "text": row.proportionality, "missing": NOT_WRITTEN},
        ]
    found += [
        {"key": "What went", "text": sentence(row.what) if row.what else ("" if row.shared else "Nothing")},
        {"key": "Left out", "text": sentence(row.left_out) if row.left_out else "Nothing was left out by name"},
    ]
    found += [{"key": "Must not reach", "text": row.withheld_from}] if row.withheld_from else []
    found += [{"key": "Advice taken from", "text": row.advice_from}] if row.advice_from else []
    found += [{"key": "Look again on", "text": day(row.review_on, year=True)}] if row.review_on else []
    if row.ended_at is not None and row.ended_by is not None:
        ended = f"{when(row.ended_at)}, by {row.ended_by.role_held.label.lower()}: {row.ended_why}"
        found += [{"key": "Ended", "text": ended}]
    return found


def _first_up(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}" if text else ""


def _review(one: ShareReview) -> dict[str, object]:
    by = one.answered_by
    return {
        "at": one.answered_at,
        "by": f"{by.role_held.label}, {by.agency.name}" if by else "",
        "why": ASKED_BECAUSE[one.why],
        "outcome": OUTCOMES[one.outcome],
        "freely": FREELY[one.freely] if one.freely else "",
        "reason": one.reason,
    }


def history(decision: Disclosure, viewer: Viewer) -> list[dict[str, object]]:
    """Each second look that was answered, the latest first."""
    return [_review(one) for one in queries.history(decision, viewer) if one.answered_at is not None]


def arrived(viewer: Viewer) -> list[Unfinished]:
    """For Today: what was shared with the viewer's teams and nobody has opened."""
    if not viewer.user.may("see_cases"):
        return []
    return [
        Unfinished(
            f"{one.shared_by.agency.name} shared something with {one.to_team.name} {when(one.shared_at)}",
            f"{one.case.reference}. Nobody here has opened it yet.",
            reverse("sharing:shared", args=[one.pk]),
            button="Open it",
        )
        for one in queries.unopened(viewer)
    ]


def waiting(viewer: Viewer) -> list[Unfinished]:
    """For Today: shares to look at again, those that follow a withdrawal first."""
    if not viewer.user.may("decide_sharing"):
        return []
    asked = [(one.disclosure, one.why, one.due_on) for one in queries.asked_of(viewer)]
    passed = [(one, "review-day", one.review_on) for one in queries.past_review(viewer) if one.review_on]
    return [_unfinished(row, why, due == today(viewer.at)) for row, why, due in _sorted(asked + passed)]


def _sorted(found: Iterable[tuple[Disclosure, str, Any]]) -> list[tuple[Disclosure, str, Any]]:
    return sorted(found, key=lambda one: (one[1] != "withdrawn", one[2]))


def _unfinished(row: Disclosure, why: str, is_today: bool) -> Unfinished:
    team = f"{row.to_team.agency.name}, {row.to_team.name}"
    if why == "withdrawn":
        text = f"Look again{' today' if is_today else ''} at what was shared with {team}: consent was withdrawn"
        about = "It has ended. " if row.state == "ended" else "It still stands. "
        about += "Ask, where it is safe, whether it was taken back freely."
    else:
        text = f"Look again at what was shared with {team}"
        about = "The day to look again has passed."
    href = reverse("sharing:decision", args=[row.pk])
    return Unfinished(text, f"{row.case.reference}. {about}", href, button="Look again")
