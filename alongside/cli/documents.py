"""`alongside documents`: the partnership's own copies of the procedures."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import click


@click.group()
def documents() -> None:
    """Add your partnership's copies of the documents, and see which sentences were found."""


@documents.command()
@click.argument("code")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--as", "email", required=True, help="E-mail address of the policy lead who adds it.")
@click.option("--sure", is_flag=True, help="Add it although it looks like another document, or like an earlier copy.")
def add(code: str, file: Path, email: str, sure: bool) -> None:
    """Add a copy (text, HTML, DOCX or PDF) of a document. Exit 1 when a cited sentence is not found in it."""
    from django.utils import timezone

    from alongside.agencies.access import Refused
    from alongside.agencies.queries import person
    from alongside.procedures import actions

    by = person(email)
    if by is None:
        raise click.ClickException(f"Nobody signs in as {email}. Nothing was added.")
    try:
        copy = actions.add_document(
            code=code, name=file.name, data=file.read_bytes(), sure=sure, by=by, at=timezone.now()
        )
    except actions.NotSure as doubt:
        raise click.ClickException(f"{doubt} Here, that is --sure.") from None
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from None
    _tell(code)
    if copy.missing:
        raise SystemExit(1)


@documents.command()
def report() -> None:
    """What became of every citation in the copies that were added."""
    from alongside.procedures import queries

    for code in queries.documents():
        if queries.copies_of({code}):
            _tell(code)
        else:
            click.echo(f"{code}: no copy added ({queries.rules_of(code)} rules cite it)")


@documents.command()
@click.argument("code")
@click.option("--format", "form", type=click.Choice(["text", "json", "csv"]), default="text", show_default=True)
def changes(code: str, form: str) -> None:
    """The rules whose sentence the copy in use says otherwise or no more: what is to be decided first. Exit 1 while any is."""
    from alongside.procedures import queries

    if code not in queries.documents():
        raise click.ClickException(f"There is no document {code}; there are {', '.join(queries.documents())}.")
    if not queries.copies_of({code}):
        raise click.ClickException(f"No copy of {code} was added; add one with `alongside documents add`.")
    rows = list(_rows(code))
    if form == "json":
        click.echo(json.dumps(rows, indent=1, ensure_ascii=False))
    elif form == "csv":
        writer = csv.DictWriter(sys.stdout, list(rows[0]) if rows else ["rule"])
        writer.writeheader()
        writer.writerows(rows)
    else:
        for row in rows:
            click.echo(_said(row))
    if any(row["decision"] in ("", "reopened") for row in rows):
        raise SystemExit(1)


def _rows(code: str) -> Iterable[dict[str, Any]]:
    from alongside.procedures import editions, queries

    work = editions.work_of(code)
    duties = queries.open_on([one.rule.id for one in work])
    for one in work:
        yield {
            "rule": one.rule.id,
            "state": "not found" if one.standing.state == "missing" else one.standing.state,
            "decision": one.decision.verdict if one.decision else "",
            "duties_open": duties.get(one.rule.id, 0),
            "line": one.standing.line or None,
            "likeness": round(one.standing.likeness, 2),
            "before": one.standing.first,
            "now": one.standing.after,
            "gist": one.rule.gist,
        }


def _said(row: Mapping[str, Any]) -> str:
    decided = {"": "to decide", "reopened": "to decide", "stands": "the rule stands", "rewrite": "to be written anew"}
    lines = [f"{row['rule']}: {row['state']}, {decided[row['decision']]}, {row['duties_open']} duties open"]
    lines += [f"  {key}: {row[key]}" for key in ("before", "now") if row[key]]
    return "\n".join(lines)


def _tell(code: str) -> None:
    """The summary of the copy in use, as the page of the document gives it."""
    from alongside.procedures import editions
    from alongside.procedures.documents import pages

    held = pages.held(code)
    if held is None:
        return
    for work in editions.work_of(code):
        if work.is_open:
            click.echo(f"{code}: {work.rule.id}: {pages.STATES[work.standing.state].lower()}, to decide")
    for words, counts in (("of rules", held.rules), ("without a rule", held.others)):
        if counts:
            click.echo(f"{code}: sentences {words}: {pages.counted(counts)}")
    whole = pages.changes(editions.edition(code))
    if whole:
        click.echo(f"{code}: against the copy before: {whole}")


commands = [documents]
