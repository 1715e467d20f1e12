"""Every kind of record about somebody says whose it is and what of it goes; what stays in clear stands here with its reason."""

from __future__ import annotations

from typing import Any

from django.db.models import CharField, JSONField, TextField

from alongside.audit.api import WHOLE
from alongside.keeping import erasing
from alongside.keeping.retention import CLASSES
from tests.sweeps.test_layers import own_models

CODES = "codes, ids and numbers of ours: they say nothing of who somebody is"
# Columns of text that stay when whom they are about is erased.
STAY: dict[str, str] = {
    "audit.StateChange": "the reasons of changes of state: rows that nothing may change, which hold the words of staff (not-promised.md)",
    "cases.Case": CODES,
    "cases.CaseEvent": "sentences of ours, without names",
    "cases.CaseMember": CODES,
    "casework.ActRecord": CODES,
    "casework.UnsentReferral": CODES,
    "duties.Bar": CODES,
    "duties.Duty": CODES,
    "duties.Evaluation": CODES,
    "duties.ObservedFact": CODES,
    "duties.Question": CODES,
    "duties.Task": CODES,
    "intake.Draft": CODES,
    "intake.Incident": CODES,
    "intake.Notification": "the sender's own identity for it and a keyed hash, so that the same one sent again is known",
    "marac.AgendaItem": CODES,
    "marac.MaracReferral": CODES,
    "marac.PatternReview": CODES,
    "outbox.Timer": CODES,
    "people.ContactTask": CODES,
    "people.ContactTry": CODES,
    "people.LinkDecision": CODES,
    "people.PersonChange": CODES,
    "people.PlannedLetter": CODES,
    "releases.Paper": CODES,
    "releases.PaperCopy": "codes, and the mark that stands on a copy in somebody's hands",
    "rights.Told": CODES,
    "risk.Answer": CODES,
    "risk.Assessment": CODES,
    "sealed.DataKey": CODES,
    "sharing.Consult": CODES,
    "sharing.Disclosure": CODES,
    "sharing.SharedCopy": CODES,
    "uploads.Upload": "codes, and a hash of the file, whose key goes",
}
# Kinds of record that say of nobody whose they are: they hold nothing but codes and ids, or are sealed with the key of their file.
OF_NOBODY = {"people.Household", "people.SafeHours", "intake.Report", "uploads.Content"}


def about_somebody() -> list[Any]:
    found = [one for one in own_models() if not one._meta.auto_created and one.privacy.about in ("person", "case")]
    assert len(found) > 30, "the sweep has lost the models"
    return found


def left(model: Any) -> list[str]:
    """Columns of text that stay."""
    blanked = getattr(model, "blanked", ())
    if blanked == WHOLE:
        return []
    texts = [one for one in model._meta.concrete_fields if isinstance(one, CharField | TextField | JSONField)]
    return [one.name for one in texts if not one.choices and one.name not in blanked]


def test_what_stays_in_clear_is_listed_with_its_reason() -> None:
    found = {one._meta.label for one in about_somebody() if left(one)}
    assert sorted(found - STAY.keys()) == []
    assert sorted(STAY.keys() - found) == []


def test_every_kind_of_record_is_somebodys() -> None:
    loose = {one._meta.label for one in about_somebody() if not hasattr(one, "owned_by")}
    assert sorted(loose - STAY.keys() - OF_NOBODY) == []


def test_what_is_said_to_go_is_there_and_can_be_emptied() -> None:
    for model, (kind, *names) in erasing._owned():
        columns = {one.attname for one in model._meta.concrete_fields}
        assert kind and set(names) <= columns, model._meta.label
        for name in () if (said := getattr(model, "blanked", ())) == WHOLE else said:
            erasing.empty(model._meta.get_field(name))


def test_every_kind_of_record_belongs_to_a_class_of_retention() -> None:
    words = {one.privacy.kept for one in own_models() if not one._meta.auto_created}
    assert sorted(words - CLASSES.keys()) == []
    for one in CLASSES.values():
        assert one.how_long and one.from_when and one.who and one.source
