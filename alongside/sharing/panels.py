"""What sharing puts on the case page: each decision as a letter to oneself, and what people said about it."""

from __future__ import annotations

from alongside.cases.models import Case
from alongside.gate.viewing import Viewer
from alongside.sharing import queries
from alongside.sharing.codes import CONSENT
from alongside.sharing.decisions import pages


def sharing(case: Case, viewer: Viewer) -> dict[str, object] | None:
    """Decisions and consent."""
    return {
        "case": case,
        "decisions": pages.on_case(case, viewer),
        "may_decide": viewer.user.may("decide_sharing"),
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
