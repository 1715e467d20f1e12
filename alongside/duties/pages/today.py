"""Today: what must I do now, for whom, by when. No full name stands here until it is pressed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.urls import reverse

from alongside.cases import pages as cases
from alongside.cases import queries as case_queries
from alongside.duties import hooks, queries, words
from alongside.duties.models import Question, Task
from alongside.duties.pages.cites import cites_of, heaviest_first, missing_copies, rules_for
from alongside.duties.pages.ringing import Ring, ring_first
from alongside.gate.viewing import Viewer
from alongside.procedures.queries import library, rules

ON_A_PAGE = 25
SHOWN_WAITING = 5
SHOWN_QUESTIONS = 3
HEADINGS = {queries.NOW: "Now", queries.TODAY: "Due today", queries.NO_TIME: "No time is given", queries.LATER: "Later"}


@dataclass
class Card:
    """A task as its card shows it."""

    task: Task
    title: str
    about: str
    cites: list[dict[str, Any]]
    due_text: str
    button: str
    href: str
    heading: str
    ring: Ring | None = None
    names: list[str] = field(default_factory=list)
    meant_for: list[str] = field(default_factory=list)
    can_show_names: bool = False

    @property
    def immediate_since(self) -> object:
        """Since when an immediate task counts."""
        if not self.task.immediate:
            return None
        since = (duty.due_on or duty.fired_at for duty in queries.open_of(self.task) if _at_once(duty.rule))
        return min(since, default=self.task.opened_at)


def _at_once(rule: str) -> bool:
    timer = rules()[rule].timer if rule in rules() else None
    return timer is not None and timer.limit in ("immediate", "without delay")


def today(viewer: Viewer, *, number: str = "1", named: str = "") -> dict[str, Any]:
    """Everything on the page; `named` is the task whose people were asked for by name (the caller has logged that)."""
    counts = queries.counts(viewer)
    page = _pages(queries.my_tasks(viewer), counts.open).get_page(number)
    questions, waiting = queries.my_questions(viewer), queries.waiting_for_others(viewer)
    asked = queries.cases_asked(questions)
    weightiest = by_case([row["case"] for row in asked[:SHOWN_QUESTIONS]], questions)
    members = case_queries.members_in_brief(
        {task.case_id for task in page} | {held[0].case_id for held in weightiest}, viewer
    )
    shown = cards(page, members, viewer, named=named)
    return {
        "page": page,
        "cards": shown,
        "unfinished": [one for find in hooks.UNFINISHED for one in find(viewer)],
        "missing_copies": missing_copies({one["rule"]: one for card in shown for one in card.cites}),
        "counts": counts,
        "questions": asked_in(weightiest, cases.lines((held[0].case for held in weightiest), members, viewer.at)),
        "cases_asked": asked.count(),
        "waiting": waits(waiting[:SHOWN_WAITING], {}),
        "waiting_count": waiting.count(),
    }


def _pages(rows: QuerySet[Task], count: int) -> Paginator[Task]:
    """Pages of rows that are counted already."""
    found = Paginator(rows, ON_A_PAGE)
    found.__dict__["count"] = count  # where the paginator keeps what it has counted itself
    return found


def cards(page: Page[Task] | list[Task], members: cases.Members, viewer: Viewer, *, named: str = "") -> list[Card]:
    """Cards of one page of tasks, with the members of their cases: as many statements for sixty tasks as for three."""
    tasks = list(page)
    cites = cites_of({duty.rule for task in tasks for duty in queries.open_of(task)})
    here = rules_for({task.case for task in tasks}, viewer.at)
    rings = ring_first(tasks)
    made: list[Card] = []
    before = None
    for task in tasks:
        people = members.get(task.case_id, [])
        urgency = getattr(task, "urgency", None)
        card = Card(
            task=task,
            title=words.act(task.act),
            about=" · ".join(
                part for part in (task.case.area.name, cases.brief(task.case, people, viewer.at).words) if part
            ),
            cites=[cites[id_] | {"local": here[task.case_id][id_].local} for id_ in _own_first(task) if id_ in cites],
            due_text=due_text(task),
            button=button(task),
            href=act_page(task),
            heading=HEADINGS[urgency] if urgency is not None and urgency != before else "",
            ring=None if task.spoken_at else rings.get(task.pk),
            meant_for=meant_for(task),
            can_show_names=bool(people),
        )
        if str(task.pk) == named:
            card.names = [
                f"{m.person.full_name} ({m.get_role_display()[0].lower() + m.get_role_display()[1:]})" for m in people
            ]
        before = urgency
        made.append(card)
    return made


def _own_first(task: Task) -> list[str]:
    """Rules of a task: those its own team owes, then those it hands over, each heaviest first."""
    own = heaviest_first(d.rule for d in queries.open_of(task) if d.meant_for_id is None)
    return own + [id_ for id_ in heaviest_first(d.rule for d in queries.open_of(task)) if id_ not in own]


def due_text(task: Task) -> str:
    """The words of a task without a moment: the first duty's own, else that no time is given."""
    return next((d.due_words for d in queries.open_of(task) if d.due_text and d.due_on is None), "no time is given")


def button(task: Task) -> str:
    """The words of a task's one button."""
    act = library().acts.get(task.act)
    return act.button if act and act.button and act_page(task) != task_page(task) else "Open the task"


def act_page(task: Task) -> str:
    """Where the act is done; the task's own page where no app has one."""
    make = hooks.ACT_PAGES.get(task.act) or hooks.ACT_PAGES.get("*")
    return make(task) if make else task_page(task)


def task_page(task: Task) -> str:
    return reverse("duties:task", args=[task.pk])


def meant_for(task: Task) -> list[str]:
    """Teams that get their duty once this team has sent the case."""
    return list(
        dict.fromkeys(f"{d.meant_for.agency.name}, {d.meant_for.name}" for d in queries.open_of(task) if d.meant_for)
    )


def waits(tasks: Iterable[Task], lines: Mapping[UUID, cases.Brief]) -> list[dict[str, Any]]:
    """What others still have to do: who, since when; with the lines of the cases, where they are to be shown."""
    return [
        {
            "act": words.act(task.act),
            "who": f"{task.owner_team.agency.name}, {task.owner_team.name}" if task.owner_team else "",
            "task": task,
            "about": lines[task.case_id].words if task.case_id in lines else "",
        }
        for task in tasks
    ]


def by_case(cases_: list[UUID], rows: QuerySet[Question]) -> list[list[Question]]:
    """The questions of each of a few cases, the weightiest first."""
    found: dict[UUID, list[Question]] = {case: [] for case in cases_}
    for row in rows.filter(case__in=cases_) if cases_ else ():
        found[row.case_id].append(row)
    return [held for held in found.values() if held]


def asked_in(found: Iterable[list[Question]], lines: Mapping[UUID, cases.Brief]) -> list[dict[str, Any]]:
    """The weightiest question of each of a few cases, and how many more that case has."""
    facts = library().vocabulary
    return [
        {
            "question": held[0],
            "text": facts[held[0].fact].question,
            "about": lines[held[0].case_id].words,
            "more": len(held) - 1,
        }
        for held in found
    ]
