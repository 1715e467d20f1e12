"""How a call being recorded is written on pages: its steps, its answers again for checking, what follows from it so far."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import BoundField, CheckboxSelectMultiple
from django.urls import reverse

from alongside.agencies import queries as agencies
from alongside.agencies.models import Area, User
from alongside.cases.models import Case
from alongside.design.dates import Moment
from alongside.design.moments import clock_time, when
from alongside.duties import conduct, words
from alongside.duties.hooks import Unfinished
from alongside.duties.pages.cites import cites_of, missing_copies
from alongside.duties.pages.ringing import Ring, ring_first
from alongside.gate.viewing import Viewer
from alongside.intake import forms
from alongside.intake.drafts import first, queries
from alongside.intake.drafts.content import Item, Told
from alongside.intake.drafts.models import Draft, UnsentCall
from alongside.intake.drafts.preview import Preview
from alongside.intake.faults import Fault
from alongside.intake.models import KINDS
from alongside.policy import Rule

# Which page follows which; "now", "people", "children" and "check" have views of their own.
ORDER = ("first", "now", "people", "children", "incident", "contact", "consent", "teller", "check")
OWN_VIEWS = ("now", "people", "children", "check")
TITLES = {"now": "What matters now", "people": "Who was there", "children": "Children", "check": "Check and send"}
NO_TELLER = ("police-incident", "self-referral")
NUMBERS = {
    "csc-duty": "Children",
    "mash": "Safeguarding hub",
    "asc-duty": "Adults with care needs",
    "idva": "Independent adviser for the victim",
    "refuge": "Refuge",
}
WHO = {
    "victim": "Victim",
    "person-causing-harm": "Person reported as causing harm",
    "child": "Child",
    "other": "Somebody else",
    "way": "A way to reach the victim",
}
# How the kinds are put to the person who begins, the likeliest first for the police.
BEGIN = {
    "police-incident": ("We were called to it", "Police incident"),
    "disclosure": ("Somebody told me", "The victim, a child or the person causing harm disclosed it in my work"),
    "professional-referral": ("A professional wrote to us", "A referral from another service"),
    "telephone-referral": ("A professional rang us", "A referral by telephone; the written one follows"),
    "self-referral": ("The victim came to us", "In person, by telephone or in writing"),
    "third-party-report": ("Somebody else reported it", "A relative, a neighbour, a friend"),
}


@dataclass(frozen=True)
class Row:
    """One answer on check-your-answers; `text` None is *not known*."""

    key: str
    text: str | None


@dataclass(frozen=True)
class Section:
    """The answers of one page, what was not asked on it, and where to change it."""

    title: str
    href: str
    rows: tuple[Row, ...]
    unasked: tuple[str, ...]


def steps(told: Told) -> list[str]:
    """The pages of this kind of call, in order."""
    return [name for name in ORDER if name != "teller" or told.kind not in NO_TELLER]


def href(draft: Draft, name: str) -> str:
    """The address of a page of a draft."""
    if name in OWN_VIEWS:
        return reverse(f"intake:{name}", args=[draft.pk])
    return reverse("intake:page", args=[draft.pk, name])


def after(draft: Draft, told: Told, name: str) -> str:
    """The page that follows."""
    order = steps(told)
    return href(draft, order[order.index(name) + 1])


def before(draft: Draft, told: Told, name: str) -> dict[str, str] | None:
    """The page before, for the back link; None on the first."""
    order = steps(told)
    place = order.index(name)
    return {"href": href(draft, order[place - 1]), "text": title(order[place - 1])} if place else None


def title(name: str) -> str:
    return TITLES.get(name) or forms.PAGES[name].title


def progress(told: Told, name: str) -> str:
    """Where one is in the call, in words."""
    order = steps(told)
    return f"Page {order.index(name) + 1} of {len(order)}"


def about(draft: Draft, told: Told, areas: Iterable[Area], user: User) -> dict[str, Any]:
    """What the questions of a page depend on."""
    parents = [(item.ref, name_of(item)) for item in told.of("victim", "person-causing-harm")]
    own = [(area.code, area.name) for area in areas]
    return {"areas": own, "police": user.agency.kind == "police", "kind": draft.kind, "parents": parents}


def name_of(item: Item) -> str:
    """How an entry is called in a list: by name where one is given."""
    if item.what == "way":
        return _chosen(forms.WayForm, "channel", item.typed) or WHO["way"]
    given = " ".join(item.typed[part] for part in ("given_name", "family_name") if item.typed.get(part))
    return f"{given} ({WHO[item.what].lower()})" if given else WHO[item.what]


def _chosen(form: type[forms.Questions], name: str, typed: Mapping[str, Any]) -> str:
    choices = dict(form.base_fields[name].choices)  # type: ignore[attr-defined]
    return str(choices.get(typed.get(name, ""), ""))


def cards(draft: Draft, told: Told, *what: str) -> list[dict[str, str]]:
    """The entries of a list page, each with its address."""
    return [
        {
            "ref": item.ref,
            "title": name_of(item),
            "what": WHO[item.what],
            "href": reverse("intake:item", args=[draft.pk, item.ref]),
        }
        for item in told.of(*what)
    ]


def form_of(told: Told, name: str, about: Mapping[str, Any]) -> forms.Questions:
    """A page's form with what was typed."""
    cls = forms.PAGES[name]
    typed = first.shown(told) if name == "first" else told.page(name)
    if name == "first":  # the area one works in is likely, and stands there to be changed
        typed = {"area": about.get("home", "")} | dict(typed)
    return cls(about=about, initial=forms.initial(cls, typed))


