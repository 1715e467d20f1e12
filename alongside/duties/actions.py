"""What people do with duties and questions."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from alongside.agencies import access
from alongside.agencies.access import Refused
from alongside.agencies.actions import route_role
from alongside.agencies.models import Area, Team, User
from alongside.audit.api import Actor, action, record
from alongside.cases import actions as cases
from alongside.cases.models import Case
from alongside.clock import in_london
from alongside.duties import population
from alongside.duties.models import Duty, ObservedFact, Question, Task
from alongside.duties.states import DUTY
from alongside.people.models import Person
from alongside.policy import Value
from alongside.policy.codec import from_json, to_json
from alongside.procedures.queries import library


class AnsweredAlready(Refused):
    """Somebody answered first; both answers are kept on the exception, to be shown."""

    def __init__(self, theirs: ObservedFact, yours: object) -> None:
        super().__init__(
            "Somebody answered this a moment ago. Your answer was not saved; both are shown so that you can settle which is right."
        )
        self.theirs, self.yours = theirs, yours


@action("duties.fact_stated")
def state_fact(
    *,
    case: Case,
    name: str,
    value: object,
    about: Person | None,
    manner: str,
    reason: str = "",
    true_since: datetime | None = None,
    by: User,
    at: datetime,
) -> ObservedFact:
    """Put a fact on record: the contract's JSON value, checked against the vocabulary; an earlier one of the same agency
    is superseded, not lost. Another agency's stands beside it: where they differ the fact is disputed, and not known."""
    fact = library().vocabulary[name]
    from_json(value, fact)
    if fact.kind == "judgement" and value is not None and not reason.strip():
        raise Refused("This is a judgement: say in a sentence why you judge so. Nothing was saved.")
    earlier = ObservedFact.objects.filter(
        case=case, name=name, about=about, agency=by.agency, superseded_by__isnull=True
    )
    earlier_ids = list(earlier.values_list("pk", flat=True))
    row = ObservedFact.objects.create(
        case=case,
        name=name,
        value=value,
        about=about,
        manner=manner,
        said_by=by.role_held.label,
        reason=reason,
        true_since_on=true_since,
        stated_at=at,
        stated_by=by,
        agency=by.agency,
    )
    ObservedFact.objects.filter(pk__in=earlier_ids).update(superseded_by=row)
    record(row, by=by, at=at, case=str(case.pk), fact=name)
    return row


@action("duties.question_answered")
def answer(
    *, question: Question, value: object, manner: str = "answered", reason: str = "", by: User, at: datetime
) -> ObservedFact:
    """Answer an open question; the case is evaluated again at once. Two answers at a time: the second is shown the first."""
    access.check_may(by, "answer")
    locked = Question.objects.select_for_update().get(pk=question.pk)
    if locked.state == "answered" and locked.answer is not None:
        raise AnsweredAlready(locked.answer, value)
    if locked.state != "open":
        raise Refused("This question is no longer asked: the answer is on record already. Nothing was changed.")
    kind = library().vocabulary[locked.fact].kind
    said = "judged" if kind == "judgement" and value is not None else manner
    row = state_fact(
        case=locked.case, name=locked.fact, value=value, about=locked.about, manner=said, reason=reason, by=by, at=at
    )
    if value is not None:
        locked.state, locked.answer, locked.ended_on = "answered", row, at
        locked.save(update_fields=["state", "answer", "ended_on"])
    record(locked, by=by, at=at, fact=locked.fact, case=str(locked.case_id))
    cases.changed(case=locked.case, by=by, at=at)
    return row


@action("duties.fact_told")
def tell_fact(
    *, case: Case, name: str, value: object, manner: str = "answered", reason: str = "", by: User, at: datetime
) -> ObservedFact:
    """Say what a bar waits for, where nobody was asked; the case is evaluated again at once."""
    access.check_may(by, "answer")
    kind = library().vocabulary[name].kind
    said = "judged" if kind == "judgement" and value is not None else manner
    row = state_fact(case=case, name=name, value=value, about=None, manner=said, reason=reason, by=by, at=at)
    record(row, by=by, at=at, fact=name, case=str(case.pk))
    cases.changed(case=case, by=by, at=at)
    return row


