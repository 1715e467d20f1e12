"""Keeping the key table in step: made anew after another sealing key, another release's scheme, or a fault."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from alongside.audit.api import Actor, action, record
from alongside.people import matching
from alongside.people.models import KeysMark, MatchKey, Person
from alongside.people.queries import keys


@action("people.keys_rebuild_begun")
def begin_rebuild(*, by: Actor, at: datetime) -> bool:
    """From now until the end a look-up says that it cannot tell, where the table was made otherwise; whether it was."""
    otherwise = KeysMark.objects.exclude(mark=matching.mark()).exists() or not KeysMark.objects.exists()
    if otherwise:
        KeysMark.objects.update_or_create(id=KeysMark.ONE, defaults={"mark": ""})
    record(("people.keysmark", "1"), by=by, at=at, otherwise=otherwise)
    return otherwise


@action("people.keys_rebuilt")
def rebuild_batch(*, ids: Sequence[UUID], by: Actor, at: datetime) -> int:
    """Make the keys of some people what they should be; how many people had others."""
    list(Person.objects.select_for_update().filter(pk__in=ids).values_list("pk", flat=True))
    fresh, stored = keys.fresh_keys(ids), keys.stored_keys(ids)
    wrong = [pk for pk in fresh if fresh[pk] != stored.get(pk, set())]
    MatchKey.objects.filter(person__in=wrong).delete()
    MatchKey.objects.bulk_create(MatchKey(person_id=pk, key=key) for pk in wrong for key in sorted(fresh[pk]))
    record(("people.keysmark", "1"), by=by, at=at, people=len(ids), wrong=len(wrong))
    return len(wrong)


@action("people.keys_rebuild_ended")
def end_rebuild(*, by: Actor, at: datetime) -> None:
    """The whole table is of the scheme and secret of now."""
    KeysMark.objects.update_or_create(id=KeysMark.ONE, defaults={"mark": matching.mark()})
    record(("people.keysmark", "1"), by=by, at=at)


def rebuild_keys(*, by: Actor, at: datetime) -> Iterator[tuple[int, int]]:
    """Make the whole table anew, a batch for each transaction; yields how many people, and how many had other keys.

    It may be interrupted and begun again: until it ends, a table made otherwise stays unused.
    """
    begin_rebuild(by=by, at=at)
    for ids in keys.batches():
        yield len(ids), rebuild_batch(ids=ids, by=by, at=at)
    end_rebuild(by=by, at=at)
