"""All packs of a folder, checked; hands out the pack of an area on a day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any

from alongside.policy import proofs
from alongside.policy.awaiting import telling
from alongside.policy.checks import faults_of
from alongside.policy.choices import as_facts, opened
from alongside.policy.faults import Fault, PackFaults, PolicyError
from alongside.policy.joint import JointPack, Places, Rulebook
from alongside.policy.layers import (
    PackFiles,
    area_pack,
    chain,
    document_rules,
    parameters_in_force,
    rules_in_force,
    with_choices,
)
from alongside.policy.loader import Contents, read_root
from alongside.policy.pack import Pack
from alongside.policy.promises import Promise
from alongside.policy.rules import Act, Actor, Parameter, Rule, fits
from alongside.policy.source import UNREAD
from alongside.policy.vocabulary import Fact, did_you_mean

_MOST_PACKS = 200
_MEND = "change the example, or the condition"


class Library:
    """Packs that passed every check. Made by `load_library`; holds everything in memory and reads no file again."""

    def __init__(self, held: Contents) -> None:
        self.vocabulary: Mapping[str, Fact] = held.vocabulary
        self.acts: Mapping[str, Act] = held.acts
        self.owners: Mapping[str, Actor] = held.owners
        self.promises: Mapping[str, Promise] = held.promises
        self.packs: Mapping[str, PackFiles] = held.packs
        self._cache: dict[Any, Pack] = {}
        self._joint: dict[Any, JointPack] = {}

    @cached_property
    def areas(self) -> tuple[str, ...]:
        """The codes of the areas that some pack is for."""
        return tuple(sorted({area for pack in self.packs.values() for area in pack.areas}))

    @cached_property
    def documents(self) -> tuple[str, ...]:
        """The codes of the documents that some pack carries."""
        return tuple(sorted({code for pack in self.packs.values() for code in pack.documents}))

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """What each pack is called, by its id."""
        return {pack.id: pack.title for pack in self.packs.values()}

    @cached_property
    def declared(self) -> Mapping[str, Parameter]:
        """Every local choice that some area's pack declares, as it is declared last."""
        return {name: held for area in self.areas for name, held in self.parameters(area, date.max).items()}

    def every_rule(self) -> Iterator[Rule]:
        """Every rule of every pack, in force or not."""
        for pack in self.packs.values():
            yield from pack.rules

    def parameters(self, area: str, on: date) -> dict[str, Parameter]:
        """The local choices of an area on a day, set or not. Raises PolicyError for an unknown area."""
        return parameters_in_force(self._layers(area), on)

    def pack(
        self,
        area: str,
        on: date,
        *,
        document: str | None = None,
        settings: Mapping[str, Any] | None = None,
        adopted: Mapping[str, Any] | None = None,
    ) -> Pack:
        """The pack of an area on a day: one and the same for all days between which no rule and no choice begins or ends.

        `document`: only that document's entries as the catalogue words them, with no national, local or adopted choice
        but what ships in force. `adopted`: the partnership's choices. `settings`: choices for this once (`--set`), which
        count in either case. Raises PolicyError naming an unknown area, document or parameter, or a value out of form.
        """
        since = self._since(on)
        key = (area, since, document, _frozen(settings), _frozen(adopted))
        if key not in self._cache:
            if len(self._cache) >= _MOST_PACKS:
                self._cache.clear()
            self._cache[key] = self._resolve(area, since, document, settings or {}, adopted or {})
        return self._cache[key]

    def any_choice(self, area: str, on: date, aside: Collection[str] = ()) -> Pack:
        """The pack of an area on a day with every local choice a fact of the case (see `choices`), but those `aside`, which stay as shipped."""
        return self.open_pack(self._layers(area), on, aside=aside, area=area)

    def open_pack(
        self,
        layers: Sequence[PackFiles],
        on: date,
        rules: Iterable[Rule] | None = None,
        *,
        aside: Collection[str] = (),
        instead: Mapping[str, Parameter] | None = None,
        area: str = "",
    ) -> Pack:
        """The same of some layers, lowest first; `rules`: of these only; `instead`: with these in place of the local choices of their names."""
        parameters = parameters_in_force(layers, on) | dict(instead or {})
        fixed = {name: value for name, value in _values(parameters, shipped_only=False).items() if name in aside}
        free = {name: one for name, one in parameters.items() if name not in aside}
        held = rules_in_force(layers, on) if rules is None else rules
        return Pack(
            area=area,
            on=on,
            rules=opened(with_choices(held, parameters, fixed), free),
            layers=layers,
            vocabulary=as_facts(self.vocabulary, free),
            parameters=parameters,
            values=fixed,
        )

    def days_of_change(self, since: date) -> list[date]:
        """A day, and every later one on which a rule or a local choice begins or has just ended."""
        held: list[Rule | Parameter] = list(self.every_rule())
        held += [one for pack in self.packs.values() for one in pack.every_parameter()]
        starts = {one.effective_from for one in held if one.effective_from}
        ends = {
            one.effective_to + timedelta(days=1) for one in held if one.effective_to and one.effective_to < date.max
        }
        return [since, *sorted(day for day in starts | ends if day > since)]

    @cached_property
    def _turns(self) -> list[date]:
        return self.days_of_change(date.min)

    def _since(self, on: date) -> date:
        """The first of the days up to this one on which all packs were as they are on it."""
        return self._turns[bisect_right(self._turns, on) - 1]

    def joint(self, places: Places, on: date, *, adopted: Mapping[str, Mapping[str, Any]]) -> Rulebook:
        """What decides a case of these places on a day; `adopted`: each area's choices. One area's pack where all are one."""
        if places.is_one:
            return self.pack(places.home, on, adopted=adopted.get(places.home))
        key = (places, self._since(on), tuple((area, _frozen(adopted.get(area))) for area in places.areas))
        if key not in self._joint:
            if len(self._joint) >= _MOST_PACKS:
                self._joint.clear()
            packs = {area: self.pack(area, on, adopted=adopted.get(area)) for area in places.areas}
            taken = {
                area: [rule.id for rule in pack.rules if places.of(self.follows(rule)) == area]
                for area, pack in packs.items()
            }
            self._joint[key] = JointPack(places, packs, taken)
        return self._joint[key]

    def follows(self, rule: Rule) -> str:
        """Which place decides a rule: home, incident or victim; its act's word, else its actor's."""
        act = self.acts.get(rule.action or rule.opens or rule.forbids or "")
        return (act.follows if act else None) or self.owners[rule.actor].follows

    def read_setting(self, area: str, on: date, name: str, text: str) -> Any:
        """The value of a parameter from its text (`--set NAME=VALUE`). Raises PolicyError."""
        parameter = self._parameter(self.parameters(area, on), name)
        value: Any = text
        if parameter.type == "integer":
            value = int(text) if text.removeprefix("-").isascii() and text.removeprefix("-").isdigit() else None
        elif parameter.type == "boolean":
            value = {"true": True, "false": False}.get(text.lower())
        elif parameter.type == "list":
            value = [word.strip() for word in text.split(",") if word.strip()]
        return _sound(parameter, value, text)

    def _resolve(
        self, area: str, on: date, document: str | None, settings: Mapping[str, Any], adopted: Mapping[str, Any]
    ) -> Pack:
        layers = self._layers(area)
        parameters = parameters_in_force(layers, on)
        for given in (settings, adopted):
            for name, value in given.items():
                _sound(self._parameter(parameters, name), value, value)
        if document is not None and document not in self.documents:
            raise PolicyError(f"unknown document {document!r}; {_nearest(document, self.documents)}")
        values = _values(parameters, shipped_only=document is not None)
        if document is None:
            values.update({name: value for name, value in adopted.items() if value is not None})
            rules = rules_in_force(layers, on)
        else:
            rules = document_rules(self.packs.values(), document, on)
            layers = [pack for pack in self.packs.values() if any(rule.pack == pack.id for rule in rules)]
        values.update(settings)
        settled = {*settings, *(adopted if document is None else ())}
        changed = with_choices(rules, parameters, values, settled)
        return Pack(
            area=area,
            on=on,
            rules=telling(changed, parameters, values, settled, self.vocabulary),
            layers=layers,
            vocabulary=self.vocabulary,
            parameters=parameters,
            values=values,
        )

    def _layers(self, area: str) -> list[PackFiles]:
        pack = area_pack(area, self.packs)
        if pack is None:
            raise PolicyError(f"unknown area {area!r}; {_nearest(area, self.areas)}")
        return [self.packs[name] for name in chain(pack, self.packs)]

    @staticmethod
    def _parameter(parameters: Mapping[str, Parameter], name: str) -> Parameter:
        if name not in parameters:
            raise PolicyError(
                f"unknown parameter {name!r}; {did_you_mean(name, parameters) or 'none is spelt like it'}"
            )
        return parameters[name]


