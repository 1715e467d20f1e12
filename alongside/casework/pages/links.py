"""What every page about a case carries: its identity bar and the way back."""

from __future__ import annotations

from alongside.cases import pages as case_pages
from alongside.cases.models import Case
from alongside.gate.viewing import Viewer


def on_case(case: Case, viewer: Viewer) -> dict[str, object]:
    """For somebody who holds the case."""
    return {"case": case, "identity": case_pages.identity(case, viewer)}
