"""Acts of people have their person, moments their name, and every model says who may see it (house style, point 15)."""

from __future__ import annotations

from typing import Any

from django.db.models import DateField, DateTimeField, ForeignKey

from alongside.audit.api import Privacy
from alongside.sealed.fields import SealedText
from tests.sweeps.test_layers import own_models

# Moments that neither record an act (`x_at`, with `x_by`) nor end in `_on`, each with its reason.
LISTED: dict[str, str] = {
    "agencies.User.last_login": "Django's own column: when the account last signed in",
}

# Acts whose person is the row's own in another column, each with its reason.
BY_ANOTHER_NAME: dict[str, str] = {}


def moments() -> list[tuple[Any, str]]:
    found = [
        (model, field.name)
        for model in own_models()
        if not model._meta.auto_created
        for field in model._meta.get_fields()
        if isinstance(field, DateField | DateTimeField)
    ]
    assert len(found) > 30, "the sweep has lost the moments"
    return found


def test_an_act_names_its_person() -> None:
    wrong = []
    for model, name in moments():
        label = f"{model._meta.label}.{name}"
        names = {field.name for field in model._meta.get_fields()}
        if name.endswith("_at") and f"{name[:-3]}_by" not in names and label not in BY_ANOTHER_NAME:
            wrong.append(f"{label} has no {name[:-3]}_by")
    assert wrong == []


def test_other_moments_end_in_on() -> None:
    labels = [f"{model._meta.label}.{name}" for model, name in moments() if not name.endswith(("_at", "_on"))]
    assert sorted(set(labels) - set(LISTED)) == []
    assert sorted(set(LISTED) - set(labels)) == []


def test_no_reason_is_kept_for_nothing() -> None:
    labels = {f"{model._meta.label}.{name}" for model, name in moments()}
    assert sorted(set(BY_ANOTHER_NAME) - labels) == []


def test_every_model_says_who_may_see_it() -> None:
    models = [model for model in own_models() if not model._meta.auto_created]
    silent = [model._meta.label for model in models if not isinstance(getattr(model, "privacy", None), Privacy)]
    assert silent == []


def test_what_is_said_to_be_sealed_is_sealed() -> None:
    for model in own_models():
        if model._meta.auto_created:
            continue
        sealed = {field.name for field in model._meta.get_fields() if isinstance(field, SealedText)}
        assert set(model.privacy.sealed) == sealed, model._meta.label


def test_what_is_sealed_says_with_whose_key() -> None:
    """A model that did not would seal with the sealing key itself, and nobody could be forgotten in it."""
    for model in own_models():
        if model._meta.auto_created or not model.privacy.sealed:
            continue
        kind, name = model.owned_by
        assert kind and name in {field.attname for field in model._meta.concrete_fields}, model._meta.label


def test_the_audit_points_at_nothing() -> None:
    from alongside.audit.models import Event

    assert [field.name for field in Event._meta.get_fields() if isinstance(field, ForeignKey)] == []
