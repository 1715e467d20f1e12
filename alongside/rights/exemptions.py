"""Why somebody is not told yet: the law that allows it, in words first. Each is to be confirmed by the partnership; none is legal advice.

The last word is a person's, case by case, with a day on which it is looked at again: no ground here holds for everybody of a kind.
"""

from __future__ import annotations

from dataclasses import dataclass

from alongside.sharing.gateways import TO_CONFIRM


@dataclass(frozen=True)
class Exemption:
    """`words` finish the sentence “not told yet, because …”."""

    words: str
    law: str

    @property
    def hint(self) -> str:
        """The law behind it, and that nobody has confirmed it yet."""
        return f"{self.law}. {TO_CONFIRM}"


EXEMPTIONS = {
    "harm": Exemption(
        "telling them would put somebody in danger",
        "UK GDPR, article 14(5)(b) where it would defeat what the records are for; Data Protection Act 2018, schedule 3, for health, social "
        "work and education records",
    ),
    "crime": Exemption(
        "telling them would get in the way of preventing or investigating a crime",
        "Data Protection Act 2018, schedule 2, paragraph 2; for the police and probation section 44(4) of the Act",
    ),
    "confidence": Exemption(
        "telling them would show what somebody said in confidence, or who said it",
        "UK GDPR, article 14(5)(d); Data Protection Act 2018, schedule 2, paragraph 16",
    ),
    "child": Exemption(
        "the child is too young, or telling them now would hurt them",
        "Nothing says at what age; a worker who knows the child decides, and looks again",
    ),
    "unreached": Exemption(
        "there is no safe way to reach them yet",
        "UK GDPR, article 14(5)(b): it would take more than can be done, or do harm. A month is the rule (article 14(3))",
    ),
}
CHOICES = [(code, one.words) for code, one in EXEMPTIONS.items()]