@action("duties.decided_otherwise")
def decide_otherwise(*, duty: Duty, why: str, by: User, at: datetime) -> Duty:
    """Not do what a rule asks, by name and with the reason; who sees it is said on the page."""
    access.check_may(by, "decide_otherwise")
    DUTY.move(duty, to="decided-otherwise", by=by, at=at, why=why)
    duty.ended_on, duty.ended_why = at, why
    duty.save(update_fields=["ended_on", "ended_why"])
    record(duty, by=by, at=at, rule=duty.rule, case=str(duty.case_id))
    cases.note(
        case=duty.case,
        what="A duty was decided otherwise, with a reason",
        record_kind="duties.duty",
        record_id=duty.pk,
        by=by,
        at=at,
    )
    cases.changed(case=duty.case, by=by, at=at)
    return duty


@action("duties.task_seen")
def see(*, task: Task, by: User, at: datetime) -> Task:
    """Somebody of the owning team opened the task: the deputy need not be alerted."""
    if task.seen_at is None:
        task.seen_at, task.seen_by = at, by
        task.save(update_fields=["seen_at", "seen_by"])
    record(task, by=by, at=at)
    return task


@action("duties.spoken")
def note_spoken(*, task: Task, spoken_to: str, on: datetime | None = None, by: User, at: datetime) -> Task:
    """The telephone comes first: to whom somebody has spoken, and when, before the written record follows."""
    task.spoken_at, task.spoken_by, task.spoken_to = on or at, by, spoken_to
    task.save(update_fields=["spoken_at", "spoken_by", "spoken_to"])
    record(task, by=by, at=at)
    cases.note(
        case=task.case,
        what="Somebody spoke by telephone about a task",
        record_kind="duties.task",
        record_id=task.pk,
        by=by,
        at=at,
    )
    return task


@action("duties.answer_settled")
def settle_answer(*, question: Question, value: object, reason: str, by: User, at: datetime) -> ObservedFact:
    """Two answered at once and settled that the later is right; the first stays on record, superseded."""
    access.check_may(by, "answer")
    if not reason.strip():
        raise Refused("Say in a sentence why this answer is right. Nothing was changed.")
    locked = Question.objects.select_for_update().get(pk=question.pk)
    manner = "judged" if library().vocabulary[locked.fact].kind == "judgement" else "answered"
    row = state_fact(
        case=locked.case, name=locked.fact, value=value, about=locked.about, manner=manner, reason=reason, by=by, at=at
    )
    locked.answer = row
    locked.save(update_fields=["answer"])
    record(locked, by=by, at=at, fact=locked.fact, case=str(locked.case_id))
    cases.changed(case=locked.case, by=by, at=at)
    return row


@action("duties.facts_notified")
def notify_facts(
    *, case: Case, facts: Mapping[str, Value], said_by: str, true_since: datetime | None, by: User, at: datetime
) -> list[ObservedFact]:
    """Put on record what a notification states outright, in one insert. The caller tells `cases.changed`."""
    rows = ObservedFact.objects.bulk_create(
        ObservedFact(
            case=case,
            name=name,
            value=to_json(value),
            manner="notified",
            said_by=said_by,
            true_since_on=true_since,
            stated_at=at,
            stated_by=by,
            agency=by.agency,
        )
        for name, value in facts.items()
    )
    record(case, by=by, at=at, count=len(rows))
    return rows


@action("duties.routed")
def route_duties(
    *, role: str, area: Area, team: Team, case_ids: Collection[object], reason: str, by: User, at: datetime
) -> "Routed":
    """Give a team the role that nobody held, and review the waiting cases so that their duties move."""
    route_role(role=role, area=area, team=team, reason=reason, by=by, at=at)
    waiting = Duty.objects.filter(state="open", owner_team__isnull=True, case__in=list(case_ids))
    before = list(waiting.values_list("pk", flat=True))
    for case in Case.objects.filter(pk__in=list(case_ids)):
        cases.changed(case=case, by=by, at=at)
    record(team, by=by, at=at, role=role, area=area.code, cases=len(case_ids))
    moved = Duty.objects.filter(pk__in=before, state="open")
    return Routed(moved.filter(owner_team=team).count(), moved.filter(meant_for=team).count())


@dataclass(frozen=True)
class Routed:
    """How many duties a team got, and how many wait with whoever has to send it the case first."""

    with_team: int
    with_sender: int


@action("duties.population_exported")
def export_population(
    *, out: Path, tick: Callable[[int], None] = lambda _: None, by: Actor, at: datetime
) -> population.Taken:
    """Write every case as it was last decided, for replaying. Who took them out, and when, stays on the trail."""
    taken = population.write_decided(out, in_london(at).date(), tick)
    record(("duties.population", ""), by=by, at=at, cases=taken.cases)
    return taken
