"""What a rule, a fact and a parameter must be like before anything is decided with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from alongside.policy.awaiting import hangs_on, is_awaiting
from alongside.policy.exclusive import excluded
from alongside.policy.faults import Fault
from alongside.policy.layers import PackFiles, chain, cycles, holes, periods, put, whole
from alongside.policy.loader import Contents
from alongside.policy.parser import parse
from alongside.policy.promises import Promise
from alongside.policy.rules import (
    DECIDING_KINDS,
    MUST_EXPLAIN,
    PLACES,
    REACHES,
    STATUSES,
    Act,
    Parameter,
    Replacement,
    Rule,
    fits,
    is_range,
    within,
)
from alongside.policy.tokens import ConditionError
from alongside.policy.typecheck import ParameterType, problems
from alongside.policy.vocabulary import KINDS, PER, TYPES, Fact, did_you_mean

_RANGES = {
    "integer": "may_vary = [least, most]",
    "word": 'may_vary = ["word", …]',
    "list": 'may_vary = ["word", …]',
    "boolean": "leave may_vary out",
}


def faults_of(held: Contents) -> list[Fault]:
    """Every fault of what was read, examples aside."""
    found = list(cycles(held.packs))
    for fact in held.vocabulary.values():
        found += _fact(fact, held)
    for act in held.acts.values():
        found += _act(act, held)
    types = parameter_types(held.packs.values())
    for pack in held.packs.values():
        found += _pack(pack, held, types)
    for promise in held.promises.values():
        found += _promise(promise, held, types)
    return [*found, *_of_one_id(held)]


def _of_one_id(held: Contents) -> Iterator[Fault]:
    """Rules of one id in packs none of which stands on the other: wherever both areas decide a case, one would be lost."""
    first: dict[str, Rule] = {}
    for pack in held.packs.values():
        below = [held.packs[name] for name in chain(pack.id, held.packs) if name != pack.id]
        inherited = {rule.id for layer in below for rule in layer.rules}
        for rule in {rule.id: rule for rule in pack.rules if rule.id not in inherited}.values():
            other = first.setdefault(rule.id, rule)
            if other is not rule:
                told = f"{rule.id} is the id of a rule at {other.file}:{other.line} too"
                yield Fault(rule.file, rule.line, told, "give it an id of its own", "twice")


def parameter_types(packs: Iterable[PackFiles]) -> dict[str, ParameterType]:
    """The type of every parameter that any pack declares."""
    return {
        name: ParameterType(one.type, one.may_vary if one.type == "word" else ())
        for pack in packs
        for name, held in pack.parameters.items()
        for one in held
    }


def condition_faults(
    text: str, what: str, place: tuple[str, int], facts: Mapping[str, Fact], types: Mapping[str, ParameterType]
) -> Iterator[Fault]:
    """The faults of one condition text."""
    try:
        for error in problems(parse(text), facts, types):
            yield Fault(*place, f"{what}: {error}", error.remedy, error.kind)
    except ConditionError as error:
        yield Fault(*place, f"{what}: {error}", error.remedy, error.kind)


def _fact(fact: Fact, held: Contents) -> Iterator[Fault]:
    place = held.places[fact.name]
    for what, value, allowed in (("type", fact.type, TYPES), ("kind", fact.kind, KINDS), ("per", fact.per, PER)):
        if value not in allowed:
            yield Fault(*place, f"{fact.name}: unknown {what} {value!r}", "one of " + ", ".join(allowed), "vocabulary")
    if not re.fullmatch(r"[a-z][a-z0-9_]*", fact.name):
        yield Fault(*place, f"{fact.name} is not a name", "small letters, digits and _", "vocabulary")
    if (fact.type == "word") != bool(fact.words):
        yield Fault(*place, f"{fact.name}: words belong to type word, and only there", "", "vocabulary")
    if (fact.kind == "derived") != (fact.derived is not None) or (fact.derived and fact.type != "boolean"):
        yield Fault(*place, f"{fact.name}: kind derived needs derived = a condition, type boolean", "", "vocabulary")
    if fact.range is not None and not (fact.is_number and is_range(fact.type, fact.range)):
        yield Fault(*place, f"{fact.name}: its range is none of its type", "range = [least, most]", "vocabulary")
    if not fact.question:
        yield Fault(*place, f"{fact.name} has no question", "say it as a worker would ask it", "vocabulary")
    types = parameter_types(held.packs.values())
    for text in filter(None, (fact.derived, fact.applies_when)):
        own = list(condition_faults(text, fact.name, place, held.vocabulary, types))
        yield from own
        if not own and fact.name in _leads_to(text, held.vocabulary):
            yield Fault(*place, f"{fact.name} is made of itself", "", "cyclic-fact")


def _act(act: Act, held: Contents) -> Iterator[Fault]:
    for other in act.excludes:
        if other not in held.acts:
            told = f"act {act.code} excludes an unknown act {other}"
            yield Fault(*held.places[f"act {act.code}"], told, did_you_mean(other, held.acts), "unknown-act")
        elif other == act.code:
            yield Fault(*held.places[f"act {act.code}"], f"act {act.code} excludes itself", "", "yields")


def _promise(promise: Promise, held: Contents, types: Mapping[str, ParameterType]) -> Iterator[Fault]:
    def fault(message: str, remedy: str, kind: str = "promise") -> Fault:
        return Fault(promise.file, promise.line, f"promise {promise.name} {message}", remedy, kind)

    for key in ("says", "why", "unless"):
        if not getattr(promise, key):
            yield fault(f"has no {key}", "says, when, unless, why and cite are all needed")
    if not isinstance(promise.cite.get("line"), int):
        yield fault("has no citation", "cite = { document, line }", "missing-citation")
    documents = {code for pack in held.packs.values() for code in pack.documents}
    areas = {area for pack in held.packs.values() for area in pack.areas}
    rules = {rule.id for pack in held.packs.values() for rule in pack.rules}
    for what, named, known, kind in (
        ("document", [promise.cite.get("document")], documents, "unknown-document"),
        ("area", promise.areas, areas, "promise"),
        ("rule", promise.unless, rules, "unknown-rule"),
        ("parameter", promise.aside or (), types, "unknown-parameter"),
    ):
        for name in named:
            if name not in known:
                yield fault(f"names an unknown {what} {name}", did_you_mean(str(name), known), kind)
    yield from condition_faults(
        promise.when, f"promise {promise.name}", (promise.file, promise.line), held.vocabulary, types
    )


def _leads_to(text: str, facts: Mapping[str, Fact]) -> set[str]:
    found: set[str] = set()
    waiting = [text]
    while waiting:
        try:
            names = set(parse(waiting.pop()).names) - found
        except ConditionError:
            continue
        found |= names
        more = [facts[name] for name in names if name in facts]
        waiting += [part for fact in more for part in (fact.derived, fact.applies_when) if part]
    return found


def _pack(pack: PackFiles, held: Contents, types: Mapping[str, ParameterType]) -> Iterator[Fault]:
    below = [held.packs[name] for name in chain(pack.id, held.packs) if name != pack.id]
    inherited = {rule.id for layer in below for rule in layer.rules}
    for rule in pack.rules:
        yield from _rule(rule, held, types)
        if rule.id in inherited and not rule.replaces:
            remedy = 'replaces = "why this partnership words it differently"'
            yield Fault(
                rule.file,
                rule.line,
                f"{rule.id} takes the place of a rule below without saying why",
                remedy,
                "replaces",
            )
        if rule.replaces and rule.id not in inherited:
            remedy = did_you_mean(rule.id, inherited)
            yield Fault(rule.file, rule.line, f"{rule.id} replaces a rule that is not there", remedy, "replaces")
        if rule.weakens and not rule.replaces:
            told = f"{rule.id} says why it weakens a rule, and replaces none"
            yield Fault(rule.file, rule.line, told, "take weakens out, or say what it replaces", "replaces")
    for id_ in dict.fromkeys(rule.id for rule in pack.rules):
        yield from periods([rule for rule in pack.rules if rule.id == id_], "rule", id_)
        yield from _across(id_, [rule for one in [*below, pack] for rule in one.rules if rule.id == id_], pack)
    for name, choices in pack.parameters.items():
        yield from periods(choices, "parameter", name)
        yield from _across(name, [period for one in [*below, pack] for period in one.parameters.get(name, ())], pack)
        for parameter in choices:
            yield from _parameter(parameter, [*below, pack], held, types)


def _across(name: str, held: Sequence[Rule | Parameter], pack: PackFiles) -> Iterator[Fault]:
    """Where a layer leaves days on which neither it nor any below holds; on the days it leaves to one below, that one does."""
    own = [one for one in held if one.pack == pack.id]
    if len(own) == len(held):
        return
    for first, last in holes(held):
        told = f"{name} holds neither here nor in a pack below from {first} to {last}"
        yield Fault(own[0].file, own[0].line, told, "close the gap", "gap")


def _dates(one: Rule | Parameter, name: str) -> Iterator[Fault]:
    if one.effective_from and one.effective_to and one.effective_to < one.effective_from:
        told = f"{name} ends on {one.effective_to}, before it begins on {one.effective_from}"
        yield Fault(one.file, one.line, told, "put the earlier day in effective_from", "dates-reversed")


def _rule(rule: Rule, held: Contents, types: Mapping[str, ParameterType]) -> Iterator[Fault]:
    def fault(message: str, remedy: str, kind: str) -> Fault:
        return Fault(rule.file, rule.line, f"{rule.id} {message}", remedy, kind)

    yield from _dates(rule, rule.id)
    if not rule.gist:
        yield fault("has no gist", "say in our own words what it means", "missing-gist")
    if not rule.effective_from:
        yield fault("has no effective_from", "the date of its document", "missing-date")
    if not 1 <= rule.severity <= 5:
        yield fault(f"has severity {rule.severity}", "1 to 5", "severity")
    documents = {code for pack in held.packs.values() for code in pack.documents}
    if rule.cite.document and not rule.cite.sources and rule.cite.document not in documents:
        remedy = did_you_mean(rule.cite.document, documents) or "name it in the documents of its pack"
        yield fault(f"cites {rule.cite.document}, which no pack carries", remedy, "unknown-document")
    if any(one.mark != "seen" for one in rule.cite.sources) and not _awaits(rule, held):
        remedy = "hang it on a choice with status = confirm"
        yield fault(
            "rests on a source nobody has seen, and would be in force as if somebody had", remedy, "unconfirmed"
        )
    if rule.actor not in held.owners:
        yield fault(f"names an unknown actor {rule.actor!r}", did_you_mean(rule.actor, held.owners), "unknown-actor")
    for act in filter(None, (rule.action, rule.forbids, rule.opens)):
        if act not in held.acts:
            yield fault(f"names an unknown act {act}", did_you_mean(act, held.acts), "unknown-act")
    yield from (fault(*found) for found in _yields(rule, held))
    place = (rule.file, rule.when_line)
    yield from condition_faults(rule.when, rule.id, place, held.vocabulary, types)
    if rule.timer is not None:
        if held.vocabulary.get(rule.timer.starts, Fact("", "")).type != "datetime":
            remedy = did_you_mean(
                rule.timer.starts, (name for name, f in held.vocabulary.items() if f.type == "datetime")
            )
            yield fault(f"has a timer that starts at {rule.timer.starts!r}, which is no date-time", remedy, "timer")
        if rule.timer.met_when:
            yield from condition_faults(rule.timer.met_when, f"{rule.id} met_when", place, held.vocabulary, types)
    yield from (fault(*found) for found in _reaches(rule, held))
    yield from (fault(*found) for found in _examples(rule))


def _yields(rule: Rule, held: Contents) -> Iterator[tuple[str, str, str]]:
    """A rule gives way only to what excludes it, never to what binds less, and two never to each other."""
    rules = {one.id: one for pack in held.packs.values() for one in pack.rules} if rule.yields_to else {}
    for name in rule.yields_to:
        other = rules.get(name)
        if other is None:
            yield f"yields to an unknown rule {name}", did_you_mean(name, rules), "unknown-rule"
        elif not excluded(rule.calls_for, other.calls_for, held.acts):
            yield f"yields to {name}, whose act its own does not exclude", "excludes = […] at the act", "yields"
        elif rule.binds and not other.binds:
            yield f"binds, and yields to {name}, which does not", f"let {name} yield", "yields"
        elif rule.id in _leads(other, rules):
            yield f"yields to {name}, which yields to it: neither would stand", "let one of them stand", "yields"


def _leads(rule: Rule, rules: Mapping[str, Rule]) -> set[str]:
    found: set[str] = set()
    waiting = [*rule.yields_to]
    while waiting:
        name = waiting.pop()
        if name not in found and name in rules:
            found.add(name)
            waiting += rules[name].yields_to
    return found


def _awaits(rule: Rule, held: Contents) -> bool:
    """Whether some default that awaits confirmation takes part in a rule."""
    found = (one for pack in held.packs.values() for periods in pack.parameters.values() for one in periods)
    return any(is_awaiting(one) and hangs_on(rule, one, held.vocabulary) for one in found)


def _reaches(rule: Rule, held: Contents) -> Iterator[tuple[str, str, str]]:
    """What each way of reaching people needs."""
    match rule.reaches_as:
        case "duty":
            if not rule.action:
                yield "is a duty without an act", "action = an act of packs/acts", "duty-act"
            if not rule.discharged_by:
                yield "is a duty that no record discharges", "discharged_by = kinds of evidence", "duty-evidence"
            act, actor = held.acts.get(rule.action or ""), held.owners.get(rule.actor)
            if actor is not None and actor.owner == "outside" and not (act is not None and act.owner):
                yield f"is a duty of {rule.actor}, whom nobody can be routed to", "give its act an owner", "duty-owner"
        case "bar" if not rule.forbids:
            yield "is a bar that forbids no act", "forbids = an act of packs/acts", "bar-act"
        case "threshold" | "permission" if not rule.opens:
            yield f"is a {rule.reaches_as} that opens no act", "opens = an act of packs/acts", "opens-act"
        case "guidance" if not rule.place:
            yield "is guidance without a place", "one of " + ", ".join(PLACES), "guidance-place"
        case other if other not in REACHES:
            yield (
                f"reaches people as {other!r}",
                did_you_mean(other, REACHES) or "one of " + ", ".join(REACHES),
                "reaches",
            )
    if rule.place and rule.place not in PLACES:
        yield f"has an unknown place {rule.place!r}", did_you_mean(rule.place, PLACES), "guidance-place"
    if rule.kind in MUST_EXPLAIN and rule.reaches_as in ("guidance", "reference") and not rule.why_reaches:
        yield (
            f"is a {rule.kind} that reaches people as {rule.reaches_as} and does not say why",
            "why_reaches",
            "why-reaches",
        )


def _examples(rule: Rule) -> Iterator[tuple[str, str, str]]:
    said = {example.then for example in rule.examples}
    needed = {"fires", "does-not-fire"} if rule.kind in DECIDING_KINDS else set()
    for outcome in sorted(needed - said):
        yield f"has no example that {outcome.replace('-', ' ')}", "add one", "missing-example"
    if not said:
        yield "has no example", "add one", "missing-example"


def _parameter(
    parameter: Parameter, layers: Sequence[PackFiles], held: Contents, types: Mapping[str, ParameterType]
) -> Iterator[Fault]:
    def fault(message: str, remedy: str, kind: str) -> Fault:
        return Fault(parameter.file, parameter.line, f"parameter {parameter.name} {message}", remedy, kind)

    yield from _dates(parameter, f"parameter {parameter.name}")
    if parameter.type not in ("integer", "boolean", "word", "list"):
        yield fault(f"has an unknown type {parameter.type!r}", "integer, boolean, word or list", "parameter-type")
        return
    if parameter.may_vary and not is_range(parameter.type, parameter.may_vary):
        yield fault("may vary in no range of its type", _RANGES[parameter.type], "parameter-type")
        return
    for what, value in (("value", parameter.value), ("proposed", parameter.proposed)):
        if value is None:
            continue
        bounds = bounds_of(parameter, layers)
        if not fits(parameter.type, value):
            yield fault(f"has a {what} {value!r} that is no {parameter.type}", "", "parameter-type")
        elif not _within(parameter, value, bounds) and not (what == "value" and may_be_proved(parameter, layers)):
            yield fault(f"has a {what} {value!r} outside what may vary", f"within {list(bounds[0])}", "may-vary")
    if parameter.value is not None and parameter.status not in STATUSES:
        yield fault(
            "has a value without saying whether it is in force", "status = shipped, proposed or confirm", "status"
        )
    if parameter.status == "shipped" and any(one.mark != "seen" for one in parameter.sources):
        yield fault("is shipped on a source nobody has seen", "status = confirm", "unconfirmed")
    if not parameter.question:
        yield fault("has no question", "say in plain words what is to be chosen", "parameter-question")
    fact = held.vocabulary.get(parameter.name)
    if fact is not None and (fact.kind != "setting" or fact.type != parameter.type):
        yield fault(
            f"has the name of a fact that is no {parameter.type} setting", "give it a name of its own", "parameter-type"
        )
    yield from (fault(*found) for found in _replacements(parameter, held, types))


def may_be_proved(parameter: Parameter, layers: Sequence[PackFiles]) -> bool:
    """Whether a choice is a number in force outside what may vary: it stands only if it is proved to weaken nothing."""
    value, bounds = parameter.in_force, bounds_of(parameter, layers)
    return parameter.type == "integer" and fits("integer", value) and not _within(parameter, value, bounds)


def _within(parameter: Parameter, value: object, bounds: Iterable[tuple[object, ...]]) -> bool:
    return all(within(parameter.type, value, may_vary) for may_vary in bounds)


def bounds_of(parameter: Parameter, layers: Sequence[PackFiles]) -> list[tuple[object, ...]]:
    """What each layer lets a choice be."""
    held = [one for layer in layers for one in layer.parameters.get(parameter.name, ())]
    return [one.may_vary for one in [*held, parameter] if one.may_vary and is_range(parameter.type, one.may_vary)]


def _replacements(
    parameter: Parameter, held: Contents, types: Mapping[str, ParameterType]
) -> Iterator[tuple[str, str, str]]:
    rules: dict[str, list[Rule]] = {}
    for pack in held.packs.values():
        for rule in pack.rules:
            rules.setdefault(rule.id, []).append(rule)
    for id_ in parameter.concerns:
        if id_ not in rules:
            yield f"concerns an unknown rule {id_}", did_you_mean(id_, rules), "unknown-rule"
    for change in parameter.replaces:
        if change.rule not in rules:
            yield f"replaces words of an unknown rule {change.rule}", did_you_mean(change.rule, rules), "unknown-rule"
        for rule in rules.get(
            change.rule, ()
        ):  # in every wording: a choice that changes nothing would be adopted in vain
            yield from _replacement(change, rule, held, types)


def _replacement(
    change: Replacement, rule: Rule, held: Contents, types: Mapping[str, ParameterType]
) -> Iterator[tuple[str, str, str]]:
    limit = rule.timer and (rule.timer.limit_hours or rule.timer.limit_working_days)
    held_in = rule.when if change.part == "when" else str(limit)
    if change.part not in ("when", "timer") or not re.search(whole(change.was), held_in):
        told = f"replaces {change.was!r}, which {change.rule} does not say ({rule.file}:{rule.line})"
        yield told, held_in, "replaces-words"
    elif change.part == "when":
        text = put(rule.when, change.was, change.becomes)
        for found in condition_faults(text, change.rule, ("", 1), held.vocabulary, types):
            yield f"makes of {found.message}", found.remedy, found.kind
