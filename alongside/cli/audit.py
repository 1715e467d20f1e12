"""`alongside audit`: is the trail whole?"""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.group()
def audit() -> None:
    """Verify and anchor the audit trail."""


@audit.command()
@click.option(
    "--anchor",
    "anchor_file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="File of earlier heads written by `alongside audit anchor`; finds an end that was cut off.",
)
def verify(anchor_file: Path | None) -> None:
    """Walk every chain. Exit 0 when all hold; 1 with the first broken event of each chain that does not."""
    from alongside.audit import anchors
    from alongside.audit.verify import count_events
    from alongside.audit.verify import verify as verify_chains

    try:
        known = list(anchors.read(anchor_file)) if anchor_file else []
    except anchors.BadAnchor as error:
        raise click.ClickException(str(error)) from None
    with click.progressbar(length=count_events(), label="Events", file=sys.stderr) as bar:
        report = verify_chains(anchors=known, tick=bar.update)
    for chain, count in sorted(report.events.items()):
        click.echo(f"{chain}: {count} events hold")
    for found in report.breaks:
        click.echo(f"BROKEN {found.chain} at {found.seq}: {found.what}")
    for name in report.missing_triggers:
        click.echo(f"MISSING trigger {name}: run `alongside migrate`")
    verdict = "whole" if report.whole else "NOT whole"
    click.echo(f"{sum(report.events.values())} events in {len(report.events)} chains: {verdict}")
    if not report.whole:
        raise SystemExit(1)


@audit.command()
@click.option(
    "--file",
    "anchor_file",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="Where to append the heads. Keep it on another machine than the database.",
)
def anchor(anchor_file: Path) -> None:
    """Append the present end of every chain to a file kept elsewhere."""
    from django.utils import timezone

    from alongside.audit import anchors

    try:
        count = anchors.write(anchor_file, at=timezone.now())
    except OSError as error:
        raise click.ClickException(f"{anchor_file}: {error.strerror}") from None
    click.echo(f"{count} chains anchored in {anchor_file}")


commands = [audit]
