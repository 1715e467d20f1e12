"""From bytes to content and back: strict JSON, and its one canonical form.

Nothing is guessed: a key given twice, NaN, a lone surrogate or text that is not UTF-8 is refused.
"""

import json
from decimal import Decimal
from typing import Any

Content = dict[str, Any]
MOST_BYTES = 2 * 1024 * 1024


class NotReadable(Exception):
    """These bytes are no JSON text. `str()` says what is wrong and where; `line` and `column` count from 1, 0 when not known."""

    def __init__(self, sentence: str, line: int = 0, column: int = 0) -> None:
        super().__init__(f"{sentence} (line {line}, column {column})" if line else sentence)
        self.line, self.column = line, column


class TooLarge(NotReadable):
    """One notification is longer than is read: MOST_BYTES, unless the sentence says otherwise."""

    def __init__(self, sentence: str = f"A notification may have at most {MOST_BYTES // 1024 // 1024} MB.") -> None:
        super().__init__(sentence)


def read(data: bytes) -> Any:
    """The JSON value of these bytes. `NotReadable` or `TooLarge` otherwise."""
    if len(data) > MOST_BYTES:
        raise TooLarge
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise NotReadable(f"This is not UTF-8 text: byte {fault.start + 1} cannot be read.") from fault
    return value(text)


def value(text: str) -> Any:
    """The JSON value of a text."""
    try:
        return DECODER.decode(text)
    except json.JSONDecodeError as fault:
        raise NotReadable(f"This is not JSON: {fault.msg}", fault.lineno, fault.colno) from fault
    except RecursionError as fault:
        raise NotReadable("This is not a notification: it is nested too deeply.") from fault
    except ValueError as fault:
        raise NotReadable(f"This is not JSON: {fault}") from fault


def canonical(content: Any) -> str:
    """The one spelling of a JSON value: two values equal as JSON, key order ignored, have the same."""
    return json.dumps(_plain(content), sort_keys=True, separators=(",", ":"), allow_nan=False)


def _plain(content: Any) -> Any:
    """1.0 and 1 are one number in JSON."""
    match content:
        case dict():
            return {key: _plain(one) for key, one in content.items()}
        case list():
            return [_plain(one) for one in content]
        case Decimal():
            return int(content) if content == content.to_integral_value() else float(content)
        case float() if content.is_integer():
            return int(content)
    return content


def _once(pairs: list[tuple[str, Any]]) -> Content:
    held = dict(pairs)
    if len(held) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the key {twice[:60]!r} is given twice in one object.")
    return held


def _decimal(text: str) -> Decimal:
    number = Decimal(text)
    if abs(number.adjusted()) > 30:
        raise ValueError("a number is out of all bounds.")
    return number


def _integer(text: str) -> int:
    if len(text) > 30:
        raise ValueError("a number is out of all bounds.")
    return int(text)


def _constant(text: str) -> Any:
    raise ValueError(f"{text} is no number.")


DECODER = json.JSONDecoder(parse_float=_decimal, parse_int=_integer, parse_constant=_constant, object_pairs_hook=_once)
