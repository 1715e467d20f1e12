"""What decides a population: for every rule, its condition in each area that has it, and the place by which a case comes under it.

A rule of police duties holds in the area where it happened, one of MARAC in that of the victim's home (see `joint`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import polars as pl

from alongside.policy.columns import E, Readers, hangs_on
from alongside.policy.frame import Polars, as_truth
from alongside.policy.generate import Names
from alongside.policy.joint import JointPack, Rulebook
from alongside.policy.pack import Pack
from alongside.policy.population import PLACE
from alongside.policy.rules import Rule
from alongside.policy.tree import Node


@dataclass(frozen=True)
class Part:
    """A condition, and the areas where it stands; `where` is the column that says a case's area, None: it stands everywhere."""

    tree: Node
    names: Names = field(compare=False)
    settings: tuple[tuple[str, Any], ...] = ()
    where: str | None = None
    areas: tuple[str, ...] = ()

    @property
    def meaning(self) -> tuple[Any, ...]:
        """What two areas share when they decide alike."""
        return self.tree, self.settings, self.where


class Regime:
    """Rules as they decide a population. Those of an act's moment are left out: they are decided when somebody acts."""

    def __init__(self, rules: Mapping[str, Rule], parts: Mapping[str, tuple[Part, ...]]) -> None:
        self.rules, self.parts = rules, parts

    def said(self, rule: str, readers: Readers[E]) -> E:
        """A rule over columns: true, false, or null where it cannot be decided; where no area has it, it does not fire."""
        say = readers.say
        said = say.constant(False)
        for part in self.parts.get(rule, ()):
            one = readers.node(part.tree, part.names)
            said = (
                one if part.where is None else say.pick(say.among(say.column(part.where), list(part.areas)), one, said)
            )
        return said

    def truth(self, rule: str, columns: Collection[str]) -> pl.Expr:
        """The same over a frame."""
        return as_truth(self.said(rule, Readers(Polars(), columns)))

    def level(self, rule: str, columns: Collection[str]) -> pl.Expr:
        """The same as a number that joins the rows of a case by its greatest: 0 no, 1 cannot decide, 2 yes."""
        return Polars().level(self.said(rule, Readers(Polars(), columns)))

    def place(self, rule: str) -> str:
        """The column of the area by which a case comes under a rule."""
        return next((part.where for part in self.parts.get(rule, ()) if part.where), PLACE["home"])


def alone(book: Rulebook) -> Regime:
    """One rulebook for every case, whatever its places."""
    rules = {rule.id: rule for rule in book.rules if not is_of_a_moment(book, rule)}
    packs = {id_: book.pack_of(id_) if isinstance(book, JointPack) else book for id_ in rules}
    return Regime(rules, {id_: (_part(packs[id_], rule, None, ()),) for id_, rule in rules.items()})  # type: ignore[arg-type]


def across(packs: Mapping[str, Pack], follows: Callable[[Rule], str]) -> Regime:
    """Each rule by the pack of the area that it follows."""
    rules: dict[str, Rule] = {}
    parts: dict[str, dict[tuple[Any, ...], Part]] = {}
    for area, pack in packs.items():
        for rule in pack.rules:
            if is_of_a_moment(pack, rule):
                continue
            one = _part(pack, rule, PLACE[follows(rule)], (area,))
            held = parts.setdefault(rule.id, {})
            same = held.get(one.meaning)
            held[one.meaning] = _part(pack, rule, one.where, (*same.areas, area)) if same else one
            rules.setdefault(rule.id, rule)
    return Regime(rules, {id_: tuple(held.values()) for id_, held in parts.items()})


def is_of_a_moment(book: Rulebook, rule: Rule) -> bool:
    """Whether a rule hangs on the moment of an act, and is decided at that screen only."""
    pack = book.pack_of(rule.id) if isinstance(book, JointPack) else cast(Pack, book)
    held = hangs_on(pack.binder.bind(rule.when), pack.binder.names) & book.vocabulary.keys()
    return any(book.vocabulary[name].kind == "moment" for name in held)


def changed_rules(before: Regime, after: Regime) -> list[str]:
    """Rules whose condition, with the choices in force, is not the same in both; in the order of `after`."""
    every: Iterable[str] = dict.fromkeys((*after.parts, *before.parts))
    return [rule for rule in every if _meant(before, rule) != _meant(after, rule)]


def changed_areas(before: Regime, after: Regime) -> frozenset[str]:
    """The areas in which some rule is not the same in both."""
    return frozenset(
        area for rule in changed_rules(before, after) for _, area in _meant(before, rule) ^ _meant(after, rule)
    )


def _meant(regime: Regime, rule: str) -> frozenset[Any]:
    parts = regime.parts.get(rule, ())
    return frozenset((part.meaning, area) for part in parts for area in part.areas or ("",))


def _part(pack: Pack, rule: Rule, where: str | None, areas: tuple[str, ...]) -> Part:
    names = pack.binder.names
    tree = pack.binder.bind(rule.when)
    used = sorted(hangs_on(tree, names) & names.settings.keys())
    return Part(tree, names, tuple((name, names.settings[name]) for name in used), where, areas)
