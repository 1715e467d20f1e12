"""Makes a screenshot smaller: few colours in a palette, packed as tightly as zlib can. Only what browsers write is read."""

from __future__ import annotations

import struct
import zlib
from collections import Counter
from collections.abc import Iterator

SIGN = b"\x89PNG\r\n\x1a\n"
MOST = 256


def smaller(png: bytes) -> bytes:
    """The same picture in at most 256 colours; 8-bit RGB without interlacing goes in, anything else is a ValueError."""
    width, height, rows = _rows(png)
    pixels = [tuple(row[place : place + 3]) for row in rows for place in range(0, len(row), 3)]
    counted = Counter(pixels)
    palette = [colour for colour, _ in counted.most_common(MOST)]
    place = {colour: number for number, colour in enumerate(palette)}
    for colour in counted.keys() - place.keys():
        place[colour] = min(range(len(palette)), key=lambda number: _far(palette[number], colour))
    lines = b"".join(
        b"\0" + bytes(place[pixel] for pixel in pixels[start : start + width])
        for start in range(0, width * height, width)
    )
    parts = [
        _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)),
        _chunk(b"PLTE", bytes(channel for colour in palette for channel in colour)),
        _chunk(b"IDAT", zlib.compress(lines, 9)),
        _chunk(b"IEND", b""),
    ]
    return SIGN + b"".join(parts)


def _far(one: tuple[int, ...], other: tuple[int, ...]) -> int:
    return sum((a - b) ** 2 for a, b in zip(one, other, strict=True))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(SIGN)
    while place < len(png):
        (length,) = struct.unpack(">I", png[place : place + 4])
        yield png[place + 4 : place + 8], png[place + 8 : place + 8 + length]
        place += length + 12


def _rows(png: bytes) -> tuple[int, int, list[bytearray]]:
    held: dict[bytes, bytes] = {}
    for kind, data in _chunks(png):
        held[kind] = held.get(kind, b"") + data
    width, height, depth, colours, _, _, interlaced = struct.unpack(">IIBBBBB", held[b"IHDR"])
    if (depth, colours, interlaced) != (8, 2, 0):
        raise ValueError("only 8-bit RGB without interlacing is read")
    data, step = zlib.decompress(held[b"IDAT"]), width * 3 + 1
    rows, before = [], bytearray(width * 3)
    for number in range(height):
        line = data[number * step : (number + 1) * step]
        before = _unfiltered(line[0], bytearray(line[1:]), before)
        rows.append(before)
    return width, height, rows


def _unfiltered(kind: int, row: bytearray, above: bytearray) -> bytearray:
    for place in range(len(row)):
        left, corner = (row[place - 3], above[place - 3]) if place >= 3 else (0, 0)
        up = above[place]
        if kind == 1:
            row[place] = (row[place] + left) & 255
        elif kind == 2:
            row[place] = (row[place] + up) & 255
        elif kind == 3:
            row[place] = (row[place] + (left + up) // 2) & 255
        elif kind == 4:
            row[place] = (row[place] + _nearest(left, up, corner)) & 255
    return row


def _nearest(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    return min((left, up, corner), key=lambda one: abs(guess - one))
