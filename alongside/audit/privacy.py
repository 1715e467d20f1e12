"""What every model says about itself once: who may see it, how long it is kept, what is sealed."""

from dataclasses import dataclass
from typing import Literal

About = Literal["person", "case", "staff", "none"]


@dataclass(frozen=True, slots=True)
class Privacy:
    """Declared by each model as `privacy = Privacy(...)`; a sweep fails on a model without it.

    `who` and `kept` are words for the record of processing, `special` marks special-category or criminal-offence data,
    `sealed` names the encrypted fields, `about` says whose data it is.
    """

    who: str
    kept: str
    special: bool = False
    sealed: tuple[str, ...] = ()
    about: About = "none"

    def __post_init__(self) -> None:
        if not self.who.strip() or not self.kept.strip():
            raise ValueError("Privacy needs words for who may see the record and how long it is kept")
