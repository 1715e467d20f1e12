"""Walk every chain from its first event to its head and name the first place where it does not hold.

Each mac is made over the one stored before it, so that a chain may be walked in pieces, in any order and in several processes: when
every piece holds, the whole does. No piece is read in one transaction with another: events that come meanwhile are walked last,
and nobody waits for the walk.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Count, Max

from alongside.audit import chain, processes, triggers
from alongside.audit.actors import PARTNERSHIP
from alongside.audit.anchors import Anchor
from alongside.audit.models import ChainHead, Event

# The number, the mac, then the fields of chain.Pending after the chain, in their order.
_COLUMNS = ("seq", "mac", "kind", "name", "actor", "subject_kind", "subject_ids", "detail", "happened_on")
PIECE = 20_000  # events read at once: some ten megabytes
Marks = Mapping[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Break:
    """The first fault of one chain: at which event, and what is wrong there."""

    chain: str
    seq: int
    what: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a verification found. `events` counts per chain the events that hold."""

    events: dict[str, int]
    breaks: list[Break]
    missing_triggers: list[str]

    @property
    def whole(self) -> bool:
        return not self.breaks and not self.missing_triggers


@dataclass(frozen=True, slots=True)
class Piece:
    """Events `first` to `last` of a chain; `marks` are macs, or beginnings of macs, that were anchored, by number."""

    chain: str
    first: int
    last: int
    marks: Marks = field(default_factory=dict)


def count_events() -> int:
    """How many events there are to walk."""
    return Event.objects.count()


def verify(
    *, anchors: Iterable[Anchor] = (), tick: Callable[[int], object] | None = None, at_once: int = 1, piece: int = PIECE
) -> Report:
    """Verify all chains, in `at_once` processes, a piece of so many events at a time. `tick(n)` is called as n more were checked."""
    marks = _marks(anchors)
    lengths = _lengths()
    names = sorted(set(lengths) | _announced() | set(marks))
    pieces = [one for name in names for one in _pieces(name, lengths.get(name, 0), marks.get(name, {}), piece)]
    faults: dict[str, Break] = {}
    for one, fault in zip(pieces, _checked(pieces, at_once), strict=True):
        if fault and one.chain not in faults:  # pieces come in their order: the first is the earliest
            faults[one.chain] = fault
        if tick:
            tick(one.last - one.first + 1)
    counted: dict[str, int] = {}
    for name in names:
        end = (faults[name].seq - 1, faults[name]) if name in faults else None
        counted[name], found = end or _end(name, lengths.get(name, 0), marks.get(name, {}))
        if found:
            faults[name] = found
    return Report(counted, [faults[name] for name in names if name in faults], triggers.missing(connection))


def _marks(anchors: Iterable[Anchor]) -> dict[str, dict[int, tuple[str, ...]]]:
    """By chain and number every mac that was anchored there: a file and a paper may both know the same event."""
    marks: dict[str, dict[int, tuple[str, ...]]] = {}
    for anchor in anchors:
        there = marks.setdefault(anchor.chain, {})
        there[anchor.seq] = (*there.get(anchor.seq, ()), anchor.mac)
    return marks


def _lengths() -> dict[str, int]:
    """How many events each chain should have: by its head where that is sealed, else as many as there are."""
    there = dict(Event.objects.order_by().values_list("chain").annotate(n=Count("pk")))
    heads = {head.chain: head for head in ChainHead.objects.all()}
    return {
        name: head.seq if (head := heads.get(name)) and _is_sealed(head) else there.get(name, 0)
        for name in there.keys() | heads.keys()
    }


def _announced() -> set[str]:
    """Chains that began, by the partnership's own chain: one removed whole is missed."""
    return set(Event.objects.filter(chain=PARTNERSHIP, name=chain.OPENED).values_list("subject_ids", flat=True))


def _pieces(name: str, length: int, marks: Marks, size: int) -> Iterator[Piece]:
    for first in range(1, length + 1, size):
        last = min(first + size - 1, length)
        yield Piece(name, first, last, {seq: macs for seq, macs in marks.items() if first <= seq <= last})


def _checked(pieces: list[Piece], at_once: int) -> Iterator[Break | None]:
    if at_once > 1 and len(pieces) > 1:
        return processes.shared(check, pieces, at_once)
    return map(check, pieces)


def check(piece: Piece) -> Break | None:
    """The first fault among the events of a piece, each held against the mac stored before it."""
    secret, seq, mac = chain.key(), piece.first - 1, ""
    rows = Event.objects.filter(chain=piece.chain, seq__gte=seq, seq__lte=piece.last).order_by("seq")
    for number, stored, *said in list(rows.values_list(*_COLUMNS)):
        if number < piece.first:
            mac = stored
            continue
        if number != seq + 1:
            return Break(piece.chain, seq + 1, f"missing; the next is number {number}")
        if chain.event_mac(secret, mac, number, chain.Pending(piece.chain, *said)) != stored:
            return Break(piece.chain, number, "changed, or put in from elsewhere")
        if not all(stored.startswith(mark) for mark in piece.marks.get(number, ())):
            return Break(piece.chain, number, "not the event that was anchored")
        seq, mac = number, stored
    return None if seq == piece.last else Break(piece.chain, seq + 1, "missing")


def _end(name: str, seq: int, marks: Marks) -> tuple[int, Break | None]:
    """On from number `seq`, which holds, to where the chain ends by now; how many hold, and what is wrong there."""
    while (last := _newest(name, seq)) is not None:
        fault = check(Piece(name, seq + 1, last, marks))
        if fault:
            return fault.seq - 1, fault
        seq = last
    head = ChainHead.objects.filter(chain=name).first()
    if head and _is_sealed(head) and head.seq > seq and _newest(name, seq) is not None:
        return _end(name, seq, marks)  # more came between the two looks
    return seq, _at_end(name, head, seq, marks)


def _newest(name: str, seq: int) -> int | None:
    """The number of the newest event after `seq`."""
    newest: int | None = Event.objects.filter(chain=name, seq__gt=seq).aggregate(last=Max("seq"))["last"]
    return newest


def _at_end(name: str, head: ChainHead | None, seq: int, marks: Marks) -> Break | None:
    """Whether the chain ends where its head and what was anchored say."""
    if marks and max(marks) > seq:
        return Break(name, seq + 1, f"missing; number {max(marks)} was anchored")
    if head is None:
        return Break(name, seq + 1, "the head of the chain is gone")
    if not _is_sealed(head):
        return Break(name, head.seq, "the head of the chain was altered")
    if head.seq != seq:
        return Break(
            name, min(head.seq, seq) + 1, f"the head of the chain names number {head.seq}, the events end at {seq}"
        )
    last = Event.objects.filter(chain=name, seq=seq).values_list("mac", flat=True).first()
    return None if head.mac == (last or "") else Break(name, seq, "not the event the head of the chain names")


def _is_sealed(head: ChainHead) -> bool:
    return head.seal == chain.head_seal(chain.key(), head.chain, head.seq, head.mac)
