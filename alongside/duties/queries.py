"""What a person has to do, what a case owes, forbids and asks: all through the gate."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from typing import Any
from uuid import UUID

from django.db.models import Case as When_
from django.db.models import Count, Exists, F, IntegerField, Max, Min, OuterRef, Prefetch, Q, QuerySet, Value, When

from alongside.agencies import queries as agencies
from alongside.agencies.models import Team
from alongside.audit.api import once
from alongside.cases.models import Case
from alongside.clock import in_london, london
from alongside.duties import hooks
from alongside.duties.knowing import Gift, Picture, by_source, picture
from alongside.duties.models import Bar, Duty, Evaluation, ObservedFact, Question, Task
from alongside.gate.viewing import Door, Viewer, doors
from alongside.gate.wall import beyond_the_gate
from alongside.policy import Rule
from alongside.policy.exclusive import giving_way
from alongside.procedures.queries import library, rules, rules_in


def with_open(viewer: Viewer) -> "Prefetch[str, QuerySet[Duty], str]":
    """The open duties of tasks that the viewer may read."""
    rows = Duty.objects.visible_to(viewer).filter(state="open").select_related("meant_for__agency")
    return Prefetch("duties", queryset=rows, to_attr="open_duties")


def open_of(task: Task) -> list[Duty]:
    """The open duties that `with_open` read along with a task."""
    held: list[Duty] = task.__dict__["open_duties"]
    return held


NOW, TODAY, NO_TIME, LATER = range(4)


def end_of_day(at: datetime) -> datetime:
    """The midnight that ends the day in London."""
    return london(in_london(at).date() + timedelta(days=1), time(0))


def _by_urgency(rows: "QuerySet[Task]", at: datetime) -> "QuerySet[Task]":
    """What is owed at once or was due; what is due today; what has no time; what comes later. Alike on every database."""
    urgency = When_(
        When(Q(immediate=True) | Q(due_on__lt=at), then=Value(NOW)),
        When(due_on__lt=end_of_day(at), then=Value(TODAY)),
        When(due_on__isnull=True, then=Value(NO_TIME)),
        default=Value(LATER),
        output_field=IntegerField(),
    )
    return rows.annotate(urgency=urgency).order_by(
        "urgency", "-immediate", F("due_on").asc(nulls_last=True), "opened_at", "pk"
    )


def my_tasks(viewer: Viewer) -> "QuerySet[Task]":
    """Open tasks of the viewer's teams, the most pressing first, each with its `urgency`."""
    rows = Task.objects.visible_to(viewer).filter(state="open", owner_team__in=viewer.team_ids)
    return _by_urgency(rows.select_related("case__area").prefetch_related(with_open(viewer)), viewer.at)


@dataclass(frozen=True)
class Counts:
    """The line under "Today"."""

    open: int
    was_due: int
    now: int
    today: int


def counts(viewer: Viewer) -> Counts:
    """How many tasks the viewer's teams have, and how pressing. An immediate one is never late by itself."""
    rows = Task.objects.visible_to(viewer).filter(state="open", owner_team__in=viewer.team_ids)
    past = Q(immediate=False, due_on__lt=viewer.at)
    today = Q(immediate=False, due_on__gte=viewer.at, due_on__lt=end_of_day(viewer.at))
    found = rows.aggregate(
        open=Count("pk"),
        was_due=Count("pk", filter=past),
        now=Count("pk", filter=Q(immediate=True)),
        today=Count("pk", filter=today),
    )
    return Counts(**found)


def waiting_for_others(viewer: Viewer) -> "QuerySet[Task]":
    """Open tasks of other teams in the cases the viewer's teams recorded, the longest waiting first."""
    rows = Task.objects.visible_to(viewer).filter(state="open", case__recording_team__in=viewer.team_ids)
    rows = rows.exclude(owner_team__in=viewer.team_ids).select_related("case", "owner_team__agency")
    return rows.order_by("opened_at", "pk")


COLLEAGUES = ({"police-officer", "police-supervisor"}, {"social-worker", "social-care-manager"})


@cache
def _owing() -> frozenset[str]:
    """Facts that decide a duty: a bar or a threshold asks its question beside its act, not on Today."""
    facts = library().vocabulary
    told = " ".join(rule.when for rule in rules().values() if rule.reaches_as == "duty")
    derived = " ".join(facts[name].derived or "" for name in re.findall(r"\w+", told) if name in facts)
    return frozenset(re.findall(r"\w+", f"{told} {derived}")) & facts.keys()


def only_mine(role: str) -> list[str]:
    """Facts that nobody but a role, and its own supervisors, can know and that decide what is owed; no judgement:
    that is made where its act is done, and never waits as a question."""
    mine = next((group for group in COLLEAGUES if role in group), {role})
    facts = library().vocabulary.items()
    return [
        name
        for name, fact in facts
        if fact.who and set(fact.who) <= mine and fact.kind != "judgement" and name in _owing()
    ]


