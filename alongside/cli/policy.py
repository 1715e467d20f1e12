"""`alongside policy`: decide a case against the packs, and check the packs. Works without a database."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from alongside.cli._again import again
from alongside.cli._ask import ask
from alongside.cli._check import check
from alongside.cli._never import never
from alongside.cli._packs import DAY_OF, PACKS, choices, load, read_text, stop
from alongside.cli._replay import export, replay
from alongside.clock import deadline_by_calendar
from alongside.policy import Library, Pack, PolicyError, Rule
from alongside.policy.citation import locate
from alongside.policy.codec import load_json, moment, read_facts, to_json
from alongside.policy.rules import Timer


def decide_case(
    library: Library,
    *,
    area: str,
    at: str,
    facts: Mapping[str, Any],
    document: str | None = None,
    settings: Sequence[str] = (),
    documents: Path | None = None,
) -> dict[str, Any]:
    """Decide one case and answer in the contract's form. Raises PolicyError naming what is wrong."""
    on = moment(at, "--at").astimezone(DAY_OF).date()
    chosen = choices(library, area, on, settings)
    held = read_facts(facts, library.vocabulary)
    for name in chosen.keys() & held.keys():
        if held[name] != chosen[name] or isinstance(held[name], bool) != isinstance(chosen[name], bool):
            given = json.dumps(to_json(held[name]))
            raise PolicyError(f"{name} is {given} in the facts and {chosen[name]!r} with --set; give it once")
    pack = library.pack(area, on, document=document, settings=chosen)
    decision = pack.decide(held)
    return {
        "area": area,
        "at": at,
        "packs": [{"id": one.id, "version": one.version, "hash": one.hash} for one in pack.packs],
        "results": decision.as_json(_quotes(pack, documents) if documents else None, _ends),
    }


def _ends(timer: Timer, start: datetime) -> datetime | None:
    return deadline_by_calendar(start, limit_hours=timer.limit_hours, limit_working_days=timer.limit_working_days).due


def _quotes(pack: Pack, folder: Path) -> Callable[[Rule], str | None]:
    codes = {rule.cite.document for rule in pack.rules}
    paths = {code: folder / f"{code}.txt" for code in codes}
    texts = {code: path.read_text(encoding="utf-8") for code, path in paths.items() if path.is_file()}

    def quote(rule: Rule) -> str | None:
        text = texts.get(rule.cite.document)
        return locate(text, rule.cite.as_place()) if text is not None else None

    return quote


def _only(results: list[dict[str, Any]], rules: Sequence[str]) -> list[dict[str, Any]]:
    held = {one["rule"] for one in results}
    for rule in rules:
        if rule not in held:
            raise PolicyError(f"no rule {rule} is in force there and then")
    return [one for one in results if one["rule"] in rules]


@click.group()
def policy() -> None:
    """The written procedure: decide a case, check the packs."""


@policy.command()
@click.option("--area", required=True, help="Code of the area whose packs are used, such as coventry.")
@click.option("--at", required=True, metavar="DATE-TIME", help="The moment, with zone: 2026-03-02T22:14:00Z.")
@click.option("--document", metavar="CODE", help="Only this document's entries, as it words them.")
@click.option("--rule", "rules", multiple=True, metavar="ID", help="Only this rule of the answer; any number.")
@click.option(
    "--set", "settings", multiple=True, metavar="NAME=VALUE", help="A local choice, for this once; any number."
)
@click.option(
    "--documents", metavar="DIR", envvar="ALONGSIDE_DOCUMENTS", help="Your copies (CODE.txt), to show the sentences."
)
@PACKS
@click.argument("facts")
def decide(
    area: str,
    at: str,
    document: str | None,
    rules: tuple[str, ...],
    settings: tuple[str, ...],
    documents: str | None,
    packs: str | None,
    facts: str,
) -> None:
    """Decide the case in FACTS (a JSON file, - for standard input); stores nothing.

    What would follow may be asked of any number: with --set, or with a setting among the facts, one outside what the
    partnership may adopt is decided with. Adopting it is refused. A word that the choice does not have is refused here too.
    """
    library = load(packs)
    try:
        answer = decide_case(
            library,
            area=area,
            at=at,
            facts=load_json(read_text(facts)),
            document=document,
            settings=settings,
            documents=Path(documents) if documents else None,
        )
        if rules:
            answer["results"] = _only(answer["results"], rules)
    except PolicyError as error:
        stop(str(error))
    click.echo(json.dumps(answer, indent=1, ensure_ascii=False))


policy.add_command(again)
policy.add_command(ask)
policy.add_command(check)
policy.add_command(export)
policy.add_command(never)
policy.add_command(replay)
commands = [policy]
