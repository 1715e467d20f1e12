"""What follows from a call as typed so far: the rules themselves, decided on the draft's facts. Nothing is stored.

The same mapping from fields to facts, the same packs, the same evaluation and the same routing as once it is sent.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from alongside.agencies.models import Area, Team, User
from alongside.cases.models import Case, CaseMember
from alongside.clock import in_london
from alongside.duties import conduct, facts
from alongside.duties.bars import MOMENTS
from alongside.duties.evaluation import Finding, evaluate, people_in
from alongside.duties.facts import NOTIFIED, CaseFile, FactBook, FactValue
from alongside.duties.models import Task
from alongside.duties.providers import the_case_itself
from alongside.duties.routing import Router
from alongside.duties.settling import deadline_of
from alongside.intake.mapping import facts_of
from alongside.intake.opening import places, recording_team
from alongside.intake.outright import read_facts
from alongside.intake.story import Story, cases_of, story_of
from alongside.policy import Outcome, Rule, Rulebook
from alongside.procedures.queries import library, pack_at


@dataclass(frozen=True)
class Preview:
    """`tasks` are not saved; `duties` gives the rules of each by its id. `bars` are (rule, whether it is certain).

    `waiting`: acts that may be asked too, each with the question that would tell.
    `conduct`: whether the platform's own rule stops contact with the family; None when it cannot be told yet.
    """

    case: Case
    tasks: tuple[Task, ...]
    duties: Mapping[UUID, tuple[Rule, ...]]
    bars: tuple[tuple[Rule, bool], ...]
    guidance: tuple[Rule, ...]
    conduct: bool | None = None
    waiting: tuple[tuple[str, str], ...] = ()


def preview(content: Mapping[str, Any], *, areas: Mapping[str, Area], by: User, at: datetime) -> Preview:
    """Decide a draft's first case. `content` is a notification sound in form, its area one of `areas`."""
    said = cases_of(content)[0]
    story = story_of(content, said, areas)
    area = areas.get(story.local_authority) or areas[content["area"]]
    case = _case(story, areas, recording_team(by, area, areas[content["area"]], at), area, by, at)
    ids = {party.id: uuid4() for party in story.people}
    file = CaseFile(
        case, tuple(CaseMember(case=case, person_id=ids[ref], role=role, ref=ref) for ref, role in said.parts), at
    )
    book = _book(file, story, ids, content)
    pack = pack_at(case.places, in_london(at).date())
    findings = evaluate(pack, people_in(file), book)
    tasks, duties = _tasks(case, findings, at)
    return Preview(
        case,
        tasks,
        duties,
        tuple(_bars(pack, findings, book)),
        tuple(_guidance(findings)),
        _conduct(book),
        tuple(_waiting(pack, findings, {task.act for task in tasks}, by.role)),
    )


MOST_WAITING = 4


def _waiting(
    pack: Rulebook, findings: Mapping[str, Finding], asked: Collection[str], role: str
) -> Iterable[tuple[str, str]]:
    """Acts no rule asks for yet, the gravest first, each with a question that whoever records the call can know."""
    open_ = [f for f in findings.values() if f.outcome is Outcome.CANNOT_DECIDE and f.rule.reaches_as == "duty"]
    found: dict[str, str] = {}
    for finding in sorted(open_, key=lambda f: (-f.rule.severity, f.rule.id)):
        act = finding.rule.action or ""
        asks = [pack.vocabulary[name] for name in pack.decide_rule(finding.rule.id, finding.frame).ask]
        question = next(
            (fact.question for fact in asks if fact.askable and fact.kind != "judgement" and role in fact.who), ""
        )
        if question and act not in asked:
            found.setdefault(act, question)
    return list(found.items())[:MOST_WAITING]


def _case(story: Story, areas: Mapping[str, Area], team: Team | None, area: Area, by: User, at: datetime) -> Case:
    return Case(
        area=area,
        **places(story, areas),
        local_authority=story.local_authority,
        opened_by_agency=by.agency,
        recording_team=team,
        opened_at=at,
        opened_by=by,
        occurred_on=story.occurred,
        received_on=story.received,
    )


def _book(file: CaseFile, story: Story, ids: Mapping[str, UUID], content: Mapping[str, Any]) -> FactBook:
    """The facts, settled as those of a case are."""
    source, since = ("intake.draft", ""), story.occurred or story.received
    said = list(the_case_itself(file))
    said += [
        FactValue(s.name, s.value, "", source, since, ids[s.about] if s.about else None, NOTIFIED)
        for s in facts_of(story)
    ]
    said += [FactValue(name, value, "", source, since, None, NOTIFIED) for name, value in read_facts(content).items()]
    return facts.book_of(said)


def _tasks(
    case: Case, findings: Mapping[str, Finding], at: datetime
) -> tuple[tuple[Task, ...], dict[UUID, tuple[Rule, ...]]]:
    """The tasks the firing duties would make, the most pressing first; automatic ones are left to the platform."""
    router = Router(case, library(), [case.opened_by_agency])
    tasks: dict[tuple[str, object], Task] = {}
    duties: dict[UUID, tuple[Rule, ...]] = {}
    for finding in findings.values():
        if finding.outcome is not Outcome.FIRES or finding.rule.reaches_as != "duty":
            continue
        for route in router.routes(finding.rule):
            if not library().acts[route.act].automatic:
                task = tasks.setdefault(
                    (route.act, route.team), Task(case=case, act=route.act, owner_team=route.team, opened_at=at)
                )
                task.immediate = task.immediate or deadline_of(case, finding, list(finding.about))[1]
                duties[task.pk] = (*duties.get(task.pk, ()), finding.rule)
    return tuple(sorted(tasks.values(), key=lambda t: (not t.immediate, t.act))), duties


def _bars(pack: Rulebook, findings: Mapping[str, Finding], book: FactBook) -> Iterable[tuple[Rule, bool]]:
    """Bars in force, the certain ones first, then those that cannot be told yet."""
    held: list[tuple[Rule, Outcome]] = [
        (f.rule, f.outcome)
        for f in findings.values()
        if f.rule.reaches_as == "bar" and f.outcome is not Outcome.DOES_NOT_FIRE
    ]
    held += _of_the_moment(pack, book)
    ordered = sorted(held, key=lambda pair: (pair[1] is not Outcome.FIRES, -pair[0].severity, pair[0].id))
    return ((rule, outcome is Outcome.FIRES) for rule, outcome in ordered)


def _of_the_moment(pack: Rulebook, book: FactBook) -> list[tuple[Rule, Outcome]]:
    """Bars on ways of giving something: the act itself is the moment they hang on."""
    found: list[tuple[Rule, Outcome]] = []
    for act, moment in MOMENTS.items():
        ids = [
            r.id
            for r in pack.rules
            if r.reaches_as == "bar" and r.forbids == act and pack.facts_of(r.id) & moment.keys()
        ]
        outcomes = pack.outcomes({**book.values(), **moment}, rules=ids)
        found += [
            (pack.rule(id_), outcome) for id_, outcome in outcomes.items() if outcome is not Outcome.DOES_NOT_FIRE
        ]
    return found


def _conduct(book: FactBook) -> bool | None:
    said = [book.values().get(name) for name in conduct.FACTS]
    return True if True in said else (False if set(said) == {False} else None)


def _guidance(findings: Mapping[str, Finding]) -> Iterable[Rule]:
    held = (
        f.rule
        for f in findings.values()
        if f.outcome is Outcome.FIRES and f.rule.place == "scene" and f.rule.reaches_as == "guidance"
    )
    return sorted(held, key=lambda rule: (-rule.severity, rule.id))
