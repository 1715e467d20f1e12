"""What honours each sentence of the documents: the rows of `packs/coverage`, and every rule for the sentence it is the rule of."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from alongside.policy import Fault, PackFaults, Rule
from alongside.policy.reading import Table
from alongside.policy.source import read_folder, tables
from alongside.policy.vocabulary import did_you_mean

# The kinds of place that can honour a sentence, in the words of a list.
KINDS = {
    "rule": "A rule",
    "field": "A field of the record of a call or report",
    "checklist": "A topic of a checklist",
    "fact": "A fact that may be known",
    "parameter": "A local choice",
    "act": "An act",
    "role": "A role of staff",
    "team": "What a team does",
    "page": "A page",
    "record": "A kind of record",
    "evidence": "A record that closes a duty",
    "setting": "A setting",
    "document": "A document",
}
# What is still to be built, by the name its package will have.
PLANNED = {
    "accommodation": "refuge and other safe accommodation",
    "campaign": "the campaign",
    "casework": "safety plans, support plans and the voice of the victim and each child",
    "commissioning": "buying services",
    "consultation": "asking people what they need",
    "death_reviews": "reviews after a death",
    "directory": "the directory of services",
    "disclosure_scheme": "the disclosure scheme",
    "insight": "figures and returns",
    "marac": "the MARAC meeting itself",
    "orders": "protection notices and court orders",
    "programmes": "programmes for people causing harm",
    "public": "the site for people living with abuse",
    "sharing": "agreements on sharing",
    "standards": "checking organisations against the standards",
    "strategy": "the strategy and its progress",
    "support": "support over time",
    "training": "training of staff",
}
_PLACE = re.compile(rf"({'|'.join(KINDS)}):(\S+)\Z")
_KEYS = frozenset({"cite", "gist", "place", "planned", "not_software"})


@dataclass(frozen=True)
class Atom:
    """One sentence, or one entry of a list: where it stands, what it means in our words, and what honours it.

    Exactly one of `places`, `planned` (the app that is to honour it) and `not_software` (why nothing a system does could).
    `cite` is what its sentence is found by in a copy (see `alongside.policy.citation`).
    """

    id: str
    document: str
    line: int
    gist: str
    places: tuple[str, ...] = ()
    planned: str = ""
    not_software: str = ""
    cite: Mapping[str, int | str] = field(default_factory=dict, compare=False)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of its places, or `planned`, or `not_software`."""
        other = "planned" if self.planned else "not_software"
        return frozenset(place.partition(":")[0] for place in self.places) or frozenset({other})


def read_coverage(root: Path) -> tuple[list[Atom], list[Fault]]:
    """Every row of `coverage/*.toml` under the packs, with every fault at its file and line; no folder is no rows."""
    sources, faults = read_folder(root, root / "coverage")
    found: dict[str, Atom] = {}
    for source in sources:
        for key in source.data.keys() - {"atom"}:
            remedy = did_you_mean(key, ["atom"])
            faults.append(Fault(source.name, source.line_of(key), f"unknown table {key}", remedy, "unknown-key"))
        for id_, data, _ in tables(source, "atom"):
            table = Table(source, f"atom.{id_}", 0, data, faults)
            if id_ in found:
                table.fault(f"{id_} has two rows", "keep one", "twice")
            found[id_] = _read(table, id_)
    return list(found.values()), faults


def load_coverage(root: Path, rules: Iterable[Rule]) -> dict[str, Atom]:
    """Every atom by its id, in the order of the documents. Raises PackFaults with all that is wrong in the rows."""
    rows, faults = read_coverage(root)
    if faults:
        raise PackFaults(faults)
    of_rules = (
        Atom(one.id, one.cite.document, one.cite.line, one.gist, (f"rule:{one.id}",), cite=one.cite.as_place())
        for one in rules
        if not one.cite.sources  # law and practice: no sentence of a document
    )
    hashes = _hashes(root / "coverage" / "atoms")
    rows = [replace(atom, cite=hashes.get(atom.id, {})) for atom in rows]
    in_order = sorted((*of_rules, *rows), key=lambda atom: (atom.document, atom.line, atom.id))
    return {atom.id: atom for atom in in_order}


def _hashes(folder: Path) -> dict[str, dict[str, int | str]]:
    """What each sentence that is no rule's is found by: where in its line, how long, and the hash of its words."""
    rows = (
        row for path in sorted(folder.glob("*.csv")) for row in csv.DictReader(path.read_text("utf-8").splitlines())
    )
    return {
        row["id"]: {key: int(row[key]) for key in ("line", "from", "length")} | {"sha256": row["sha256"]}
        for row in rows
        if row.get("sha256")
    }


def _read(table: Table, id_: str) -> Atom:
    table.known_keys(_KEYS)
    cite, gist = table.get("cite", dict, {}), table.get("gist", str, "")
    document, line = cite.get("document"), cite.get("line")
    if not isinstance(document, str) or type(line) is not int or cite.keys() - {"document", "line"}:
        table.fault(f"{id_} has no place in a document", "cite = { document, line }", "missing-citation", "cite")
        document, line = "", 1
    if not gist.strip():
        table.fault(f"{id_} has no gist", "say in a sentence of ours what it means", "missing-gist", "gist")
    places, planned, reason = table.words("place"), table.get("planned", str, ""), table.get("not_software", str, "")
    if sum(map(bool, (places, planned, reason))) != 1:
        table.fault(f"{id_} needs exactly one of place, planned, not_software", "", "form")
    for fault, remedy in _unknown(places, planned):
        table.fault(f"{id_}: {fault}", remedy, "unknown-word", "planned" if planned else "place")
    return Atom(id_, document, line, gist, places, planned, reason)


def _unknown(places: Iterable[str], planned: str) -> Iterator[tuple[str, str]]:
    for place in places:
        if not _PLACE.match(place):
            kind = place.partition(":")[0]
            yield f"{place!r} is no place", did_you_mean(kind, KINDS) or f"KIND:NAME, of {', '.join(KINDS)}"
    if planned and planned not in PLANNED:
        yield f"{planned!r} is no app that is planned", did_you_mean(planned, PLANNED) or ", ".join(PLANNED)
