"""Whether somebody may be reached in a way at a moment: decided from what is recorded, without a database and without a clock.

Every check that fails gives its reason; with none the answer is yes. Whoever is asked in doubt is a colleague, never the machine.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from alongside.clock import ContactWindow, may_contact, next_opening
from alongside.clock.contact import CLOCKS_CHANGE as CLOCKS_CHANGE_WORDS
from alongside.people.contact import codes

# The stricter of what practice says, until a partnership chooses: `contact_confirmed_days` of packs/england.
DAYS = 30


@dataclass(frozen=True, slots=True)
class AreaRules:
    """What the procedures and choices of a person's areas allow, the strictest of them; as it stands where nothing is chosen."""

    known: bool = True
    letters: str = "forbidden"
    leaflets: str = "forbidden-at-home"
    voicemail: str = "forbidden"
    days: int = DAYS
    # Acts that a procedure in force there forbids, whatever is chosen.
    barred: frozenset[str] = frozenset()

    def allows(self, act: str) -> bool:
        """Whether an area lets something be posted or left at all."""
        chosen = {
            "letter": self.letters == "second-reader",
            "leaflet": self.leaflets == "if-safe",
            "voicemail": self.voicemail == "agreed-words",
        }
        return chosen.get(act, True) and codes.PROCEDURE_ACTS.get(act) not in self.barred


@dataclass(frozen=True, slots=True)
class Way:
    """One way of reaching somebody, as last confirmed. None and "" are *not known*; hours in words are `in_words`."""

    confirmed_on: datetime
    safe: bool | None = None
    monitored: bool | None = None
    shared: bool | None = None
    when: str = ""
    windows: tuple[ContactWindow, ...] = ()
    in_words: bool = False
    answered_by: str = ""
    may_leave: bool | None = None
    has_code_word: bool = False
    has_words: bool = False
    has_value: bool = False
    # A letter goes to an address of the record that still stands; None for every other way.
    address_stands: bool | None = None


@dataclass(frozen=True, slots=True)
class Around:
    """What else is on record of the same human being: when last, or None."""

    no_contact_since: datetime | None = None
    addresses_changed_on: datetime | None = None
    protected_since: datetime | None = None
    said_elsewhere_on: datetime | None = None
    somebody_else_on: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """`reasons` are codes, none when the answer is yes. `opens_on`: only the hour is wrong, and then it is right."""

    reasons: tuple[str, ...] = ()
    opens_on: datetime | None = None

    @property
    def verdict(self) -> str:
        """yes, no, or decide: everything but the hours is known to be safe, and those are in words that a person reads."""
        if not self.reasons:
            return "yes"
        return "decide" if self.reasons == (codes.HOURS_IN_WORDS,) else "no"

    @property
    def allowed(self) -> bool:
        return not self.reasons

    @property
    def sentence(self) -> str:
        return " ".join(codes.REASONS[reason] for reason in self.reasons)


def decide(act: str, way: Way | None, around: Around, area: AreaRules, at: datetime, *, by_hand: bool) -> Answer:
    """May this be done now? `by_hand`: a person does it and can use the agreed words; else a machine sends what it always sends."""
    if way is None:
        return Answer((codes.NO_CONTACT,) if around.no_contact_since else (codes.NOTHING,))
    found = (
        *_confirmed(way, around, area, at),
        *_overheard(act, way),
        *_words(act, way, by_hand=by_hand),
        *_area(act, area),
        *(_post(way, around) if act == "letter" else ()),
        *_hours(act, way, at),
    )
    reasons = tuple(dict.fromkeys(found))
    waits = reasons == (codes.OUTSIDE_HOURS,) or reasons == (codes.CLOCKS_CHANGE,)
    return Answer(reasons, next_opening(way.windows, at) if waits else None)


def _confirmed(way: Way, around: Around, area: AreaRules, at: datetime) -> Iterator[str]:
    """Said to be safe, by a word that still counts and that nothing came after."""
    if way.safe is not True:
        yield codes.NOT_SAFE if way.safe is False else codes.SAFE_NOT_KNOWN
    if not way.has_value:
        yield codes.NO_ADDRESS
    said = way.confirmed_on
    if said > at or at - said > timedelta(days=area.days):
        yield codes.EXPIRED
    if _after(around.no_contact_since, said):
        yield codes.NO_CONTACT
    if _after(around.said_elsewhere_on, said):
        yield codes.NOT_CURRENT
    if way.answered_by != "anybody" and _after(around.somebody_else_on, said):
        yield codes.SOMEBODY_ELSE


def _after(moment: datetime | None, said: datetime) -> bool:
    """Whether something was recorded when a way was confirmed, or later: at one moment the stricter word stands."""
    return moment is not None and moment >= said


def _overheard(act: str, way: Way) -> Iterator[str]:
    if act == "through-professional":
        return
    if way.monitored is not False:
        yield codes.OVERHEARD if way.monitored else codes.OVERHEARD_NOT_KNOWN
    stays = act in codes.LEFT_BEHIND
    if stays and way.shared is not False:
        yield codes.SHARED if way.shared else codes.SHARED_NOT_KNOWN
    if act in codes.ANSWERED and not way.answered_by:
        yield codes.ANSWER_NOT_KNOWN
    if act in codes.WAYS and way.may_leave is not True:
        yield codes.NOT_LEFT if way.may_leave is False else codes.LEFT_NOT_KNOWN


def _words(act: str, way: Way, *, by_hand: bool) -> Iterator[str]:
    if not by_hand and way.has_code_word:
        yield codes.NEEDS_WORDS
    if act == "voicemail" and not (way.has_code_word or way.has_words):
        yield codes.NO_WORDS


def _area(act: str, area: AreaRules) -> Iterator[str]:
    if act not in codes.PROCEDURE_ACTS:
        return
    if not area.known:
        yield codes.AREA_NOT_KNOWN
    elif not area.allows(act):
        yield codes.AREA_FORBIDS


def _post(way: Way, around: Around) -> Iterator[str]:
    """Only to an address that stands, confirmed since any address changed and since the person was protected."""
    if way.has_value and (way.address_stands is not True or _after(around.addresses_changed_on, way.confirmed_on)):
        yield codes.ADDRESS_CHANGED
    if _after(around.protected_since, way.confirmed_on):
        yield codes.PROTECTED


def _hours(act: str, way: Way, at: datetime) -> Iterator[str]:
    if act in codes.AT_ANY_HOUR or way.when == "any":
        return
    if way.when != "hours":
        yield codes.HOURS_IN_WORDS if way.in_words else codes.HOURS_NOT_KNOWN
        return
    answer = may_contact(way.windows, at)
    if not answer.allowed:
        yield _reason(way, answer.reason)


def _reason(way: Way, said: str) -> str:
    if not way.windows:
        return codes.HOURS_NOT_KNOWN
    return codes.CLOCKS_CHANGE if said == CLOCKS_CHANGE_WORDS else codes.OUTSIDE_HOURS
