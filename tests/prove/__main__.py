"""`python -m tests.prove [--fresh] [--only MODULE] [--share 0.1]`: all proofs in full; interrupted, it goes on."""

from __future__ import annotations

import argparse
import sys

from tests.postgres import cluster
from tests.prove.databases import ROOT
from tests.prove.ledger import Found, Ledger
from tests.prove.proofs import PROOFS, Proof
from tests.prove.report import write

REPORT = ROOT / "docs" / "reference" / "proofs.md"


def main() -> int:
    """Exit 0 when every promise held in every try and every mutant was caught."""
    given = _arguments()
    ledger = Ledger(ROOT / "build" / "prove")
    if given.fresh:
        ledger.forget()
    rows, caught = [], True
    with cluster() as postgresql:
        servers = {"sqlite": "", "postgresql": postgresql, "spark": "", "splink": ""}
        for proof in PROOFS:
            if given.only and proof.module != given.only:
                continue
            for engine in proof.engines:
                rows.append((proof, engine, _prove(ledger, proof, engine, servers[engine], given.share)))
                caught &= _catches_its_mutant(proof, engine, servers[engine])
    if given.share >= 1:
        write(REPORT, rows)
    return 0 if caught and not any(found.faults for _, _, found in rows) else 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.prove")
    parser.add_argument("--fresh", action="store_true", help="forget what earlier runs did")
    parser.add_argument("--only", choices=[proof.module for proof in PROOFS])
    parser.add_argument("--share", type=float, default=1.0, help="a part of the full count, for a quick look")
    return parser.parse_args()


def _prove(ledger: Ledger, proof: Proof, engine: str, server: str, share: float) -> Found:
    """Batch after batch until the count is full, each written down as it ends."""
    name = f"{proof.module}-{engine}"
    found, batches = ledger.read(name), max(1, round(proof.full * share / proof.batch))
    for number in range(found.batches, batches):
        found.add(proof.run(server, proof.batch, seed=1000 + number))
        found.batches += 1
        ledger.write(name, found)
        so_far = f"{found.total} {proof.counted}, {len(found.faults)} faults"
        print(f"{name}: batch {found.batches} of {batches}, {so_far}", flush=True)
    return found


def _catches_its_mutant(proof: Proof, engine: str, server: str) -> bool:
    if not proof.has_mutant_on(engine) or proof.run(server, proof.mutant_tries, seed=1, mutant=proof.mutant).faults:
        return True
    print(f"{proof.module} does not notice that {proof.mutant_says}", file=sys.stderr)
    return False


if __name__ == "__main__":
    raise SystemExit(main())
