"""What duties put on the case page, under "Now"."""

from __future__ import annotations

from alongside.cases.models import Case
from alongside.duties import queries, words
from alongside.duties.pages import case as pages
from alongside.duties.pages import questions
from alongside.duties.pages.bars import notices
from alongside.duties.pages.cites import cites_of, missing_copies
from alongside.gate.viewing import Viewer


def tasks(case: Case, viewer: Viewer) -> dict[str, object] | None:
    """What is owed, by whom; what was done."""
    rows = queries.tasks_of(case, viewer)
    ended = list(queries.ended_duties(case, viewer)[: pages.SHOWN_ENDED])
    shown = pages.cards(rows, case, viewer)
    return {
        "cards": shown,
        "ended": pages.ended(ended),
        "case": case,
        "missing_copies": missing_copies({one["rule"]: one for item in shown for one in item["card"].cites}),
    }


def bars(case: Case, viewer: Viewer) -> dict[str, object] | None:
    """What must not be done, and what cannot be told yet: open where its act is near, else folded under its number."""
    rows = list(queries.bars_of(case, viewer))
    cites = cites_of((bar.rule for bar in rows), case, viewer.at)
    near = _near(case, viewer)
    told = notices(rows, case, cites, viewer)
    shown = [one for one in told if not one["undecided"] or one["act"] in near]
    return {"bars": shown, "later": [one for one in told if one not in shown], "case": case}


def _near(case: Case, viewer: Viewer) -> set[str]:
    """Acts that somebody may do now: those of the open tasks, and what one could do while doing them."""
    acts = {task.act for task in queries.tasks_of(case, viewer)}
    return acts.union(*(words.BESIDE.get(act, ()) for act in acts))


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
