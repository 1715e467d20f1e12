"""`alongside backup` and `alongside restore`: a sealed copy of the database, and the way back."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

import click


@click.command()
@click.argument("to", type=click.Path(path_type=Path))
@click.option(
    "--to",
    "recipients",
    multiple=True,
    required=True,
    metavar="RECIPIENT",
    help="Whose key opens it: the line that begins with age1, as `age-keygen` prints it. May be given again. "
    "The secret key belongs on no machine of the service.",
)
def backup(to: Path, recipients: tuple[str, ...]) -> None:
    """Copy the whole database into a file sealed for RECIPIENT. TO is a folder, or a file that is not there yet.

    No key of Alongside is in it. Keep those apart, and the list of the erased too.
    """
    from django.conf import settings
    from django.db import connection
    from django.utils import timezone

    from alongside.keeping import queries, tombstones
    from alongside.keeping.backups import making
    from alongside.keeping.backups.errors import BackupFault

    try:
        tombstones.keep(settings.ALONGSIDE_ERASED, queries.erased_owners())
        path = making.make(connection, to, recipients, at=timezone.now())
    except (BackupFault, tombstones.BadTombstone, OSError) as fault:
        raise click.ClickException(str(fault)) from None
    click.echo(f"{path}: {path.stat().st_size} bytes, sealed for {len(recipients)}.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--identity",
    type=click.File("r"),
    required=True,
    help="The file with the secret key, as `age-keygen` wrote it; `-` reads it from the keyboard or a pipe.",
)
@click.option(
    "--anchor",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Heads of the audit trail noted no later than the backup, as `alongside audit verify` takes them.",
)
@click.option("--nobody-erased", is_flag=True, help="Go on without a list of the erased: nobody ever was.")
def restore(file: Path, identity: TextIO, anchor: Path | None, nobody_erased: bool) -> None:
    """Fill an empty database from a backup, erase again who was erased since, and verify the audit trail.

    Refuses where there is a database already.
    """
    from django.conf import settings
    from django.db import connection

    from alongside.audit.anchors import BadAnchor
    from alongside.cli.serve import bring_up_to_date
    from alongside.keeping.backups import making
    from alongside.keeping.backups.errors import BackupFault
    from alongside.keeping.tombstones import BadTombstone

    if not settings.ALONGSIDE_ERASED.exists() and not nobody_erased:
        raise click.ClickException(
            f"There is no list of the erased ({settings.ALONGSIDE_ERASED}). Nothing was put back: bring it here first, or say "
            "--nobody-erased if nobody ever was. Without it, somebody erased would come back."
        )
    try:
        about = making.put_back(connection, file, identity.read())
        again = bring_up_to_date()
        whole = _is_whole(anchor)
    except (BackupFault, BadTombstone, BadAnchor, OSError) as fault:
        raise click.ClickException(str(fault)) from None
    click.echo(f"Put back as it stood on {about['made_on']}. Erased again: {again}.")
    click.echo(f"The audit trail is {'whole' if whole else 'NOT whole: run `alongside audit verify`'}.")
    if not whole:
        raise SystemExit(1)


def _is_whole(anchor: Path | None) -> bool:
    from alongside.audit import anchors
    from alongside.audit.verify import verify

    return verify(anchors=list(anchors.read(anchor)) if anchor else []).whole


commands = [backup, restore]
