"""Bring the duties of a case into line with what the rules say now: open, done, moved to their owner, lapsed with a reason."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from alongside.agencies.models import Team, User
from alongside.audit.api import Actor
from alongside.cases.models import Case
from alongside.clock import Deadline, deadline_by_calendar
from alongside.duties import hooks, notices
from alongside.duties.evaluation import Finding, standing
from alongside.duties.holding import Kinds, is_asked
from alongside.duties.models import Duty, Task
from alongside.duties.routing import Route, Router
from alongside.duties.states import DUTY
from alongside.duties.working import settle_work
from alongside.gate.actions import open_ground
from alongside.policy import Outcome
from alongside.policy.deadline import due as due_of
from alongside.policy.exclusive import giving_way
from alongside.procedures.queries import rules

Counted = dict[tuple[str, datetime, tuple[str, ...]], Deadline]
SETTLED = ("open", "done", "decided-otherwise")


@dataclass
class _Book:
    """The duties and tasks of one case, read once; changed in memory, then written together: new rows, changed rows, notices."""

    case: Case
    by: User
    at: datetime
    duties: list[Duty]
    tasks: dict[tuple[str, UUID | None], Task]
    fresh: list[Task] = field(default_factory=list)
    tightened: list[Task] = field(default_factory=list)
    moved: list[Duty] = field(default_factory=list)
    told: list[Duty] = field(default_factory=list)
    urgent: list[Task] = field(default_factory=list)
    counted: Counted = field(default_factory=dict)

    def task(self, act: str, team: Team | None) -> Task:
        key = (act, team.pk if team else None)
        if key not in self.tasks:
            task = Task(case=self.case, act=act, owner_team=team, opened_at=self.at, opened_by=self.by)
            self.tasks[key] = task
            self.fresh.append(task)
        return self.tasks[key]

    def write(self) -> None:
        """New tasks before the duties that stand in them; a new duty that is done already leaves both its steps."""
        fresh, duties = self.fresh, [duty for duty in self.duties if duty._state.adding]
        changed = [task for task in dict.fromkeys(self.tightened) if not task._state.adding]
        Task.objects.bulk_create(fresh)
        for task in changed:
            task.save(update_fields=["due_on", "immediate"])
        for duty in self.moved:
            duty.save(update_fields=["task", "owner_team", "meant_for"])
        for duty in self.told:
            duty.save(update_fields=["told_in"])
        Duty.objects.bulk_create(duties)
        DUTY.bulk_open(duties, began="open", by=self.by, at=self.at, why={duty.pk: duty.ended_why for duty in duties})
        for task in fresh:
            if task.state == "open":
                self._give(task)
        settle_work(case=self.case, tasks=self.tasks.values(), by=self.by, at=self.at)
        for task in dict.fromkeys(self.urgent):
            if task.state == "open":
                notices.watch(task=task, by=self.by, at=self.at)

    def _give(self, task: Task) -> None:
        """The owning team may see the task (one of the case's own agency sees the case), and is told of it."""
        team = task.owner_team
        if team is not None and team.agency_id != self.case.opened_by_agency_id:
            open_ground(
                subject_kind="task",
                subject_id=task.pk,
                viewer=team,
                ground="routed-duty",
                purpose="a duty of this team",
                is_new=True,
                by=self.by,
                at=self.at,
            )
        notices.tell(task=task, by=self.by, at=self.at)


def settle_duties(
    *,
    case: Case,
    findings: dict[str, Finding],
    router: Router,
    reads: Callable[[Duty], bool],
    kinds: Kinds = None,
    by: User,
    at: datetime,
) -> None:
    """Open what newly fires, route what has changed hands, close what has its evidence, lapse what no longer fires.

    `reads`: whether the team a duty stands with may read it.
    """
    state = _read(case, kinds, by, at)
    firing = {f.rule.id: f for f in standing(findings).values() if f.rule.reaches_as == "duty"}
    _open_new(state, firing, router)
    _move(state, firing, router)
    _learn_deadlines(state, firing)
    _tell(state, reads)
    _close_with_evidence(state, kinds)
    _lapse(state, firing, findings)
    _close_tasks(state)
    state.write()


def _read(case: Case, kinds: Kinds, by: User, at: datetime) -> _Book:
    """What stands, each task held once, however many duties stand in it."""
    tasks = (
        list(Task.objects.filter(case=case, state="open").select_related("owner_team"))
        if is_asked((Task,), kinds)
        else []
    )
    duties = list(Duty.objects.filter(case=case).select_related("task")) if is_asked((Duty,), kinds) else []
    held = {task.pk: task for task in tasks}
    for duty in duties:
        duty.task = held.setdefault(duty.task_id, duty.task)
    return _Book(case, by, at, duties, {(task.act, task.owner_team_id): task for task in tasks})


def _open_new(state: _Book, firing: dict[str, Finding], router: Router) -> None:
    fresh: list[Duty] = []
    for finding in firing.values():
        for route in router.routes(finding.rule):
            about = _not_yet_owed(state.duties, finding, route)
            if about is not None:
                fresh.append(_new_duty(state, finding, route, about))
    state.duties.extend(fresh)


def _not_yet_owed(duties: Iterable[Duty], finding: Finding, route: Route) -> list[str] | None:
    """Whom a new duty is about; None when the rule's duty stands already, or was settled, for everybody it fires for."""
    same = [d for d in duties if d.rule == finding.rule.id and d.for_agency == route.for_agency and d.state in SETTLED]
    if not same:
        return list(finding.about)
    if not all(duty.about for duty in same):
        return None  # owed for the whole family already
    missing = sorted(set(finding.about) - {person for duty in same for person in duty.about})
    return missing or None


def _new_duty(state: _Book, finding: Finding, route: Route, about: list[str]) -> Duty:
    deadline, immediate = deadline_of(state.case, finding, about, state.counted)
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
    _tighten(state, task, deadline, immediate)
    if immediate:
        state.urgent.append(task)
    return duty


def deadline_of(
    case: Case, finding: Finding, about: list[str], counted: Counted | None = None
) -> tuple[Deadline, bool]:
    """By when, and whether the text says at once. A limit the pack cannot count is asked of whoever registered it.

    `counted` keeps what was asked already: several duties of one act often have one deadline.
    """
    timer = finding.rule.timer
    start = finding.frame.get(timer.starts) if timer else None
    immediate = timer is not None and timer.limit in ("immediate", "without delay")
    if timer is not None and isinstance(start, datetime):
        if timer.limit in hooks.DEADLINES:
            key, held = (timer.limit, start, tuple(about)), {} if counted is None else counted
            if key not in held:
                held[key] = hooks.DEADLINES[timer.limit](case, start, about)
            return held[key], immediate
        if timer.by_calendar:
            hours, days = timer.limit_hours, timer.limit_working_days
            return deadline_by_calendar(start, limit_hours=hours, limit_working_days=days), immediate
    due, text = due_of(finding.rule, finding.frame)
    return Deadline(due, text), immediate


def _tighten(state: _Book, task: Task, deadline: Deadline, immediate: bool) -> None:
    """A task is due when its first duty is."""
    earlier = deadline.due is not None and (task.due_on is None or deadline.due < task.due_on)
    if earlier or (immediate and not task.immediate):
        task.due_on = deadline.due if earlier else task.due_on
        task.immediate = task.immediate or immediate
        state.tightened.append(task)


def _tell(state: _Book, reads: Callable[[Duty], bool]) -> None:
    """A duty stands in its team's task, and is read there once its team knows what it hangs on."""
    for duty in state.duties:
        told = duty.task if duty.state == "open" and reads(duty) else None
        if duty.state != "open" or duty.told_in_id == (told.pk if told else None):
            continue
        duty.told_in = told
        if not duty._state.adding:
            state.told.append(duty)


def _learn_deadlines(state: _Book, firing: dict[str, Finding]) -> None:
    """A deadline that could not be worked out when the duty arose (the school was not known) is worked out once it can be."""
    for duty in state.duties:
        finding = firing.get(duty.rule)
        if finding is None or duty.state != "open" or duty.due_on is not None or duty._state.adding:
            continue
        if finding.rule.timer is None or finding.rule.timer.limit not in hooks.DEADLINES:
            continue
        deadline, _ = deadline_of(state.case, finding, duty.about, state.counted)
        if deadline.due is not None:
            duty.due_on, duty.due_text = deadline.due, deadline.text
            duty.save(update_fields=["due_on", "due_text"])
            _tighten(state, duty.task, deadline, False)


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
        state.moved.append(duty)
        _tighten(state, duty.task, Deadline(duty.due_on, duty.due_text), False)


def _close_with_evidence(state: _Book, kinds: Kinds) -> None:
    """What a team did without knowing what a duty hangs on does not close it: somebody must send it first."""
    found: dict[str, list[hooks.Evidence]] = {}
    for duty in state.duties:
        if duty.state != "open":
            continue
        rule = rules().get(duty.rule)
        for kind in rule.discharged_by if rule else ():
            if kind not in found:
                found[kind] = hooks.evidence(kind, state.case, kinds)
            evidence = _covering(duty, found[kind]) if duty.told_in_id else None
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
    new = duty._state.adding
    if new:
        DUTY.check(duty, state, why)
        duty.state = state
    else:
        DUTY.move(duty, to=state, by=by, at=at, why=why)
    duty.ended_on, duty.ended_why = at, why
    if evidence is not None:
        duty.evidence_kind, duty.evidence_id = evidence.kind, evidence.record[1]
    if not new:
        duty.save(update_fields=["ended_on", "ended_why", "evidence_kind", "evidence_id"])


def _lapse(state: _Book, firing: dict[str, Finding], findings: dict[str, Finding]) -> None:
    """A duty whose rule was decided *no*, or gives way, lapses and says why; one that can no longer be told stays open."""
    fires = {rule: found for rule, found in findings.items() if found.outcome is Outcome.FIRES}
    away = giving_way((found.rule for found in fires.values()), fires)
    for duty in state.duties:
        finding = findings.get(duty.rule)
        if duty.state != "open" or duty.rule in firing or finding is None:
            continue
        if finding.outcome is Outcome.DOES_NOT_FIRE:
            _end(duty, "lapsed", state.by, state.at, why=f"The facts changed: “{finding.rule.when}” is no longer so.")
        elif duty.rule in away:
            why = f"Another rule asks for what excludes it: {findings[away[duty.rule]].rule.gist}"
            _end(duty, "lapsed", state.by, state.at, why=why)


def _close_tasks(state: _Book) -> None:
    busy = {duty.task_id for duty in state.duties if duty.state == "open"}
    for task in state.tasks.values():
        if task.pk not in busy:
            task.state, task.closed_on = "closed", state.at
            if not task._state.adding:
                task.save(update_fields=["state", "closed_on"])
