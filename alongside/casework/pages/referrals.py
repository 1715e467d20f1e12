"""How referrals, their decisions and the duty manager's inbox read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse

from alongside.cases.models import Case
from alongside.casework.codes import OUTCOME_ACTS, OUTCOMES, SERVICES
from alongside.casework.models import Referral, ReferralDecision
from alongside.casework.queries import receiving, stopping
from alongside.casework.queries.drafts import ROLE_WORDS
from alongside.clock import completed_months
from alongside.design.jinja import sentence
from alongside.design.moments import ago, day, when
from alongside.duties.bars import cited
from alongside.duties.words import label
from alongside.gate.viewing import Viewer
from alongside.people.pages import age
from alongside.policy import Outcome
from alongside.sharing.codes import BASES, CONSENT

STATE = {
    "sent": ("Not decided yet", "waiting"),
    "waiting": ("More information asked for", "waiting"),
    "decided": ("Decided", "done"),
}
YES_NO_WORDS = {"yes": "Yes", "no": "No", "": ""}


def case_href(case: Case, tab: str = "now") -> str:
    """The case page of those who hold the case."""
    return reverse("cases:tab", args=[case.reference, tab])


def initials(name: str) -> str:
    """For screens people pass behind: "L.H."."""
    return "" if name == "name not known" else "".join(f"{part[0]}." for part in name.split() if part)


def ages(people: Iterable[Mapping[str, Any]], at: datetime) -> list[str]:
    """Ages of the children, the youngest first; "age not known" counts as one."""
    children = [p for p in people if {"child", "unborn-child"} & set(p["roles"])]
    return [
        "not born yet" if "unborn-child" in p["roles"] else age(p["born"], at) or "age not known"
        for p in sorted(children, key=lambda p: _months(p, at))
    ]


def _months(person: Mapping[str, Any], at: datetime) -> int:
    """How old at least; a child whose age is not known may be a baby, so stands first."""
    if "unborn-child" in person["roles"] or not person["born"]:
        return -1
    try:
        return completed_months(person["born"], at)[0]
    except ValueError:
        return -1


def people_rows(people: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """One line a person, as sent."""
    return [
        {
            "id": p.get("id", ""),
            "name": p["name"],
            "roles": sentence([ROLE_WORDS[role] for role in p["roles"]]),
            "detail": p["detail"],
            "address": p.get("address", ""),
        }
        for p in people
    ]


def record_rows(row: Referral) -> list[dict[str, str]]:
    """The parts of a referral besides people and facts, opened. Whoever calls this has recorded the read."""
    return [
        {"key": "What happened, and what worries the sender", "text": row.account.open()},
        {"key": "On record from before", "text": row.history.open()},
        {"key": "Is the family aware of this referral?", "text": YES_NO_WORDS[row.family_aware]},
        {"key": "Does the referral itself raise the risk?", "text": YES_NO_WORDS[row.raises_risk]},
        {"key": "Consent", "text": CONSENT[row.consent] if row.consent else ""},
        {"key": "Shared because", "text": f"{BASES[row.basis]}. {row.basis_reason}"},
        {"key": "How to contact the victim safely", "text": row.safe_contact.open()},
        *_checklist(row),
    ]


def _checklist(row: Referral) -> list[dict[str, str]]:
    copy = receiving.checklist_of(row)
    return [{"key": "The risk checklist, as it was filled in", "text": copy}] if copy else []


def telephoned(row: Referral) -> str:
    """ "Spoke to the duty worker on Monday 2 March, 10:14pm", empty without a call."""
    if not row.follows_telephone_call:
        return ""
    at = f" on {when(row.telephoned_on)}" if row.telephoned_on else ""
    return f"Spoke to {row.spoken_to or 'somebody there'}{at}"


@dataclass(frozen=True)
class Decided:
    """One decision as a page shows it."""

    outcome: str
    reason: str
    services: str
    by: str
    at: datetime
    look_again: str


def decided(row: ReferralDecision, service: str) -> Decided:
    """A decision in words."""
    return Decided(
        outcome=OUTCOMES[service].get(row.outcome, row.outcome),
        reason=row.reason,
        services=row.services_considered,
        by=f"{row.decided_by.name}, {row.decided_by.agency.name}",
        at=row.decided_at,
        look_again=day(row.look_again_on, year=True) if row.look_again_on else "",
    )


@dataclass(frozen=True)
class Report:
    """One report in the inbox: no full name."""

    href: str
    reference: str
    who: str
    children: str
    sender: str
    sent: datetime
    state: str
    meaning: str
    note: str


@dataclass(frozen=True)
class Family:
    """Reports about one family: those to decide, and the earlier ones beside."""

    youngest: str
    months: int
    open: list[Report] = field(default_factory=list)
    earlier: list[Report] = field(default_factory=list)
    worker: str = ""


def report(row: Referral, at: datetime) -> Report:
    """A report in a line."""
    people = receiving.people_of(row)
    victim = next((p for p in people if "victim" in p["roles"]), None)
    latest = next(iter(row.decisions.all()), None)
    words, meaning = STATE[row.state]
    if row.state == "waiting" and latest and latest.look_again_on:
        words = f"More information asked for, by {day(latest.look_again_on)}"
    if row.state == "decided" and latest:
        words = OUTCOMES[row.service].get(latest.outcome, "Decided")
    children = sentence(ages(people, at))
    return Report(
        href=reverse("casework:referral", args=[row.pk]),
        reference=row.case.reference,
        who=(initials(victim["name"]) if victim else "") or "Victim not named",
        children=f"children {children}" if "and" in children else f"child {children}" if children else "",
        sender=f"{row.from_team.agency.name}, {row.from_team.name}",
        sent=row.sent_at,
        state=words,
        meaning=meaning,
        note="" if row.opened_at else f"Nobody here has opened it yet, sent {ago(row.sent_at, at)}",
    )


OPENS_A_CASE = {
    "section-47",
    "child-and-family-assessment",
    "strategy-discussion",
    "section-42",
    "care-act-assessment",
    "allocated-worker",
}


def inbox(viewer: Viewer, service: str) -> list[Family]:
    """The reports by family: those with something to decide first, the youngest child first."""
    rows = receiving.received(viewer, service)
    found = [_family(group, viewer.at) for group in receiving.families(rows)]
    return sorted(found, key=lambda family: (not family.open, family.months))


def _family(group: Sequence[Referral], at: datetime) -> Family:
    people = [p for row in group for p in receiving.people_of(row)]
    children = [p for p in people if {"child", "unborn-child"} & set(p["roles"])]
    waiting = [row for row in group if row.state != "decided"]
    known = ages(children, at)
    worker = ""
    for row in group:
        last = next(iter(row.decisions.all()), None)
        if last and last.outcome in OPENS_A_CASE and waiting:
            worker = f"{OUTCOMES[row.service][last.outcome]} was decided on {day(last.decided_at)}: a worker may be allocated. Tell them too."
            break
    return Family(
        youngest=known[0] if known else "",
        months=min((_months(p, at) for p in children), default=10_000),
        open=[report(row, at) for row in waiting],
        earlier=[report(row, at) for row in group if row.state == "decided"],
        worker=worker,
    )


@dataclass(frozen=True)
class Choice:
    """One outcome of a decision with what the rules say of it."""

    value: str
    text: str
    key: str
    bars: list[dict[str, Any]]
    unsent: str
    thresholds: list[dict[str, Any]]
    permissions: list[dict[str, Any]]


LISTED = "The procedure lists this among circumstances for a section 47 enquiry. You decide, and record why."
WORDS_OF_ACT = {
    "start_section_47_enquiry": LISTED,
    "assess_child_and_family": "The procedure lists this as a reason to assess. You decide, and record why.",
    "treat_as_information_only": "The procedure allows this here. You decide, and record why.",
}


def choices(row: Referral, sent: receiving.AsSent) -> list[Choice]:
    """Every outcome, numbered for the keyboard, with its bars, thresholds and permissions."""
    return [
        Choice(
            value=code,
            text=text,
            key=str(number),
            bars=_shown(sent, "bar", OUTCOME_ACTS.get(code, "")),
            unsent=stopping.unsent_stop(row, sent, OUTCOME_ACTS.get(code, "")),
            thresholds=_shown(sent, "threshold", OUTCOME_ACTS.get(code, "")),
            permissions=_shown(sent, "permission", OUTCOME_ACTS.get(code, "")),
        )
        for number, (code, text) in enumerate(OUTCOMES[row.service].items(), 1)
    ]


def _shown(sent: receiving.AsSent, reaches_as: str, act: str) -> list[dict[str, Any]]:
    found = []
    for finding in sent.concerning(reaches_as, act) if act else ():
        undecided = finding.outcome is Outcome.CANNOT_DECIDE
        asks = sent.asks(finding.rule.id) if undecided else []
        found.append(
            {
                "rule": finding.rule.id,
                "cite": cited(finding.rule),
                "undecided": undecided,
                "asks": asks,
                "questions": questions(sent, asks),
                "says": WORDS_OF_ACT.get(act, ""),
            }
        )
    return found


def questions(sent: receiving.AsSent, asks: Iterable[tuple[str, str]]) -> list[str]:
    """Questions in words, with the child each is about."""
    return [question(sent, name, about) for name, about in asks]


def question(sent: receiving.AsSent, name: str, about: str) -> str:
    """One question in words."""
    fact = sent.pack.vocabulary[name]
    who = f"{initials(sent.children[about])}: " if about and len(sent.children) > 1 else ""
    return f"{who}{fact.question or label(name)}"


def record_page(row: Referral, viewer: Viewer, *, is_receiver: bool) -> dict[str, Any]:
    """The page of one referral, for either side."""
    people = receiving.people_of(row)
    decisions = [decided(one, row.service) for one in receiving.decisions_of(row, viewer)]
    others = receiving.earlier(row, viewer) if is_receiver else []
    return {
        "referral": row,
        "service_words": SERVICES[row.service],
        "is_receiver": is_receiver,
        "people": people_rows(people),
        "ages": sentence(ages(people, viewer.at)),
        "rows": record_rows(row),
        "telephoned": telephoned(row),
        "decisions": decisions,
        "state": STATE[row.state],
        "earlier": [report(one, viewer.at) for one in others],
        "may_decide": is_receiver and row.state != "decided" and viewer.user.may(PERMISSION[row.service]),
        "case_href": "" if is_receiver else case_href(row.case),
        "inbox": reverse(INBOXES[row.service]) if is_receiver else "",
    }


PERMISSION = {"childrens-social-care": "decide_child_referral", "adult-social-care": "decide_adult_referral"}
INBOXES = {"childrens-social-care": "casework:reports-children", "adult-social-care": "casework:reports-adults"}


@dataclass(frozen=True)
class PanelLine:
    """A referral, or a decision not to refer, on the case page."""

    title: str
    href: str
    when: datetime
    by: str
    state: str
    meaning: str
    text: str


def panel(case: Case, viewer: Viewer) -> dict[str, object] | None:
    """Referrals of a case with their state and outcome, for the case page."""
    sent, not_sent = receiving.of_case(case, viewer)
    lines = [_sent_line(row) for row in sent] + [
        PanelLine(
            title=f"Not referred to {row.get_service_display()}",
            href="",
            when=row.decided_at,
            by=row.decided_by.name,
            state="Decided not to",
            meaning="plain",
            text=row.reason + (f" (advice: {row.advice_from})" if row.advice_from else ""),
        )
        for row in not_sent
    ]
    return {"referral_lines": sorted(lines, key=lambda line: line.when, reverse=True)} if lines else None


def _sent_line(row: Referral) -> PanelLine:
    last = next(iter(row.decisions.all()), None)
    words, meaning = STATE[row.state]
    text = f"Acknowledged {when(row.acknowledged_on)}."
    if last is not None:
        text = f"{OUTCOMES[row.service].get(last.outcome, last.outcome)}: {last.reason}"
        if last.look_again_on and row.state == "waiting":
            text += f" They look again on {day(last.look_again_on)}."
    return PanelLine(
        title=f"Referral to {row.get_service_display()}",
        href=reverse("casework:referral", args=[row.pk]),
        when=row.sent_at,
        by=f"{row.sent_by.name} to {row.to_team.name}",
        state=words,
        meaning=meaning,
        text=text,
    )
