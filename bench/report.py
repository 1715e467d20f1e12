"""docs/reference/benchmarks.md: the numbers, the bars and whether they are met."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bench.audit import AGENCIES, BARS
from bench.lines import bar_of, table_of
from bench.linkage_report import linkage, linkage_bars
from bench.many_report import population, population_bars
from bench.measured import ALONE, CLIENTS, KNOWN, OWN_CASES, SECONDS, TEAM
from bench.overhead import overhead_bars, overhead_lines
from bench.policy_rivals import ANSWERS


def report(found: Mapping[str, Any]) -> str:
    """The page, from the results of the parts, each with the machine it ran on."""
    parts = [
        "# Benchmarks",
        "Written by `make bench`; do not edit. Timings are no tests: they say what one machine did on one day.",
        *_machines(found),
        "## The bars",
        table_of(("what", "bar", "measured", ""), list(bars(found))),
        *_policy(found["policy"]["rows"]),
        *population(found["population"]),
        *linkage(found["linkage"]),
        *_audit(found["audit"]),
        *_notifications(found["postgresql"], found["sqlite"]),
        *_pages(found["postgresql"]["pages"]),
        *overhead_lines(found["postgresql"]["overhead"]),
        *_method(found),
    ]
    return "\n\n".join(parts) + "\n"


def bars(found: Mapping[str, Any]) -> Iterable[tuple[str, str, str, str]]:
    """Each bar of the work: what, the bar, what was measured, met or not."""
    rows = found["policy"]["rows"]
    whole = max((row for row in rows if "answers" not in row), key=lambda row: row["p50_us"])
    yield bar_of(
        "one case against the whole pack, with every why and every question",
        "p50 ≤ 3 ms",
        whole["p50_us"] / 1000,
        " ms",
        lambda v: v <= 3,
    )
    for row in rows:
        if row["engine"] == "alongside":
            continue
        if row["what"] == ANSWERS:
            what, least = f"answers for {row['rules']} rules, against {row['engine']}", 10
        else:
            what, least = f"the same with every why and what to ask, against {row['engine']} with its trace", 1
        yield bar_of(what, f"≥ {least} × faster", row["times_ours"], " ×", lambda v, least=least: v >= least)
    wrong = sum(row["wrong_answers"] for row in rows if row["engine"] == "alongside" and "answers" in row)
    yield bar_of("our wrong answers where facts are not known", "none", wrong, "", lambda v: v == 0)
    yield from population_bars(found["population"])
    yield from linkage_bars(found["linkage"])
    yield from _audit_bars(found["audit"])
    alone, four = found["postgresql"]["alone"], found["postgresql"]["four"]
    yield bar_of(
        f"one notification, {KNOWN:,} people known, stored to its duties answered",
        "p95 ≤ 300 ms",
        alone["post"]["p95"],
        " ms",
        lambda v: v <= 300,
    )
    yield bar_of(
        "the same, and the page of the case shown with them",
        "p95 ≤ 300 ms",
        alone["shown"]["p95"],
        " ms",
        lambda v: v <= 300,
    )
    yield bar_of(
        f"notifications with {CLIENTS} clients for {SECONDS} seconds",
        "≥ 20 a second",
        four["rate"],
        " a second",
        lambda v: v >= 20,
    )
    yield from overhead_bars(found["postgresql"]["overhead"])
    wrong = sum(part[one]["wrong"] for part in (found["postgresql"], found["sqlite"]) for one in ("alone", "four"))
    yield bar_of("answers that were not 201 with duties", "none", wrong, "", lambda v: v == 0)


def _machines(found: Mapping[str, Any]) -> Iterable[str]:
    seen: dict[str, list[str]] = {}
    for part, result in found.items():
        words = "; ".join(f"{name}: {value}" for name, value in result["machine"].items() if name != "load before")
        seen.setdefault(words, []).append(f"{part} (load before: {result['machine']['load before']})")
    for words, parts in seen.items():
        yield f"{words}. Measured: {', '.join(parts)}."


def _policy(rows: Sequence[Mapping[str, Any]]) -> Iterable[str]:
    yield "## One case against the rules"
    answers = [row for row in rows if "answers" in row]
    first = answers[0]
    yield (
        f"{first['rules']} rules of the West Midlands pack over {first['facts']} facts, {first['cases']} invented cases, "
        f"{first['not_known']:.0%} of the facts not known. With every fact known all engines give the same answers, or nothing is "
        "reported. With facts not known, an answer is wrong when it differs from what follows for every value the fact may have: "
        "yes or no where it cannot be told, or no answer where it can."
    )
    body = [
        (
            row["what"].removeprefix("one case, "),
            row["engine"],
            f"{row['p50_us']:.0f} µs",
            f"{row['p95_us']:.0f} µs",
            f"{row['times_ours']:g} ×",
            f"{row['wrong_answers']:,} of {row['answers']:,}",
        )
        for row in answers
    ]
    yield table_of(("", "engine", "p50", "p95", "of ours", "wrong answers"), body)
    whole = [
        (
            f"{row['not_known']:.0%}",
            row["rules"],
            row["facts"],
            f"{row['p50_us'] / 1000:.2f} ms",
            f"{row['p95_us'] / 1000:.2f} ms",
        )
        for row in rows
        if "answers" not in row
    ]
    yield "The whole pack, with the why-tree of every rule, what each could ask and the order of the questions:"
    yield table_of(("facts not known", "rules", "facts", "p50", "p95"), whole)


NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}


def _audit_bars(found: Mapping[str, Any]) -> Iterable[tuple[str, str, str, str]]:
    for database, bar in BARS.items():
        what = f"an audit trail of {found[database]['events']:,} events verified, {NAMES[database]}"
        yield bar_of(what, f"≤ {bar} s", found[database]["shared"], " s", lambda v, bar=bar: v <= bar)


def _audit(found: Mapping[str, Any]) -> Iterable[str]:
    yield "## The audit trail"
    one = found["postgresql"]
    yield (
        f"`alongside audit verify` over {one['events']:,} events in {AGENCIES} chains, one in twenty a list of twenty-five records; from the "
        f"start of the command to its last line, with one process and with one for each of {one['cores']} cores. Then one event in the midst of a "
        "chain was changed, and the command had to name it."
    )
    body = [
        (
            NAMES[name],
            f"{row['alone']:.1f} s",
            f"{row['shared']:.1f} s",
            "found" if row["tamper_found"] else "**not found**",
        )
        for name, row in found.items()
        if name in NAMES
    ]
    yield table_of(("", "one process", "one for each core", "the changed event"), body)


def _notifications(postgresql: Mapping[str, Any], sqlite: Mapping[str, Any]) -> Iterable[str]:
    yield "## One notification, from the wire to its duties"
    body = []
    for name, part in (("PostgreSQL", postgresql), ("SQLite", sqlite)):
        alone, four = part["alone"], part["four"]
        body.append((f"{name}, one client", *alone["post"].values(), alone["rate"], alone["stored"]))
        if "shown" in alone:
            body.append((f"{name}, one client, to the page of the case", *alone["shown"].values(), "", alone["stored"]))
        body.append(
            (f"{name}, {CLIENTS} clients, {SECONDS} seconds", *four["post"].values(), four["rate"], four["stored"])
        )
    yield table_of(("", "p50 ms", "p95 ms", "p99 ms", "a second", "stored"), body)
    spent = [
        (name, part["four"]["processor"]["site"], part["four"]["processor"]["database"])
        for name, part in (("PostgreSQL", postgresql), ("SQLite", sqlite))
    ]
    yield (
        "Processor time of one notification, which other work on the machine changes little: the site's processes with "
        "the outbox worker beside them, and the database's."
    )
    yield table_of(("", "site ms", "database ms"), spent)
    every = [part[one] for part in (postgresql, sqlite) for one in ("alone", "four")]
    stored, owing, duties = (sum(one[name] for one in every) for name in ("stored", "owing", "duties"))
    yield (
        f"Every answer was checked: {stored:,} were 201 with their list of duties, {duties:,} duties in all; {stored - owing:,} told of "
        "something to which no rule owes anything yet."
    )
    faults = [fault for one in every for fault in one["faults"]]
    if faults:
        yield "What went wrong: " + "; ".join(f"`{fault[:200]}`" for fault in faults)


def _pages(pages: Mapping[str, Mapping[str, float]]) -> Iterable[str]:
    yield "## Pages"
    yield f"On PostgreSQL, for somebody of a response team whose own {OWN_CASES} cases have just been told, beside the {KNOWN:,} people known:"
    body = [
        (name, page["p50"], page["p95"], page["p99"], f"{page['bytes'] / 1024:.1f} KB") for name, page in pages.items()
    ]
    yield table_of(("page", "p50 ms", "p95 ms", "p99 ms", "sent"), body)


def _method(found: Mapping[str, Any]) -> Iterable[str]:
    loaded = found["postgresql"]["loaded"]
    yield "## How"
    yield (
        f"`alongside serve` with two processes, and its outbox worker, on a fresh database with {loaded['people']:,} invented people in the "
        "cases of their agencies; PostgreSQL with fsync and synchronous commit on. Clients are a process of their own on the same "
        "cores, over real HTTP. Notifications come from the generator of the demonstration with a fixed seed: every one is "
        "different, three in five about families that are known already, written otherwise. "
        f"One client sends {ALONE} one after the other and then asks for the page of each case, which must show its duties; the first "
        f"{OWN_CASES} cases for the pages are of `{TEAM}` in Coventry. Rivals and ours are timed in turn, in an environment of their own."
    )
