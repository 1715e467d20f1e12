"""What a look-up knows of a person: as it came in (`Record`), and in comparable form (`Known`)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from alongside.linkage.names import Part
from alongside.linkage.row import Row, rows


@dataclass(frozen=True, slots=True)
class Record:
    """A person as somebody wrote them down. Every field but `id` may be empty: not known.

    `date_of_birth` is text: YYYY-MM-DD, YYYYMMDD, DD/MM/YYYY, YYYY-MM or YYYY; `aka` are whole other names; `uprn` the unique
    property reference number of the address.
    """

    id: str
    given_name: str = ""
    middle_names: str = ""
    family_name: str = ""
    full_name: str = ""
    sex: str = ""
    date_of_birth: str = ""
    postcode: str = ""
    address: str = ""
    town: str = ""
    phones: tuple[str, ...] = ()
    email: str = ""
    nhs_number: str = ""
    national_id: str = ""
    birth_place: str = ""
    occupation: str = ""
    aka: tuple[str, ...] = ()
    uprn: str = ""


@dataclass(frozen=True, slots=True)
class NameForm:
    """One name a person goes by. A part that is not known is None; a single name stands in `given`."""

    given: Part | None = None
    middle: tuple[str, ...] = ()
    family: Part | None = None


@dataclass(frozen=True, slots=True)
class BirthDay:
    """A date of birth, `month` and `day` None where they are not known; `digits` is YYYYMMDD, 00 for those."""

    year: int
    month: int | None = None
    day: int | None = None
    digits: str = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "digits", f"{self.year:04}{self.month or 0:02}{self.day or 0:02}")


@dataclass(frozen=True, slots=True)
class Address:
    """A house number (or ""), the words that tell a street or place, and the unique property reference number (or "")."""

    number: str
    words: frozenset[str]
    uprn: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A record in comparable form, and `rows` of it for comparisons. Empty or None is not known, and adds nothing to a score."""

    id: str
    names: tuple[NameForm, ...] = ()
    sex: str = ""
    born: BirthDay | None = None
    postcode: str = ""
    address: Address | None = None
    town: str = ""
    phones: frozenset[str] = field(default_factory=frozenset)
    email: str = ""
    nhs_number: str = ""
    national_id: str = ""
    birth_place: str = ""
    occupation: str = ""
    rows: tuple[Row, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", rows(self))


class Compared(Protocol):
    """Whoever can be compared: a `Known`, or the rows that were stored of one."""

    @property
    def id(self) -> str: ...

    @property
    def rows(self) -> Sequence[Row]: ...
