"""What is asked of whom: kinds of worker, and the rules of their own, of their groups, and of everybody (`packs/workers.toml`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from alongside.policy import Fault, PackFaults, Rule
from alongside.policy.reading import Table
from alongside.policy.source import Source, read, tables


@dataclass(frozen=True)
class Group:
    """Several kinds of worker together; `all`: it holds for every worker."""

    code: str
    says: str
    actors: tuple[str, ...]
    all: bool = False


@dataclass(frozen=True)
class Worker:
    """One kind of worker: `says` “a midwife”, `together` “midwives”, `words` by which people look for it."""

    code: str
    says: str
    together: str
    words: tuple[str, ...]
    own: tuple[str, ...]
    groups: tuple[Group, ...]

    @property
    def parts(self) -> list[tuple[str, tuple[str, ...]]]:
        """“midwives in particular”, “health staff”, … “any professional”, each with its actors; none stands twice."""
        found: list[tuple[str, tuple[str, ...]]] = []
        seen: set[str] = set()
        own = f"{self.together} in particular" if self.groups else self.together
        for says, actors in [(own, self.own), *((group.says, group.actors) for group in self.groups)]:
            left = tuple(actor for actor in actors if actor not in seen)
            seen.update(left)
            if left:
                found.append((says, left))
        return found

    @property
    def actors(self) -> frozenset[str]:
        """Every actor that is this worker, in particular or with others."""
        return frozenset(actor for _, actors in self.parts for actor in actors)

    def asked(self, rules: Iterable[Rule]) -> list[tuple[str, list[Rule]]]:
        """The rules that speak to the worker, part by part; a part without any rule is left out."""
        held = list(rules)
        parts = [(says, [rule for rule in held if rule.actor in actors]) for says, actors in self.parts]
        return [(says, found) for says, found in parts if found]


@lru_cache(maxsize=1)
def workers() -> Mapping[str, Worker]:
    """Every kind of worker by its code, read once as the packs are."""
    return read_workers(Path(settings.PACKS_DIR))


def read_workers(root: Path) -> dict[str, Worker]:
    """The kinds of worker of a folder of packs. Raises PackFaults where the file is unsound."""
    source = read(root, root / "workers.toml")
    if isinstance(source, Fault):
        raise PackFaults([source])
    faults: list[Fault] = []
    held = {code: Table(source, f"group.{code}", 0, data, faults) for code, data, _ in tables(source, "group")}
    groups = {code: _group(table, code) for code, table in held.items()}
    found = {code: _worker(source, code, data, groups, faults) for code, data, _ in tables(source, "worker")}
    if faults:
        raise PackFaults(faults)
    return found


def _group(table: Table, code: str) -> Group:
    table.known_keys(frozenset({"says", "actors", "all"}))
    return Group(code, table.get("says", str, ""), table.words("actors"), table.get("all", bool, False))


def _worker(source: Source, code: str, data: object, groups: Mapping[str, Group], faults: list[Fault]) -> Worker:
    table = Table(source, f"worker.{code}", 0, data, faults)
    table.known_keys(frozenset({"says", "together", "words", "own", "groups", "outside"}))
    named = table.words("groups")
    for name in set(named) - groups.keys():
        table.fault(f"{code} is of the group {name}, which is not here", ", ".join(groups), "unknown-word", "groups")
    everybody = [] if table.get("outside", bool, False) else [group for group in groups.values() if group.all]
    belongs = (*(groups[name] for name in named if name in groups), *everybody)
    says, together = table.get("says", str, ""), table.get("together", str, "")
    return Worker(code, says, together, table.words("words"), table.words("own"), belongs)
