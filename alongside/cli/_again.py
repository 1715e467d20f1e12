"""`alongside policy again`: everything that was decided, decided again by the rules of its day."""

from __future__ import annotations

import sys

import click


@click.command()
def again() -> None:
    """Decide every stored evaluation again, by the rules and the facts that it was decided on.

    Rules that the packs do not have any more are read from the archive in the database. Says how many come out the same, and names
    nobody. Also says which facts of old evaluations today's vocabulary cannot read. Exit 1: something came out otherwise, or the
    rules that decided it are nowhere any more.
    """
    from alongside.cli import set_up_django

    set_up_django()
    from alongside.duties.again import all_again, how_many

    with click.progressbar(length=how_many(), label="Evaluations", file=sys.stderr) as bar:
        found = all_again(bar.update)
    click.echo(
        f"{found.same:,} the same ({found.archived:,} of all by rules from the archive), {found.different:,} different"
    )
    for rule, count in found.differing.most_common():
        click.echo(f"different: {rule} ({count:,})")
    for mark, count in found.missing.most_common():
        click.echo(f"not decided again: {count:,} by rules {mark[:12]}, which are not in the packs and were not kept")
    for words, count in found.changed.most_common():
        click.echo(f"facts changed since: {words} ({count:,} evaluations)")
    if not found.is_whole:
        sys.exit(1)
