"""The arithmetic of a chain and the one place where events are added to it."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from alongside.audit import guard
from alongside.audit.actors import PARTNERSHIP
from alongside.audit.models import ChainHead, Event

SHORTEST_KEY = 32


@dataclass(frozen=True, slots=True)
class Pending:
    """An event that has happened in this unit of work and is not yet chained."""

    chain: str
    kind: str
    name: str
    actor: str
    subject_kind: str
    subject_ids: str
    detail: str
    at: datetime


def key() -> bytes:
    """The key of the chains: the setting ALONGSIDE_AUDIT_KEY, at least 32 bytes, kept outside the database."""
    secret: bytes = getattr(settings, "ALONGSIDE_AUDIT_KEY", b"")
    if not isinstance(secret, bytes) or len(secret) < SHORTEST_KEY:
        raise ImproperlyConfigured("ALONGSIDE_AUDIT_KEY must be at least 32 bytes")
    return secret


def canonical(value: object) -> str:
    """JSON with one spelling: sorted keys, no blanks, ASCII."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def event_mac(secret: bytes, before: str, seq: int, event: Pending) -> str:
    """HMAC-SHA-256 over the mac before and everything the event says; hexadecimal."""
    return hmac.digest(secret, f"{before}\n{said(seq, event)}\n{event.detail}".encode(), "sha256").hex()


def said(seq: int, event: Pending) -> str:
    """What an event says apart from its detail: `canonical` of the list of it, put together by hand, three times as fast."""
    at = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    return (
        f'[{_quoted(event.chain)},{seq},"{at}",{_quoted(event.kind)},{_quoted(event.name)},{_quoted(event.actor)},'
        f"{_quoted(event.subject_kind)},{_quoted(event.subject_ids)}]"
    )


_quoted = json.encoder.encode_basestring_ascii  # a string as JSON spells it in ASCII


def head_seal(secret: bytes, chain: str, seq: int, mac: str) -> str:
    """Mac over a head, so that only a holder of the key can move it."""
    return hmac.digest(secret, f"head\n{canonical([chain, seq, mac])}".encode(), "sha256").hex()


def append(events: Iterable[Pending]) -> int:
    """Chain events in the order given; one lock per chain, held to the end of the transaction. Returns how many."""
    waiting: dict[str, list[Pending]] = {}
    for event in events:
        waiting.setdefault(event.chain, []).append(event)
    if not waiting:
        return 0
    secret = key()
    with guard.opened():
        heads = _locked(waiting)
        rows: list[Event] = []
        for head in heads:
            rows += _grow(secret, head, waiting[head.chain])
        Event.objects.bulk_create(rows)
        for head in heads:
            head.save(update_fields=("seq", "mac", "seal"))
    return len(rows)


def _locked(waiting: dict[str, list[Pending]]) -> list[ChainHead]:
    """Lock the heads in one fixed order, the partnership's last; a chain's first event is announced on that one."""
    others = sorted(set(waiting) - {PARTNERSHIP})
    heads = _lock(others)
    fresh = [chain for chain in others if chain not in {head.chain for head in heads}]
    if fresh:
        heads += _open(fresh)
        first = waiting[fresh[0]][0]
        announced = [_announcement(chain, first) for chain in fresh]
        waiting[PARTNERSHIP] = announced + waiting.get(PARTNERSHIP, [])
    if PARTNERSHIP in waiting:
        heads += _lock([PARTNERSHIP]) or _open([PARTNERSHIP])
    return heads


def _lock(chains: Sequence[str]) -> list[ChainHead]:
    return list(ChainHead.objects.select_for_update().filter(chain__in=chains).order_by("chain")) if chains else []


def _open(chains: Sequence[str]) -> list[ChainHead]:
    ChainHead.objects.bulk_create([ChainHead(chain=chain) for chain in chains], ignore_conflicts=True)
    return _lock(chains)


def _announcement(chain: str, first: Pending) -> Pending:
    """An event saying that a chain began, so that a chain removed whole is missed."""
    return Pending(PARTNERSHIP, Event.Kind.ACT, OPENED, first.actor, "audit.chainhead", chain, "{}", first.at)


OPENED = "audit.chain_opened"


def _grow(secret: bytes, head: ChainHead, events: Sequence[Pending]) -> list[Event]:
    """Rows for the events, and the head moved to the last of them."""
    rows = []
    for event in events:
        head.seq += 1
        head.mac = event_mac(secret, head.mac, head.seq, event)
        rows.append(
            Event(
                chain=event.chain,
                seq=head.seq,
                happened_on=event.at,
                kind=event.kind,
                name=event.name,
                actor=event.actor,
                subject_kind=event.subject_kind,
                subject_ids=event.subject_ids,
                detail=event.detail,
                mac=head.mac,
            )
        )
    head.seal = head_seal(secret, head.chain, head.seq, head.mac)
    return rows
