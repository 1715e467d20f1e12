"""The write guard: records that must not change without trace refuse every write outside an action."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from contextvars import ContextVar, Token
from typing import Any, TypeVar

from django.db import models

from alongside.audit import once
from alongside.audit.errors import SideDoor

_open: ContextVar[int] = ContextVar("alongside.audit.guard", default=0)
M = TypeVar("M", bound=models.Model)


_around: list[Callable[[], AbstractContextManager[None]]] = []


def on_opened(around: Callable[[], AbstractContextManager[None]]) -> None:
    """Let a higher app enter a context of its own for as long as an action runs."""
    if around not in _around:
        _around.append(around)


@contextmanager
def opened() -> Iterator[None]:
    """Open the guard for the length of the block; blocks may nest."""
    token = _open.set(_open.get() + 1)
    try:
        with once.acting(), ExitStack() as stack:
            for around in _around if token.old_value in (0, Token.MISSING) else ():
                stack.enter_context(around())
            yield
    finally:
        _open.reset(token)


def is_open() -> bool:
    return _open.get() > 0


def check(model: type[models.Model], verb: str) -> None:
    """Raise SideDoor unless an action is running."""
    if not is_open():
        raise SideDoor(f"{verb} of {model._meta.label} outside an action: write a function with @action(...)")


class GuardedQuerySet(models.QuerySet[M]):
    """A queryset that writes only inside an action. Subclass it for an app's own queries."""

    def create(self, **kwargs: Any) -> M:
        check(self.model, "create()")
        return super().create(**kwargs)

    def update(self, **kwargs: Any) -> int:
        check(self.model, "update()")
        return super().update(**kwargs)

    update.alters_data = True  # type: ignore[attr-defined]

    def delete(self) -> tuple[int, dict[str, int]]:
        check(self.model, "delete()")
        return super().delete()

    # As in Django: a template or a manager must never reach these.
    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def bulk_create(self, *args: Any, **kwargs: Any) -> list[M]:
        check(self.model, "bulk_create()")
        return super().bulk_create(*args, **kwargs)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        check(self.model, "bulk_update()")
        return super().bulk_update(*args, **kwargs)

    def _raw_delete(self, using: str | None) -> int:
        check(self.model, "delete()")
        deleted: int = super()._raw_delete(using)
        return deleted


# The default manager of a Guarded model.
GuardedManager = models.Manager.from_queryset(GuardedQuerySet, "GuardedManager")


class Guarded(models.Model):
    """A record that changes only inside an action."""

    objects = GuardedManager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        check(type(self), "save()")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        check(type(self), "delete()")
        return super().delete(*args, **kwargs)


class AppendOnlyQuerySet(GuardedQuerySet[M]):
    """Rows are added inside an action and never change."""

    def update(self, **kwargs: Any) -> int:
        raise SideDoor(f"{self.model._meta.label} is never changed")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise SideDoor(f"{self.model._meta.label} is never deleted")

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise SideDoor(f"{self.model._meta.label} is never changed")

    def _raw_delete(self, using: str | None) -> int:
        raise SideDoor(f"{self.model._meta.label} is never deleted")


# The default manager of an AppendOnly model.
AppendOnlyManager = models.Manager.from_queryset(AppendOnlyQuerySet, "AppendOnlyManager")


class AppendOnly(Guarded):
    """A record that is added inside an action and then stands for ever."""

    objects = AppendOnlyManager()  # type: ignore[assignment, misc]

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise SideDoor(f"{self._meta.label} is never changed")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise SideDoor(f"{self._meta.label} is never deleted")
