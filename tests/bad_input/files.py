"""Bytes that are no notification, or many, or too many."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from itertools import chain, repeat

from alongside.cases.models import Case
from alongside.intake.models import Notification
from alongside.intake.reading import MOST_BYTES
from tests.bad_input.world import LOOKS, World, nothing_kept, row


@row("Malformed JSON")
def malformed(world: World) -> None:
    good = json.dumps(world.example()).encode()
    with nothing_kept():
        for data in (good[:-1], good + b"}", b"[" + good + b",]", b"[" + good):
            assert world.post(data).status_code in (400, 422)
            result = world.ingest(data)
            assert result.exit_code == 1
            assert "not JSON" in result.stderr and "line" in result.stderr
        assert world.post(good[:-1]).status_code == 400


@row("Text that is not UTF-8")
def not_utf_8(world: World) -> None:
    good = json.dumps(world.example()).encode()
    with nothing_kept():
        for data in (good.replace(b"Zayn", b"Z\xe4yn"), b"[" + good + b"," + good.replace(b"Zayn", b"Z\xe4yn") + b"]"):
            assert world.post(data).status_code == 400
            result = world.ingest(data)
            assert result.exit_code == 1 and "UTF-8" in result.stderr


@row("An array of 10,000 with 3 bad ones", commits=True)
def ten_thousand(world: World) -> None:
    """Fifty calls, each sent two hundred times over as a system does that has lost its answers; three are spoilt."""
    calls = [json.dumps(_bare(world, f"call-{number}")) for number in range(50)]
    many = [calls[number % 50] for number in range(10_000)]
    many[0] = json.dumps(_bare(world, "bad") | {"area": "atlantis"})
    many[4_999] = '"no object"'
    many[9_999] = json.dumps(_bare(world, "bad") | {"people": []})
    result = world.ingest(("[" + ",\n".join(many) + "]").encode(), "--json")
    assert result.exit_code == 1
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(told) == 10_000
    assert [(one["position"], one["status"]) for one in told if "status" in one] == [
        (1, 422),
        (5_000, 422),
        (10_000, 422),
    ]
    assert "50 stored, 9947 stored before, 3 refused." in result.stderr
    assert Notification.objects.count() == Case.objects.count() == 50


def _bare(world: World, name: str) -> dict[str, object]:
    content = world.example(id=name, people=[{"ref": "v", "roles": ["victim"]}])
    return {key: value for key, value in content.items() if key not in ("relationships", "risk", "safe_contact")}


class _Large(io.RawIOBase):
    """A file of 50 MB that is never in memory."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.pieces, self.at, self.largest = pieces, 0, 0

    def read(self, size: int = -1) -> bytes:
        piece = next(self.pieces, b"")
        self.at += len(piece)
        self.largest = max(self.largest, len(piece))
        return piece


@row("A file of 50 MB")
def fifty_megabytes(world: World) -> None:
    from alongside.intake.streaming import items

    with nothing_kept():
        assert world.post(b'{"summary": "' + b"x" * 50_000_000 + b'"}').status_code == 413
        assert world.post(b" " * (MOST_BYTES + 1)).status_code == 413
    call = json.dumps(world.example(summary="s" * 19_000)).encode()
    pieces = chain([b"[" + call], repeat(b"," + call, 50_000_000 // len(call)), [b"]"])
    file = _Large(pieces)
    found = sum(1 for _ in items(file, "array"))  # type: ignore[arg-type]
    assert file.at > 50_000_000 and found > 2_000
    stored = b"[" + b",".join([call] * 60) + b"]"
    assert len(stored) > 1_200_000
    result = world.ingest(stored)
    assert result.exit_code == 0 and "1 stored, 59 stored before, 0 refused." in result.output


@row("The same identity with other content")
def other_content(world: World) -> None:
    assert world.post(world.example()).status_code == 201
    other = world.example(summary="It was another night.")
    with nothing_kept(but=LOOKS):
        response = world.post(other)
        told = json.loads(response.content)
        assert response.status_code == 409
        assert (told["stored"], told["sent"]) == (world.example(), other)
        result = world.ingest(json.dumps(other).encode())
        assert result.exit_code == 1
        assert "another night" in result.stderr and "Neighbour reported shouting" in result.stderr
