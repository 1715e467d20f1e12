"""From TOML tables to rules, parameters, facts, acts and actors, noting every fault of form on the way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from alongside.policy.codec import from_json
from alongside.policy.faults import Fault, PolicyError
from alongside.policy.rules import (
    FOLLOWS,
    MARKS,
    Act,
    Actor,
    Cite,
    Example,
    Origin,
    Parameter,
    Replacement,
    Rule,
    Timer,
)
from alongside.policy.source import Source
from alongside.policy.vocabulary import Fact, did_you_mean

Problem = Callable[..., None]
_CITE_KEYS = {"document": str, "section": str, "line": int, "from": int, "length": int, "sha256": str}
_RULE_KEYS = frozenset(field.name for field in fields(Rule)) - {"pack", "file", "line", "when_line", "examples"} | {
    *("example", "source")
}
_REPLACEMENT = frozenset(field.name for field in fields(Replacement))
_PARAMETER_KEYS = frozenset(field.name for field in fields(Parameter)) - {"name", "pack", "file", "line", "sources"} | {
    "source"
}
_ORIGIN_KEYS = frozenset(field.name for field in fields(Origin)) - {"id", "document"}
_NOWHERE = Cite("", "", 1, 0, 0, "")
_FACT_KEYS = frozenset(field.name for field in fields(Fact)) - {"name"}


class Table:
    """One TOML table being read: typed access to its keys, faults with the line of the key."""

    def __init__(self, source: Source, table: str, index: int, data: Any, faults: list[Fault]) -> None:
        self._source, self._table, self._index, self._faults = source, table, index, faults
        self.file = source.name
        self.line = source.line_of(table, index)
        self.data: dict[str, Any] = data if isinstance(data, dict) else {}
        if not isinstance(data, dict):
            self.fault(f"[{table}] is not a table", "", "form")

    def fault(self, message: str, remedy: str = "", kind: str = "form", key: str | None = None) -> None:
        """Note a fault at the line of a key, or of the table."""
        line = self._source.line_of(self._table, self._index, key) if key else self.line
        self._faults.append(Fault(self.file, line, message, remedy, kind))

    def known_keys(self, allowed: frozenset[str]) -> None:
        """Fault every key that means nothing here."""
        for key in self.data.keys() - allowed:
            self.fault(f"unknown key {key}", did_you_mean(key, allowed), "unknown-key", key)

    def get(self, key: str, type_: type | tuple[type, ...], default: Any = None) -> Any:
        """The key's value when it has the type, else the default and a fault."""
        value = self.data.get(key, default)
        if key in self.data and (not isinstance(value, type_) or (isinstance(value, bool) and type_ is int)):
            self.fault(f"{key} is {type(value).__name__}, not {_says(type_)}", "", "wrong-type", key)
            return default
        return value

    def words(self, key: str) -> tuple[str, ...]:
        """A list of words."""
        value = self.get(key, list, [])
        if not all(isinstance(word, str) for word in value):
            self.fault(f"{key} is not a list of words", "", "wrong-type", key)
            return ()
        return tuple(value)

    def day(self, key: str) -> date | None:
        """A date without time."""
        value = self.data.get(key)
        if value is not None and (not isinstance(value, date) or isinstance(value, datetime)):
            self.fault(f"{key} is not a date", "write it without quotes, such as 2026-04-01", "wrong-type", key)
            return None
        return value

    def at(self, key: str) -> int:
        """The line of a key, or of the table where it cannot be told."""
        return self._source.line_of(self._table, self._index, key)


Origins = Mapping[str, Origin]


def read_rule(table: Table, vocabulary: Mapping[str, Fact], pack: str, origins: Origins) -> Rule | None:
    """One `[[rule]]`; None when it has no id or no citation to speak of."""
    table.known_keys(_RULE_KEYS)
    id_ = table.get("id", str)
    if not id_:
        table.fault("a rule without an id", "give it the id of its entry in the catalogue", "missing-id")
        return None
    named = ("action", "forbids", "opens", "place", "why_reaches", "by", "replaces", "weakens")
    texts = {key: table.get(key, str) for key in named}
    return Rule(
        id=id_,
        kind=table.get("kind", str, ""),
        reaches_as=table.get("reaches_as", str, ""),
        actor=table.get("actor", str, ""),
        when=table.get("when", str, ""),
        cite=_read_cite(table, id_, origins),
        gist=table.get("gist", str, ""),
        discharged_by=table.words("discharged_by"),
        yields_to=table.words("yields_to"),
        timer=_read_timer(table),
        severity=table.get("severity", int, 1),
        effective_from=table.day("effective_from"),
        effective_to=table.day("effective_to"),
        examples=_read_examples(table, id_, vocabulary),
        pack=pack,
        file=table.file,
        line=table.line,
        when_line=table.at("when"),
        **texts,
    )


