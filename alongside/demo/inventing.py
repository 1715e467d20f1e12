"""Invented cases, offered in the demonstration to try a change on."""

from pathlib import Path

from alongside.insight.hooks import Source, Tick


def _write(out: Path, count: int, tick: Tick) -> None:
    from alongside.demo.population import Invented  # reads the packs, which no page of the demonstration waits for

    Invented().write(out, count, tick)


INVENTED = Source(
    write=_write,
    count=None,
    button="Invent the cases",
    says="invented cases, decided by the rules in force",
    caution="Invented cases become more towards the end of their year, so the slope of this line says nothing.",
)
