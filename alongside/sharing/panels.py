"""What sharing puts on the case page: each decision as a letter to oneself, and what people said about it."""

from __future__ import annotations

from alongside.cases.models import Case
from alongside.gate.viewing import Viewer
from alongside.sharing import queries
from alongside.sharing.codes import BASES, CONSENT


def sharing(case: Case, viewer: Viewer) -> dict[str, object] | None:
    """Decisions and consent."""
    return {
        "case": case,
        "decisions": [
            {
                "row": row,
                "to": f"{row.to_team.agency.name}, {row.to_team.name}",
                "by": f"{row.decided_by.role_held.label}, {row.decided_by.agency.name}",
                "basis": BASES.get(row.basis, ""),
                "consent": CONSENT[row.consent] if row.consent else "",
            }
            for row in queries.disclosures(case, viewer)
        ],
        "consents": [
            {
                "row": row,
                "who": row.person.initials,
                "said": CONSENT[row.status] if row.status else "",
                "by": row.stated_by.role_held.label,
            }
            for row in queries.consents(case, viewer)
        ],
    }
