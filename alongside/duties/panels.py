"""What duties put on the case page, under "Now"."""

from __future__ import annotations

from alongside.cases.models import Case
from alongside.duties import queries
from alongside.duties.pages import case as pages
from alongside.duties.pages import questions
from alongside.duties.pages.bars import notices
from alongside.duties.pages.cites import cites_of, missing_copies
from alongside.gate.viewing import Viewer


def tasks(case: Case, viewer: Viewer) -> dict[str, object] | None:
    """What is owed, by whom; what was done."""
    rows = list(queries.tasks_of(case, viewer))
    ended = list(queries.ended_duties(case, viewer)[: pages.SHOWN_ENDED])
    shown = pages.cards(rows, case, viewer)
    return {
        "cards": shown,
        "ended": pages.ended(ended),
        "case": case,
        "missing_copies": missing_copies({one["rule"]: one for item in shown for one in item["card"].cites}),
    }


def bars(case: Case, viewer: Viewer) -> dict[str, object] | None:
    """What must not be done, and what cannot be told yet."""
    rows = list(queries.bars_of(case, viewer))
    return {"bars": notices(rows, case, cites_of((bar.rule for bar in rows), case, viewer.at), viewer), "case": case}


def ask(case: Case, viewer: Viewer) -> dict[str, object] | None:
    """At most three questions."""
    return questions.ask_next(case, viewer) | {"case": case}


def thresholds(case: Case, viewer: Viewer) -> dict[str, object] | None:
    """Thresholds met, not met, and those that cannot be told yet."""
    return {"groups": pages.thresholds(case, viewer), "case": case}


ALL = (
    (10, "duties/_case_tasks.html", tasks),
    (20, "duties/_case_bars.html", bars),
    (50, "duties/_case_questions.html", ask),
    (60, "duties/_case_thresholds.html", thresholds),
)
