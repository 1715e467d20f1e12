"""Walk every chain from its first event to its head and name the first place where it does not hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import connection, transaction

from alongside.audit import chain, triggers
from alongside.audit.actors import PARTNERSHIP
from alongside.audit.anchors import Anchor
from alongside.audit.models import ChainHead, Event

# The number, the mac, then the fields of chain.Pending after the chain, in their order.
_COLUMNS = ("seq", "mac", "kind", "name", "actor", "subject_kind", "subject_ids", "detail", "happened_on")


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


def count_events() -> int:
    """How many events there are to walk."""
    return Event.objects.count()


def verify(*, anchors: Iterable[Anchor] = (), tick: Callable[[int], object] | None = None) -> Report:
    """Verify all chains in one reading transaction. `tick(n)` is called as n more events were checked."""
    expected: dict[str, dict[int, str]] = {}
    for anchor in anchors:
        expected.setdefault(anchor.chain, {})[anchor.seq] = anchor.mac
    with transaction.atomic():
        heads = {head.chain: head for head in ChainHead.objects.all()}
        found = set(Event.objects.order_by().values_list("chain", flat=True).distinct())
        announced = set(
            Event.objects.filter(chain=PARTNERSHIP, name=chain.OPENED).values_list("subject_ids", flat=True)
        )
        counted: dict[str, int] = {}
        breaks = []
        for name in sorted(found | set(heads) | announced | set(expected)):
            counted[name], fault = _walk(name, heads.get(name), expected.get(name, {}), tick)
            if fault:
                breaks.append(fault)
    return Report(counted, breaks, triggers.missing(connection))


def _walk(
    name: str, head: ChainHead | None, anchored: dict[int, str], tick: Callable[[int], object] | None
) -> tuple[int, Break | None]:
    """Events of one chain that hold, and the first fault."""
    secret, mac, seq = chain.key(), "", 0
    rows = Event.objects.filter(chain=name).order_by("seq").values_list(*_COLUMNS)
    for number, stored, *said in rows.iterator(chunk_size=5000):
        if number != seq + 1:
            return seq, Break(name, seq + 1, f"missing; the next is number {number}")
        mac_now = chain.event_mac(secret, mac, number, chain.Pending(name, *said))
        if mac_now != stored:
            return seq, Break(name, seq + 1, "changed, or put in from elsewhere")
        seq, mac = seq + 1, mac_now
        if seq in anchored and anchored.pop(seq) != mac:
            return seq, Break(name, seq, "not the event that the anchor file holds")
        if tick and seq % 1000 == 0:
            tick(1000)
    if tick:
        tick(seq % 1000)
    return seq, _end(secret, name, head, seq, mac, anchored)


def _end(
    secret: bytes, name: str, head: ChainHead | None, seq: int, mac: str, anchored: dict[int, str]
) -> Break | None:
    """Whether the chain ends where its head and the anchor file say."""
    if anchored:
        return Break(name, seq + 1, f"missing; the anchor file knows number {max(anchored)}")
    if head is None:
        return Break(name, seq + 1, "the head of the chain is gone")
    if head.seal != chain.head_seal(secret, name, head.seq, head.mac):
        return Break(name, head.seq, "the head of the chain was altered")
    if head.seq != seq:
        return Break(name, seq + 1, f"missing; the chain ended at number {head.seq}")
    if head.mac != mac:
        return Break(name, seq, "not the event the head of the chain names")
    return None
