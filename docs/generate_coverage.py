"""Writes docs/reference/coverage.md: how many sentences of each document are honoured, and by what. Run by `make docs`."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from alongside.design.jinja import document
from alongside.policy import load_library
from alongside.procedures.coverage import KINDS, PLANNED, Atom, load_coverage

OUT = Path(__file__).resolve().parent / "reference" / "coverage.md"
PACKS = Path(__file__).resolve().parents[1] / "packs"
HEAD = """<!-- Generated from the packs by docs/generate_coverage.py: change the packs, then `make docs`. -->

# Coverage

What honours each sentence of the documents. A sentence with a rule is honoured by it; every other has a row in `packs/coverage`, in words of
ours, with its places, the app that is to bring it, or why it is not software. How a row is written: `packs/README.md`. In the product:
*Procedures*, *Coverage*.
"""


def page(atoms: Sequence[Atom]) -> str:
    """The page as it should be."""
    parts = [*_documents(atoms), *_kinds(atoms), *_planned(atoms), *_not_software(atoms)]
    return HEAD + "\n".join(parts) + "\n"


def _documents(atoms: Sequence[Atom]) -> Iterator[str]:
    yield "\n## By document\n"
    yield "| document | sentences | with a place | planned | not software |"
    yield "| --- | ---: | ---: | ---: | ---: |"
    for code in sorted({atom.document for atom in atoms}):
        yield _row(f"{document(code)} (`{code}`)", [atom for atom in atoms if atom.document == code])
    yield _row("**all**", atoms)


def _row(name: str, atoms: Sequence[Atom]) -> str:
    placed = sum(bool(atom.places) for atom in atoms)
    planned, other = (sum(bool(getattr(atom, key)) for atom in atoms) for key in ("planned", "not_software"))
    return f"| {name} | {len(atoms)} | {placed} | {planned} | {other} |"


def _kinds(atoms: Sequence[Atom]) -> Iterator[str]:
    codes = sorted({atom.document for atom in atoms})
    counts = Counter((atom.document, kind) for atom in atoms for kind in atom.kinds)
    yield "\n## By kind of place\n"
    yield "One sentence may have places of several kinds.\n"
    yield f"| kind of place | {' | '.join(f'`{code}`' for code in codes)} | all |"
    yield "| --- |" + " ---: |" * (len(codes) + 1)
    for kind, said in KINDS.items():
        each = [counts[code, kind] for code in codes]
        yield f"| {said} (`{kind}`) | {' | '.join(map(str, each))} | {sum(each)} |"


def _planned(atoms: Sequence[Atom]) -> Iterator[str]:
    yield "\n## Planned\n"
    yield "What is still to be built, and how many sentences wait for it.\n"
    yield "| app | what it will hold | sentences |"
    yield "| --- | --- | ---: |"
    for name, count in sorted(Counter(atom.planned for atom in atoms if atom.planned).items()):
        yield f"| `{name}` | {PLANNED[name]} | {count} |"


def _not_software(atoms: Sequence[Atom]) -> Iterator[str]:
    yield "\n## Not software\n"
    yield "| sentence | document, line | what it says | why nothing a system does could honour it |"
    yield "| --- | --- | --- | --- |"
    for atom in sorted((one for one in atoms if one.not_software), key=lambda one: (one.document, one.line, one.id)):
        yield f"| `{atom.id}` | {atom.document}, {atom.line} | {atom.gist} | {atom.not_software} |"


def main() -> int:
    """Write the page."""
    found = load_coverage(PACKS, load_library(PACKS).every_rule())
    OUT.write_text(page(list(found.values())), encoding="utf-8")
    print(f"{len(found)} sentences, {sum(bool(atom.places) for atom in found.values())} with a place")
    return 0


if __name__ == "__main__":
    sys.exit(main())
