"""What a person has to do, what a case owes, forbids and asks: all through the gate."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q, QuerySet

from alongside.cases.models import Case
from alongside.duties.models import Bar, Duty, Evaluation, Question, Task
from alongside.gate.viewing import Viewer
from alongside.policy import Rule
from alongside.procedures.queries import library, rules

OPEN = Prefetch("duties", queryset=Duty.objects.filter(state="open").select_related("owner_team", "meant_for"), to_attr="open_duties")


def my_tasks(viewer: Viewer) -> "QuerySet[Task]":
    """Open tasks of the viewer's teams, the most pressing first."""
    rows = Task.objects.visible_to(viewer).filter(state="open", owner_team__in=viewer.team_ids)
    return rows.select_related("case__area", "owner_team").prefetch_related(OPEN).order_by("-immediate", "due_on", "opened_at")


def waiting_for_others(viewer: Viewer) -> "QuerySet[Task]":
    """Open tasks of other teams in the cases the viewer's teams recorded."""
    rows = Task.objects.visible_to(viewer).filter(state="open", case__recording_team__in=viewer.team_ids).exclude(owner_team__in=viewer.team_ids)
    return rows.select_related("case__area", "owner_team__agency").prefetch_related(OPEN).order_by("opened_at")


def tasks_of(case: Case, viewer: Viewer) -> "QuerySet[Task]":
    """Open tasks of a case."""
    rows = Task.objects.visible_to(viewer).filter(case=case, state="open").select_related("owner_team__agency", "case")
    return rows.prefetch_related(OPEN).order_by("-immediate", "due_on", "opened_at")


def ended_duties(case: Case, viewer: Viewer) -> "QuerySet[Duty]":
    """Duties done, decided otherwise or lapsed, the latest first."""
    return Duty.objects.visible_to(viewer).filter(case=case).exclude(state="open").select_related("owner_team").order_by("-ended_on")


def unrouted() -> "QuerySet[Duty]":
    """Duties nobody can be routed for, without any content of the case: what the partnership's administrator sees."""
    return Duty.objects.filter(state="open", owner_team__isnull=True).select_related("case__area").order_by("fired_at")


def bars_of(case: Case, viewer: Viewer) -> "QuerySet[Bar]":
    """Bars that stand."""
    return Bar.objects.visible_to(viewer).filter(case=case, lifted_on__isnull=True).order_by("outcome", "rule")


def questions_of(case: Case, viewer: Viewer, *, mine_only: bool = False) -> list[Question]:
    """Open questions, the weightiest first; with `mine_only`, those the viewer's role can know."""
    rows = list(Question.objects.visible_to(viewer).filter(case=case, state="open").select_related("about"))
    facts = library().vocabulary
    return [q for q in rows if not mine_only or viewer.user.role in facts[q.fact].who]


def open_question_count(viewer: Viewer) -> int:
    """How many open questions in the viewer's team's cases only their role can know."""
    facts = [name for name, fact in library().vocabulary.items() if viewer.user.role in fact.who]
    rows = Question.objects.visible_to(viewer).filter(state="open", fact__in=facts, case__recording_team__in=viewer.team_ids)
    return rows.aggregate(n=Count("pk"))["n"] or 0


def latest_evaluation(case: Case, viewer: Viewer) -> Evaluation | None:
    """What was decided last."""
    return Evaluation.objects.visible_to(viewer).filter(case=case).order_by("-evaluated_at", "-pk").first()


@dataclass(frozen=True)
class Shown:
    """A rule beside an act or in its place: `outcome` fires, cannot-decide or does-not-fire."""

    rule: Rule
    outcome: str
    about: tuple[str, ...]


def shown_at(case: Case, *, reaches_as: Iterable[str], act: str = "", place: str = "") -> list[Shown]:
    """Rules of the latest evaluation that open an act, or belong to a place; the firing ones first, then the undecided."""
    evaluation = Evaluation.objects.filter(case=case).order_by("-evaluated_at", "-pk").first()
    outcomes = evaluation.outcomes if evaluation else {}
    wanted = set(reaches_as)
    shown = [
        Shown(rule, outcomes[rule.id][0], tuple(outcomes[rule.id][1]))
        for rule in rules().values()
        if rule.id in outcomes and rule.reaches_as in wanted and (not act or rule.opens == act) and (not place or rule.place == place)
    ]
    return sorted(shown, key=lambda s: (s.outcome != "fires", -s.rule.severity))


def cases_for(viewer: Viewer, *, text: str = "") -> "QuerySet[Case]":
    """Cases the viewer may open, the newest first; `text` narrows by reference."""
    rows = Case.objects.visible_to(viewer).select_related("area", "opened_by_agency")
    if text:
        rows = rows.filter(Q(reference__iexact=text.strip()))
    return rows.order_by("-received_on")
