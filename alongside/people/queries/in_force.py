"""The linkage model that scores now, and the reading of everybody that one is fitted to or counted among."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from alongside.linkage import Known, Model, default_model
from alongside.linkage.frequencies import table_of
from alongside.linkage.model import parse_model
from alongside.people import matching
from alongside.people.models import InstalledModel, LinkDecision
from alongside.people.queries.holders import CannotTell
from alongside.people.queries.keys import batches
from alongside.people.queries.links import counted
from alongside.people.queries.on_record import said_of

if TYPE_CHECKING:
    import polars as pl


class ModelNotUsable(CannotTell):
    """The linkage model in force cannot be read; no other scores in its place."""


def installed() -> InstalledModel | None:
    """The row of the model in force, without its text; None while it is the shipped one from the first day."""
    return InstalledModel.objects.defer("text").order_by("-pk").first()


def model_in_force() -> Model:
    """The model that scores now: one statement, and one more where another was installed since this process last asked.

    Raises `ModelNotUsable` where it is damaged, of other comparisons or counted with another key: never the shipped one instead.
    """
    row = InstalledModel.objects.order_by("-pk").values_list("pk", "hash", "how").first()
    if row is None or row[2] == "shipped":
        return default_model()
    return _read(row[0], row[1], matching.frequency_secret())


@lru_cache(maxsize=2)
def _read(pk: int, expected: str, secret: bytes) -> Model:
    try:
        model = parse_model(json.loads(InstalledModel.objects.values_list("text", flat=True).get(pk=pk)), secret)
        if model.hash != expected:
            raise ValueError("Its hash is not the one it was installed with.")
    except (ValueError, InstalledModel.DoesNotExist) as fault:
        raise ModelNotUsable(
            f"The linkage model in force ({expected[:12]}) cannot be used: {fault} Until it can, look-ups say that they cannot "
            "tell, and no other model scores in its place. Run “alongside people train”, or go back to the model of this release: "
            "“alongside people install --shipped”."
        ) from fault
    return model


class Everybody:
    """Everybody on record, read a batch at a time: what is counted of all, and at most so many to learn from.

    Ids are drawn at random, so the first of them are a fair sample.
    """

    def __init__(self, most: int) -> None:
        self.sample: list[Known] = []
        self._most = most
        self._tables = [table_of(())]

    def read(self) -> Iterator[int]:
        """Read on; yields how many people each batch has."""
        for ids in batches():
            known = [matching.known(str(pk), said) for pk, (said, _) in said_of(ids).items()]
            self._tables.append(table_of(known))
            self.sample += known[: self._most - len(self.sample)]
            yield len(known)

    def table(self) -> pl.DataFrame:
        """The columns that are counted (`frequencies.table_of`)."""
        import polars as pl

        return pl.concat(self._tables)


def answered() -> tuple[set[tuple[str, str]], set[tuple[str, str]], dict[str, Known]]:
    """Pairs that people here said are the same person, and not the same, by answers that count and nobody contradicts; and their records."""
    said: dict[str, set[tuple[str, str]]] = {"same": set(), "not-same": set()}
    ids: set[UUID] = set()
    for person, candidate, answer in counted(LinkDecision.objects.all()).values_list(
        "person_id", "candidate_id", "answer"
    ):
        first, second = sorted((str(person), str(candidate)))
        said[answer].add((first, second))
        ids |= {person, candidate}
    disputed = said["same"] & said["not-same"]
    people = {str(pk): matching.known(str(pk), told) for pk, (told, _) in said_of(ids).items()}
    return said["same"] - disputed, said["not-same"] - disputed, people
