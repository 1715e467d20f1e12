"""Who knows which staff are close to whom; what they tell is never said, only that something agrees."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol
from uuid import UUID


class Close(Protocol):
    """Which of these staff live where one of these people does: pairs of ids."""

    def __call__(self, staff: Collection[UUID], people: Collection[UUID], /) -> set[tuple[UUID, UUID]]: ...


CLOSE: list[Close] = []


def tell_close(find: Close) -> None:
    """Register who knows."""
    if find not in CLOSE:
        CLOSE.append(find)
