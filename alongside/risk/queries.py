"""What was assessed in a case, and the number it is set against; all through the gate."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from alongside.audit.api import record_read
from alongside.cases.models import Case
from alongside.cases.queries import members_of
from alongside.clock import in_london
from alongside.duties.models import ObservedFact, Task
from alongside.gate.viewing import NotVisible, Viewer, load
from alongside.policy import Value
from alongside.policy.codec import from_json
from alongside.procedures.queries import library, pack_for
from alongside.risk.instruments import Instrument
from alongside.risk.models import Assessment, Judgement, Review

REVIEWS = Prefetch("reviews", queryset=Review.objects.select_related("reviewed_by__agency").order_by("reviewed_at"))


@dataclass(frozen=True)
class Threshold:
    """`number` None: the procedures of the area name none. `agreed` false: it is the document's own, not one the partnership adopted."""

    number: int | None
    agreed: bool = False
    proposed: int | None = None


def open_case(viewer: Viewer, reference: str, what: str) -> Case:
    """The case of a reference, its reading audited as `what`; `NotVisible` otherwise."""
    return load(Case.objects.select_related("area", "opened_by_agency"), viewer, what=what, reference=reference)


def open_task(viewer: Viewer, task_id: UUID, what: str) -> Task:
    """A task the viewer's team has, its reading audited; `NotVisible` otherwise."""
    return load(Task.objects.select_related("case__area", "owner_team"), viewer, what=what, pk=task_id)


def answered(case: Case, viewer: Viewer) -> "QuerySet[Assessment]":
    """Every assessment of a case with its answers, oldest first."""
    rows = Assessment.objects.visible_to(viewer).filter(case=case).select_related("agency")
    return rows.prefetch_related("answers").order_by("recorded_at", "pk")


def assessments(case: Case, viewer: Viewer) -> "QuerySet[Assessment]":
    """The same with who recorded each, and its reviews."""
    return answered(case, viewer).select_related("recorded_by").prefetch_related(REVIEWS)


def of_the_victim(case: Case, rows: Iterable[Assessment], viewer: Viewer) -> list[Assessment]:
    """Those of the victim's own risk, and those that name nobody: what is counted."""
    members = members_of([case.pk], viewer).get(case.pk, [])
    victims = {None, *(member.person_id for member in members if member.role == "victim")}
    return [row for row in rows if row.person_id in victims]


def stated_beside(rows: Sequence[Assessment]) -> ObservedFact | None:
    """The number of *yes* a notification states outright beside its checklist, the last of `rows`; a later checklist ends it."""
    if not rows:
        return None
    last = rows[-1]
    return ObservedFact.objects.filter(
        case=last.case_id,
        name="dash_yes_count",
        manner="notified",
        superseded_by__isnull=True,
        agency=last.agency_id,
        stated_at=last.recorded_at,
    ).first()


def stated_value(row: ObservedFact) -> Value:
    """What was stated, as the procedures read it."""
    return from_json(row.value, library().vocabulary[row.name])


def judgements(case: Case, viewer: Viewer) -> "QuerySet[Judgement]":
    """Professional judgements of a case, the latest first."""
    return (
        Judgement.objects.visible_to(viewer)
        .filter(case=case)
        .select_related("judged_by__agency")
        .order_by("-judged_at")
    )


def threshold(instrument: Instrument, case: Case, at: datetime) -> Threshold:
    """The local number where the victim lives, on a day; the document's while the partnership has adopted none."""
    pack = pack_for(case.places.victim, in_london(at).date())
    parameter = pack.parameters.get(instrument.threshold)
    held = {rule.id for rule in pack.rules}
    if parameter is None or not any(replaced.rule in held for replaced in parameter.replaces):
        return Threshold(None)
    agreed = pack.values.get(instrument.threshold)
    number = agreed if isinstance(agreed, int) else instrument.text_says
    return Threshold(
        number, isinstance(agreed, int), parameter.proposed if isinstance(parameter.proposed, int) else None
    )


def police_tool(case: Case) -> str:
    """The police risk tool of the place where it happened, as its procedures say; "" where they say none."""
    return str(
        library().parameters(case.places.incident, in_london(case.received_on).date())["police_tool"].in_force or ""
    )


def log_of_task(task: Task, viewer: Viewer) -> Assessment:
    """The police log a review task is about: the latest. The routed duty on the task is the ground; the reading is audited."""
    logs = Assessment.objects.filter(case=task.case, instrument="dial").select_related("agency", "recorded_by")
    log = logs.prefetch_related("answers", REVIEWS).order_by("-recorded_at").first()
    if log is None:
        raise NotVisible
    record_read(log, by=viewer.user, at=viewer.at, what="risk.review")
    return log
