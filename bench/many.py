"""Ten million cases, forty rules: our engine beside DuckDB and OpenFisca-core, interleaved, answers compared first.

Run in the rivals' environment with the checkout on PYTHONPATH:

    PYTHONPATH=. bench/.venv/bin/python -m bench.many [--cases 10000000] [--rounds 3]

Prints one JSON object. The cases are kept in bench/data and made again when the vocabulary changes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from alongside.policy import Library, Pack, Rule, load_library
from alongside.policy.columns import MAX, MIN, NA, hangs_on
from alongside.policy.counting import CASES, IS, WAS, Pair
from alongside.policy.effects import Meetings, meetings, referring
from alongside.policy.frame import expressions
from alongside.policy.population import CASE, PLACE
from alongside.policy.regime import Regime, across, alone, changed_rules
from alongside.policy.replay import AREA, compare
from alongside.policy.store import read
from bench.many_cases import cases, write_cases
from bench.many_rivals import Counts, DuckDB, OpenFisca, duckdb_reader, level_of
from bench.policy_rivals import base_facts, forty

ROOT = Path(__file__).resolve().parent.parent
ON = date(2026, 3, 2)
CHANGE = {"marac_ticks": 12}
SMALL = 1_000_000
PER_MEETING = 16


class Bench:
    """The packs, the file, and what is asked of them."""

    def __init__(self, count: int, rounds: int) -> None:
        self.count, self.rounds = count, rounds
        self.library: Library = load_library(ROOT / "packs")
        self.pack: Pack = self.library.pack("coventry", ON)
        self.rules: list[Rule] = forty(self.pack)
        self.names = self.pack.binder.names
        self.trees = {rule.id: self.pack.binder.bind(rule.when) for rule in self.rules}
        self.areas = tuple(self.library.areas)

    @cached_property
    def file(self) -> Path:
        """The cases as Parquet."""
        words = json.dumps(
            [repr(self.library.vocabulary), Path(__file__).with_name("many_cases.py").read_text("utf-8")]
        )
        mark = hashlib.sha256(words.encode()).hexdigest()[:12]
        file = ROOT / "bench" / "data" / f"cases-{self.count}-{mark}.parquet"
        if not file.exists():
            file.parent.mkdir(exist_ok=True)
            for old in file.parent.glob(f"cases-{self.count}-*.parquet"):
                old.unlink()
            write_cases(file, self.library.vocabulary, self.areas, self.count)
        return file

    @cached_property
    def columns(self) -> list[str]:
        """The columns that the forty rules and the change hang on, with the places."""
        facts = frozenset().union(*(hangs_on(tree, self.names) for tree in self.trees.values()))
        for regime in self.regimes:
            for rule in (*changed_rules(*self.regimes), *referring(regime)):
                facts = facts.union(*(hangs_on(part.tree, part.names) for part in regime.parts.get(rule, ())))
        held = pl.scan_parquet(self.file).collect_schema().names()
        beside = {name + end for name in facts for end in ("", MIN, MAX, NA)}
        return [one for one in held if one in beside or one in (CASE, *PLACE.values())]

    @cached_property
    def regimes(self) -> tuple[Regime, Regime]:
        """The rules in force in every area, and the same with the change wherever it may be made."""
        return self._regime({}), self._regime(CHANGE)

    def _regime(self, change: Mapping[str, Any]) -> Regime:
        packs = {}
        for area in self.areas:
            held = self.library.parameters(area, ON)
            chosen = {name: value for name, value in change.items() if name in held}
            packs[area] = self.library.pack(area, ON, settings=chosen)
        return across(packs, self.library.follows)

    def run(self) -> dict[str, Any]:
        """Everything that is measured."""
        made = time.perf_counter()
        size = self.file.stat().st_size
        made = time.perf_counter() - made
        rival = DuckDB(self.file, self.columns, self.areas)
        rival.load()
        warm = pl.read_parquet(self.file, columns=self.columns)
        found = {
            "cases": self.count,
            "rules": len(self.rules),
            "columns": len(self.columns),
            "file_bytes": size,
            "made_seconds": round(made, 1),
            "duckdb": rival.version,
            "polars": pl.__version__,
            "threads": pl.thread_pool_size(),
            "warm": self._decide(warm.lazy(), rival, from_file=False),
            "what_if": self._what_if(warm, rival),
            "parquet": self._decide(pl.scan_parquet(self.file), rival, from_file=True),
        }
        rival.close()
        del warm
        return {**found, "openfisca": self._openfisca(), "whole": self._whole()}

    def _decide(self, frame: pl.LazyFrame, rival: DuckDB, *, from_file: bool) -> dict[str, Any]:
        """Every rule for every case, the outcomes kept by both."""
        said = expressions(self.columns, self.trees, self.names)
        decided = frame.select(**said)
        engine: Any = "streaming" if from_file else "in-memory"
        ours = decided.collect(engine=engine)
        rival.decide(self.trees, self.names, from_file=from_file)
        same(counts(ours), rival.counts(self.trees))
        del ours
        return timed(
            self.rounds,
            alongside=lambda: decided.collect(engine=engine),
            DuckDB=lambda: rival.decide(self.trees, self.names, from_file=from_file),
        )

    def _what_if(self, warm: pl.DataFrame, rival: DuckDB) -> dict[str, Any]:
        """What changes by rule and area, and the meetings of each area: ours joins rows of a case, DuckDB takes each row for one."""
        before, after = self.regimes
        written = duckdb_reader(self.columns)

        def pair(rules: tuple[str, ...], place: str) -> Pair[str]:
            levels = [
                f"GREATEST({', '.join(level_of(regime, rule, written) for rule in rules)}, 0)"
                for regime in self.regimes
            ]
            return Pair(levels[0], levels[1], {AREA: place})

        pairs = {rule: pair((rule,), after.place(rule)) for rule in changed_rules(before, after)}
        pairs["heard"] = pair(tuple(dict.fromkeys((*referring(before), *referring(after)))), PLACE["victim"])

        def ours() -> tuple[pl.DataFrame, list[Meetings]]:
            found = compare(before, after, warm.lazy(), by=[AREA], case=CASE)
            return found, meetings(before, after, warm.lazy(), PER_MEETING)

        changed, met = ours()
        theirs = rival.what_if(pairs)
        same(_heard(theirs), {one.area: (one.heard_before, one.heard_after) for one in met})
        same(_changed(theirs, pairs), {row[:4]: row[4] for row in changed.iter_rows()})
        told = timed(self.rounds, alongside=ours, DuckDB=lambda: rival.what_if(pairs))
        moved = sum(one.after - one.before for one in met)
        return {**told, "changed": int(changed["cases"].sum()), "more_meetings": moved}

    def _openfisca(self) -> dict[str, Any]:
        """A million cases: the same answers where every fact is known, and how many are wrong where some are not."""
        names = sorted(set().union(*(base_facts(self.pack, rule) for rule in self.rules)))
        known = pl.concat(cases({one: self.library.vocabulary[one] for one in names}, self.areas, SMALL, known=True))
        partly = pl.concat(cases({one: self.library.vocabulary[one] for one in names}, self.areas, SMALL))
        rival = OpenFisca(self.pack, self.rules, names)
        wrong = 0
        for frame, is_known in ((known, True), (partly, False)):
            ours = frame.select(**expressions(frame.columns, self.trees, self.names))
            theirs = rival.decide(rival.prepare(frame))
            differ = sum(int(ours[rule].ne_missing(pl.Series(theirs[rule])).sum()) for rule in self.trees)
            if is_known and differ:
                raise SystemExit(f"OpenFisca: with every fact known {differ} answers differ")
            wrong = differ
        said = expressions(partly.columns, self.trees, self.names)
        prepared = [rival.prepare(partly) for _ in range(self.rounds)]
        told = timed(
            self.rounds,
            alongside=lambda: partly.lazy().select(**said).collect(),
            **{"OpenFisca-core": lambda: rival.decide(prepared.pop())},
        )
        return {**told, "cases": SMALL, "wrong_answers": wrong, "answers": SMALL * len(self.rules)}

    def _whole(self) -> dict[str, Any]:
        """Every rule of the pack from the file, in a process of its own whose greatest memory is looked at."""
        command = [sys.executable, "-m", "bench.many", "--cases", str(self.count), "--whole"]
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT)
        if done.returncode:
            raise SystemExit(f"the whole pack could not be measured:\n{done.stderr}")
        found: dict[str, Any] = json.loads(done.stdout)
        return found

    def whole(self) -> dict[str, Any]:
        """Every rule but those of an act's moment, counted."""
        regime, start = alone(self.pack), time.perf_counter()
        held = read(self.file, self.library.vocabulary).frame
        columns = held.collect_schema().names()
        said = {rule: regime.truth(rule, columns) for rule in regime.parts}
        fires, opened = ({f"{rule}{mark}": one for rule, one in said.items()} for mark in ("", "?"))
        row = held.select(
            **{name: one.sum() for name, one in fires.items()},
            **{name: one.null_count() for name, one in opened.items()},
        ).collect(engine="streaming")
        seconds = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
        total = sum(row.row(0))
        return {"rules": len(said), "seconds": round(seconds, 2), "peak_gib": round(peak, 2), "told": total}


