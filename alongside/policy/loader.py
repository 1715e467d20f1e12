"""Reads a folder of packs: vocabulary, acts, owners, and every pack with its rules and parameters."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from alongside.policy.faults import Fault
from alongside.policy.layers import PackFiles, chain
from alongside.policy.promises import Promise, read_promise
from alongside.policy.reading import Table, read_act, read_actor, read_fact, read_origin, read_parameter, read_rule
from alongside.policy.rules import Act, Actor, Origin, Parameter
from alongside.policy.source import Source, read, read_folder, tables
from alongside.policy.vocabulary import Fact, did_you_mean

_PACK_KEYS = frozenset({"id", "title", "extends", "version", "documents", "areas", "practice"})
_PACK_TABLES = frozenset({"pack", "rule", "parameter", "source"})
_NOT_PACKS = frozenset({"vocabulary", "acts", "checklists", "coverage"})


@dataclass
class Contents:
    """Everything under a root of packs, sound or not, with the faults met while reading."""

    vocabulary: dict[str, Fact] = field(default_factory=dict)
    acts: dict[str, Act] = field(default_factory=dict)
    owners: dict[str, Actor] = field(default_factory=dict)
    packs: dict[str, PackFiles] = field(default_factory=dict)
    promises: dict[str, Promise] = field(default_factory=dict)
    places: dict[str, tuple[str, int]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read_root(root: Path) -> Contents:
    """Read every file under the root; nothing is raised, all faults are noted."""
    held = Contents()
    if not root.is_dir():
        held.faults.append(Fault(root.name, 1, "no folder of packs is here", "give its path with --packs", "no-packs"))
        return held
    _read_vocabulary(root, held)
    _read_acts_and_owners(root, held)
    _read_promises(root, held)
    sources: dict[str, list[Source]] = {}
    for folder in sorted(path for path in root.iterdir() if path.is_dir() and path.name not in _NOT_PACKS):
        _read_pack(root, folder, held, sources)
    if not held.packs and not held.faults:
        held.faults.append(Fault(root.name, 1, "no pack is here", "a pack is a folder with pack.toml", "no-packs"))
    for pack in sorted(held.packs, key=lambda name: (len(chain(name, held.packs)), name)):
        _read_contents(held.packs[pack], sources[pack], held)
    return held


def canonical(data: Any) -> str:
    """SHA-256 of data in one form, whatever the order of its keys."""
    return hashlib.sha256(canonical_text(data).encode()).hexdigest()


def canonical_text(data: Any) -> str:
    """Data in one form, whatever the order of its keys: the text whose SHA-256 is its hash."""
    return json.dumps(data, sort_keys=True, default=str, ensure_ascii=False)


def _read_vocabulary(root: Path, held: Contents) -> None:
    sources, faults = read_folder(root, root / "vocabulary")
    held.faults += faults
    for source, name, table in _named(sources, "fact", held.faults):
        if name in held.vocabulary:
            table.fault(f"fact {name} is described twice", "keep one", "twice")
        held.vocabulary[name] = read_fact(table, name)
        held.places[name] = (source.name, table.line)


def _read_acts_and_owners(root: Path, held: Contents) -> None:
    sources, faults = read_folder(root, root / "acts")
    held.faults += faults
    sources += _beside(root, ("acts.toml", "owners.toml"), held.faults)
    for source, code, table in _named(sources, "act", held.faults):
        if code in held.acts:
            table.fault(f"act {code} is described twice", "keep one", "twice")
        held.acts[code] = read_act(table, code)
        held.places[f"act {code}"] = (source.name, table.line)
    for _, code, table in _named(sources, "actor", held.faults):
        held.owners[code] = read_actor(table, code)


def _read_promises(root: Path, held: Contents) -> None:
    for _, name, table in _named(_beside(root, ("promises.toml",), held.faults), "promise", held.faults):
        held.promises[name] = read_promise(table, name)


def _beside(root: Path, names: Iterable[str], faults: list[Fault]) -> list[Source]:
    """Those of some files that stand beside the packs."""
    found = [read(root, root / name) for name in names if (root / name).exists()]
    faults += [one for one in found if isinstance(one, Fault)]
    return [one for one in found if isinstance(one, Source)]


def _named(sources: Iterable[Source], kind: str, faults: list[Fault]) -> Iterable[tuple[Source, str, Table]]:
    for source in sources:
        for name, data, _ in tables(source, kind):
            yield source, name, Table(source, f"{kind}.{name}", 0, data, faults)


def _read_pack(root: Path, folder: Path, held: Contents, sources: dict[str, list[Source]]) -> None:
    read_, faults = read_folder(root, folder)
    held.faults += faults
    first = next((source for source in read_ if source.name.endswith("/pack.toml")), None)
    if first is None:
        if read_ and not any(fault.file.endswith("/pack.toml") for fault in faults):
            held.faults.append(
                Fault(read_[0].name, 1, "rules in a folder without pack.toml", "add pack.toml", "no-pack")
            )
        return
    if not isinstance(first.data.get("pack"), dict):
        held.faults.append(
            Fault(first.name, 1, "the file has no [pack]", "begin it with [pack] with id, title, version", "no-pack")
        )
        return
    table = Table(first, "pack", 0, first.data.get("pack"), held.faults)
    table.known_keys(_PACK_KEYS)
    id_ = table.get("id", str)
    if not id_ or id_ in held.packs:
        table.fault("a pack needs an id of its own", 'id = "region/area"', "missing-id", "id")
        return
    said = {source.name: source.data for source in read_}
    pack = PackFiles(
        id=id_,
        title=table.get("title", str, id_),
        version=table.get("version", str, ""),
        extends=table.words("extends"),
        documents=table.words("documents"),
        areas=table.words("areas"),
        file=first.name,
        line=first.line_of("pack", 0, "extends"),
        hash=canonical(said),
        practice=table.get("practice", str, ""),
    )
    held.packs[id_], sources[id_] = pack, read_


def _read_contents(pack: PackFiles, sources: Iterable[Source], held: Contents) -> None:
    below = [held.packs[name] for name in chain(pack.id, held.packs) if name != pack.id]
    above = _merged(below)
    origins = _read_origins(pack, below, sources, held)
    for source in sources:
        for key in source.data.keys() - _PACK_TABLES:
            remedy = did_you_mean(key, _PACK_TABLES)
            held.faults.append(Fault(source.name, source.line_of(key), f"unknown table {key}", remedy, "unknown-key"))
        rules = source.data.get("rule", [])
        for index, data in enumerate(rules if isinstance(rules, list) else [rules]):
            rule = read_rule(Table(source, "rule", index, data, held.faults), held.vocabulary, pack.id, origins)
            if rule is not None:
                pack.rules.append(rule)
        seen: dict[str, int] = {}
        for name, data, _ in tables(source, "parameter"):
            index = seen[name] = seen.get(name, -1) + 1
            table = Table(source, f"parameter.{name}", index, data, held.faults)
            one = read_parameter(table, name, above.get(name), pack.id, origins)
            pack.parameters.setdefault(name, []).append(one)


def _read_origins(
    pack: PackFiles, below: Iterable[PackFiles], sources: Iterable[Source], held: Contents
) -> dict[str, Origin]:
    """The pages of law and practice that a pack may name: its own, and those of the packs it stands on."""
    for _, id_, table in _named(sources, "source", held.faults):
        if id_ in pack.origins:
            table.fault(f"source {id_} is described twice", "keep one", "twice")
        pack.origins[id_] = read_origin(table, id_, pack.practice)
    return {id_: one for layer in (*below, pack) for id_, one in layer.origins.items()}


def _merged(packs: Iterable[PackFiles]) -> Mapping[str, Parameter]:
    return {name: periods[-1] for pack in packs for name, periods in pack.parameters.items() if periods}