def item_form(item: Item, about: Mapping[str, Any]) -> forms.Questions:
    """An entry's form with what was typed."""
    cls = forms.ITEMS[item.what]
    return cls(about=about, initial=forms.initial(cls, item.typed))


def sections(draft: Draft, told: Told, about: Mapping[str, Any]) -> list[Section]:
    """Every page and entry again, for checking."""
    made = [
        _section(
            form_of(told, "first", about),
            "The first two minutes",
            href(draft, "first"),
            first.shown(told),
            skip=_ELSEWHERE,
        )
    ]
    for item in told.of("victim", "person-causing-harm", "other", "child", "way"):
        made.append(
            _section(
                item_form(item, about), name_of(item), reverse("intake:item", args=[draft.pk, item.ref]), item.typed
            )
        )
    for name in steps(told):
        if name in forms.PAGES and name != "first":
            made.append(_section(form_of(told, name, about), title(name), href(draft, name), told.page(name)))
    return made


_ELSEWHERE = (
    "pregnant",
    "where",
    "where_detail",
    "reach_value",
    "reach_note",
    "v_given_name",
    "v_family_name",
    "p_given_name",
    "p_family_name",
)


def _section(
    form: forms.Questions, title: str, href: str, typed: Mapping[str, Any], skip: Iterable[str] = ()
) -> Section:
    asked = [field for field in form if field.name not in skip and form.is_asked(field.name, typed)]
    rows = tuple(Row(str(field.label), _words(field, typed[field.name])) for field in asked if field.name in typed)
    return Section(title, href, rows, tuple(str(field.label) for field in asked if field.name not in typed))


def _words(field: BoundField, value: Any) -> str | None:
    """An answer in the words of its question; None for *not known*."""
    if value == "not-known":
        return None
    if isinstance(field.field, Moment):
        return when(datetime.fromisoformat(value), year=True)
    choices = dict(getattr(field.field, "choices", ()))
    if isinstance(field.field.widget, CheckboxSelectMultiple):
        return ", ".join(str(choices.get(one, one)) for one in value)
    return str(choices.get(value, value))


def follows(found: Preview) -> dict[str, Any]:
    """What a call sets going as it stands: bars, whom to ring, what will be asked of whom."""
    cites = cites_of(
        [rule.id for rule, _ in found.bars]
        + [r.id for rules in found.duties.values() for r in rules]
        + [r.id for r in found.guidance]
    )
    rings = ring_first(found.tasks)
    return {
        "area": found.case.area,
        "missing_copies": missing_copies(cites),
        "bars": [_bar(rule, cites) for rule, certain in found.bars if certain]
        + ([_conduct()] if found.conduct else []),
        "undecided": [_bar(rule, cites) for rule, certain in found.bars if not certain]
        + ([_conduct(conduct.QUESTION)] if found.conduct is None else []),
        "ringing": _ringing(rings.values()),
        "waiting": [{"title": words.act(act), "question": question} for act, question in found.waiting],
        "tasks": [
            {
                "title": words.act(task.act),
                "team": task.owner_team,
                "cites": [cites[r.id] for r in found.duties[task.pk]],
            }
            for task in found.tasks
        ],
        "guidance": [cites[rule.id] for rule in found.guidance],
        "numbers": _numbers(found.case, {ring.number for ring in rings.values()}),
    }


