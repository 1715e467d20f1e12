"""What each open question of a case could settle, and what is certain to close an act: worked out from the latest evaluation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from alongside.cases.models import Case
from alongside.duties import queries
from alongside.duties.questions import weighed
from alongside.duties.snapshots import opened
from alongside.gate.viewing import Viewer
from alongside.policy import Fact, Rule
from alongside.policy.questions import Question, asked_in, rank
from alongside.policy.weighing import Key, KeySets, Weighed, certain


@dataclass(frozen=True)
class Asking:
    """The rules of a case worth asking for that cannot be told."""

    weighed: tuple[Weighed, ...]
    vocabulary: Mapping[str, Fact]

    @cached_property
    def ranked(self) -> dict[Key, Question]:
        """What each question could settle, by fact and person."""
        return {(one["fact"], one["about"] or ""): one for one in rank(self.weighed, self.vocabulary)}

    @cached_property
    def acts(self) -> tuple[str, ...]:
        """The acts of these rules, those first of which most is at stake."""
        stakes: dict[str, int] = {}
        for one in self.weighed:
            stakes[act_of(one.rule)] = stakes.get(act_of(one.rule), 0) + one.rule.severity
        return tuple(sorted(stakes, key=lambda act: (-stakes[act], act)))

    def closing(self, act: str) -> tuple[KeySets, list[str]]:
        """The smallest sets of questions after which nothing about an act stays open, and the rules that wait for something else."""
        return certain((one for one in self.weighed if act_of(one.rule) == act), asked_in(self.vocabulary))


def act_of(rule: Rule) -> str:
    """What a duty, a bar or a threshold is about."""
    return rule.action or rule.forbids or rule.opens or ""


def asking(case: Case, viewer: Viewer) -> Asking | None:
    """What is open in a case that the viewer may see; None before its first evaluation."""
    row = queries.latest_evaluation(case, viewer)
    if row is None:
        return None
    then = opened(row)
    return Asking(tuple(weighed(then.pack, then.findings().values())), then.pack.vocabulary)
