"""Rules, their timers and citations, local parameters, acts and actors: what a pack holds, as frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from alongside.policy.values import Value
from alongside.policy.vocabulary import Fact

REACHES = ("duty", "bar", "threshold", "permission", "guidance", "reference")
DECIDING_KINDS = (
    "obligation",
    "prohibition",
    "threshold",
    "permission",
    "deadline",
    "right",
    "definition",
    "record-keeping",
)
MUST_EXPLAIN = ("obligation", "deadline", "record-keeping")
PLACES = tuple(
    [
        "scene",
        "who",
        "checklist",
        "case",
        "referral",
        "csc-decision",
        "marac",
        "school",
        "idva",
        "contact",
        "interview",
        "conference",
        "orders",
        "disclosure",
        "death-review",
        "assessment",
        "early-help",
        "plan",
        "directory",
        "admin",
    ]
)
FOLLOWS = ("home", "incident", "victim")
STATUSES = ("shipped", "proposed", "confirm")
IN_FORCE = ("shipped", "confirm", "adopted")


MARKS = ("seen", "confirm", "ours")

DEFAULT = "Default, to be confirmed by your partnership"


@dataclass(frozen=True)
class Origin:
    """A page of law or practice, as whoever read it marked it: `seen` on that page, or to `confirm` since nobody saw it there.
    `ours` is no page: a number of our own, to begin with.

    `address` is printed as it was noted, empty where there is none; `line` is where the list of `document` has it, 0 where it is ours.
    """

    id: str
    title: str
    mark: str
    address: str
    read_on: date | None
    document: str = ""
    line: int = 0

    def __str__(self) -> str:
        where = f" ({self.address})" if self.address else ""
        read = f"{self.read_on:%-d %B %Y}" if self.read_on else "a day not noted"
        unseen = (
            "to be confirmed by your partnership"
            if self.mark == "ours"
            else "not verified, to be confirmed by your partnership"
        )
        how = f"seen there, {read}" if self.mark == "seen" else unseen
        return f"{self.title}{where}, {how}"


@dataclass(frozen=True)
class Cite:
    """The place of a sentence: see `alongside.policy.citation`. With `sources` it is law or practice, and has no sentence here."""

    document: str
    section: str
    line: int
    start: int
    length: int
    sha256: str
    sources: tuple[Origin, ...] = ()

    @property
    def says(self) -> str:
        """The sources in words; empty where a document is cited."""
        return "; ".join(map(str, self.sources))

    def as_place(self) -> dict[str, Any]:
        """The fields that `citation.locate` reads."""
        return {"line": self.line, "from": self.start, "length": self.length, "sha256": self.sha256}


@dataclass(frozen=True)
class Timer:
    """A deadline: `limit_hours` hours or `limit_working_days` after the fact `starts`, or the words of `limit`.

    `sundays_left_out`: the hours do not run on Sundays and bank holidays. `met_when` is a condition.
    """

    starts: str
    limit: str | None = None
    limit_hours: int | None = None
    limit_working_days: int | None = None
    met_when: str | None = None
    sundays_left_out: bool = False

    @property
    def by_calendar(self) -> bool:
        """Whether only a calendar of bank holidays can count it."""
        return self.limit_working_days is not None or self.sundays_left_out


@dataclass(frozen=True)
class Example:
    """Facts, and what the rule alone comes to; `ask` is None when the example does not say."""

    given: Mapping[str, Value]
    then: str
    ask: frozenset[str] | None
    line: int


@dataclass(frozen=True)
class Rule:
    """One rule of a pack; the field names are those of the TOML (`packs/README.md`).

    `local` says in words which local choices have changed it, and which it hangs on await confirmation: the gist keeps
    the words of the text. `weakens` is the reason of a partnership whose rule asks for less than the one it `replaces`.
    Where a rule of `yields_to` fires too, this one gives way (`exclusive`).
    """

    id: str
    kind: str
    reaches_as: str
    actor: str
    when: str
    cite: Cite
    gist: str
    action: str | None = None
    discharged_by: tuple[str, ...] = ()
    forbids: str | None = None
    opens: str | None = None
    place: str | None = None
    why_reaches: str | None = None
    by: str | None = None
    timer: Timer | None = None
    severity: int = 1
    effective_from: date | None = None
    effective_to: date | None = None
    replaces: str | None = None
    weakens: str | None = None
    yields_to: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    local: tuple[str, ...] = ()
    pack: str = ""
    file: str = ""
    line: int = 0
    when_line: int = 0

    @property
    def binds(self) -> bool:
        """Whether people must heed it: nothing more local may then ask for less without saying why."""
        return self.reaches_as in ("duty", "bar", "threshold") or self.kind in (*MUST_EXPLAIN, "prohibition")

    @property
    def calls_for(self) -> str:
        """The act that it asks for or opens; empty for a rule of no act, and for a bar."""
        return "" if self.forbids else self.action or self.opens or ""

    def in_force(self, on: date) -> bool:
        """Whether the rule holds on a day; the last day counts."""
        return _holds(self.effective_from, self.effective_to, on)


@dataclass(frozen=True)
class Replacement:
    """Words of a rule which a parameter takes the place of once it has a value in force (only that value: `only_if`)."""

    rule: str
    was: str
    becomes: str
    part: str = "when"
    only_if: str | None = None


@dataclass(frozen=True)
class Parameter:
    """A local choice. `value` is None while unset; `proposed` is shown and not in force.

    `status` is shipped, confirm (in force, awaiting the partnership's confirmation), proposed, adopted or None.
    `changes_nothing_yet` says what stands instead where no rule asks for the choice; it `concerns` these rules. `page` is the name of
    the page that counts with it, where no rule does.
    """

    name: str
    type: str = "word"
    value: Any = None
    proposed: Any = None
    status: str | None = None
    may_vary: tuple[Any, ...] = ()
    slot: str | None = None
    text_says: Any = None
    conflict: str | None = None
    cite: Mapping[str, Any] | None = None
    sources: tuple[Origin, ...] = ()
    question: str = ""
    said: str = ""
    replaces: tuple[Replacement, ...] = ()
    changes_nothing_yet: str = ""
    concerns: tuple[str, ...] = ()
    page: str = ""
    effective_from: date | None = None
    effective_to: date | None = None
    pack: str = ""
    file: str = ""
    line: int = 0

    @property
    def in_force(self) -> Any:
        """The value that holds, or None."""
        return self.value if self.status in IN_FORCE else None

    def says(self, value: Any) -> str:
        """The choice in words, beside a gist that keeps the words of the text; empty where the text says the same."""
        if value == self.text_says:
            return ""
        if self.type == "integer":
            instead = f" in place of {self.text_says}" if self.text_says is not None else ""
            return f"Your partnership has adopted {value}{instead}."
        return f"Your partnership has adopted, on “{self._asks}”: {in_words(value)}."

    def awaits(self, value: Any, fact: Fact | None = None) -> str:
        """The same for a default in force that the partnership has still to confirm, in the words of the fact of its name."""
        return f"{DEFAULT}, on “{self._asks}”: {in_words(value, fact)}."

    @property
    def _asks(self) -> str:
        return self.question or self.name.replace("_", " ")

    def accepts(self, value: Any) -> bool:
        """Whether a value is of the parameter's type and within what may vary."""
        return fits(self.type, value) and within(self.type, value, self.may_vary)

    @property
    def limits(self) -> str:
        """What it may be, in words: a range, or the words allowed; empty where nothing is said."""
        return (" to " if self.type == "integer" else ", ").join(map(str, self.may_vary))

    def holds_on(self, on: date) -> bool:
        """Whether this period of the parameter includes a day."""
        return _holds(self.effective_from, self.effective_to, on)


@dataclass(frozen=True)
class Act:
    """What a person can do (packs/acts); `evidence` are the kinds of record that close it; `follows` overrides its actor's.

    Who does it cannot also do what it `excludes`, nor the other way round.
    """

    code: str
    label: str = ""
    button: str = ""
    does: str = ""
    kind: str = "do"
    owner: str | None = None
    evidence: tuple[str, ...] = ()
    follows: str | None = None
    excludes: tuple[str, ...] = ()
    telephone: bool = False
    automatic: bool = False
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Actor:
    """Who a rule is about, where its duties go, and whose area's text holds for it (packs/owners.toml)."""

    code: str
    says: str = ""
    owner: str = "outside"
    agency_kind: str | None = None
    role: str | None = None
    follows: str = "home"


def in_words(value: Any, fact: Fact | None = None) -> str:
    """A value as a person says it: in the phrase that a fact has for it, where one is given and has one."""
    if fact and fact.words_said and value in fact.words:
        return fact.words_said[fact.words.index(value)]
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(map(in_words, value))
    return value.replace("-", " ") if isinstance(value, str) else str(value)


def fits(type_: str, value: Any) -> bool:
    """Whether a value is of a parameter's type: integer, boolean, word or list (of words)."""
    match type_:
        case "integer":
            return isinstance(value, int) and not isinstance(value, bool)
        case "boolean":
            return isinstance(value, bool)
        case "word":
            return isinstance(value, str)
        case _:
            return isinstance(value, list | tuple) and all(isinstance(member, str) for member in value)


def is_range(type_: str, may_vary: tuple[Any, ...]) -> bool:
    """Whether bounds are two ends of a number in order, or words; a boolean has none."""
    if type_ in ("integer", "number"):
        numbers = all(isinstance(end, int | Decimal) and not isinstance(end, bool) for end in may_vary)
        whole = type_ == "number" or all(isinstance(end, int) for end in may_vary)
        return len(may_vary) == 2 and numbers and whole and may_vary[0] <= may_vary[1]
    return type_ in ("word", "list") and all(isinstance(word, str) for word in may_vary)


def within(type_: str, value: Any, may_vary: tuple[Any, ...]) -> bool:
    """Whether a value of the right type lies within `may_vary`: two ends of a number, or the words allowed."""
    if not may_vary:
        return True
    if type_ == "integer":
        return bool(may_vary[0] <= value <= may_vary[-1])
    return all(word in may_vary for word in value) if type_ == "list" else value in may_vary


def _holds(start: date | None, end: date | None, on: date) -> bool:
    return (start is None or start <= on) and (end is None or on <= end)