def counts(decided: pl.DataFrame) -> Counts:
    """For each rule in how many cases it fires, and in how many it cannot be decided."""
    return {one.name: (int(one.sum()), one.null_count()) for one in decided.iter_columns()}


def same(theirs: Mapping[Any, Any], ours: Mapping[Any, Any]) -> None:
    """Nothing is reported unless the answers are the same."""
    if dict(theirs) != dict(ours):
        differ = {one: (theirs.get(one), ours.get(one)) for one in {*theirs, *ours} if theirs.get(one) != ours.get(one)}
        raise SystemExit(f"the answers differ: {dict(list(differ.items())[:5])}")


def timed(rounds: int, **engines: Callable[[], Any]) -> dict[str, Any]:
    """Seconds of each engine, in turn; the middle one counts, and how many times ours the rival took."""
    times: dict[str, list[float]] = {name: [] for name in engines}
    for turn in range(rounds):
        for name in list(engines) if turn % 2 else reversed(list(engines)):
            start = time.perf_counter()
            engines[name]()
            times[name].append(time.perf_counter() - start)
    middle = {name: statistics.median(held) for name, held in times.items()}
    ours, theirs = middle.values()
    return {"seconds": {name: round(one, 3) for name, one in middle.items()}, "times_ours": round(theirs / ours, 1)}


