"""What a receiving service sees: the referrals sent to its teams, grouped by family, and what the rules say of one as it was sent."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from alongside.cases.models import Case, CaseMember
from alongside.casework.codes import SAID_BY_SENDING
from alongside.casework.models import ChecklistCopy, NotReferred, Referral, ReferralDecision
from alongside.clock import in_london
from alongside.duties.conduct import FACTS
from alongside.duties.evaluation import PEOPLE_OF, Finding, evaluate, people_in, standing
from alongside.duties.facts import ANSWERED, CaseFile, FactBook, FactValue
from alongside.duties.models import ObservedFact, Task
from alongside.gate.viewing import GatedQuerySet, Viewer
from alongside.people.models import LinkDecision, Person
from alongside.people.queries import undisputed
from alongside.people.queries.links import counted
from alongside.policy import Outcome, Rulebook
from alongside.policy.codec import from_json
from alongside.procedures.queries import pack_at

FAMILY_ROLES = frozenset({"victim", "child", "unborn-child"})
MOST_SHOWN = 500


def referrals() -> GatedQuerySet[Referral]:
    """Every referral with what its page shows; the gate narrows it."""
    return Referral.objects.select_related(
        "from_team__agency", "to_team__agency", "sent_by", "case", "area", "evaluation"
    )


def received(viewer: Viewer, service: str) -> list[Referral]:
    """Referrals sent to the viewer's teams, the latest first."""
    rows = referrals().visible_to(viewer).filter(service=service, to_team__in=viewer.team_ids)
    return list(rows.prefetch_related("decisions").order_by("-sent_at")[:MOST_SHOWN])


def people_of(referral: Referral) -> list[dict[str, Any]]:
    """Who it is about, as sent. Whoever shows this has recorded the read."""
    kept: list[dict[str, Any]] = json.loads(referral.people.open() or "[]")
    return kept


def decisions_of(referral: Referral, viewer: Viewer) -> list[ReferralDecision]:
    """What was decided, the latest first."""
    rows = ReferralDecision.objects.visible_to(viewer).filter(referral=referral).select_related("decided_by__agency")
    return list(rows.order_by("-decided_at"))


def is_otherwise(referral: Referral, typed: Mapping[str, Any], viewer: Viewer) -> bool:
    """Whether a decision typed differs from the one that stands; the viewer's own sent once more does not."""
    last = decisions_of(referral, viewer)[0]
    return (last.decided_by_id, last.outcome, last.reason) != (
        viewer.user.pk,
        typed.get("outcome"),
        typed.get("reason"),
    )


def of_case(case: Case, viewer: Viewer) -> tuple[list[Referral], list[NotReferred]]:
    """Referrals and decisions not to refer of a case the viewer may see."""
    sent = Referral.objects.visible_to(viewer).filter(case=case).select_related("to_team", "sent_by")
    not_sent = NotReferred.objects.visible_to(viewer).filter(case=case).select_related("decided_by")
    return list(sent.prefetch_related("decisions").order_by("-sent_at")), list(not_sent.order_by("-decided_at"))


def families(rows: Sequence[Referral]) -> list[list[Referral]]:
    """Referrals about the same victim or child, or about records somebody said are the same human being; order is kept.

    A link is looked up among the people of these referrals only, and shows nothing but that two of them belong together.
    """
    held = {row.pk: {p["id"] for p in people_of(row) if FAMILY_ROLES & set(p["roles"])} for row in rows}
    every = {one for ids in held.values() for one in ids}
    links = undisputed(counted(LinkDecision.objects.filter(person__in=every, candidate__in=every)))
    root: dict[str, str] = {}

    def find(one: str) -> str:
        while root.setdefault(one, one) != one:
            one = root[one]
        return one

    for one, other in links:
        root[find(str(one))] = find(str(other))
    for row in rows:
        parts = [f"case {row.case_id}", *held[row.pk]]
        for part in parts[1:]:
            root[find(part)] = find(parts[0])
    groups: defaultdict[str, list[Referral]] = defaultdict(list)
    for row in rows:
        groups[find(f"case {row.case_id}")].append(row)
    return list(groups.values())


def earlier(referral: Referral, viewer: Viewer) -> list[Referral]:
    """Other referrals of the same family that this team has received, the latest first."""
    rows = received(viewer, referral.service)
    family = next((group for group in families(rows) if any(row.pk == referral.pk for row in group)), [])
    return [row for row in family if row.pk != referral.pk]


def first_undecided(task: Task, viewer: Viewer) -> Referral | None:
    """The oldest referral of a task's case that its team has received and not decided."""
    rows = referrals().visible_to(viewer).filter(case=task.case_id, to_team__in=viewer.team_ids)
    return rows.exclude(state="decided").order_by("sent_at").first()


def tasks() -> QuerySet[Task]:
    """Tasks with their case."""
    return Task.objects.select_related("case__area", "owner_team__agency")


