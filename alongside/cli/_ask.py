"""`alongside policy ask`: which questions to ask next in a case, and what is certain to close a decision."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import click

from alongside.cli._packs import DAY_OF, PACKS, choices, load, read_text, stop
from alongside.policy import Library, Pack, PolicyError
from alongside.policy.codec import load_json, moment, read_facts
from alongside.policy.questions import WORTH_ASKING, asked_in, rank, weigh_all
from alongside.policy.vocabulary import did_you_mean
from alongside.policy.weighing import certain


def ask_case(
    library: Library,
    *,
    area: str,
    at: str,
    facts: Mapping[str, Any],
    role: str | None = None,
    rules: Sequence[str] = (),
    acts: Sequence[str] = (),
    settings: Sequence[str] = (),
) -> dict[str, Any]:
    """The open questions of one case, heaviest first; with `rules` or `acts`, of those alone, and the smallest sets certain to close
    them. Raises PolicyError naming what is wrong."""
    on = moment(at, "--at").astimezone(DAY_OF).date()
    chosen = choices(library, area, on, settings)
    pack = library.pack(area, on, settings=chosen)
    wanted = _rules(pack, library, rules, acts)
    weighed = weigh_all(pack, read_facts(facts, library.vocabulary), wanted)
    ranked = rank(weighed, pack.vocabulary, _role(role, pack))
    answer: dict[str, Any] = {
        "area": area,
        "at": at,
        "packs": [{"id": one.id, "version": one.version, "hash": one.hash} for one in pack.packs],
        "questions": [one for one in ranked if not one["judgement"]],
        "judgements": [one for one in ranked if one["judgement"]],
    }
    if wanted is not None:
        sets, stay = certain(weighed, asked_in(pack.vocabulary))
        answer["open"] = [one.rule.id for one in weighed]
        answer["certain"] = [[fact for fact, _ in one] for one in sets]
        answer["stays_open"] = stay
    return answer


def _rules(pack: Pack, library: Library, rules: Sequence[str], acts: Sequence[str]) -> list[str] | None:
    """The rules named, and those of the acts named; None where neither is."""
    for code in acts:
        if code not in library.acts:
            raise PolicyError(f"unknown act {code!r}; {did_you_mean(code, library.acts) or 'none is spelt like it'}")
    found = [pack.rule(id_).id for id_ in rules]
    found += [
        rule.id
        for rule in pack.rules
        if {rule.action, rule.opens, rule.forbids} & set(acts) and rule.reaches_as in WORTH_ASKING
    ]
    return list(dict.fromkeys(found)) if rules or acts else None


def _role(role: str | None, pack: Pack) -> str | None:
    known = {one for fact in pack.vocabulary.values() for one in fact.who}
    if role is not None and role not in known:
        raise PolicyError(
            f"nobody of the role {role!r} is asked anything; {did_you_mean(role, known) or sorted(known)}"
        )
    return role


@click.command()
@click.option("--area", required=True, help="Code of the area whose packs are used, such as coventry.")
@click.option("--at", required=True, metavar="DATE-TIME", help="The moment, with zone: 2026-03-02T22:14:00Z.")
@click.option("--role", metavar="CODE", help="Only what this staff role can know, such as social-worker.")
@click.option("--rule", "rules", multiple=True, metavar="ID", help="Only what would decide this rule; any number.")
@click.option("--act", "acts", multiple=True, metavar="CODE", help="Only what would decide the rules of this act.")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="A local choice, for this once.")
@PACKS
@click.argument("facts")
def ask(
    area: str,
    at: str,
    role: str | None,
    rules: tuple[str, ...],
    acts: tuple[str, ...],
    settings: tuple[str, ...],
    packs: str | None,
    facts: str,
) -> None:
    """What should be asked next in the case in FACTS (a JSON file, - for standard input)? Stores nothing.

    Prints JSON: `questions`, heaviest first, each with who can know the answer and, rule by rule, the smallest sets that could settle it
    as yes (could_fire), as no (could_not_fire), or are certain to settle it (settles). `judgements` stand apart: nobody is asked to
    judge by yes or no.

    `expected` is the share of the answers that decide the rule at once, everything else left open; and for the other answers, an
    equal part of the smallest set that is certain to decide it (half of that where none is certain). Answers that no open
    condition tells apart count as one, all as equally likely. `weight` adds up severity times `expected`.

    With --rule or --act, `certain` has the smallest sets of questions after which none of those rules is open, whatever the
    answers; `stays_open` those that wait for something nobody can be asked.
    """
    library = load(packs)
    try:
        given = load_json(read_text(facts))
        answer = ask_case(library, area=area, at=at, facts=given, role=role, rules=rules, acts=acts, settings=settings)
    except PolicyError as error:
        stop(str(error))
    click.echo(json.dumps(answer, indent=1, ensure_ascii=False))