def _heard(told: pl.DataFrame) -> dict[str, tuple[int, int]]:
    heard = [pl.col(CASES).filter(pl.col(f"{which} heard") == 2).sum().alias(which) for which in ("was", "is")]
    return {area: (was, is_) for area, was, is_ in told.group_by(PLACE["victim"]).agg(heard).iter_rows()}


def _changed(told: pl.DataFrame, pairs: Mapping[str, Pair[str]]) -> dict[tuple[str, ...], int]:
    words = ("does-not-fire", "cannot-decide", "fires")
    found: dict[tuple[str, ...], int] = {}
    for rule, pair in pairs.items():
        if rule == "heard":
            continue
        was, is_ = pl.col(f"was {rule}"), pl.col(f"is {rule}")
        rows = (
            told.filter(was != is_).group_by(pair.groups[AREA], was.alias(WAS), is_.alias(IS)).agg(pl.col(CASES).sum())
        )
        found |= {(rule, area, words[was], words[is_]): count for area, was, is_, count in rows.iter_rows()}
    return found


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cases", type=int, default=10_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--whole", action="store_true", help="the whole pack alone")
    given = parser.parse_args()
    bench = Bench(given.cases, given.rounds)
    sys.stdout.write(json.dumps(bench.whole() if given.whole else bench.run()) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
