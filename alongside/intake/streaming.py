"""Files of notifications, of any size: one object, an array, or one object per line, read a piece at a time.

A file is read through once before its first notification is stored, so that what is no JSON or no UTF-8 leaves nothing behind.
"""

import codecs
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from alongside.intake.reading import DECODER, MOST_BYTES, NotReadable, TooLarge, value

CHUNK = 1024 * 1024
MOST_CHARACTERS = 8 * MOST_BYTES
_BLANK = " \t\r\n"


@dataclass(frozen=True)
class Item:
    """One notification of a file: `position` from 1; `line` from 1 where one object is a line, else 0.

    `unreadable` says why a line is no JSON; then there is no content.
    """

    position: int
    line: int
    content: Any = None
    unreadable: NotReadable | None = None


@dataclass(frozen=True)
class Shape:
    """What a file turned out to be, read through once: "one", "array" or "lines", and how many items."""

    kind: str
    count: int


def look_through(file: BinaryIO, tick: Callable[[int], object] = lambda _: None) -> Shape:
    """Read a file to its end without keeping it. Raises `NotReadable`; nothing was stored. The file is left at its end."""
    kind = _kind(file)
    file.seek(0)
    return Shape(kind, sum(1 for _ in items(file, kind, tick)))


def items(file: BinaryIO, kind: str, tick: Callable[[int], object] = lambda _: None) -> Iterator[Item]:
    """The items of a file of a kind, from where it stands. `tick` hears of every piece read, in bytes."""
    if kind == "lines":
        yield from _lines(file, tick)
        return
    text = _Text(file, tick)
    if kind == "one":
        yield Item(1, 0, text.next_value())
    else:
        yield from _elements(text)
    text.nothing_more()


def _kind(file: BinaryIO) -> str:
    """An array by its first sign; one value when the file is that; else lines, when any of several lines is an object by itself."""
    text = _Text(file, lambda _: None)
    if text.peek() == "[":
        return "array"
    try:
        text.next_value()
        text.nothing_more()
    except NotReadable:
        file.seek(0)
        if _are_lines(file):
            return "lines"
    return "one"


def _are_lines(file: BinaryIO) -> bool:
    several, whole = 0, False
    for _, text, _ in _raw_lines(file, lambda _: None):
        stripped = text.strip()
        several += bool(stripped)
        whole = whole or (text[:1] == "{" and stripped[-1:] == "}" and _is_object(stripped))
        if whole and several > 1:
            return True
    return False


def _is_object(text: str) -> bool:
    try:
        return isinstance(value(text), dict)
    except NotReadable:
        return False


def _raw_lines(file: BinaryIO, tick: Callable[[int], object]) -> Iterator[tuple[int, str, bool]]:
    """Number, text and whether it was cut short, of every line; `NotReadable` for what is not UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    number = read = 0
    while line := file.readline(MOST_CHARACTERS):
        number += 1
        is_cut, kept = False, ""
        while True:
            try:
                text = decoder.decode(line)
            except UnicodeDecodeError as fault:
                raise _not_utf_8(read + fault.start) from fault
            kept = kept or text
            read += len(line)
            tick(len(line))
            if line.endswith(b"\n") or not (line := file.readline(CHUNK)):
                break
            is_cut = True
        yield number, kept, is_cut
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as fault:
        raise _not_utf_8(read) from fault


def _not_utf_8(byte: int) -> NotReadable:
    return NotReadable(f"This is not UTF-8 text: byte {byte + 1} cannot be read.")


def _lines(file: BinaryIO, tick: Callable[[int], object]) -> Iterator[Item]:
    position = 0
    for number, text, is_cut in _raw_lines(file, tick):
        if text.strip():
            position += 1
            yield (
                Item(position, number, unreadable=TooLarge("This line is too long."))
                if is_cut
                else _line(position, number, text)
            )


def _line(position: int, number: int, text: str) -> Item:
    try:
        return Item(position, number, value(text.strip()))
    except NotReadable as fault:
        return Item(position, number, unreadable=_in_its_line(fault))


def _in_its_line(fault: NotReadable) -> NotReadable:
    """The line is told by the item; what was read is that one line."""
    return NotReadable(str(fault).replace("(line 1, column", "(column"))


def _elements(text: "_Text") -> Iterator[Item]:
    text.expect("[")
    position = 0
    if text.peek() == "]":
        text.expect("]")
        return
    while True:
        position += 1
        yield Item(position, 0, text.next_value())
        if text.peek() != ",":
            break
        text.expect(",")
    text.expect("]")


class _Text:
    """The text of a file as it comes: at most one value and one piece are held."""

    def __init__(self, file: BinaryIO, tick: Callable[[int], object]) -> None:
        self._file, self._tick = file, tick
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._held, self._at, self._read, self._line = "", 0, 0, 1
        self._ended = False

    def peek(self) -> str:
        """The next sign that is no blank, "" at the end."""
        while True:
            while self._at < len(self._held) and self._held[self._at] in _BLANK:
                self._at += 1
            if self._at < len(self._held):
                return self._held[self._at]
            if not self._more():
                return ""

    def expect(self, sign: str) -> None:
        """Pass over a sign that must come now."""
        if self.peek() != sign:
            raise self._wrong(f"expecting '{sign}'")
        self._at += 1

    def next_value(self) -> Any:
        """The JSON value that comes now."""
        if not self.peek():
            raise self._wrong("expecting a value")
        while True:
            try:
                found, end = DECODER.raw_decode(self._held, self._at)
            except json.JSONDecodeError as fault:
                offset = fault.pos - self._at
                if self._too_long() or not self._more(CHUNK + len(self._held) - self._at):
                    raise self._wrong(fault.msg, self._at + offset) from fault
            except RecursionError as fault:
                raise self._wrong("nested too deeply") from fault
            except ValueError as fault:
                raise self._wrong(str(fault)) from fault
            else:
                # A number or word at the very end of a piece may go on in the next.
                if end == len(self._held) and self._more():
                    continue
                self._at = end
                return found

    def nothing_more(self) -> None:
        """The end must come now."""
        if self.peek():
            raise self._wrong("something follows the end")

    def _too_long(self) -> bool:
        return len(self._held) - self._at > MOST_CHARACTERS

    def _more(self, size: int = CHUNK) -> bool:
        if self._ended:
            return False
        piece = self._file.read(size)
        self._ended = not piece
        try:
            text = self._decoder.decode(piece, final=self._ended)
        except UnicodeDecodeError as fault:
            raise _not_utf_8(self._read + fault.start) from fault
        self._read += len(piece)
        self._tick(len(piece))
        self._line += self._held.count("\n", 0, self._at)
        self._held, self._at = self._held[self._at :] + text, 0
        return not self._ended or bool(text)

    def _wrong(self, what: str, at: int | None = None) -> NotReadable:
        place = self._at if at is None else at
        line = self._line + self._held.count("\n", 0, place)
        column = place - (self._held.rfind("\n", 0, place) + 1) + 1
        return NotReadable(f"This is not JSON: {what}", line, column)
