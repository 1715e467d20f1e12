"""The law that lets a record go to another agency: a gateway, in words first. Each is to be confirmed by the partnership.

In the order the procedures name them: agreement is asked first where asking is safe (`staffs-is-consent-preferred`), its absence
never stops the protection of a child (`staffs-is-not-impeded-by-refusal`, `staffs-is-no-delay-for-consent`), and where a victim
does not agree the bases of `wm-marac-share-without-consent` are weighed. `source` names the sentence, or the line of the team's
practice page (docs/reference/sources.md), that it rests on; none of it is legal advice.
"""

from __future__ import annotations

from dataclasses import dataclass

TO_CONFIRM = "To be confirmed by your partnership."


@dataclass(frozen=True)
class Gateway:
    """`words` finish the sentence “the law allows it …”; `basis` is its code in `codes.BASES`."""

    words: str
    law: str
    source: str
    basis: str

    @property
    def hint(self) -> str:
        """The law behind it, and that nobody has confirmed it yet."""
        return f"{self.law}. {TO_CONFIRM}"


GATEWAYS = {
    "consent": Gateway(
        "because the person agreed, freely and knowing what for",
        "UK GDPR, article 6(1)(a). Ends the moment the person takes it back",
        "staffs-is-consent-preferred; practice page, line 203",
        "consent",
    ),
    "children": Gateway(
        "as part of our public task to keep children safe",
        "Children Act 1989; Children Act 2004, sections 10 and 11; UK GDPR, articles 6(1)(e) and 9(2)(g), with "
        "Data Protection Act 2018, schedule 1, paragraph 18",
        "staffs-is-legal-powers; practice page, line 203",
        "protect-child",
    ),
    "children-duty": Gateway(
        "because we owe it: the duty of 2026 to share what keeps a child safe or well",
        "Children’s Wellbeing and Schools Act 2026, section 4, where it is in force",
        "practice page, line 19",
        "protect-child",
    ),
    "adults": Gateway(
        "as part of our public task to protect an adult at risk",
        "Care Act 2014; UK GDPR, articles 6(1)(e) and 9(2)(g), with Data Protection Act 2018, schedule 1, paragraph 18",
        "wm-asc-consider-s42; practice page, line 203",
        "protect-adult",
    ),
    "life": Gateway(
        "because somebody’s life is in danger",
        "UK GDPR, articles 6(1)(d) and 9(2)(c): vital interests",
        "wm-marac-share-without-consent-05; practice page, line 203",
        "protect-adult",
    ),
    "crime": Gateway(
        "to prevent or detect a crime",
        "Police, probation and prosecutors: Data Protection Act 2018, part 3. Others: UK GDPR, article 10, with schedule 1 of the Act",
        "practice page, line 203",
        "prevent-crime",
    ),
    "public-interest": Gateway(
        "because the public interest in protecting somebody outweighs the duty of confidence",
        "Common law; Human Rights Act 1998; the Caldicott principles in health and care",
        "wm-marac-share-without-consent-02 to -05",
        "protect-adult",
    ),
    "charity": Gateway(
        "because safeguarding somebody vulnerable is a recognised legitimate interest of ours",
        "Data (Use and Access) Act 2025, schedule 4, once in force. For charities and refuges; not for a public authority in its tasks",
        "practice page, line 28",
        "protect-adult",
    ),
    "obligation": Gateway(
        "because a law or a court obliges us",
        "UK GDPR, article 6(1)(c). Name the law or the order in your reason",
        "practice page, line 203",
        "prevent-crime",
    ),
    "school": Gateway(
        "under the police’s arrangement to tell schools",
        "Domestic Abuse Act 2021, section 49A: Operation Encompass",
        "practice page, line 25",
        "school-notice",
    ),
}

# Where a page asks for the basis in plain words alone, the gateway that stands behind it.
OF_BASIS = {
    "consent": "consent",
    "protect-child": "children",
    "protect-adult": "adults",
    "prevent-crime": "crime",
    "school-notice": "school",
}
CHOICES = [(code, gateway.words) for code, gateway in GATEWAYS.items()]
