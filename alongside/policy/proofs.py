"""What must be proved before a pack may be used, and the record that it was (`proofs.toml` beside the packs).

Proving takes z3 and seconds, so it is done by `alongside policy check --write`. Loading only compares: a pack that sets a number
outside what may vary, or words a binding rule anew, is refused unless the record names exactly what was proved.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from alongside.policy.checks import may_be_proved
from alongside.policy.faults import Fault
from alongside.policy.layers import PackFiles, chain
from alongside.policy.loader import canonical
from alongside.policy.rules import Parameter, Rule
from alongside.policy.source import Source, read
from alongside.policy.vocabulary import Fact

NAME = "proofs.toml"
_HEAD = """# Written by `alongside policy check --write`: packs that were proved to ask for no less than the packs below them, by the hash
# of what was proved. A pack that is changed, or one below it, must be proved again before it is used. Do not edit.

[proved]
"""


def layers_below(pack: PackFiles, packs: Mapping[str, PackFiles]) -> list[PackFiles]:
    """The packs a pack stands on, lowest first."""
    return [packs[name] for name in chain(pack.id, packs) if name != pack.id]


def replacing(pack: PackFiles, below: Sequence[PackFiles]) -> Iterator[tuple[Rule, Rule]]:
    """Each rule that takes the place of binding ones, with each of those, unless the pack says why it weakens them."""
    for rule in pack.rules:
        for one in (one for layer in below for one in layer.rules if one.id == rule.id and not rule.weakens):
            if one.binds:
                yield one, rule


def outside(pack: PackFiles, below: Sequence[PackFiles]) -> Iterator[Parameter]:
    """Each number in force outside what may vary that this pack sets itself."""
    inherited = {
        (one.name, one.in_force) for layer in below for one in layer.every_parameter() if one.type == "integer"
    }
    for one in pack.every_parameter():
        if may_be_proved(one, [*below, pack]) and (one.name, one.in_force) not in inherited:
            yield one


def needed(packs: Mapping[str, PackFiles], vocabulary: Mapping[str, Fact]) -> dict[str, str]:
    """The packs of which something must be proved, each with the hash of all that the proof speaks of."""
    found = {}
    words = canonical({name: asdict(fact) for name, fact in vocabulary.items()})
    for pack in packs.values():
        below = layers_below(pack, packs)
        if any(replacing(pack, below)) or any(outside(pack, below)):
            found[pack.id] = canonical([words, *(layer.hash for layer in (*below, pack))])
    return found


def unproved(root: Path, packs: Mapping[str, PackFiles], vocabulary: Mapping[str, Fact]) -> Iterator[Fault]:
    """A fault for each pack whose proof is not on record, or was of something else."""
    on_record = recorded(root)
    for name, mark in needed(packs, vocabulary).items():
        if on_record.get(name) != mark:
            pack = packs[name]
            below = layers_below(pack, packs)
            first: Rule | Parameter = next(outside(pack, below), None) or next(
                rule for _, rule in replacing(pack, below)
            )
            what = (
                first.id
                if isinstance(first, Rule)
                else f"parameter {first.name} = {first.in_force} lies outside {first.limits} and"
            )
            told = f"{what} was not proved to ask for no less than the packs below"
            yield Fault(
                first.file, first.line, told, "alongside policy check --write proves it, or prints a case", "unproved"
            )


def recorded(root: Path) -> Mapping[str, str]:
    """The record as it stands; empty where there is none that can be read: then nothing is taken for proved."""
    found = read(root, root / NAME) if (root / NAME).exists() else None
    said = found.data.get("proved") if isinstance(found, Source) else None
    return said if isinstance(said, dict) else {}


def record(root: Path, held: Mapping[str, str]) -> None:
    """Write down what was proved; no file where nothing had to be."""
    if held:
        lines = [f'"{name}" = "{mark}"\n' for name, mark in sorted(held.items())]
        (root / NAME).write_text(_HEAD + "".join(lines), encoding="utf-8")
    else:
        (root / NAME).unlink(missing_ok=True)
