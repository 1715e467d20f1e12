"""A rule as a page shows it: everything in words, the code beside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from markupsafe import Markup

from alongside.design.jinja import document
from alongside.policy import Library, Outcome, Pack, Rule
from alongside.policy.wording import Said, Wording
from alongside.procedures import queries, words
from alongside.procedures.browsing.finding import Found, marked, terms
from alongside.procedures.editions import Told, told
from alongside.procedures.pages import ChoiceRow, choice_row


@dataclass(frozen=True)
class Row:
    """One rule in a list: its gist with the words looked for marked, who, how it reaches people, its place."""

    rule: Rule
    gist: Markup
    reaches: str
    actor: str
    place: str
    where: str
    flagged: bool = False


def rows(rules: Iterable[Rule | Found], library: Library, looked_for: str = "") -> list[Row]:
    """Rules, or what a search found, as rows of a list."""
    wanted = terms(looked_for)
    found = [(one.rule, one.where) if isinstance(one, Found) else (one, "") for one in rules]
    said = told(rule for rule, _ in found)
    made = []
    for rule, where in found:
        reaches, actor = words.REACHES[rule.reaches_as], library.owners[rule.actor].says
        made.append(Row(rule, marked(rule.gist, wanted), reaches, actor, place(rule), where, said[rule.id].flagged))
    return made


def place(rule: Rule) -> str:
    """Where the sentence of a rule stands, or the law or practice it comes from."""
    cite = rule.cite
    return cite.says or f"{document(cite.document)}, “{cite.section}”, line {cite.line}"


def by_section(held: Iterable[Row]) -> list[tuple[tuple[str, str], list[Row]]]:
    """Rows that follow one another in the same section of the same document, together."""
    return [
        (key, list(some))
        for key, some in groupby(held, key=lambda row: (row.rule.cite.document, row.rule.cite.section))
    ]


def by_way(rules: Sequence[Rule], library: Library) -> list[tuple[str, list[Row]]]:
    """Rules by how they reach people, what must be done or not done first; a way without a rule is left out."""
    ways = [(says, [rule for rule in rules if rule.reaches_as == way]) for way, says in words.ASKED.items()]
    return [(says, rows(some, library)) for says, some in ways if some]


@dataclass(frozen=True)
class Card:
    """One rule in full, as it stands in an area on a day; of no area, as the pack writes it."""

    rule: Rule
    when: Said
    reaches: str
    actor: str
    act: str
    by: str
    counted: str
    closes: str
    place: str
    cite: Mapping[str, object]
    examples: list[dict[str, object]]
    choices: list[ChoiceRow]
    history: list[str]
    adopted: list[str]
    related: list[Row]


def card(rule: Rule, pack: Pack | None, told: Told, on: date) -> Card:
    """A rule as a card; `pack`: of the area it is looked at in, where it is in force."""
    library = queries.library()
    adopted = queries.adopted_rows(pack.area, on) if pack else {}
    choices = queries.choices_about(rule, pack) if pack else []
    wording = said_in(pack, adopted)
    code = rule.action or rule.forbids or rule.opens or ""
    act = library.acts.get(code)
    alike = (
        [one for one in queries.chosen({"act": code}, queries.rules().values()) if one.id != rule.id] if code else []
    )
    return Card(
        rule=rule,
        when=wording.condition(rule.when),
        reaches=words.REACHES[rule.reaches_as],
        actor=library.owners[rule.actor].says,
        act=act.label if act else "",
        by=capital(by_when(rule)) if rule.reaches_as == "duty" or rule.by or rule.timer else "",
        counted=counted(rule, wording),
        closes=closes(rule),
        place=capital(words.PLACES.get(rule.place or "", "")),
        cite={
            "document": rule.cite.document,
            "section": rule.cite.section,
            "line": rule.cite.line,
            "says": rule.cite.says,
            "gist": rule.gist,
            "local": rule.local,
            "quote": told.quote,
            "notice": told.notice,
        },
        examples=[example(one, wording) for one in rule.examples],
        choices=[choice_row(choice, adopted.get(choice.name)) for choice in choices],
        history=list(history(rule.id, library)),
        adopted=list(over_time(pack.area, [choice.name for choice in choices])) if pack else [],
        related=rows(alike, library),
    )


def capital(said: str) -> str:
    """The same words at the beginning of a line."""
    return said[:1].upper() + said[1:]


def said_in(pack: Pack | None, adopted: Iterable[str] = ()) -> Wording:
    """How conditions are said in an area with its local choices; without one, with no value of any area."""
    library = queries.library()
    if pack is None:
        return Wording(library.vocabulary, library.declared)
    return Wording(pack.vocabulary, pack.parameters, pack.values, frozenset(adopted))


def by_when(rule: Rule) -> str:
    """“at once, by telephone”, “within 48 hours”, “no time is given”."""
    limit = length(rule)
    return rule.by or (f"within {limit}" if limit else "no time is given")


def length(rule: Rule) -> str:
    """How long a deadline is: “48 hours”, “15 working days”; empty without a number."""
    if rule.timer is None:
        return ""
    hours = "hours, Sundays and bank holidays left out" if rule.timer.sundays_left_out else "hours"
    held = ((rule.timer.limit_hours, hours), (rule.timer.limit_working_days, "working days"))
    return next((f"{number} {unit}" for number, unit in held if number), "")


def counted(rule: Rule, wording: Wording) -> str:
    """From when a deadline runs, and what keeps it; empty without one."""
    if rule.timer is None:
        return ""
    kept = f"; kept when {wording.condition(rule.timer.met_when).flat}" if rule.timer.met_when else ""
    return f"counted from {wording.about(rule.timer.starts)}{kept}"


def closes(rule: Rule) -> str:
    """The records that close a duty."""
    said = (words.EVIDENCE.get(kind, kind.replace(".", ": ").replace("_", " ")) for kind in rule.discharged_by)
    return capital(", or ".join(sorted(said)))


def example(one: Any, wording: Wording) -> dict[str, object]:
    """What is known, what the rule comes to, and what it asks for."""
    return {
        "given": [wording.fact(name, value) for name, value in one.given.items()],
        "then": words.OUTCOMES[one.then],
        "open": one.then == Outcome.CANNOT_DECIDE,
        "asks": [wording.about(name) for name in sorted(one.ask or ())],
    }


def history(rule_id: str, library: Library) -> Iterator[str]:
    """Each wording of a rule: in which pack, from when until when, and what it takes the place of."""
    for one in queries.versions(rule_id):
        since = f"from {on_day(one.effective_from)}" if one.effective_from else "from the document’s own date"
        until = f" until {on_day(one.effective_to)}" if one.effective_to else ""
        instead = f". It takes the place of the rule below it: {one.replaces}" if one.replaces else ""
        weaker = f". It asks for less than what it takes the place of, because: {one.weakens}" if one.weakens else ""
        yield f"{library.titles.get(one.pack, one.pack)}: in force {since}{until}{instead}{weaker}"


def over_time(area: str, names: Iterable[str]) -> Iterator[str]:
    """What the partnership adopted on the choices of a rule, the latest first."""
    declared = queries.library().declared
    for row in queries.choices_over_time(area, names):
        until = f" until {on_day(row.in_force_until_on)}" if row.in_force_until_on else ""
        question = declared[row.parameter].question if row.parameter in declared else row.parameter.replace("_", " ")
        value = said_in(None).value(row.value) if not isinstance(row.value, list) else ", ".join(map(str, row.value))
        yield f"{question} {value}, from {on_day(row.in_force_from_on)}{until}. {row.reason}"


def on_day(moment: date) -> str:
    """ "1 September 2023": a day of the calendar, where the day of the week says nothing."""
    return f"{moment.day} {moment:%B %Y}"
