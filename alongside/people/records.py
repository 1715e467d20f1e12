"""What somebody told about people, before it is kept: plain values, every one of which may be *not known*."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from alongside.clock import ContactWindow, read_windows

# The contract of a notification has no field for a property's own number, so it travels, and is kept sealed, within the address;
# `linkage` reads it there and compares by it before the words.
UPRN = "If you know the property’s own number, end with it: UPRN 100070123456."


@dataclass(frozen=True, slots=True)
class AddressSaid:
    """Where a person lives or lived. `lines` may end with the unique property reference number: "UPRN 100070123456"."""

    lines: str = ""
    postcode: str = ""
    current: bool | None = None
    confidential: bool | None = None


@dataclass(frozen=True, slots=True)
class SafeContactSaid:
    """How a person may be reached; None and "" are *not known*. `told_on` is when it was said, None for now.

    `windows` hold only with `when` "hours". Hours written exactly ("Mon-Fri 09:00-15:00") are read as windows; other words stay words.
    """

    channel: str
    value: str = ""
    safe: bool | None = None
    monitored: bool | None = None
    hours: str = ""
    who_may_answer: str = ""
    code_word: str = ""
    note: str = ""
    told_on: datetime | None = None
    shared: bool | None = None
    when: str = ""
    windows: tuple[ContactWindow, ...] = ()
    answered_by: str = ""
    may_leave: bool | None = None
    say_to_others: str = ""

    def read(self) -> "SafeContactSaid":
        """With hours that are written exactly read as windows."""
        windows = read_windows(self.hours) if self.hours and not self.when else None
        return replace(self, when="hours", windows=windows, hours="") if windows else self


@dataclass(frozen=True, slots=True)
class PersonSaid:
    """One person as told. `ref` names them among the people told of together; `date_of_birth` is YYYY[-MM[-DD]] or ""."""

    ref: str
    given_name: str = ""
    family_name: str = ""
    other_names: Sequence[str] = ()
    date_of_birth: str = ""
    sex: str = ""
    ethnicity: str = ""
    first_language: str = ""
    interpreter_needed: bool | None = None
    nhs_number: str = ""
    phones: Sequence[str] = ()
    email: str = ""
    addresses: Sequence[AddressSaid] = ()
    safe_contacts: Sequence[SafeContactSaid] = ()
    lives_in_household: bool | None = None


@dataclass(frozen=True, slots=True)
class RelationshipSaid:
    """`person` is `kind` `other`, by their refs; an empty kind is *not known*."""

    person: str
    other: str
    kind: str = ""
