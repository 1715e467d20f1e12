"""The door an address leads to, as a blind index beside it: the same for everybody behind it, confidential or not.

Only shields are worked out by it. Nobody is found by a confidential door: a look-up asks the key table, which leaves it out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from alongside.linkage import Record, normalise
from alongside.sealed.index import blind

PURPOSE = "people.door"


def door(lines: str, postcode: str) -> str:
    """64 hexadecimal digits for a house number with its postcode, else for one of them with the words; "" where that tells no door,
    as a town alone does not."""
    known = normalise(Record(id="", address=lines, postcode=postcode))
    where = known.address
    if where is None or not (where.number or known.postcode):
        return ""
    if where.number and known.postcode:
        return blind(f"{where.number} {known.postcode}", PURPOSE)
    words = " ".join(sorted(where.words))
    return blind(f"{where.number or known.postcode} {words}", PURPOSE) if words else ""


if TYPE_CHECKING:
    _Field = models.CharField[str, str]
else:
    _Field = models.CharField


class DoorField(_Field):
    """Filled from the address of the row whenever that is written, so that it can neither be forgotten nor grow old."""

    def __init__(self, **options: Any) -> None:
        fixed: dict[str, Any] = {"max_length": 64, "blank": True, "default": "", "editable": False}
        super().__init__(**fixed | options)

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        """The door of the lines and postcode as they stand."""
        found = door(*(getattr(model_instance, name).open() for name in ("lines", "postcode")))
        setattr(model_instance, self.attname, found)
        return found
