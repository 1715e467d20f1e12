"""The rules of an area, or some of them, as a tagged PDF (PDF/UA-1) that a screen reader reads like a page.

Typst sets it with the fonts it brings and asks no network. What is said reaches it as data, never as its markup, so no sign in a
gist or a sentence can do anything but be read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from alongside.design.jinja import document
from alongside.policy import Pack, Rule
from alongside.policy.wording import Said, Wording
from alongside.procedures import editions, queries, words
from alongside.procedures.browsing import cards
from alongside.procedures.browsing.workers import Worker
from alongside.procedures.pages import choice_row

TEMPLATE = Path(__file__).resolve().parents[1] / "typst" / "procedures.typ"
Section = tuple[str, Sequence[Rule]]


def by_section(rules: Iterable[Rule]) -> list[Section]:
    """Rules under the section of the document they stand in, in its order; the document is named where there are several."""
    held, found = list(rules), dict[str, list[Rule]]()
    several = len({rule.cite.document for rule in held}) > 1
    for rule in held:
        title = f"{document(rule.cite.document)}: {rule.cite.section}" if several else rule.cite.section
        found.setdefault(title, []).append(rule)
    return list(found.items())


def about(wanted: Mapping[str, Any], worker: Worker | None) -> str:
    """Which rules these are: “What is asked of a midwife”, “Rules with the words “school”; a duty: somebody has to act”."""
    library, told = queries.library(), []
    if worker:
        told.append(f"what is asked of {worker.says}")
    if wanted.get("words"):
        told.append(f"rules with the words “{wanted['words']}”")
    if wanted.get("actor"):
        told.append(f"who must act: {library.owners[wanted['actor']].says}")
    if wanted.get("act"):
        told.append(f"the act: {library.acts[wanted['act']].label}")
    if wanted.get("section"):
        told.append(f"the section “{wanted['section'].partition('/')[2]}”")
    if wanted.get("reaches"):
        told.append(words.REACHES[wanted["reaches"]].lower())
    return cards.capital("; ".join(told)) or "Every rule in force"


def printed(title: str, about: str, sections: Iterable[Section], pack: Pack | None, on: date) -> bytes:
    """The PDF. `pack`: of the area whose local choices hold; without one, rules are as the packs write them."""
    adopted = queries.adopted_rows(pack.area, on) if pack else {}
    wording, held = cards.said_in(pack, adopted), list(sections)
    may_print = pack is not None and pack.values.get("printing_of_procedure_text") == "allowed"
    told = editions.told(rule for _, some in held for rule in some) if may_print else {}
    said = {
        "title": title,
        "about": about,
        "on": cards.on_day(on),
        "notes": list(_notes(held, on, may_print=may_print)),
        "sections": [
            {"title": name, "rules": [_rule(rule, wording, told) for rule in some]} for name, some in held if some
        ],
        "choices": [_choice(one, adopted) for one in (pack.parameters.values() if pack else ())],
        "packs": _packs(pack),
    }
    return _set(json.dumps(said, ensure_ascii=False, sort_keys=True), on)


@lru_cache(maxsize=16)
def _set(held: str, on: date) -> bytes:
    """Set once for the same words: a pack, a choice or a copy that changes makes other words."""
    return typst.compile(
        TEMPLATE.read_bytes(),
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"held": held},
        ignore_system_fonts=True,
        timestamp=datetime.combine(on, time(), UTC),
    )


def _notes(sections: Sequence[Section], on: date, *, may_print: bool) -> Iterable[str]:
    count = sum(len(some) for _, some in sections)
    yield f"{count} rule{'' if count == 1 else 's'}, as in force on {cards.on_day(on)}. Later changes are in Alongside, not on this paper."
    yield "Each rule is in our own words, with the place of its sentence. The procedure itself is the text that binds."
    if not may_print:
        yield "The sentences themselves are not printed: the partnership has not said that they may be."


def _rule(rule: Rule, wording: Wording, told: Mapping[str, editions.Told]) -> dict[str, Any]:
    act = queries.library().acts.get(rule.action or rule.forbids or rule.opens or "")
    here = told.get(rule.id)
    return {
        "gist": rule.gist,
        "reaches": words.REACHES[rule.reaches_as],
        "who": queries.library().owners[rule.actor].says,
        "local": list(rule.local),
        "when": _said(wording.condition(rule.when)),
        "by": cards.by_when(rule) if rule.reaches_as == "duty" else "",
        "act": act.label if act else "",
        "closes": cards.closes(rule),
        "sentence": (here.quote or "") if here else "",
        "place": f"{cards.place(rule)} · rule {rule.id}",
    }


def _said(said: Said) -> dict[str, Any]:
    return {"text": said.text, "parts": [_said(part) for part in said.parts]}


def _choice(parameter: Any, adopted: Mapping[str, Any]) -> dict[str, str]:
    row = choice_row(parameter, adopted.get(parameter.name))
    return {"question": row.question, "now": row.now or "Not set", "status": row.status}


def _packs(pack: Pack | None) -> list[dict[str, str]]:
    library = queries.library()
    versions = pack.packs if pack else [one for area in library.areas for one in library.pack(area, date.max).packs]
    named = {one.id: one for one in versions}
    return [
        {"title": library.titles.get(one.id, one.id), "version": one.version, "mark": one.hash[:12]}
        for one in named.values()
    ]
