"""Putting a linkage model in force, and saying that everybody's record is about to be read for one."""

import json
from datetime import datetime

from alongside.audit.api import Actor, action, record
from alongside.linkage import Model, default_model
from alongside.people.models import InstalledModel
from alongside.people.queries.keys import how_many


@action("people.records_read_for_model")
def read_for_model(*, purpose: str, by: Actor, at: datetime) -> int:
    """From here everybody's record is read, to fit a model or to count how common values are; how many there are. Kept though the
    reading be interrupted."""
    people = how_many()
    record(("people.person", "everybody"), by=by, at=at, purpose=purpose, people=people)
    return people


@action("people.model_installed")
def install_model(*, model: Model, how: str, people: int, by: Actor, at: datetime) -> InstalledModel:
    """Put a model in force, from the next look-up on: `trained`, `counted` or `file`. Answers given keep the hash of theirs."""
    row = InstalledModel.objects.create(
        hash=model.hash,
        name=model.name[:100],
        how=how,
        people=people,
        text=json.dumps(model.data, ensure_ascii=False),
        installed_on=at,
    )
    record(row, by=by, at=at, hash=row.hash, how=how, people=people)
    return row


@action("people.shipped_model_installed")
def install_shipped_model(*, by: Actor, at: datetime) -> InstalledModel:
    """Go back to the model that comes with each release."""
    row = InstalledModel.objects.create(
        hash=default_model().hash, name=default_model().name, how="shipped", installed_on=at
    )
    record(row, by=by, at=at, hash=row.hash)
    return row
