"""What higher apps register with people: what to do when somebody has said whether two records are one human being, the rules of an area."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from alongside.agencies.models import Team, User
from alongside.audit.api import Actor
from alongside.gate.viewing import Viewer
from alongside.people.contact.rules import AreaRules
from alongside.people.models import Person
from alongside.people.shielding import CaseTies


class Linked(Protocol):
    """Called after an answer to "Who is this?" or its undoing, in the same transaction, with the person it is about."""

    def __call__(self, *, person: Person, by: User, at: datetime) -> None: ...


LINKED: list[Linked] = []


@dataclass(frozen=True)
class Lead:
    """A page about who is known where, of a higher app: its text, the name of its address, and who may open it."""

    text: str
    route: str
    permission: str


LEADS: list[Lead] = []


def lead_to(text: str, route: str, *, permission: str) -> None:
    """Lead from Search to a page of a higher app."""
    lead = Lead(text, route, permission)
    if lead not in LEADS:
        LEADS.append(lead)


ABOUT: list[Lead] = []


def about_person(text: str, route: str, *, permission: str) -> None:
    """Lead from the page of a person to a page of a higher app about them; the address takes the person's id."""
    lead = Lead(text, route, permission)
    if lead not in ABOUT:
        ABOUT.append(lead)


def on_link(listener: Linked) -> None:
    """Be told of every answer."""
    LINKED.append(listener)


# Where a viewer says why they need records that their own agency holds and that are closed to them, of those shown for a person.
WaysIn = Callable[[Person, Collection[UUID], Viewer], Mapping[UUID, str]]
WAYS_IN: list[WaysIn] = []


def register_way_in(find: WaysIn) -> None:
    """Lead from "Who is this?" to a page that opens a record of another team, with a reason."""
    WAYS_IN[:] = [find]


class Asked(Protocol):
    """Called when a team is asked about reaching somebody, and when it has answered, in the same transaction."""

    def __call__(self, *, person: Person, team: Team, is_open: bool, by: Actor, at: datetime) -> None: ...


ASKED: list[Asked] = []


def on_asked(listener: Asked) -> None:
    """Be told whenever a team has something to do about reaching somebody, and when it has not any more."""
    if listener not in ASKED:
        ASKED.append(listener)


# What the areas of some records of one human being allow at a moment, and which team is asked about one record.
AreaRulesOf = Callable[[Collection[UUID], datetime], AreaRules | None]
TeamAskedAbout = Callable[[Person], Team | None]
AREA_RULES: list[AreaRulesOf] = []
TEAM_ASKED: list[TeamAskedAbout] = []


def register_contact(area_rules: AreaRulesOf, team: TeamAskedAbout) -> None:
    """Say what the area of a person allows by post and voice message, and who decides where it cannot be shown to be safe."""
    AREA_RULES[:] = [area_rules]
    TEAM_ASKED[:] = [team]


# Whether somebody may be told where a person lives and how to reach them; raises `Refused` with the sentence they read.
CheckMayLocate = Callable[[User, Person], None]
MAY_LOCATE: list[CheckMayLocate] = []


def check_may_locate(by: User, person: Person) -> None:
    """Raise where somebody works for the other side of a person's family."""
    for check in MAY_LOCATE:
        check(by, person)


CaseTiesOf = Callable[[Collection[UUID]], CaseTies]
CASE_TIES: list[CaseTiesOf] = []


def register_case_ties(ties: CaseTiesOf) -> None:
    """Say what cases tell of who lives with whom: shields are worked out by it, and no viewer sees it."""
    CASE_TIES[:] = [ties]
