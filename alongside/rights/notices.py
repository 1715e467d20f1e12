"""Privacy notices as content: for whom, in which words, and until when they stand. The words are in notices.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from importlib.resources import files
from typing import cast

from alongside.clock.ages import completed_years


@dataclass(frozen=True)
class Part:
    """A heading and what stands under it."""

    heading: str
    text: Sequence[str]


@dataclass(frozen=True)
class Notice:
    """One notice. `give` says to a worker when it is given, and when not. It stands until `review_on`; nobody has confirmed it yet
    unless `confirmed_by` names who has."""

    code: str
    title: str
    who: str
    give: str
    review_on: date
    confirmed_by: str
    parts: Sequence[Part]

    def is_due(self, day: date) -> bool:
        """Whether somebody has to look at it again."""
        return day >= self.review_on


OF_PART = {"victim": "survivor", "other": "survivor", "child": "child", "person-causing-harm": "causing-harm"}


def notice_for(part: str, born: str, at: datetime) -> str:
    """The code of the notice that is somebody's, by their part in a case. Whoever is surely under eighteen is a child first, also where
    they are harmed or reported as causing harm; where the age is not known, the part decides."""
    try:
        oldest = completed_years(born, at)[1] if born else None
    except ValueError:
        oldest = None
    return "child" if oldest is not None and oldest < 18 else OF_PART[part]


@cache
def notices() -> Mapping[str, Notice]:
    """Every notice by its code, in the order of the file."""
    held = tomllib.loads(files(__package__).joinpath("notices.toml").read_text("utf-8"))
    return {code: _notice(code, said) for code, said in held.items()}


def _notice(code: str, said: dict[str, object]) -> Notice:
    raw = cast("list[dict[str, str]]", said.pop("part"))
    parts = [Part(one["heading"], tuple(one["text"])) for one in raw]
    return Notice(code=code, parts=parts, **said)  # type: ignore[arg-type]