def my_questions(viewer: Viewer) -> "QuerySet[Question]":
    """Open questions only the viewer's role can answer, in the cases the viewer's teams recorded; the weightiest first.

    One that was answered *not known* already is not asked again here.
    """
    said = ObservedFact.objects.filter(case=OuterRef("case"), name=OuterRef("fact"), superseded_by__isnull=True)
    rows = Question.objects.visible_to(viewer).filter(
        ~Exists(said), state="open", fact__in=only_mine(viewer.user.role), case__recording_team__in=viewer.team_ids
    )
    return rows.select_related("case__area").order_by("-weight", "fact", "pk")


def cases_asked(rows: "QuerySet[Question]") -> "QuerySet[Question, Any]":
    """The cases of some questions, the one with the weightiest first; the database orders them."""
    by_case = rows.order_by().values("case").annotate(heaviest=Max("weight"), first=Min("fact"))
    return by_case.order_by("-heaviest", "first", "case")


def not_known_yet(case: Case, viewer: Viewer) -> dict[tuple[str, object], ObservedFact]:
    """Statements of a case that say *not known*, by fact and person."""
    rows = ObservedFact.objects.visible_to(viewer).filter(case=case, superseded_by__isnull=True, value__isnull=True)
    return {(row.name, row.about_id): row for row in rows.order_by("stated_at")}


def questions() -> "QuerySet[Question]":
    """Questions to load one from, through the gate."""
    return Question.objects.select_related("case__area", "about", "answer__stated_by")


def tasks() -> "QuerySet[Task]":
    """Tasks to load one from, through the gate."""
    return Task.objects.select_related(
        "case__area", "case__opened_by_agency", "case__recording_team", "owner_team__agency"
    )


def duties_of(task: Task, viewer: Viewer) -> list[Duty]:
    """Every duty of a task, the open ones first."""
    rows = Duty.objects.visible_to(viewer).filter(task=task).select_related("meant_for__agency")
    return sorted(
        rows, key=lambda d: (d.state != "open", -rules()[d.rule].severity if d.rule in rules() else 0, d.rule)
    )


def untold(case: Case, viewer: Viewer) -> int:
    """How many open duties of the viewer's teams in a case hang on something that was not sent to them."""
    rows = Duty.objects.filter(case=case, state="open", told_in__isnull=True, owner_team__in=viewer.team_ids)
    return rows.count()


def numbers(case: Case) -> list[str]:
    """The numbers of the team that recorded a case, in and out of hours."""
    team = case.recording_team
    return [number for number in (team.phone, team.out_of_hours_phone) if number] if team else []


def bars_beside(case: Case, acts: Iterable[str], viewer: Viewer) -> list[Bar]:
    """Bars that stand on some acts, the certain ones first."""
    return list(bars_of(case, viewer).filter(act__in=list(acts)))


@once
def tasks_of(case: Case, viewer: Viewer) -> list[Task]:
    """Open tasks of a case, the most pressing first."""
    rows = Task.objects.visible_to(viewer).filter(case=case, state="open").select_related("owner_team__agency")
    found = list(_by_urgency(rows.prefetch_related(with_open(viewer)), viewer.at))
    for task in found:
        task.case = case
    return found


def ended_duties(case: Case, viewer: Viewer) -> "QuerySet[Duty]":
    """Duties done, decided otherwise or lapsed, the latest first."""
    return Duty.objects.visible_to(viewer).filter(case=case).exclude(state="open").order_by("-ended_on")


@beyond_the_gate
def unrouted() -> list[Duty]:
    """Duties nobody can be routed for, without any content of the case: what the partnership's administrator sees."""
    rows = Duty.objects.filter(state="open", owner_team__isnull=True).select_related("case__area")
    return list(rows.order_by("fired_at"))


def bars_of(case: Case, viewer: Viewer) -> "QuerySet[Bar]":
    """Bars that stand."""
    return Bar.objects.visible_to(viewer).filter(case=case, lifted_on__isnull=True).order_by("-outcome", "rule")


@once
def questions_of(case: Case, viewer: Viewer) -> list[Question]:
    """What is open in a case, the weightiest first: questions, and judgements that somebody may make (`is_judgement`)."""
    return list(Question.objects.visible_to(viewer).filter(case=case, state="open").select_related("about"))