def read_origin(table: Table, id_: str, document: str) -> Origin:
    """One `[source.ID]`: a page of law or practice."""
    table.known_keys(_ORIGIN_KEYS)
    mark, read_on = table.get("mark", str, ""), table.day("read_on")
    if mark not in MARKS:
        table.fault(f"source {id_} has the mark {mark!r}", "one of " + ", ".join(MARKS), "source", "mark")
    if mark == "seen" and not (read_on and table.get("address", str)):
        table.fault(f"source {id_} is marked as seen without where and when", "address, read_on", "source")
    title, address, line = table.get("title", str, ""), table.get("address", str, ""), table.get("line", int, 0)
    if not (title and document and (line or mark == "ours")):
        table.fault(
            f"source {id_} has no title, or no place in the list of its pack",
            "title, line; practice of [pack]",
            "source",
        )
    return Origin(id_, title, mark, address, read_on, document, line)


def _read_origins(table: Table, what: str, origins: Origins) -> tuple[Origin, ...]:
    held = table.get("source", (str, list), [])
    ids = [held] if isinstance(held, str) else held
    for id_ in ids:
        if id_ not in origins:
            table.fault(f"{what} names an unknown source {id_}", did_you_mean(str(id_), origins), "source", "source")
    return tuple(origins[id_] for id_ in ids if id_ in origins)


def _read_cite(table: Table, id_: str, origins: Origins) -> Cite:
    if "source" in table.data:
        found = _read_origins(table, id_, origins)
        if "cite" in table.data:
            table.fault(f"{id_} cites both a document and a source", "keep the one that it says", "source", "cite")
        return Cite(found[0].document, found[0].title, found[0].line, 0, 0, "", found) if found else _NOWHERE
    held = table.get("cite", dict, {})
    for key, type_ in _CITE_KEYS.items():
        value = held.get(key)
        if not isinstance(value, type_) or isinstance(value, bool) or value == "":
            what = "has no citation" if not held else f"has a citation without {key}"
            table.fault(
                f"{id_} {what}", "cite = { document, section, line, from, length, sha256 }", "missing-citation", "cite"
            )
            return _NOWHERE
    for key in held.keys() - _CITE_KEYS.keys():
        table.fault(f"unknown key {key} in cite", did_you_mean(key, _CITE_KEYS), "unknown-key", "cite")
    return Cite(held["document"], held["section"], held["line"], held["from"], held["length"], held["sha256"])


def _read_timer(table: Table) -> Timer | None:
    held = table.get("timer", dict)
    if held is None:
        return None
    allowed = {"starts": str, "limit": str, "limit_hours": int, "limit_working_days": int, "met_when": str}
    allowed |= {"sundays_left_out": bool}
    for key, value in held.items():
        if key not in allowed:
            table.fault(f"unknown key {key} in timer", did_you_mean(key, allowed), "unknown-key", "timer")
        elif type(value) is not allowed[key]:
            table.fault(f"timer {key} is {type(value).__name__}, not {_says(allowed[key])}", "", "wrong-type", "timer")
            return None
    if "starts" not in held or sum(key in held for key in ("limit", "limit_hours", "limit_working_days")) != 1:
        table.fault("a timer needs starts, and one of limit, limit_hours, limit_working_days", "", "timer", "timer")
        return None
    if held.get("sundays_left_out") and "limit_hours" not in held:
        table.fault("sundays_left_out is said of hours", "use it with limit_hours", "timer", "timer")
        return None
    return Timer(**{key: value for key, value in held.items() if key in allowed})


def _read_examples(table: Table, id_: str, vocabulary: Mapping[str, Fact]) -> tuple[Example, ...]:
    found: list[Example] = []
    for held in table.get("example", list, []):
        given = held.get("given") if isinstance(held, dict) else None
        if not isinstance(given, dict) or not held.keys() <= {"given", "then", "ask"}:
            table.fault(f"an example of {id_} is not {{ given, then, ask }}", "", "example", "example")
            continue
        facts = {}
        for name, value in given.items():
            if name not in vocabulary:
                remedy = did_you_mean(name, vocabulary)
                table.fault(f"unknown fact {name} in an example of {id_}", remedy, "unknown-fact", "example")
                continue
            try:
                facts[name] = from_json(value, vocabulary[name])
            except PolicyError as error:
                table.fault(f"example of {id_}: {error}", "", "wrong-type", "example")
        ask = held.get("ask")
        if ask is not None and not (isinstance(ask, list) and all(isinstance(name, str) for name in ask)):
            table.fault(f"an example of {id_} does not ask a list of facts", 'ask = ["fact", …]', "example", "example")
            continue
        found.append(
            Example(facts, str(held.get("then")), None if ask is None else frozenset(ask), table.at("example"))
        )
    return tuple(found)


