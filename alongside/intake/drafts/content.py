"""What a draft holds: the answers of each page, and of each person and way of contact."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Typed = dict[str, Any]
PREFIXES = {"victim": "v", "person-causing-harm": "p", "child": "c", "other": "o", "way": "w"}


@dataclass
class Item:
    """One person, or one way of reaching the victim. `what` is a key of PREFIXES; `ref` names it on the pages."""

    ref: str
    what: str
    typed: Typed = field(default_factory=dict)


@dataclass
class Told:
    """Everything typed so far. A name left out was not answered; "not-known" is an answer."""

    kind: str
    pages: dict[str, Typed] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)

    def page(self, name: str) -> Typed:
        """The answers of a page, to read."""
        return self.pages.get(name, {})

    def of(self, *what: str) -> Iterator[Item]:
        """Items of some kinds, in the order they were added."""
        return (item for item in self.items if item.what in what)

    def find(self, ref: str) -> Item | None:
        """The item of a ref, None when it was taken away."""
        return next((item for item in self.items if item.ref == ref), None)

    def first(self, what: str) -> Item:
        """The first item of a kind, made where there is none."""
        return next(self.of(what), None) or self.add(what)

    def add(self, what: str) -> Item:
        """A new item under a ref of its own, never one used before."""
        numbers = [int(item.ref[1:]) for item in self.of(what)]
        last = max([*numbers, self.pages.get("refs", {}).get(what, 0)], default=0)
        self.pages.setdefault("refs", {})[what] = last + 1
        item = Item(f"{PREFIXES[what]}{last + 1}", what)
        self.items.append(item)
        return item

    def remove(self, ref: str) -> None:
        """Take an item away."""
        self.items = [item for item in self.items if item.ref != ref]

    def as_text(self) -> str:
        """The form it is kept in."""
        items = [{"ref": i.ref, "what": i.what, "typed": i.typed} for i in self.items]
        return json.dumps({"kind": self.kind, "pages": self.pages, "items": items}, ensure_ascii=False)


def read(text: str, kind: str) -> Told:
    """What was kept; a draft nobody has typed into is empty."""
    held: Mapping[str, Any] = json.loads(text) if text else {}
    items = [Item(i["ref"], i["what"], i["typed"]) for i in held.get("items", ())]
    return Told(kind, dict(held.get("pages", {})), items)