def load_library(root: Path | str, *, unproved: bool = False) -> Library:
    """Read and check every pack under a folder. Raises PackFaults holding all faults, each with file, line and remedy.

    `unproved`: also packs of which it is not on record that they ask for no less than those below (see `proofs`).
    """
    held = read_root(Path(root))
    faults = [*held.faults]
    if not any(map(_takes_names_along, faults)):
        faults += faults_of(held)  # else every name of the file that cannot be read would be a fault of its own
    if not faults and not unproved:
        faults += proofs.unproved(Path(root), held.packs, held.vocabulary)
    if faults and all(fault.kind == "missing-example" for fault in faults):
        faults += _examples(held)  # the one that is missing may be there, and say what does not come out
    if faults:
        raise PackFaults(faults)
    library = Library(held)
    failing = list(_examples(held))
    if failing:
        raise PackFaults(failing)
    return library


def _examples(held: Contents) -> Iterator[Fault]:
    """A fault for every example that does not come out, decided as by `policy decide` with that rule and no local choice."""
    for pack in held.packs.values():
        alone = Pack(
            area="", on=date.min, rules=pack.rules, layers=[pack], vocabulary=held.vocabulary, parameters={}, values={}
        )
        for rule, decide in zip(pack.rules, alone.each(), strict=True):
            for number, example in enumerate(rule.examples, 1):
                told = f"example {number} of {rule.id}"
                try:
                    result = decide(example.given)
                except PolicyError as error:
                    yield Fault(rule.file, example.line, f"{told}: {error}", _MEND, "failing-example")
                    continue
                if result.outcome != example.then:
                    message = f"{told} says {example.then}, and it comes out {result.outcome}"
                    yield Fault(rule.file, example.line, message + _asks(result.ask), _MEND, "failing-example")
                elif example.ask is not None and example.ask != frozenset(result.ask):
                    message = f"{told} asks {sorted(example.ask)}, and it asks {list(result.ask)}"
                    yield Fault(rule.file, example.line, message, _MEND, "failing-example")


