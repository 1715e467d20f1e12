"""Files of any size and shape, a piece at a time."""

from __future__ import annotations

import io
import json
import tracemalloc
from typing import Any

import pytest

from alongside.intake import streaming
from alongside.intake.reading import NotReadable
from alongside.intake.streaming import Item, items, look_through


def read(data: bytes) -> tuple[str, list[Item]]:
    file = io.BytesIO(data)
    shape = look_through(file)
    file.seek(0)
    found = list(items(file, shape.kind))
    assert len(found) == shape.count
    return shape.kind, found


ONE: dict[str, Any] = {"id": "a", "text": 'é [ { \\ " ,', "list": [1, {"b": None}]}


@pytest.mark.parametrize(
    ("data", "kind", "count"),
    [
        (json.dumps(ONE).encode(), "one", 1),
        (json.dumps(ONE, indent=1).encode(), "one", 1),
        (b"\xef\xbb\xbf" + json.dumps(ONE).encode(), "one", 1),
        (json.dumps([ONE] * 3, indent=2).encode(), "array", 3),
        (b" \n [ ] \n", "array", 0),
        (b"[1, null, {}]", "array", 3),
        ("\n".join([json.dumps(ONE, ensure_ascii=False)] * 4).encode(), "lines", 4),
        (b'{"id": 1}\r\n\r\n{"id": 2}\r\n', "lines", 2),
        (b'{"id": 1\n{"id": 2}\n', "lines", 2),
        (b'{"people": [\n{"ref": "v"}\n]}', "one", 1),
    ],
)
def test_shape(data: bytes, kind: str, count: int) -> None:
    shape, found = read(data)
    assert (shape, len(found)) == (kind, count)


def test_the_content_comes_whole_wherever_a_piece_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    data = json.dumps([ONE, 12345, "word", True, ONE], ensure_ascii=False).encode()
    for size in (*range(1, 12), 50):
        monkeypatch.setattr(streaming, "CHUNK", size)
        assert [item.content for item in read(data)[1]] == [ONE, 12345, "word", True, ONE]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"  ",
        b"{",
        b"[1, 2",
        b"[1 2]",
        b"[,]",
        b"[1,]",
        b"[1] 2",
        b'{"a": 1} {"b": 2}',
        b"tru",
        b'["\xff"]',
        b'{"a": "\xc3"}',
        b"[\xc3",
    ],
)
def test_what_is_no_json_or_no_text_is_found_before_anything_is_handed_on(data: bytes) -> None:
    with pytest.raises(NotReadable):
        look_through(io.BytesIO(data))


def test_where_it_breaks_is_told() -> None:
    with pytest.raises(NotReadable) as fault:
        look_through(io.BytesIO(b'[\n{"id": 1},\n{"id" 2}\n]'))
    assert (fault.value.line, fault.value.column) == (3, 7)


def test_a_line_that_is_no_json_is_one_bad_object() -> None:
    _, found = read(b'{"id": 1}\nnonsense\n{"id": 3}\n')
    assert [(item.position, item.line, bool(item.unreadable)) for item in found] == [
        (1, 1, False),
        (2, 2, True),
        (3, 3, False),
    ]


def test_an_over_long_line_is_one_bad_object(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "MOST_CHARACTERS", 50)
    monkeypatch.setattr(streaming, "CHUNK", 16)
    _, found = read(b'{"id": 1}\n{"id": "' + b"x" * 200 + b'"}\n{"id": 3}\n')
    assert [(item.line, bool(item.unreadable)) for item in found] == [(1, False), (2, True), (3, False)]


class Endless(io.RawIOBase):
    """An array that is never in memory: 1,000 times a notification of about 50 kB, 50 MB in all."""

    def __init__(self) -> None:
        self.at, self.count = 0, 1000
        self.piece = json.dumps({"id": "x", "summary": "s" * 50_000}).encode()

    def read(self, size: int = -1) -> bytes:
        if self.at > self.count:
            return b""
        self.at += 1
        if self.at > self.count:
            return b"]"
        return (b"[" if self.at == 1 else b",") + self.piece


def test_fifty_megabytes_are_never_held_whole() -> None:
    tracemalloc.start()
    count = sum(1 for _ in items(Endless(), "array"))  # type: ignore[arg-type]
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 1000
    assert most < 5_000_000
