"""Bring the duties of a case into line with what the rules say now: open, done, moved to their owner, lapsed with a reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from alongside.agencies.models import Team, User
from alongside.audit.api import Actor
from alongside.cases.models import Case
from alongside.clock import Deadline
from alongside.duties import hooks, notices
from alongside.duties.evaluation import Finding
from alongside.duties.models import Duty, Task
from alongside.duties.routing import Route, Router
from alongside.duties.states import DUTY
from alongside.gate.actions import open_ground
from alongside.policy import Outcome
from alongside.policy.deadline import due as due_of
from alongside.procedures.queries import rules

SETTLED = ("open", "done", "decided-otherwise")


@dataclass
class _Book:
    """The duties and tasks of one case, read once, and what has to be written."""

    case: Case
    by: User
    at: datetime
    duties: list[Duty]
    tasks: dict[tuple[str, UUID | None], Task]

    def task(self, act: str, team: Team | None) -> Task:
        key = (act, team.pk if team else None)
        if key not in self.tasks:
            self.tasks[key] = Task.objects.create(
                case=self.case, act=act, owner_team=team, opened_at=self.at, opened_by=self.by
            )
            if team is not None and team.agency_id != self.case.opened_by_agency_id:
                open_ground(
                    subject_kind="task",
                    subject_id=self.tasks[key].pk,
                    viewer=team,
                    ground="routed-duty",
                    purpose="a duty of this team",
                    by=self.by,
                    at=self.at,
                )
            notices.tell(task=self.tasks[key], by=self.by, at=self.at)
        return self.tasks[key]


def settle_duties(*, case: Case, findings: dict[str, Finding], router: Router, by: User, at: datetime) -> None:
    """Open what newly fires, route what has changed hands, close what has its evidence, lapse what no longer fires."""
    tasks = {(t.act, t.owner_team_id): t for t in Task.objects.filter(case=case, state="open")}
    state = _Book(case, by, at, list(Duty.objects.filter(case=case).select_related("task")), tasks)
    firing = {f.rule.id: f for f in findings.values() if f.outcome is Outcome.FIRES and f.rule.reaches_as == "duty"}
    _open_new(state, firing, router)
    _move(state, firing, router)
    _learn_deadlines(state, firing)
    _close_with_evidence(state)
    _lapse(state, firing, findings)
    _close_tasks(state)


def _open_new(state: _Book, firing: dict[str, Finding], router: Router) -> None:
    fresh: list[Duty] = []
    for finding in firing.values():
        for route in router.routes(finding.rule):
            about = _not_yet_owed(state.duties, finding, route)
            if about is not None:
                fresh.append(_new_duty(state, finding, route, about))
    Duty.objects.bulk_create(fresh)
    DUTY.bulk_open(fresh, by=state.by, at=state.at)
    state.duties.extend(fresh)


def _not_yet_owed(duties: Iterable[Duty], finding: Finding, route: Route) -> list[str] | None:
    """Whom a new duty is about; None when the rule's duty stands already, or was settled, for everybody it fires for."""
    same = [d for d in duties if d.rule == finding.rule.id and d.for_agency == route.for_agency and d.state in SETTLED]
    if not same:
        return list(finding.about)
    missing = sorted(set(finding.about) - {person for duty in same for person in duty.about})
    return missing or None


def _new_duty(state: _Book, finding: Finding, route: Route, about: list[str]) -> Duty:
    deadline, immediate = deadline_of(state.case, finding, about)
    task = state.task(route.act, route.team)
    duty = Duty(
        case=state.case,
        task=task,
        rule=finding.rule.id,
        act=finding.rule.action or "",
        about=about,
        about_key=",".join(about),
        owner_team=route.team,
        for_agency=route.for_agency,
        meant_for=route.meant_for,
        due_on=deadline.due,
        due_text=deadline.text,
        fired_at=state.at,
        fired_by=state.by,
    )
    _tighten(task, deadline, immediate)
    if immediate:
        notices.watch(task=task, by=state.by, at=state.at)
    return duty


def deadline_of(case: Case, finding: Finding, about: list[str]) -> tuple[Deadline, bool]:
    """By when, and whether the text says at once. A limit the pack cannot count is asked of whoever registered it."""
    timer = finding.rule.timer
    immediate = timer is not None and timer.limit in ("immediate", "without delay")
    if timer is not None and timer.limit in hooks.DEADLINES:
        start = finding.frame.get(timer.starts)
        if isinstance(start, datetime):
            return hooks.DEADLINES[timer.limit](case, start, about), immediate
    due, text = due_of(finding.rule, finding.frame)
    return Deadline(due, text), immediate


