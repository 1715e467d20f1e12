"""Workflows as tables: which step is allowed, what it is called, and the row that every step leaves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model, QuerySet

from alongside.audit import guard
from alongside.audit.actors import Actor
from alongside.audit.errors import ActionError, StateRefused
from alongside.audit.models import StateChange

TRANSITIONS: dict[str, Transitions] = {}


@dataclass(frozen=True, slots=True)
class Step:
    """What a row of the table says: the label of the arrow, the permission it needs, whether a reason is required."""

    label: str
    permission: str = ""
    needs_why: bool = False


class Transitions:
    """The workflow of one model.

    `table` maps (from, to) to a Step or just its label. `labels` gives the words for the states; without it the code is
    used with blanks. With `name` (`app.model`) the table is listed in TRANSITIONS and its diagram appears in the docs.
    Who may take a step is the app's own `check_…`; this class knows only what the state allows.
    """

    def __init__(
        self,
        *,
        table: Mapping[tuple[str, str], Step | str],
        field: str = "state",
        name: str = "",
        labels: Mapping[str, str] | None = None,
    ) -> None:
        if not table:
            raise ActionError("a workflow without a step")
        self.table = {pair: step if isinstance(step, Step) else Step(step) for pair, step in table.items()}
        self.field, self.name, self.labels = field, name, dict(labels or {})
        if name:
            if name in TRANSITIONS and TRANSITIONS[name].table != self.table:
                raise ActionError(f"two workflows are called {name}")
            TRANSITIONS[name] = self

    def allowed(self, state: str) -> tuple[str, ...]:
        """The states that may follow."""
        return tuple(to for before, to in self.table if before == state)

    def label(self, state: str) -> str:
        return self.labels.get(state, state.replace("_", " ").replace("-", " "))

    def check(self, obj: Model, to: str, why: str = "") -> Step:
        """The step from where `obj` is to `to`; StateRefused with a sentence when there is none."""
        return self._check(obj, getattr(obj, self.field), to, why)

    def _check(self, obj: Model, state: str, to: str, why: str) -> Step:
        step = self.table.get((state, to))
        noun = str(obj._meta.verbose_name)
        if step is None:
            if state == to:
                raise StateRefused(f"This {noun} is already “{self.label(state)}”.")
            follow = " or ".join(f"“{self.label(each)}”" for each in self.allowed(state))
            rest = f"It can become {follow}." if follow else "Nothing can follow that."
            raise StateRefused(f"This {noun} is “{self.label(state)}” and cannot become “{self.label(to)}”. {rest}")
        if step.needs_why and not why.strip():
            raise StateRefused(f"Say why this {noun} becomes “{self.label(to)}”.")
        return step

    def can(self, obj: Model, to: str) -> bool:
        """Whether the state allows it, apart from a reason still to be given."""
        return (getattr(obj, self.field), to) in self.table

    def move(self, obj: Model, *, to: str, by: Actor, at: datetime, why: str = "") -> StateChange:
        """Take a step inside an action: one column written, one row left.

        Raises StateRefused when the table has no such step, a reason is missing, or somebody else moved the record
        since it was loaded.
        """
        guard.check(type(obj), "a change of state")
        self.check(obj, to, why)
        before = getattr(obj, self.field)
        rows: QuerySet[Model] = type(obj)._base_manager.filter(**{"pk": obj.pk, self.field: before})
        if rows.update(**{self.field: to}) != 1:
            raise StateRefused(
                f"Somebody else changed this {obj._meta.verbose_name} while you were looking at it. "
                "Load the page again to see it as it is now."
            )
        setattr(obj, self.field, to)
        return StateChange.objects.create(**self._row(obj, before, by, at, why))

    def bulk_open(
        self,
        objs: Iterable[Model],
        *,
        by: Actor,
        at: datetime,
        why: Mapping[object, str] | str = "",
        began: str = "",
    ) -> list[StateChange]:
        """The first rows of records that have just been created, in one insert.

        With `began`, the state each of them began in: one that has gone on at once leaves its second row too, the step
        checked. `why` may be given for each by its id.
        """
        rows: list[StateChange] = []
        for obj in objs:
            said = why if isinstance(why, str) else why.get(obj.pk, "")
            now = getattr(obj, self.field)
            if not began or now == began:
                rows.append(StateChange(**self._row(obj, "", by, at, said)))
                continue
            self._check(obj, began, now, said)
            rows.append(StateChange(**{**self._row(obj, "", by, at, ""), "to_state": began}))
            rows.append(StateChange(**self._row(obj, began, by, at, said)))
        return StateChange.objects.bulk_create(rows)

    def history(self, obj: Model) -> QuerySet[StateChange]:
        """Every step of a record, oldest first."""
        return StateChange.objects.filter(subject_kind=obj._meta.label_lower, subject_id=str(obj.pk), field=self.field)

    def diagram(self) -> str:
        """The workflow as a Mermaid state diagram."""
        states = list(dict.fromkeys(state for pair in self.table for state in pair))
        names = {state: f"s{number}" for number, state in enumerate(states)}
        lines = ["stateDiagram-v2"]
        lines += [f"    {names[state]}: {self.label(state)}" for state in states]
        reached = {to for _, to in self.table}
        lines += [f"    [*] --> {names[state]}" for state in states if state not in reached]
        lines += [f"    {names[before]} --> {names[to]}: {step.label}" for (before, to), step in self.table.items()]
        leaving = {before for before, _ in self.table}
        lines += [f"    {names[state]} --> [*]" for state in states if state not in leaving]
        return "\n".join(lines) + "\n"

    def _row(self, obj: Model, before: str, by: Actor, at: datetime, why: str) -> dict[str, object]:
        if at.utcoffset() is None:
            raise ActionError("a change of state needs an aware moment")
        return {
            "subject_kind": obj._meta.label_lower,
            "subject_id": str(obj.pk),
            "field": self.field,
            "from_state": before,
            "to_state": getattr(obj, self.field),
            "moved_by": by.audit_name,
            "moved_at": at,
            "why": why,
        }
