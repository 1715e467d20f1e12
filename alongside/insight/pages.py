"""What the page shows of a change that was tried: the sentence, two drawings, the tables, the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from markupsafe import Markup

from alongside.agencies.models import User
from alongside.design.jinja import sentence
from alongside.design.moments import day
from alongside.design.sheet import sheet
from alongside.insight.effect import Area
from alongside.insight.stands import Choice
from alongside.insight.tried import Tried
from alongside.insight.words import cases, number, value_words
from alongside.policy.asked import ALL, deciding
from alongside.policy.bands import NONE, Band, added
from alongside.policy.effects import KINDS
from alongside.procedures.queries import library, rules

UNTOLD = "cannot be told"


@dataclass(frozen=True)
class Shown:
    """One answer, ready for the page. `area` is a code or `all`; `names` are the areas' by code."""

    tried: Tried
    changed: Mapping[str, str]
    choices: Mapping[str, Choice]
    area: str
    names: Mapping[str, str]
    per_meeting: int
    minutes: int

    @property
    def counts(self) -> str:
        """What the cases counted do, as a sentence goes on."""
        held = self.tried.effect
        if held.is_marac:
            return "meet a criterion for MARAC"
        return (
            f"come under “{rules()[next(iter(held.rules))].gist.rstrip('.')}”"
            if len(held.rules) == 1
            else "come under one of the rules it touches"
        )

    @property
    def where(self) -> str:
        return "every area" if self.area == ALL else self.names[self.area]

    @property
    def changes(self) -> str:
        """ "12 instead of 14"; of several, each with its question."""
        told = {
            name: f"{self._said(name, text)} instead of {self.choices[name].now}" for name, text in self.changed.items()
        }
        if len(told) == 1:
            return next(iter(told.values()))
        return "; ".join(f"“{self.choices[name].question}” {words}" for name, words in told.items())

    def _said(self, name: str, text: str) -> str:
        return (
            {"true": "yes", "false": "no"}.get(text, text)
            if self.choices[name].parameter.type == "boolean"
            else value_words(text)
        )

    @property
    def sentences(self) -> list[str]:
        """The answer in one sentence, and what cannot be told in another."""
        held = self.tried.effect
        what = [cases(held.more, "more")] + ([cases(held.fewer, "fewer")] if held.fewer != NONE else [])
        would = "would have met a criterion for MARAC" if held.is_marac else f"would have {self.counts}"
        if held.more == NONE != held.fewer:
            what = what[1:]
        told = [f"{self.changes} in {self.where}: {sentence(what)} {would}{self._work()}."]
        if held.undecided != NONE:
            told.append(f"{held.undecided.words} {UNTOLD}{self._because()}.")
        return told

    def _because(self) -> str:
        asked = [library().vocabulary[name] for name, _ in self.tried.effect.undecided_for]
        words = [f"“{fact.question or fact.meaning}”" for fact in asked]
        if len(words) == 1:
            return f", because {words[0]} is not known, or not fully"
        return f", because of what is not known: {sentence(words)}" if words else ""

    def _work(self) -> str:
        if not self.tried.effect.is_marac or not self.more_cases:
            return ""
        kind = "more" if self.more_cases > 0 else "fewer"
        meetings = abs(self.more_cases) / self.per_meeting
        total, monthly = number(meetings), meetings / self.tried.months
        hours = number(abs(self.more_cases) * self.minutes / 60)
        return (
            f", which makes about {total} {kind} meeting{'' if total == '1' else 's'}{f' ({number(monthly)} a month)' if monthly >= 1 else ''} "
            f"and {hours} hour{'' if hours == '1' else 's'} of meeting"
        )

    @property
    def more_cases(self) -> float:
        """More cases heard, or fewer, about; from what is shown alone."""
        return self.tried.effect.more.about - self.tried.effect.fewer.about

    @property
    def span(self) -> str:
        return f"{day(self.tried.first, True)} to {day(self.tried.last, True)}"

    @property
    def kinds(self) -> list[str]:
        """The kinds of change that happen anywhere: a column each."""
        areas = self.tried.effect.areas.values()
        return [kind for kind in KINDS if any(area.kinds[kind] != NONE for area in areas)] or list(KINDS)[:1]

    @property
    def rows(self) -> list[dict[str, Any]]:
        """One line for each area that has any such case."""
        return [
            {
                "name": self.names.get(code, code),
                "before": area.before.words,
                "kinds": [area.kinds[kind].words for kind in self.kinds],
                "undecided": area.undecided.words,
                "meetings": self._meetings(area),
            }
            for code, area in self._places()
        ]

    def _places(self) -> list[tuple[str, Area]]:
        held = self.tried.effect.areas
        return [(code, area) for code, area in held.items() if self.area in (ALL, code)]

    def _meetings(self, area: Area) -> str:
        after = max(0.0, area.before.about + area.more.about - area.fewer.about)
        return f"{ceil(area.before.about / self.per_meeting):,} → {ceil(after / self.per_meeting):,}"

    @property
    def rule_kinds(self) -> list[str]:
        """The kinds of change that happen to any rule."""
        held = [kinds for areas in self.tried.effect.rules.values() for kinds in areas.values()]
        return [kind for kind in KINDS if any(kinds[kind] != NONE for kinds in held)]

    @property
    def by_rule(self) -> list[dict[str, Any]]:
        """Each rule that comes out otherwise: its counts over the areas, worked out from those shown of each."""
        return [
            {
                "id": rule,
                "gist": rules()[rule].gist,
                "kinds": [added(area[kind] for area in areas.values()).words for kind in self.rule_kinds],
            }
            for rule, areas in self.tried.effect.rules.items()
        ]

    @property
    def weeks(self) -> list[tuple[str, date, Band]]:
        held = self.tried.effect.weeks or {}
        return [(week, _monday(week), band) for week, band in held.items()]

    @property
    def changed_words(self) -> str:
        return "fewer" if self.tried.effect.weeks_are_fewer else "more"

    @property
    def bars(self) -> Markup:
        """Each area: those that count already, those that would come, those that would not any more."""
        from alongside.insight import charts  # what draws is large, and only this page wants it

        rows, told = [], []
        for code, area in self._places():
            name = self.names.get(code, code)
            stays = max(0.0, area.before.about - area.fewer.about)
            counts = (("Already", stays), ("More", area.more.about), ("Not any more", area.fewer.about))
            rows += [(name, kind, count) for kind, count in counts]
            told.append(
                f"{name}: {area.before.words} already, {cases(area.more, 'more')}, {cases(area.fewer, 'fewer')}"
            )
        colours = {"Already": charts.QUIET, "More": charts.INK, "Not any more": charts.DANGER}
        drawn = {kind for _, kind, count in rows if count} or {"Already"}
        return charts.bars(
            tuple(row for row in rows if row[1] in drawn),
            tuple((kind, colour) for kind, colour in colours.items() if kind in drawn),
            "Cases",
            f"Cases that {self.counts}, by area",
            ". ".join(told) + ".",
        )

    @property
    def line(self) -> Markup:
        """The cases more, or fewer, of each week."""
        from alongside.insight import charts

        most = max((band for _, _, band in self.weeks), key=lambda band: band.high)
        says = f"At most {most.words} in a week. Every week is in the table."
        rows = tuple((monday, band.about) for _, monday, band in self.weeks)
        return charts.line(rows, "Cases", f"{self.changed_words.title()} cases, by week", says)

    def csv(self) -> str:
        """The tables as one file, a number a line, as it is shown."""
        return sheet(["what", "rule", "area", "week", "kind", "cases"], self._lines())

    def _lines(self) -> Iterator[tuple[str, ...]]:
        held = self.tried.effect
        for code, area in self._places():
            yield self.counts, "", code, "", "before", area.before.words
            yield from ((self.counts, "", code, "", kind, band.words) for kind, band in area.kinds.items())
            yield self.counts, "", code, "", UNTOLD, area.undecided.words
        for week, _, band in self.weeks:
            yield self.counts, "", "", week, self.changed_words, band.words
        for rule, areas in held.rules.items():
            for code, kinds in areas.items():
                yield from ((rules()[rule].gist, rule, code, "", kind, band.words) for kind, band in kinds.items())

    @property
    def adopt(self) -> list[dict[str, Any]]:
        """Where each change can be adopted, with its value carried over."""
        return [
            {
                "question": self.choices[name].question,
                "value": self._said(name, text),
                "links": [
                    {"area": self.names.get(area, area), "href": _choose(area, name, text)}
                    for area in self.choices[name].stands
                ],
            }
            for name, text in self.changed.items()
        ]


def _choose(area: str, name: str, text: str) -> str:
    return reverse("procedures:choose", args=[area, name]) + "?" + urlencode({"value": text})


def try_out_href(user: User, area: str, parameter: str) -> str:
    """Where a local choice can be tried: for who may, and where some condition hangs on it."""
    if not user.may("try_changes") or parameter not in deciding(library(), area, timezone.localdate()):
        return ""
    return f"{reverse('insight:what-if')}?{urlencode({'area': area})}#id_{parameter}"


def _monday(week: str) -> date:
    year, number_ = week.split("-W")
    return date.fromisocalendar(int(year), int(number_), 1)
