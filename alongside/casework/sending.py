"""The kinds of referral: each app that has one says how it is written, read before it goes, and sent. The steps between are the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from alongside.agencies.models import Area, Team, User
from alongside.cases.models import Case
from alongside.casework.forms.referrals import SharingForm
from alongside.gate.viewing import Viewer


@dataclass(frozen=True)
class Going:
    """A referral about to go: the typed page, read and found whole, from whom and to whom; the first team decides."""

    key: UUID
    case: Case
    area: Area
    form: SharingForm
    sender: Team
    teams: Sequence[Team]
    by: User
    at: datetime


@dataclass(frozen=True)
class Kind:
    """One kind of referral, by the code its unsent page is kept under."""

    name: str  # "children's social care"
    nobody: str  # the heading where nobody receives it, with {area}
    ring: str  # whom to ring then, with {area}
    write: Callable[[Case], str]  # the address of the page it is written on
    refuse: Callable[[Case], str]  # … of the page on which somebody decides not to
    record: Callable[[UUID], str]  # the address of the record, once sent
    form: Callable[[Any, Case, Viewer], SharingForm]
    teams: Callable[[Area], list[Team]]  # who receives it in an area; none: nobody does
    rows: Callable[[Any], list[dict[str, str]]]  # the texts as the other side reads them
    send: Callable[[Going], object]
    so_that: str = ""
    also: str = ""  # said of the further teams


KINDS: dict[str, Kind] = {}


def register_kind(code: str, kind: Kind) -> None:
    """Say how a kind of referral goes."""
    KINDS[code] = kind
