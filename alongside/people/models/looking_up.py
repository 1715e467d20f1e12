"""The key table: hashed keys beside each person, and the mark that says by which scheme and secret they were made."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import models

from alongside.audit.api import WHOLE, Privacy
from alongside.people.models.records import Person, privacy


class MatchKey(models.Model):
    """A hashed blocking key of `linkage`, so that an incoming person finds the few records worth comparing."""

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="match_keys", db_index=True)
    key = models.BigIntegerField()

    owned_by = ("person", "person_id")
    blanked = WHOLE
    privacy = privacy()

    class Meta:
        indexes = [models.Index(fields=["key", "person"], name="match_key")]

    def __str__(self) -> str:
        return f"a match key of {self.person_id}"

    @staticmethod
    def set_for(person: UUID, keys: Iterable[int]) -> int:
        """Make a person's keys exactly these, inside the action that changed the person; how many came or went."""
        wanted, held = set(keys), set(MatchKey.objects.filter(person=person).values_list("key", flat=True))
        if held - wanted:
            MatchKey.objects.filter(person=person, key__in=held - wanted).delete()
        MatchKey.objects.bulk_create(MatchKey(person_id=person, key=key) for key in sorted(wanted - held))
        return len(wanted ^ held)


class KeysMark(models.Model):
    """One row: by which scheme and secret the whole table was made (`matching.mark`). Another mark, or none while the table is
    made anew: a look-up says that it cannot tell, instead of finding nobody."""

    ONE = 1
    id = models.PositiveSmallIntegerField(primary_key=True, default=ONE)
    mark = models.CharField(max_length=32, blank=True)

    privacy = Privacy(who="operators", kept="while the partnership exists", special=False, sealed=(), about="none")

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_mark_for_the_whole_table")]

    def __str__(self) -> str:
        return self.mark or "being made anew"

    @classmethod
    def begin_with(cls, mark: str) -> bool:
        """Mark a table that holds nobody yet; whether the table is of that mark now. No event: nothing happened to anybody."""
        if not Person.objects.exists():
            cls.objects.update_or_create(id=cls.ONE, defaults={"mark": mark})
        return cls.objects.filter(mark=mark).exists()