def _takes_names_along(fault: Fault) -> bool:
    """Whether a file could not be read in which names stand that every pack uses."""
    is_shared = fault.file.startswith(("vocabulary/", "acts/", "acts.", "owners.")) or fault.file.endswith("/pack.toml")
    return fault.kind == "no-pack" or (fault.kind in UNREAD and is_shared)


def _asks(ask: tuple[str, ...]) -> str:
    return f" and asks {', '.join(ask)}" if ask else ""


def _values(parameters: Mapping[str, Parameter], *, shipped_only: bool) -> dict[str, Any]:
    return {
        name: parameter.in_force
        for name, parameter in parameters.items()
        if parameter.in_force is not None and (_says_a_document(parameter) or not shipped_only)
    }


def _says_a_document(parameter: Parameter) -> bool:
    return parameter.status == "shipped" and not parameter.sources


def _sound(parameter: Parameter, value: Any, shown: Any) -> Any:
    if value is None or not fits(parameter.type, value):
        raise PolicyError(f"parameter {parameter.name}: {shown!r} is no {parameter.type}")
    allowed = [word for word in parameter.may_vary if isinstance(word, str)]
    for word in value if parameter.type == "list" else [value]:
        if isinstance(word, str) and allowed and word not in allowed:
            raise PolicyError(f"parameter {parameter.name}: unknown word {word!r}; {_nearest(word, allowed)}")
    return value


def _nearest(name: str, names: Any) -> str:
    return did_you_mean(name, names) or "one of " + ", ".join(names)


def _frozen(values: Mapping[str, Any] | None) -> Any:
    if not values:
        return ()
    return tuple(sorted((name, repr(value)) for name, value in values.items()))
