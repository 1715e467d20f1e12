"""`alongside policy never`: can a case exist with … in which none of these rules fires?"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime

import click

from alongside.cli._packs import DAY_OF, PACKS, load, stop
from alongside.policy import Library, Pack, PolicyError
from alongside.policy.vocabulary import did_you_mean


@click.command()
@click.option(
    "--area", help="Code of the area whose packs are asked, such as coventry; left out: each that has one of the rules."
)
@click.option("--unless", multiple=True, metavar="RULE", help="A rule that would catch the case; any number.")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="By the rules in force on this day; default: today.")
@PACKS
@click.argument("condition")
def never(area: str | None, unless: tuple[str, ...], on: datetime | None, packs: str | None, condition: str) -> None:
    """Can a case exist with CONDITION in which none of the rules fires? Prints one, or that there is none.

    CONDITION is written as in a pack: "abuse_incident AND youngest_child_age_months < 12". Exit 0: proved that no case can be;
    1: a case is printed; 2: the condition or a rule cannot be read.
    """
    from alongside.policy.noticing import falls_through  # z3 is loaded by what proves, and by nothing that decides

    library, day = load(packs), on.date() if on else datetime.now(DAY_OF).date()
    found: dict[str, list[str]] = {}
    try:
        for pack, rules in _asked(library, area, unless, day):
            witness = falls_through(pack, condition, rules)
            found.setdefault("" if witness is None else str(witness), []).append(pack.area)
    except PolicyError as error:
        stop(str(error))
    left_out = [] if area else sorted(set(library.areas).difference(*found.values()))
    for case, areas in found.items():
        where = "" if area else f" ({', '.join(areas)})"
        caught = " or ".join(unless) + " fires" if unless else "nothing is left"
        click.echo(
            f"A case can be{where}: {case}" if case else f"No case can be{where}: wherever {condition}, {caught}"
        )
    if left_out:
        click.echo(f"Not asked, for want of such a rule in force: {', '.join(left_out)}")
    if any(found):
        sys.exit(1)


def _asked(library: Library, area: str | None, unless: Sequence[str], on: date) -> Iterator[tuple[Pack, list[str]]]:
    """The packs to be asked, each with the rules that may catch the case. Raises PolicyError for a rule that none has."""
    held = {one: library.pack(one, on) for one in library.areas}
    names = {one: {rule.id for rule in pack.rules} for one, pack in held.items()}
    for rule in unless:
        _known(library, rule, [one for one, rules in names.items() if rule in rules], area)
    if area:
        yield library.pack(area, on), list(unless)
        return
    for one, pack in held.items():
        rules = [rule for rule in unless if rule in names[one]]
        if rules or not unless:
            yield pack, rules


def _known(library: Library, rule: str, having: Sequence[str], area: str | None) -> None:
    """Raise PolicyError for a rule that is not in force in the area on the day; without an area, in none."""
    if area is not None and area not in library.areas:
        library.parameters(area, date.max)  # says which area is spelt like it
    if area in having or (having and area is None):
        return
    if having:
        raise PolicyError(f"{rule} is in force in: {', '.join(having)}; not in {area}")
    every = {one.id for one in library.every_rule()}
    if rule in every:
        raise PolicyError(f"{rule} is in force in no area on that day")
    raise PolicyError(f"unknown rule {rule!r}; {did_you_mean(rule, every) or 'none is spelt like it'}")
