"""What is measured: the policy engine and linkage beside their rivals, and the whole site over HTTP on either database."""

from __future__ import annotations

import json
import os
import subprocess
from typing import Any

from bench.audit import audit
from bench.linkage import linkage
from bench.numbers import spread, together
from bench.overhead import overhead
from bench.sites import ROOT, Site, ask, site

KNOWN = 100_000
WARM, ALONE, OWN_CASES, MOST = 40, 300, 200, 6000
SECONDS, CLIENTS = 60, 4
TEAM = "west-midlands-police"


def policy() -> dict[str, Any]:
    """Ours, zen-engine and CEL in the rivals' own environment, interleaved, answers compared."""
    return {"rows": _of_rivals("bench.policy_rivals", "--json", "--seconds", "30")}


def population() -> dict[str, Any]:
    """Ours, DuckDB and OpenFisca-core over ten million cases, interleaved, answers compared."""
    return dict(_of_rivals("bench.many")[0])


def _of_rivals(module: str, *arguments: str) -> list[dict[str, Any]]:
    """The JSON lines that a module prints in the rivals' environment."""
    rivals = ROOT / "bench" / ".venv" / "bin" / "python"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [str(rivals), "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"the rivals could not be measured:\n{done.stdout}\n{done.stderr}")
    return [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]


def postgresql() -> dict[str, Any]:
    """One client, the pages of a team with two hundred cases, and four clients for a minute."""
    with site("postgresql", known=KNOWN, notifications=MOST) as there:
        first = _alone(there, case_page=True)
        there.client("--file", str(there.data / "own.jsonl"), "--count", str(OWN_CASES), "--clients", "2")
        pages, taken = _pages(there), overhead(there, TEAM)
        return {"loaded": there.loaded, "alone": first, "pages": pages, "overhead": taken, "four": _four(there)}


def sqlite() -> dict[str, Any]:
    """The same with the database in one file, where writers wait for each other."""
    with site("sqlite", known=KNOWN, notifications=MOST) as there:
        return {"loaded": there.loaded, "alone": _alone(there, case_page=True), "four": _four(there)}


def _alone(there: Site, *, case_page: bool) -> dict[str, Any]:
    there.client("--count", str(WARM), "--clients", "4")
    more = ["--case-page"] if case_page else []
    return _clients(there, "--skip", str(WARM), "--count", str(ALONE), *more)


def _four(there: Site) -> dict[str, Any]:
    skip = str(WARM + ALONE)
    return _clients(there, "--skip", skip, "--clients", str(CLIENTS), "--seconds", str(SECONDS))


def _clients(there: Site, *arguments: str) -> dict[str, Any]:
    """What the clients saw, and the processor time it took for each notification, in milliseconds."""
    before = there.spent()
    found = together(there.client(*arguments))
    if not found["post"] or ("--case-page" in arguments and "shown" not in found):
        raise SystemExit(f"nothing was stored, or no case shown: {found['faults']}")
    spent = {name: seconds - before[name] for name, seconds in there.spent().items()}
    return {**found, "processor": {name: round(1000 * s / max(1, found["stored"]), 1) for name, s in spent.items()}}


def _pages(there: Site) -> dict[str, Any]:
    keys = ["--keys", str(there.data / "keys.json")]
    found = ask(["-m", "bench.pages", "--address", there.address, *keys, "--agency", TEAM], dict(os.environ))
    return {name: {**spread(page["times"]), "bytes": page["bytes"]} for name, page in found.items()}


PARTS = {
    "policy": policy,
    "population": population,
    "linkage": linkage,
    "audit": audit,
    "postgresql": postgresql,
    "sqlite": sqlite,
}
