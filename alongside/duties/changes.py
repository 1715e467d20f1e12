"""What an answer changed, in one sentence: said at once, so that the person sees what the question was for."""

from __future__ import annotations

from dataclasses import dataclass

from alongside.cases.models import Case
from alongside.design.jinja import sentence
from alongside.duties import queries, words
from alongside.gate.viewing import Viewer


@dataclass(frozen=True)
class Picture:
    """What is owed, forbidden and asked in a case at one instant."""

    owed: frozenset[tuple[str, str]]
    barred: frozenset[tuple[str, str, str]]
    asked: int

    @classmethod
    def of(cls, case: Case, viewer: Viewer) -> Picture:
        owed = frozenset((d.rule, d.act) for task in queries.tasks_of(case, viewer) for d in queries.open_of(task))
        barred = frozenset((b.rule, b.act, b.outcome) for b in queries.bars_of(case, viewer))
        return cls(owed, barred, len(queries.questions_of(case, viewer)))

    def change(self, now: Picture) -> str:
        """What is different now."""
        parts = [_count(now.owed - self.owed, "now owed"), _count(self.owed - now.owed, "no longer owed")]
        firing = {(rule, act) for rule, act, outcome in now.barred if outcome == "fires"}
        fired = {(rule, act) for rule, act, outcome in self.barred if outcome == "fires"}
        gone = {(rule, act) for rule, act, _ in self.barred} - {(rule, act) for rule, act, _ in now.barred}
        parts += [_count(firing - fired, "must not be done"), _count(gone, "no longer stopped")]
        closed = self.asked - now.asked
        if closed > 1:
            parts.append(f"{closed - 1} other question{'s' if closed > 2 else ''} no longer asked")
        told = [part for part in parts if part]
        return f"Answered. {'; '.join(told)}." if told else "Answered. Nothing else changes."


def _count(pairs: set[tuple[str, str]] | frozenset[tuple[str, str]], what: str) -> str:
    acts = sorted({words.act(act) for _, act in pairs})
    return f"{what[0].upper() + what[1:]}: {sentence(acts)}" if acts else ""
