"""`SealedText`: a model field whose column holds only ciphertext bound to its row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NoReturn

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from alongside.sealed import envelope
from alongside.sealed.errors import SealError
from alongside.sealed.models import Owner
from alongside.sealed.value import Ciphertext, Place, Sealed


class SealedAttribute(DeferredAttribute):
    """Gives a Sealed bound to the instance's row; takes text or a Sealed, also one of another row."""

    field: SealedText

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        value = super().__get__(instance, cls)
        if isinstance(value, Ciphertext):
            value = Sealed(cipher=value, place=self.field.place(instance))
        return value

    def __set__(self, instance: Any, value: object) -> None:
        instance.__dict__[self.field.attname] = self.field.to_python(value)


if TYPE_CHECKING:
    _Field = models.Field[str | Sealed, Sealed]
else:
    _Field = models.Field


class SealedText(_Field):
    """Text sealed with AES-256-GCM-SIV for its table, field and row; the row's id must be set before saving.

    Written by `save()`, `create()` and `bulk_create()`; `update()` and `bulk_update()` raise SealError because they
    do not say which row a value is for. No look-up but `isnull` works on it: store `blind(...)` beside it instead.

    A model says with whose key, as `owned_by = ("person", "person_id")`: the kind of owner, and the attribute with its id. A model
    that says nothing (of a migration) seals with the sealing key itself, until `alongside sealed rotate`.
    """

    description = "Sealed text"
    descriptor_class = SealedAttribute
    empty_strings_allowed = True

    def get_internal_type(self) -> str:
        return "BinaryField"

    def place(self, instance: models.Model) -> Place:
        """Where this instance's value belongs; SealError without a row id."""
        if instance.pk is None:
            raise SealError(f"{instance._meta.label} needs its id before {self.name} can be sealed")
        return Place(f"{self.model._meta.db_table}.{self.column}", str(instance.pk))

    def home(self, instance: models.Model) -> Place:
        """The same, with whose key it is sealed there."""
        return replace(self.place(instance), owner=owner_of(instance))

    def opened(self, value: Ciphertext | Sealed | None, pk: object) -> str:
        """The text of a value read without its record (`values_list`), "" for none.

        Whoever calls this has recorded the read.
        """
        if isinstance(value, Sealed):
            return value.open()
        place = Place(f"{self.model._meta.db_table}.{self.column}", str(pk))
        return Sealed(cipher=value, place=place).open() if value else ""

    def to_python(self, value: object) -> Any:
        if value is None or isinstance(value, Sealed | Ciphertext):
            return value
        if isinstance(value, str):
            return Sealed(value)
        raise SealError(f"{self.name} takes text, not {type(value).__name__}")

    def from_db_value(self, value: Any, *_: object) -> Ciphertext | None:
        if value is None:
            return None
        found = Ciphertext(value)
        if found.is_owned:
            envelope.named(found.key_id)
        return found

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """The ciphertext for this row. A row copied under a new id is opened at its old place or refused."""
        if add:
            _begin(model_instance)
        value = getattr(model_instance, self.attname)
        if value is None:
            return None
        if add and isinstance(model_instance.__dict__[self.attname], Ciphertext):
            value = Sealed(value.open())
        stored = value.stored_for(self.home(model_instance))
        model_instance.__dict__[self.attname] = stored
        return stored

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None:
            return None
        if not isinstance(value, Ciphertext):
            raise SealError(f"{self.name} is sealed for one row: set it on the record and save() that")
        return connection.Database.Binary(bytes(value))

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name == "isnull":
            return super().get_lookup(lookup_name)
        return self._refuse(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:
        return self._refuse(lookup_name)

    def value_to_string(self, obj: models.Model) -> str:
        return str(getattr(obj, self.attname))

    def _refuse(self, lookup_name: str) -> NoReturn:
        raise SealError(f"{self.name} is sealed: nothing can be searched by it ({lookup_name})")


def owner_of(instance: models.Model) -> Owner | None:
    """With whose key this row's texts are sealed; None where its model does not say. SealError while the row does not say."""
    said = getattr(type(instance), "owned_by", None)
    if said is None:
        return None
    kind, name, *_ = said
    whose = getattr(instance, name)
    if whose is None:
        raise SealError(f"{instance._meta.label} needs {name} before anything can be sealed in it")
    return Owner(kind, whose)


def _begin(instance: models.Model) -> None:
    """A row that owns its own key is being added: then there is no key to look for.

    A row named by another's id may share that one's key, unless the kind of owner is named after its own model.
    """
    kind, name = getattr(type(instance), "owned_by", ("", ""))[:2]
    key = instance._meta.pk
    if key is None or name != key.attname or instance.pk is None:
        return
    if not key.is_relation or kind == instance._meta.model_name:
        envelope.is_new(Owner(kind, instance.pk))


def sealed(model: type[models.Model], name: str) -> SealedText:
    """The sealed field of a model; SealError when that field is not sealed."""
    field = model._meta.get_field(name)
    if not isinstance(field, SealedText):
        raise SealError(f"{model._meta.label}.{name} is not sealed")
    return field
