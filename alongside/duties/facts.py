"""Facts of a case: gathered from the apps that hold the records, each with value, source, who says so, since when, about whom.

Two statements of equal standing that differ are *disputed*: the fact is not known, and both are shown. A known value is never
replaced by *not known*.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from uuid import UUID

from django.db.models import Model

from alongside.cases.models import Case, CaseMember
from alongside.duties.holding import Kinds, Records, is_asked, reads_from
from alongside.people.queries import same_records
from alongside.policy.values import NOT_APPLICABLE, Number, Range, Value

NOTIFIED, RECORDED, ANSWERED = (
    1,
    2,
    3,
)  # standing: an answer given later stands over a record, a record over a notification


@dataclass(frozen=True)
class FactValue:
    """One statement. `about` is a person's id for facts of a child, a person causing harm, or a consent; else None.

    `of`: the people a fact of the whole family was worked out from (the youngest child), so that a duty can say whom it is for.
    `agency`: the id of the agency that holds the record, or None where no agency's record says so.
    """

    name: str
    value: Value
    said_by: str
    record: tuple[str, str]
    since: datetime | None
    about: UUID | None = None
    standing: int = NOTIFIED
    manner: str = ""
    disputed: tuple[Value, ...] = ()
    of: tuple[UUID, ...] = ()
    agency: UUID | None = None


@dataclass(frozen=True)
class CaseFile:
    """What providers are given: the case and its members, read once; `kinds` of record it has, None where nobody looked."""

    case: Case
    members: tuple[CaseMember, ...]
    at: datetime
    kinds: Kinds = None

    def may_have(self, *kinds: type[Model]) -> bool:
        """Whether the case may have a record of one of these kinds (among those registered with `reads`)."""
        return is_asked(kinds, self.kinds)

    def of(self, *roles: str) -> tuple[CaseMember, ...]:
        """Members in any of the roles."""
        return tuple(m for m in self.members if m.role in roles)

    @property
    def victim(self) -> CaseMember | None:
        """The victim's part, when somebody is named."""
        return next(iter(self.of("victim")), None)

    @cached_property
    def same_victim(self) -> frozenset[UUID]:
        """Other records that somebody said are the victim's; looked up once."""
        return frozenset(same_records(self.victim.person_id)) if self.victim else frozenset()


Provider = Callable[[CaseFile], Iterable[FactValue]]
PROVIDERS: dict[Provider, Records] = {}


def provide(provider: Provider, *, reads: Records = ()) -> Provider:
    """Register a provider; apps call this in `ready()`. `reads`: without any such record of the case it has nothing to say."""
    PROVIDERS[provider] = reads_from(reads)
    return provider


@dataclass(frozen=True)
class FactBook:
    """The facts of a case: those of the case itself, and those about one person; `said`, the statements behind those that have several."""

    case: Mapping[str, FactValue]
    about: Mapping[UUID, Mapping[str, FactValue]] = field(default_factory=dict)
    said: tuple[FactValue, ...] = ()

    def values(self) -> dict[str, Value]:
        """Name to value, for the whole case."""
        return {name: fact.value for name, fact in self.case.items()}

    def rows(self) -> Iterable[FactValue]:
        """Every settled fact."""
        yield from self.case.values()
        for facts in self.about.values():
            yield from facts.values()


def gather(file: CaseFile) -> FactBook:
    """Ask every provider and settle what they say."""
    asked = [provider for provider, reads in PROVIDERS.items() if is_asked(reads, file.kinds)]
    return book_of(fact for provider in asked for fact in provider(file))


def book_of(statements: Iterable[FactValue]) -> FactBook:
    """Statements from anywhere, settled: those of the case, and those about one person."""
    said: dict[tuple[str, UUID | None], list[FactValue]] = {}
    for fact in statements:
        said.setdefault((fact.name, fact.about), []).append(fact)
    case: dict[str, FactValue] = {}
    about: dict[UUID, dict[str, FactValue]] = {}
    for (name, person), told in said.items():
        settled = settle(told)
        if person is None:
            case[name] = settled
        else:
            about.setdefault(person, {})[name] = settled
    return FactBook(case, about, tuple(one for told in said.values() if len(told) > 1 for one in told))


def settle(statements: list[FactValue]) -> FactValue:
    """One value from several statements about the same thing."""
    if len(statements) == 1:
        return statements[0]
    known = [s for s in statements if s.value is not None]
    if not known:
        return max(statements, key=lambda s: s.standing)
    standing = max(s.standing for s in known)
    best = [s for s in known if s.standing == standing]
    source, value = best[0], best[0].value
    for other in best[1:]:
        met = _meet(value, other.value)
        if met is _DIFFER:
            latest = best[-1]
            both = tuple(dict.fromkeys(s.value for s in best))
            return replace(latest, value=None, standing=standing, manner="disputed", disputed=both, of=())
        if met != value:  # whoever made it narrower is who is named
            source, value = other, met  # type: ignore[assignment]
    people = tuple(dict.fromkeys(one for s in known if _meet(value, s.value) is not _DIFFER for one in s.of))
    return replace(source, value=value, standing=standing, disputed=(), of=people)


_DIFFER = object()
Bounds = tuple[Number | None, Number | None]


def _meet(a: Value, b: Value) -> object:
    """What two statements leave possible together; `_DIFFER` when nothing."""
    if a == b:
        return a
    if a is NOT_APPLICABLE or b is NOT_APPLICABLE:
        return b if a is NOT_APPLICABLE else a
    first, second = _bounds(a), _bounds(b)
    if first is None or second is None:
        return _DIFFER
    low = max((end for end in (first[0], second[0]) if end is not None), default=None)
    high = min((end for end in (first[1], second[1]) if end is not None), default=None)
    if low is not None and high is not None and low > high:
        return _DIFFER
    return low if low == high and low is not None else Range(low, high)


def _bounds(value: Value) -> Bounds | None:
    """Least and greatest possible number; None for what is no number."""
    if isinstance(value, Range):
        return value.min, value.max
    return (value, value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None