def who_holds(case: Case, viewer: Viewer) -> dict[str, list[Team]]:
    """Staff role to the teams at work in a case where somebody of that role works today: the recording team, owners of what is owed,
    and those it was sent to; only as the viewer may see of the case anyway."""
    owners = Task.objects.visible_to(viewer).filter(case=case, state="open", owner_team__isnull=False)
    ids = {*owners.values_list("owner_team", flat=True), *hooks.sent_to(case, None)}
    ids |= {case.recording_team_id} if case.recording_team_id else set()
    found: dict[str, list[Team]] = {}
    for role, team in agencies.roles_in(ids, in_london(viewer.at).date()):
        found.setdefault(role, []).append(team)
    return found


@dataclass(frozen=True)
class History:
    """What is kept of a case, to tell what an agency could have known of it: evaluations (the earliest first), doors and what was
    sent, by agency."""

    snapshots: list[Evaluation]
    doors: dict[UUID, list[Door]]
    gifts: dict[UUID, list[Gift]]

    def known_to(self, agency: UUID, at: datetime) -> Picture:
        """What an agency could have known at a moment; nothing entered since takes part."""
        return picture(self.snapshots, agency, self.doors.get(agency, ()), self.gifts.get(agency, ()), at)

    def agencies(self) -> set[UUID]:
        """Every agency with a record in the case, a door to it, or something sent to it."""
        said = {UUID(source[2]) for row in self.snapshots for source in by_source(row) if source[2]}
        return said | self.doors.keys() | self.gifts.keys()


def snapshots_of(case: Case, viewer: Viewer) -> list[Evaluation]:
    """Every evaluation of a case, the earliest first."""
    return list(Evaluation.objects.visible_to(viewer).filter(case=case).order_by("version", "evaluated_at", "pk"))


def history_of(case: Case, viewer: Viewer) -> History:
    """What is kept of a case that the viewer may see."""
    gifts: dict[UUID, list[Gift]] = {}
    for sent in hooks.everything_sent(case, None):
        gifts.setdefault(sent.team.agency_id, []).append(
            Gift(sent.on, sent.what, sent.keys(), sent.says, sent.opened_on)
        )
    return History(snapshots_of(case, viewer), doors("case", case.pk), gifts)


def is_judgement(question: Question) -> bool:
    """Whether it is for somebody to judge, with a reason: never put to people among the questions."""
    return library().vocabulary[question.fact].kind == "judgement"


@once
def latest_evaluation(case: Case, viewer: Viewer) -> Evaluation | None:
    """What was decided last."""
    return Evaluation.objects.visible_to(viewer).filter(case=case).order_by("-version", "-evaluated_at").first()


@dataclass(frozen=True)
class Shown:
    """A rule beside an act or in its place: `outcome` fires, cannot-decide or does-not-fire."""

    rule: Rule
    outcome: str
    about: tuple[str, ...]


@once
def evaluation_of(case: Case) -> Evaluation | None:
    """The latest evaluation, for acts that bars may stop: no viewer sees it unfiltered."""
    return _latest(case).first()


def facts_of(case: Case) -> list[dict[str, Any]]:
    """The facts of the latest evaluation, as they are kept; none before the first."""
    return _latest(case).values_list("facts", flat=True).first() or []


def _latest(case: Case) -> QuerySet[Evaluation]:
    return Evaluation.objects.filter(case=case).order_by("-version", "-evaluated_at")


def decided(case: Case) -> list[Shown]:
    """What the latest evaluation came to, each rule with the local choices that held; rules that do not fire are left out."""
    return decided_in(case, evaluation_of(case))


def decided_in(case: Case, evaluation: Evaluation | None) -> list[Shown]:
    """`decided` by one evaluation."""
    if evaluation is None:
        return []
    known = rules_in([case.places], evaluation.in_force_on)[case.places]
    return [
        Shown(known[id_], outcome, tuple(about))
        for id_, (outcome, about) in evaluation.outcomes.items()
        if id_ in known
    ]


def pick(found: Iterable[Shown], *, reaches_as: Iterable[str], act: str = "", place: str = "") -> list[Shown]:
    """Rules that open an act, or belong to a place; the firing ones first, then the undecided. One that gives way opens nothing."""
    wanted, held = set(reaches_as), list(found)
    away = giving_way((one.rule for one in held), {one.rule.id for one in held if one.outcome == "fires"})
    shown = [
        one
        for one in held
        if not (act and one.rule.id in away)
        and one.rule.reaches_as in wanted
        and (not act or one.rule.opens == act)
        and (not place or one.rule.place == place)
    ]
    return sorted(shown, key=lambda s: (s.outcome != "fires", -s.rule.severity, s.rule.id))


def shown_at(case: Case, *, reaches_as: Iterable[str], act: str = "", place: str = "") -> list[Shown]:
    """`pick` from the latest evaluation of a case."""
    return pick(decided(case), reaches_as=reaches_as, act=act, place=place)