def _conduct(question: str = "") -> dict[str, Any]:
    """The platform's own rule of conduct, drawn as a bar."""
    return {"title": words.act(conduct.ACT), "cite": conduct.CITE, "question": question}


def _bar(rule: Rule, cites: Mapping[str, dict[str, Any]]) -> dict[str, Any]:
    return {"title": words.act(rule.forbids or ""), "cite": cites[rule.id]}


def _ringing(rings: Iterable[Ring]) -> list[Ring]:
    return list({ring.number: ring for ring in rings}.values())


def _numbers(case: Case, shown: set[str]) -> list[dict[str, str]]:
    """The desks of the area, in and out of hours, that are not shown already."""
    held = agencies.holders_of(NUMBERS, [case.area_id])
    found = []
    for role, label in NUMBERS.items():
        team = next(iter(held.get((role, case.area_id), [])), None)
        if (
            team is not None
            and (team.phone or team.out_of_hours_phone)
            and (team.phone or team.out_of_hours_phone) not in shown
        ):
            found.append(
                {
                    "what": label,
                    "who": f"{team.agency.name}, {team.name}",
                    "phone": team.phone,
                    "out_of_hours": team.out_of_hours_phone,
                }
            )
    return found


def beginnings(user: User) -> list[dict[str, str]]:
    """The kinds of call, the user's likeliest first."""
    order = (
        list(BEGIN)
        if user.agency.kind == "police"
        else [*[k for k in BEGIN if k != "police-incident"], "police-incident"]
    )
    return [{"kind": kind, "text": BEGIN[kind][0], "hint": BEGIN[kind][1]} for kind in order]


def continuing(draft: Draft) -> dict[str, str]:
    """A call begun and not sent, as Today and the first page name it: when, never who."""
    return {
        "text": f"Continue the call you began at {clock_time(draft.began_at)}",
        "kind": dict(KINDS)[draft.kind],
        "began": when(draft.began_at),
        "href": reverse("intake:now", args=[draft.pk]),
    }


def unfinished(viewer: Viewer) -> list[Unfinished]:
    """Calls begun and not sent, for Today."""
    said = [continuing(draft) for draft in queries.begun(viewer)]
    return [
        Unfinished(one["text"], f"{one['kind']}, {one['began']}. Nothing of it was sent yet.", one["href"])
        for one in said
    ]


def of_colleagues(viewer: Viewer) -> list[Unfinished]:
    """Calls that colleagues began and did not send in time, for Today."""
    return [_not_sent(row) for row in queries.of_colleagues(viewer)]


def _not_sent(row: UnsentCall) -> Unfinished:
    numbers = " or ".join(number for number in (row.team.phone, row.team.out_of_hours_phone) if number)
    ring = f"Ring them: {numbers}." if numbers else "Speak to them."
    return Unfinished(
        f"A call begun at {clock_time(row.draft.began_at)} was not sent",
        f"{row.draft.began_by.name}, {row.team.name}, began it {when(row.draft.began_at)}. Nothing of it is on record, so no "
        f"duty runs and nobody else can read it. {ring}",
        "",
    )


def faults(found: Iterable[Fault], draft: Draft, told: Told) -> list[dict[str, str]]:
    """Every fault with the page on which it is put right."""
    refs = [item.ref for item in told.of("victim", "person-causing-harm", "child", "other")]
    return [
        {
            "text": f"{_place(fault.pointer, refs)}: {fault.found}. Accepted: {fault.accepted}.",
            "href": _page_of(fault.pointer, refs, draft),
        }
        for fault in found
    ]


def _place(pointer: str, refs: list[str]) -> str:
    return pointer.strip("/").replace("/", ", ").replace("_", " ") or "The call"


def _page_of(pointer: str, refs: list[str], draft: Draft) -> str:
    parts = pointer.strip("/").split("/")
    if parts[0] == "people" and len(parts) > 1 and parts[1].isdecimal() and int(parts[1]) < len(refs):
        return reverse("intake:item", args=[draft.pk, refs[int(parts[1])]])
    pages = {
        "area": "first",
        "incident": "incident",
        "occurred_at": "incident",
        "summary": "incident",
        "safe_contact": "contact",
        "source": "teller",
    }
    return href(draft, pages.get(parts[0], "people" if parts[0] in ("people", "relationships") else "first"))
