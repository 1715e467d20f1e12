"""Values under a name that only whoever has the secret can make: how common they are can be kept where no name may stand."""

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

_MARK = "which secret"


def keyed(column: str, value: str, secret: bytes) -> str:
    """The name of a value of a column: 16 hexadecimal digits; without a secret the value itself. `secret`: at most 64 bytes."""
    if not secret:
        return value
    return blake2b(f"{column}\0{value}".encode(), key=secret, digest_size=8).hexdigest()


def mark(secret: bytes) -> str:
    """What tells one secret from another, and tells nothing about it; "" without one."""
    return keyed("", _MARK, secret) if secret else ""


class Keyed(dict[str, float]):
    """Numbers by keyed names of the values of a column, asked for by the values themselves."""

    def __init__(self, numbers: Mapping[str, float], column: str, secret: bytes) -> None:
        super().__init__(numbers)
        self._column, self._secret = column, secret

    def get(self, value: str, default: Any = None) -> Any:
        """The number of a value."""
        return super().get(keyed(self._column, value, self._secret), default)
