"""What an edition that the partnership added does to the rules: which sentences it says otherwise, or no more, and what the
policy lead decided of each. Until then a rule runs as before, and says so wherever it is cited."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from alongside.clock import in_london
from alongside.policy import Rule
from alongside.policy.editions import Edition, Standing, compare, standings
from alongside.procedures import queries
from alongside.procedures.models import DocumentCopy, SentenceDecision

AT_ODDS = ("changed", "gone", "missing")


@dataclass(frozen=True)
class Told:
    """What stands beside a rule's gist: the sentence as the partnership's copy has it, and what is to be said of it.

    `flagged`: the sentence changed or went, and nobody has decided yet.
    """

    quote: str | None = None
    notice: str = ""
    flagged: bool = False


@dataclass(frozen=True)
class Work:
    """A rule whose sentence the latest copy says otherwise or no more, and the decision that stands."""

    rule: Rule
    standing: Standing
    copy: DocumentCopy
    decision: SentenceDecision | None = None

    @property
    def is_open(self) -> bool:
        return self.decision is None or self.decision.verdict == SentenceDecision.REOPENED

    @property
    def key(self) -> tuple[str, str, str]:
        """The rule, the sentence it cites and the one in its stead: what a decision is about."""
        return self.rule.id, self.rule.cite.sha256, fingerprint(self.standing.after)


def fingerprint(sentence: str) -> str:
    """The hash that stands for a sentence in a decision; empty for none."""
    return hashlib.sha256(sentence.encode()).hexdigest() if sentence else ""


def standing_in(code: str, versions: Sequence[UUID]) -> Mapping[str, Standing]:
    """What became of every cited sentence of a document in the copies of it, the latest first, by rule or row of coverage."""
    return _standing_in(code, tuple(versions))


@lru_cache(maxsize=16)
def _standing_in(code: str, versions: tuple[UUID, ...]) -> dict[str, Standing]:
    texts = queries.texts(versions)
    return {one.id: one for one in standings(queries.cites_of(code), [texts[pk] for pk in versions])}


def told(rules: Iterable[Rule]) -> dict[str, Told]:
    """The sentence of each rule, with what is to be said of it, by the rule's id: two statements for any number of rules."""
    wanted = list(rules)
    copies = queries.copies_of({rule.cite.document for rule in wanted})
    work, found = [], {}
    for rule in wanted:
        held = copies.get(rule.cite.document)
        standing = _standing(rule, held) if held else None
        if held and standing and standing.state in AT_ODDS:
            work.append(Work(rule, standing, held[0]))
        else:
            found[rule.id] = Told(standing.after if standing else None)
    return found | {one.rule.id: _told(one) for one in _decided(work)}


def _standing(rule: Rule, copies: Sequence[DocumentCopy]) -> Standing | None:
    """None for a rule whose source is no sentence of a document."""
    return standing_in(rule.cite.document, [copy.pk for copy in copies]).get(rule.id)


def _decided(work: Iterable[Work]) -> list[Work]:
    rows = list(work)
    decisions = queries.decisions({one.rule.id for one in rows})
    return [Work(one.rule, one.standing, one.copy, decisions.get(one.key)) for one in rows]


def _told(one: Work) -> Told:
    added = f"the copy your partnership added on {in_london(one.copy.added_at):%-d %B %Y}"
    what = (
        f"The sentence has changed in {added}."
        if one.standing.state == "changed"
        else f"There is no such sentence in {added}."
    )
    decision = one.decision
    if decision is None or one.is_open:
        return Told(None, f"{what} The rule runs as before until your policy lead has confirmed it.", flagged=True)
    on = f"{in_london(decision.decided_at):%-d %B %Y}"
    if decision.verdict == SentenceDecision.STANDS:
        return Told(one.standing.after or None, f"{what} Your policy lead confirmed on {on} that the rule stands.")
    return Told(
        None, f"{what} Your policy lead noted on {on} that the rule must be written anew; until then it runs as before."
    )


def work_of(code: str) -> list[Work]:
    """The rules whose sentence the latest copy of a document says otherwise or no more: what is to be decided first, what went
    before what changed, the gravest first."""
    copies = queries.copies_of({code}).get(code)
    if not copies:
        return []
    rules = [rule for rule in queries.rules().values() if rule.cite.document == code]
    at_odds = [
        Work(rule, standing, copies[0])
        for rule in rules
        if (standing := _standing(rule, copies)) and standing.state in AT_ODDS
    ]
    return sorted(_decided(at_odds), key=_urgency)


def _urgency(one: Work) -> tuple[bool, int, int, int]:
    return (not one.is_open, AT_ODDS.index(one.standing.state) == 0, -one.rule.severity, one.rule.cite.line)


def work_on(rule: Rule) -> Work | None:
    """What is to be decided, or was decided, of one rule; None where its sentence stands, or there is no copy."""
    copies = queries.copies_of({rule.cite.document}).get(rule.cite.document)
    standing = _standing(rule, copies) if copies else None
    if not copies or standing is None or standing.state not in AT_ODDS:
        return None
    return _decided([Work(rule, standing, copies[0])])[0]


def left() -> dict[str, int]:
    """By document, how many rules wait for the policy lead; documents for which none does are left out."""
    return {code: number for code in queries.documents() if (number := sum(one.is_open for one in work_of(code)))}


def edition(code: str) -> Edition | None:
    """The latest copy of a document beside the one before it; None without two."""
    held = queries.copies_of({code}).get(code, [])
    if len(held) < 2:
        return None
    texts = queries.texts([held[0].pk, held[1].pk])
    return compare(texts[held[1].pk], texts[held[0].pk])