def read_parameter(table: Table, name: str, above: Parameter | None, pack: str, origins: Origins) -> Parameter:
    """One `[parameter.NAME]`, laid over what the pack above says of it."""
    table.known_keys(_PARAMETER_KEYS)
    held: dict[str, Any] = {}
    for key in ("type", "status", "slot", "conflict", "question", "said", "changes_nothing_yet", "page"):
        held[key] = table.get(key, str)
    for key in ("value", "proposed", "text_says"):
        held[key] = table.data.get(key)
    held["may_vary"] = tuple(table.get("may_vary", list, [])) or None
    held["concerns"] = table.words("concerns") or None
    held["cite"] = table.get("cite", dict)
    held["effective_from"], held["effective_to"] = table.day("effective_from"), table.day("effective_to")
    held["replaces"] = _read_replacements(table, name) or None
    held["sources"] = _read_origins(table, f"parameter {name}", origins) or None
    said = {key: value for key, value in held.items() if value is not None}
    base = {field.name: getattr(above, field.name) for field in fields(Parameter)} if above else {}
    if "value" in said:
        base.pop("status", None)
        base.pop("sources", None)  # where the value above came from says nothing of this one
    return Parameter(**{**base, **said, "name": name, "pack": pack, "file": table.file, "line": table.line})


def _read_replacements(table: Table, name: str) -> tuple[Replacement, ...]:
    found: list[Replacement] = []
    for held in table.get("replaces", list, []):
        said = held if isinstance(held, dict) else {}
        if {"rule", "was", "becomes"} <= said.keys() <= _REPLACEMENT and all(
            isinstance(one, str) for one in said.values()
        ):
            found.append(Replacement(**said))
        else:
            table.fault(f"{name}: replaces needs rule, was, becomes", "and may have part, only_if", "form", "replaces")
    return tuple(found)


def read_fact(table: Table, name: str) -> Fact:
    """One `[fact.NAME]` of the vocabulary."""
    table.known_keys(_FACT_KEYS)
    range_ = table.get("range", list)
    if range_ is not None and len(range_) != 2:
        table.fault(f"{name}: a range has two ends", "range = [least, most]", "vocabulary", "range")
    words, words_said = table.words("words"), table.words("words_said")
    if words_said and len(words_said) != len(words):
        table.fault(
            f"{name} has {len(words)} words and says {len(words_said)}", "one phrase for each", "form", "words_said"
        )
    return Fact(
        name=name,
        type=table.get("type", str, ""),
        kind=table.get("kind", str, "observed"),
        unknown_ok=table.get("unknown_ok", bool, True),
        question=table.get("question", str, ""),
        meaning=table.get("meaning", str, ""),
        said=table.get("said", str, ""),
        not_said=table.get("not_said", str, ""),
        unit=table.get("unit", str, ""),
        words_said=words_said,
        who=table.words("who"),
        per=table.get("per", str, "case"),
        range=(range_[0], range_[1]) if range_ and len(range_) == 2 else None,
        words=words,
        applies_when=table.get("applies_when", str),
        derived=table.get("derived", str),
        sensitive=table.get("sensitive", bool, False),
    )


def read_act(table: Table, code: str) -> Act:
    """One `[act.CODE]`; keys of no meaning to the engine are kept in `more`."""
    own = {field.name for field in fields(Act)} - {"code", "more"}
    held = {key: table.get(key, str) for key in ("label", "button", "does", "kind", "owner", "follows")}
    held = {key: value for key, value in held.items() if value is not None}
    flags = {key: table.get(key, bool, False) for key in ("telephone", "automatic")}
    more = {key: value for key, value in table.data.items() if key not in own}
    _check_follows(table)
    return Act(
        code=code, evidence=table.words("evidence"), excludes=table.words("excludes"), more=more, **held, **flags
    )


def read_actor(table: Table, code: str) -> Actor:
    """One `[actor.CODE]`."""
    table.known_keys(frozenset(field.name for field in fields(Actor)) - {"code"})
    _check_follows(table)
    return Actor(
        code=code,
        says=table.get("says", str, ""),
        owner=table.get("owner", str, "outside"),
        agency_kind=table.get("agency_kind", str),
        role=table.get("role", str),
        follows=table.get("follows", str, "home"),
    )


def _check_follows(table: Table) -> None:
    said = table.get("follows", str)
    if said is not None and said not in FOLLOWS:
        table.fault(f"follows {said!r}, which is no place", "one of " + ", ".join(FOLLOWS), "follows", "follows")


def _says(type_: type | tuple[type, ...]) -> str:
    named = {str: "text", int: "a whole number", list: "a list", dict: "a table", bool: "true or false"}
    return " or ".join(named.get(one, one.__name__) for one in (type_ if isinstance(type_, tuple) else (type_,)))
