"""What every model says about itself once: who may see it, how long it is kept, what is sealed; and what of it is erased."""

from dataclasses import dataclass
from typing import Final, Literal

About = Literal["person", "case", "staff", "none"]

# Beside `privacy` a model about somebody says whose it is, `owned_by = ("person", "person_id")`: a kind, and the attributes with the id.
# Its sealed texts are sealed with the key of that owner. When the owner is erased they go, and with them the columns that
# `blanked` names: those in clear that say who somebody is, or tell of them in words. `blanked = WHOLE`: the row goes.
WHOLE: Final = ("*",)


@dataclass(frozen=True, slots=True)
class Privacy:
    """Declared by each model as `privacy = Privacy(...)`; a sweep fails on a model without it.

    `who` and `kept` are words for the record of processing (`kept` is one of the classes of `keeping.retention`), `special` marks
    special-category or criminal-offence data, `sealed` names the encrypted fields, `about` says whose data it is.
    """

    who: str
    kept: str
    special: bool = False
    sealed: tuple[str, ...] = ()
    about: About = "none"

    def __post_init__(self) -> None:
        if not self.who.strip() or not self.kept.strip():
            raise ValueError("Privacy needs words for who may see the record and how long it is kept")