def _tighten(task: Task, deadline: Deadline, immediate: bool) -> None:
    """A task is due when its first duty is."""
    earlier = deadline.due is not None and (task.due_on is None or deadline.due < task.due_on)
    if earlier or (immediate and not task.immediate):
        task.due_on = deadline.due if earlier else task.due_on
        task.immediate = task.immediate or immediate
        task.save(update_fields=["due_on", "immediate"])


def _learn_deadlines(state: _Book, firing: dict[str, Finding]) -> None:
    """A deadline that could not be worked out when the duty arose (the school was not known) is worked out once it can be."""
    for duty in state.duties:
        finding = firing.get(duty.rule)
        if finding is None or duty.state != "open" or duty.due_on is not None:
            continue
        if finding.rule.timer is None or finding.rule.timer.limit not in hooks.DEADLINES:
            continue
        deadline, _ = deadline_of(state.case, finding, duty.about)
        if deadline.due is not None:
            duty.due_on, duty.due_text = deadline.due, deadline.text
            duty.save(update_fields=["due_on", "due_text"])
            _tighten(duty.task, deadline, False)


def _move(state: _Book, firing: dict[str, Finding], router: Router) -> None:
    """A duty follows the case: once its team has been sent the case, or somebody has been routed, it stands in their task."""
    for duty in state.duties:
        finding = firing.get(duty.rule)
        if duty.state != "open" or finding is None or (duty.meant_for_id is None and duty.owner_team_id is not None):
            continue
        route = next((r for r in router.routes(finding.rule) if r.for_agency == duty.for_agency), None)
        if route is None or (route.team and route.team.pk == duty.owner_team_id and route.act == duty.task.act):
            continue
        if route.team is None and duty.owner_team_id is None:
            continue
        duty.task, duty.owner_team, duty.meant_for = state.task(route.act, route.team), route.team, route.meant_for
        duty.save(update_fields=["task", "owner_team", "meant_for"])
        _tighten(duty.task, Deadline(duty.due_on, duty.due_text), False)


def _close_with_evidence(state: _Book) -> None:
    found: dict[str, list[hooks.Evidence]] = {}
    for duty in state.duties:
        if duty.state != "open":
            continue
        rule = rules().get(duty.rule)
        for kind in rule.discharged_by if rule else ():
            if kind not in found:
                found[kind] = list(hooks.EVIDENCE[kind](state.case)) if kind in hooks.EVIDENCE else []
            evidence = _covering(duty, found[kind])
            if evidence is not None:
                _end(duty, "done", state.by, state.at, evidence=evidence)
                break


def _covering(duty: Duty, evidence: list[hooks.Evidence]) -> hooks.Evidence | None:
    """The latest evidence, when together with the others it covers everybody the duty is about."""
    relevant = [e for e in evidence if _counts(e, duty)]
    if not relevant:
        return None
    if any(not e.about for e in relevant) or not duty.about:
        return max(relevant, key=lambda e: e.on)
    covered = {person for e in relevant for person in e.about}
    return max(relevant, key=lambda e: e.on) if covered >= set(duty.about) else None


def _counts(evidence: hooks.Evidence, duty: Duty) -> bool:
    if evidence.act and evidence.act != duty.act:
        return False
    return not evidence.for_agency or not duty.for_agency or evidence.for_agency == duty.for_agency


def _end(
    duty: Duty, state: str, by: Actor, at: datetime, *, evidence: hooks.Evidence | None = None, why: str = ""
) -> None:
    DUTY.move(duty, to=state, by=by, at=at, why=why)
    duty.ended_on, duty.ended_why = at, why
    if evidence is not None:
        duty.evidence_kind, duty.evidence_id = evidence.kind, evidence.record[1]
    duty.save(update_fields=["ended_on", "ended_why", "evidence_kind", "evidence_id"])


def _lapse(state: _Book, firing: dict[str, Finding], findings: dict[str, Finding]) -> None:
    """A duty whose rule was decided *no* lapses, saying on which facts; one that can no longer be told stays open."""
    for duty in state.duties:
        finding = findings.get(duty.rule)
        if (
            duty.state != "open"
            or duty.rule in firing
            or finding is None
            or finding.outcome is not Outcome.DOES_NOT_FIRE
        ):
            continue
        _end(duty, "lapsed", state.by, state.at, why=f"The facts changed: “{finding.rule.when}” is no longer so.")


def _close_tasks(state: _Book) -> None:
    busy = {duty.task_id for duty in state.duties if duty.state == "open"}
    for task in state.tasks.values():
        if task.pk not in busy:
            task.state, task.closed_on = "closed", state.at
            task.save(update_fields=["state", "closed_on"])
