"""What higher apps register here: panels on the case page, reasons not to close, and re-evaluation when facts change."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from alongside.agencies.models import Agency, Team, User
from alongside.cases.models import Case
from alongside.gate.viewing import Viewer


@dataclass(frozen=True)
class Panel:
    """One block on the case page: which tab it stands under, its order, its template and a function that gives its context.

    `tab` is one of now, family, timeline, risk, plans, sharing, documents. Under now, from order 50 on, a block stands in
    the side column of a wide screen. The context function reads only through the gate.
    """

    tab: str
    order: int
    template: str
    context: Callable[[Case, Viewer], dict[str, object] | None]


class Changed(Protocol):
    """Called after a change of facts, in the same transaction."""

    def __call__(self, *, case: Case, by: User, at: datetime) -> None: ...


Holders = Callable[[User, Team | None], Iterable[User | Team]]
PANELS: list[Panel] = []
OWN_RECORD: dict[str, Holders] = {}
CHANGED: list[Changed] = []
REASONS_NOT_TO_CLOSE: list[Callable[[Case], Iterable[str]]] = []
BESIDE_ENTRIES: list[Callable[[Case, Viewer], Mapping[tuple[str, str], str]]] = []
AFTER_WHO: list[Callable[[Case, Viewer], str | None]] = []
RISK_WORDS: list[Callable[[Case, Viewer], str | None]] = []


def register_panel(panel: Panel) -> None:
    """Show a block on the case page."""
    PANELS.append(panel)
    PANELS.sort(key=lambda panel: panel.order)


@dataclass(frozen=True)
class Place:
    """A page about a case that stands in its sub-navigation after the tabs: a code, its text and the name of its address, which takes
    the reference."""

    code: str
    text: str
    route: str


PLACES: list[Place] = []


def register_place(place: Place) -> None:
    """Lead from every page of a case to one more."""
    if place not in PLACES:
        PLACES.append(place)


def register_own_record(agency_kind: str, holders: Holders) -> None:
    """Say who sees what somebody of such an agency records, where the agency is many houses under one name."""
    OWN_RECORD[agency_kind] = holders


@dataclass(frozen=True)
class OwnDoor:
    """Somebody sees a record because it is their own: who, and on which ground of the gate."""

    viewer: Agency | Team | User
    ground: str
    purpose: str


def own_record(agency: Agency, by: User, team: Team | None) -> list[OwnDoor]:
    """Who sees what somebody records because it is their own: whoever recorded it, the team whose work it is, and the agency, which
    counts for those who need all of it; unless its kind says more narrowly who."""
    narrower = OWN_RECORD.get(agency.kind)
    if narrower:
        return [OwnDoor(viewer, "own-record", "their house recorded this") for viewer in narrower(by, team)]
    doors = [OwnDoor(agency, "own-record", "the agency recorded this"), OwnDoor(by, "recorded", "recorded this")]
    is_ours = team is not None and team.agency_id == agency.pk
    return [*doors, OwnDoor(team, "at-work", "this is the work of this team")] if team and is_ours else doors


def is_by_house(agency: Agency) -> bool:
    """Whether an agency is many houses under one name, so that a team of it is told nothing that another house recorded."""
    return agency.kind in OWN_RECORD


def colleagues(by: User, team: Team) -> list[Team | User]:
    """Who may know that somebody of a team is at work on something: the team and its deputy, unless the agency's kind says more narrowly who."""
    narrower = OWN_RECORD.get(team.agency.kind)
    if narrower:
        return list(narrower(by, team))
    return [team, team.deputy] if team.deputy else [team]


def on_change(listener: Changed) -> None:
    """Be told of every change of a case's facts."""
    CHANGED.append(listener)


def register_risk_words(tell: Callable[[Case, Viewer], str | None]) -> None:
    """Say the risk of a case in words with when and by whom, for the identity bar; None while nobody has assessed it."""
    RISK_WORDS.append(tell)


def beside_entries(tell: Callable[[Case, Viewer], Mapping[tuple[str, str], str]]) -> None:
    """Say more beside the entries of the timeline, by the record (kind, id) an entry is of."""
    BESIDE_ENTRIES.append(tell)


def after_who(lead: Callable[[Case, Viewer], str | None]) -> None:
    """Lead on from "Who is this?" to what comes next in a call just sent; None where nothing does."""
    AFTER_WHO.append(lead)
