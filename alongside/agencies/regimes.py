"""Under which data protection law an agency makes its records: processing of the police for law enforcement stands apart.

It follows from the kind of the agency alone, so that nobody chooses it record by record. To be confirmed by each agency with its data
protection officer: the police also keep records that are not for law enforcement (of their own staff, for example).
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Regime:
    """A code that exports carry, words for a screen, and the law; what a person may ask for differs with it."""

    code: str
    words: str
    law: str
    to_confirm: bool = True


GENERAL = Regime(
    "general",
    "under the general law of data protection",
    "UK GDPR with the Data Protection Act 2018, part 2",
)
LAW_ENFORCEMENT = Regime(
    "law-enforcement",
    "as police processing for law enforcement, apart from everything else",
    "Data Protection Act 2018, part 3",
)
REGIMES = {one.code: one for one in (GENERAL, LAW_ENFORCEMENT)}

# Kinds of agency that are competent authorities of part 3 (section 30, schedule 7); every other kind is general.
COMPETENT = frozenset({"police", "probation"})


def regime_of(kind: str) -> Regime:
    """The law under which an agency of a kind (`codes.AGENCY_KINDS`) makes its records about families."""
    return LAW_ENFORCEMENT if kind in COMPETENT else GENERAL