@dataclass(frozen=True)
class AsSent:
    """What the rules say of a referral: on the facts as they were when it was sent, and on the receiver's own answers since."""

    pack: Rulebook
    findings: Mapping[str, Finding]
    children: Mapping[str, str]

    def concerning(self, reaches_as: str, act: str) -> list[Finding]:
        """Rules that forbid or open an act, firing or not told yet, the certain and the weightiest first; one that gives way opens nothing."""
        stands = standing(self.findings)
        found = [
            finding
            for finding in self.findings.values()
            if finding.rule.reaches_as == reaches_as
            and (finding.rule.forbids if reaches_as == "bar" else finding.rule.opens) == act
            and (finding.outcome is Outcome.CANNOT_DECIDE or finding.rule.id in stands)
        ]
        return sorted(found, key=lambda one: (one.outcome is not Outcome.FIRES, -one.rule.severity))

    def asks(self, rule: str) -> list[tuple[str, str]]:
        """Facts, each with the id of the child it is about or "", that would decide an undecided rule; only yes-or-no facts."""
        finding = self.findings[rule]
        found: list[tuple[str, str]] = []
        for name in self.pack.decide_rule(rule, finding.frame).ask:
            fact = self.pack.vocabulary[name]
            if fact.type != "boolean" or fact.kind != "observed" or not fact.unknown_ok:
                continue
            about = [one for one in finding.about if one in self.children] if fact.per == "child" else []
            found += [(name, one) for one in about or [""]]
        return found


def as_sent(referral: Referral, at: datetime) -> AsSent:
    """Evaluate the rules for a receiver: nothing the sender learnt later takes part."""
    pack = pack_at(referral.case.places, in_london(at).date())
    said = {p["id"]: p for p in people_of(referral)}
    members = tuple(
        m for m in CaseMember.objects.filter(case=referral.case, person__in=list(said)).select_related("person")
    )
    file = CaseFile(referral.case, members, at)
    findings = evaluate(pack, people_in(file), _book(referral, pack))
    children = {key: p["name"] for key, p in said.items() if set(PEOPLE_OF["child"]) & set(p["roles"])}
    return AsSent(pack, findings, children)


def _book(referral: Referral, pack: Rulebook) -> FactBook:
    """The facts of the snapshot, with what the receiving agency has answered laid over."""
    case: dict[str, FactValue] = {}
    about: dict[UUID, dict[str, FactValue]] = {}
    for row in referral.evaluation.facts if referral.evaluation else ():
        if row["name"] in pack.vocabulary and _was_sent(row, referral, pack):
            value = from_json(row["value"], pack.vocabulary[row["name"]])
            person = UUID(row["about"]) if row["about"] else None
            fact = FactValue(row["name"], value, row["said_by"], ("", ""), None, person)
            (about.setdefault(person, {}) if person else case)[row["name"]] = fact
    for own in _own_answers(referral):
        if own.name in pack.vocabulary and own.value is not None:
            value = from_json(own.value, pack.vocabulary[own.name])
            fact = FactValue(
                own.name,
                value,
                own.said_by,
                ("duties.observedfact", str(own.pk)),
                own.stated_at,
                own.about_id,
                ANSWERED,
            )
            (about.setdefault(own.about_id, {}) if own.about_id else case)[own.name] = fact
    return FactBook(case, about)


def _was_sent(row: Mapping[str, Any], referral: Referral, pack: Rulebook) -> bool:
    """Whether a fact of the snapshot went with the referral: ticked by the sender, or said by sending; nothing left out counts.

    That no such event is on record in Alongside is told of every case alike, so it tells nothing of this one.
    """
    if row["name"] in SAID_BY_SENDING:
        return True
    if f"{row['name']}:{row['about'] or ''}" in {fact.get("key") for fact in referral.facts}:
        return True
    return pack.vocabulary[row["name"]].kind == "event" and row["value"] is False


def _own_answers(referral: Referral) -> Iterable[ObservedFact]:
    rows = ObservedFact.objects.filter(case=referral.case, agency=referral.to_team.agency, superseded_by__isnull=True)
    return rows.order_by("stated_at")


def own_answers(referral: Referral) -> dict[tuple[str, str], Any]:
    """What the receiving agency has answered in this case, by fact and person."""
    return {(row.name, str(row.about_id or "")): row.value for row in _own_answers(referral)}


def conduct_known(referral: Referral) -> dict[str, bool]:
    """What was sent, or has been answered here since, about abuse in the name of honour, forced marriage and FGM."""
    book = _book(referral, pack_at(referral.case.places, in_london(referral.sent_at).date()))
    return {name: value for name in FACTS if isinstance(value := book.values().get(name), bool)}


def checklist_of(referral: Referral) -> str:
    """The copy of the risk checklist that went with a referral; empty where none did."""
    copy = ChecklistCopy.objects.filter(referral=referral).first()
    return copy.text.open() if copy else ""


def child_of(referral: Referral, person: str) -> Person:
    """A person of the referral, by id as text; LookupError for anybody else."""
    found = referral.about.filter(pk=person).first()
    if found is None:
        raise LookupError(person)
    return found
