"""What an agency could have known: worked out from what never changes, so nothing entered later alters an earlier view."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.duties.knowing import Gift, Picture, picture
from alongside.duties.models import Evaluation
from alongside.gate.viewing import Door
from alongside.procedures.queries import library

START = datetime(2026, 3, 1, 9, tzinfo=UTC)
POLICE, CSC, HEALTH = (UUID(int=number) for number in (1, 2, 3))
CHILD = str(UUID(int=9))
FACTS = ("victim_pregnant", "weapon_used", "child_experienced_incident")


def hour(number: int) -> datetime:
    return START + timedelta(hours=number)


def row(name: str, value: object, agency: UUID, *, since: datetime | None = None, kind: str = "x") -> dict[str, object]:
    return {
        "name": name,
        "about": CHILD if name.startswith("child") else None,
        "value": value,
        "said_by": "Police officer",
        "manner": "answered",
        "record": ["duties.observedfact", f"{kind}-{agency}-{value}"],
        "since": since.isoformat() if since else None,
        "disputed": [],
        "standing": 3,
        "agency": str(agency),
    }


def snapshot(version: int, at: datetime, rows: list[dict[str, object]], *, kept: bool = True) -> Evaluation:
    """An evaluation that holds these statements, several of one fact among `said`."""
    counted = [(one["name"], one["about"]) for one in rows]
    several = [one for one in rows if counted.count((one["name"], one["about"])) > 1]
    return Evaluation(
        version=version,
        evaluated_at=at,
        area="coventry",
        in_force_on=at.date(),
        facts=list({(one["name"], one["about"]): one for one in rows}.values()),
        said=several if kept else None,
        people={"child": [CHILD], "pair": []} if kept else None,
        outcomes={},
    )


def told(found: Picture) -> object:
    """All that a picture says, comparable."""
    vocabulary = library().vocabulary
    book = found.book(vocabulary)
    return (
        {source: (known.rows, known.on, known.how) for source, known in found.held.items()},
        {(fact.name, fact.about): (fact.value, fact.since, fact.disputed) for fact in book.rows()},
        found.people(),
        found.is_whole,
        found.is_kept,
    )


# What may happen, each at its own hour: an agency states something (from whatever day on), takes it back, a door opens or closes,
# something is sent or opened.
events = st.lists(
    st.one_of(
        st.tuples(
            st.just("state"),
            st.sampled_from([POLICE, CSC, HEALTH]),
            st.sampled_from(FACTS),
            st.sampled_from([True, False, None]),
            st.integers(-48, 0),
        ),
        st.tuples(st.just("take back"), st.sampled_from([POLICE, CSC, HEALTH]), st.sampled_from(FACTS)),
        st.tuples(st.just("open"), st.sampled_from([POLICE, CSC, HEALTH])),
        st.tuples(st.just("close"), st.sampled_from([POLICE, CSC, HEALTH])),
        st.tuples(st.just("send"), st.sampled_from([CSC, HEALTH]), st.sets(st.sampled_from(FACTS))),
        st.tuples(st.just("read"), st.sampled_from([CSC, HEALTH])),
    ),
    max_size=12,
)


class World:
    """What is kept of a case, as it grows."""

    def __init__(self) -> None:
        self.said: dict[tuple[UUID, str], dict[str, object]] = {}
        self.snapshots: list[Evaluation] = []
        self.doors: dict[UUID, list[Door]] = {}
        self.gifts: dict[UUID, list[Gift]] = {}

    def happens(self, event: tuple[object, ...], at: datetime) -> None:
        match event:
            case ("state", UUID() as agency, str(name), value, int(hours)):
                self.said[agency, name] = row(name, value, agency, since=at + timedelta(hours=hours))
            case ("take back", UUID() as agency, str(name)):
                self.said.pop((agency, name), None)
            case ("open", UUID() as agency):
                self.doors.setdefault(agency, []).append(Door(at))
            case ("close", UUID() as agency):
                held = self.doors.get(agency, [])
                self.doors[agency] = [replace(one, until=one.until or at) for one in held]
            case ("send", UUID() as agency, set() as names):
                words = {True: "yes", False: "no"}
                went = {
                    (f"{n}:{r['about'] or ''}", words.get(r["value"], ""))
                    for (_, n), r in self.said.items()
                    if n in names
                }
                self.gifts.setdefault(agency, []).append(Gift(at, "a referral", frozenset(went)))
            case ("read", UUID() as agency):
                self.gifts[agency] = [replace(one, opened_on=one.opened_on or at) for one in self.gifts.get(agency, [])]
        self.snapshots = [*self.snapshots, snapshot(len(self.snapshots), at, list(self.said.values()))]

    def seen(self, agency: UUID, at: datetime) -> object:
        doors, gifts = self.doors.get(agency, []), self.gifts.get(agency, [])
        return told(picture(self.snapshots, agency, doors, gifts, at))


@settings(max_examples=150, deadline=None)
@given(events)
def test_nothing_entered_later_alters_an_earlier_view(happened: list[tuple[object, ...]]) -> None:
    world, views = World(), {}
    for number, event in enumerate(happened):
        at = hour(number)
        world.happens(event, at)
        for agency in (POLICE, CSC, HEALTH):
            views[agency, at] = world.seen(agency, at)
            views[agency, at + timedelta(minutes=30)] = world.seen(agency, at + timedelta(minutes=30))
    for (agency, at), view in views.items():
        assert world.seen(agency, at) == view, (agency, at)


@settings(max_examples=100, deadline=None)
@given(events)
def test_nobody_could_have_known_what_was_neither_theirs_nor_sent_nor_open(happened: list[tuple[object, ...]]) -> None:
    world = World()
    for number, event in enumerate(happened):
        world.happens(event, hour(number))
        for agency in (POLICE, CSC, HEALTH):
            doors, gifts = world.doors.get(agency, []), world.gifts.get(agency, [])
            found = picture(world.snapshots, agency, doors, gifts, hour(number))
            for source, known in found.held.items():
                assert known.on <= hour(number)
                if source[2] != str(agency):
                    sent = {key for gift in gifts for key, _ in gift.facts}
                    assert doors or f"{source[0]}:{source[1]}" in sent


def held(found: Picture) -> dict[str, object]:
    return {source[0]: next(one["value"] for one in known.rows) for source, known in found.held.items()}


def test_what_was_sent_is_known_as_it_was_sent_and_no_correction_after() -> None:
    world = World()
    world.happens(("state", POLICE, "weapon_used", True, -5), hour(0))
    world.happens(("send", CSC, {"weapon_used"}), hour(1))
    world.happens(("state", POLICE, "weapon_used", False, -5), hour(2))
    assert held(picture(world.snapshots, CSC, [], world.gifts[CSC], hour(0))) == {}
    assert held(picture(world.snapshots, CSC, [], world.gifts[CSC], hour(3))) == {"weapon_used": True}
    assert held(picture(world.snapshots, POLICE, [], [], hour(3))) == {"weapon_used": False}
    known = next(iter(picture(world.snapshots, CSC, [], world.gifts[CSC], hour(3)).held.values()))
    assert (known.on, known.how) == (hour(1), "sent")


def test_a_door_shows_everything_from_when_it_opened_and_what_was_seen_stays_seen() -> None:
    world = World()
    world.happens(("state", POLICE, "weapon_used", True, -5), hour(0))
    world.happens(("open", HEALTH), hour(2))
    world.happens(("close", HEALTH), hour(4))
    world.happens(("state", POLICE, "victim_pregnant", True, -5), hour(6))
    doors = world.doors[HEALTH]
    assert held(picture(world.snapshots, HEALTH, doors, [], hour(1))) == {}
    assert held(picture(world.snapshots, HEALTH, doors, [], hour(2))) == {"weapon_used": True}
    assert held(picture(world.snapshots, HEALTH, doors, [], hour(8))) == {"weapon_used": True}


def test_what_becomes_true_later_is_not_true_yet_and_differing_statements_are_disputed() -> None:
    world = World()
    world.happens(("state", POLICE, "weapon_used", True, -5), hour(0))
    world.happens(("state", CSC, "weapon_used", False, -1), hour(1))
    world.happens(("open", HEALTH), hour(2))
    book = picture(world.snapshots, HEALTH, world.doors[HEALTH], [], hour(3)).book(library().vocabulary)
    assert (book.case["weapon_used"].value, set(book.case["weapon_used"].disputed)) == (None, {True, False})
    own = picture(world.snapshots, CSC, [], [], hour(3)).book(library().vocabulary)
    assert own.case["weapon_used"].value is False
    later = [snapshot(0, hour(0), [row("weapon_used", True, POLICE, since=hour(9))])]
    assert picture(later, POLICE, [], [], hour(1)).book(library().vocabulary).case == {}
    assert picture(later, POLICE, [], [], hour(9)).book(library().vocabulary).case["weapon_used"].value is True


def test_before_it_was_kept_who_said_what_it_cannot_be_told() -> None:
    old = snapshot(0, hour(0), [row("weapon_used", True, POLICE)], kept=False)
    new = snapshot(1, hour(4), [row("weapon_used", True, POLICE)])
    assert not picture([old], POLICE, [], [], hour(1)).is_kept
    assert not picture([old, new], POLICE, [], [], hour(1)).is_kept
    found = picture([old, new], POLICE, [], [], hour(5))
    assert found.is_kept
    assert found.kept_from == hour(4)
    assert held(found) == {"weapon_used": True}
    assert picture([], POLICE, [], [], hour(1)).last is None


def test_only_people_of_whom_something_was_known_take_part() -> None:
    said = [row("weapon_used", True, POLICE), row("child_experienced_incident", True, POLICE)]
    gift = Gift(hour(1), "a referral", frozenset({("weapon_used:", "yes")}))
    found = picture([snapshot(0, hour(0), said)], CSC, [], [gift], hour(2))
    assert found.people() == {"child": [], "pair": []}
    assert picture([snapshot(0, hour(0), said)], POLICE, [], [], hour(2)).people()["child"] == [UUID(CHILD)]


def test_what_was_taken_back_is_gone_for_those_who_could_see_that_and_stays_with_a_receiver() -> None:
    world = World()
    world.happens(("state", POLICE, "weapon_used", True, -5), hour(0))
    world.happens(("send", CSC, {"weapon_used"}), hour(1))
    world.happens(("open", HEALTH), hour(2))
    world.happens(("take back", POLICE, "weapon_used"), hour(3))
    assert held(picture(world.snapshots, POLICE, [], [], hour(4))) == {}
    assert held(picture(world.snapshots, HEALTH, world.doors[HEALTH], [], hour(2))) == {"weapon_used": True}
    assert held(picture(world.snapshots, HEALTH, world.doors[HEALTH], [], hour(4))) == {}
    assert held(picture(world.snapshots, CSC, [], world.gifts[CSC], hour(4))) == {"weapon_used": True}
