"""Writes docs/reference/dpia.md: the groundwork of a data protection impact assessment, from the models, the roles, the addresses and
docs/data-protection/processing.toml. Run by `make docs`."""

from __future__ import annotations

import os
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import django

for name in [name for name in os.environ if name.startswith("ALONGSIDE_") or name == "DATABASE_URL"]:
    del os.environ[name]
os.environ["ALONGSIDE_DATA"] = tempfile.mkdtemp()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
django.setup()

from django.apps import apps  # noqa: E402

from alongside.agencies.codes import AGENCY_KINDS  # noqa: E402
from alongside.agencies.regimes import REGIMES, regime_of  # noqa: E402
from alongside.agencies.roles import PERMISSIONS, ROLES  # noqa: E402
from alongside.config.routes import routes  # noqa: E402
from alongside.rights.exemptions import EXEMPTIONS  # noqa: E402
from alongside.rights.notices import notices  # noqa: E402
from alongside.sharing.gateways import GATEWAYS  # noqa: E402

HERE = Path(__file__).resolve().parent
OUT = HERE / "reference" / "dpia.md"
DATA, THREATS = HERE / "data-protection" / "processing.toml", HERE / "security" / "threats.toml"
HEAD = """<!-- Generated from the code, docs/data-protection/processing.toml and docs/security/threats.toml by docs/generate_dpia.py: then `make docs`. -->

# Data protection: what an impact assessment needs to know

For data protection officers and information governance leads. The law asks for an assessment before such records are made (UK GDPR, article 35;
Data Protection Act 2018, section 64, for the police and probation): many vulnerable people, offences, health, several agencies. This page is
its groundwork, taken from the product itself, so that it cannot tell of a system that is no longer so. It is no assessment and no legal advice:
necessity, balance and the last word are each controller's. **Every law, period and ground here is to be confirmed by your partnership.**

"""
STATES = ("proved", "partly", "planned")
Row = Sequence[object]


def data() -> dict[str, Any]:
    """What no code can say, as it stands in the file."""
    return tomllib.loads(DATA.read_text("utf-8"))


def personal() -> dict[str, Any]:
    """Every model that says of itself that it holds data of people or staff, by label."""
    held = [model for model in apps.get_models() if hasattr(model, "privacy") and not model._meta.auto_created]
    return {model._meta.label: model for model in held if model.privacy.about != "none"}


def retention(privacy: Any) -> str:
    """How long a record is kept: the class it belongs to, once models name one; until then its own words."""
    return str(getattr(privacy, "retention", None) or privacy.kept)


def fields(model: Any) -> str:
    """The columns in which something of somebody can stand: every one but ids, with the sealed ones marked."""
    sealed = set(model.privacy.sealed)
    own = [field for field in model._meta.get_fields() if field.concrete and not field.auto_created]
    names = [field.name for field in own if not (field.primary_key or field.is_relation)]
    pointed = [field.name for field in own if field.is_relation]
    said = [f"**{one}**" if one in sealed else one for one in names]
    return ", ".join(said + [f"{one} →" for one in pointed]) or "–"


def table(head: Row, rows: Iterable[Row]) -> Iterator[str]:
    """A table of Markdown."""
    yield f"| {' | '.join(map(str, head))} |"
    yield f"| {' | '.join('---' for _ in head)} |"
    for row in rows:
        yield f"| {' | '.join(str(cell).replace('|', '/') for cell in row)} |"
    yield ""


def opened_by() -> Mapping[str, list[str]]:
    """By app, the permissions that open its pages."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for route in routes():
        module = getattr(route.view, "__module__", "")
        if route.rule in PERMISSIONS and module.startswith("alongside."):
            found[module.split(".")[1]].add(str(route.rule))
    return {app: [code for code in PERMISSIONS if code in codes] for app, codes in found.items()}


def roles_with(permissions: Iterable[str]) -> str:
    """The roles that hold any of some permissions."""
    wanted = set(permissions)
    return ", ".join(role.label for role in ROLES.values() if role.permissions & wanted) or "nobody"


def activities() -> Iterator[str]:
    yield "## What is done with data, and why\n"
    models, doors = personal(), opened_by()
    for one in data()["activity"]:
        yield f"### {one['title']}\n"
        yield f"- **Whose:** {one['whose']}"
        yield f"- **Why:** {one['why']}"
        yield f"- **What may allow it (to be confirmed):** {'; '.join(one['law'])}"
        regime = (
            "follows the agency that made it, see below" if one["regime"] == "by-agency" else REGIMES["general"].law
        )
        yield f"- **Which law:** {regime}"
        yield f"- **May be shared with:** {one['shared']}"
        names = sorted({label.split(".")[0] for label in one["records"]})
        codes = [code for code in PERMISSIONS if any(code in doors.get(app, ()) for app in names)]
        yield f"- **Roles that can open pages of it:** {roles_with(codes)}. Each sees what the gate opens for their work, and no more.\n"
        yield from table(
            ("record", "what stands in it", "special", "who may see it", "how long"),
            (_record(models[label]) for label in one["records"] if label in models),
        )
    yield "In bold what is sealed for its own row; → points to another record. *Special* is health, offences, abuse, or a view of them.\n"


def _record(model: Any) -> Row:
    privacy = model.privacy
    name = str(model._meta.verbose_name)
    return (name, fields(model), "yes" if privacy.special else "–", privacy.who, retention(privacy))


def regimes() -> Iterator[str]:
    yield "## Police processing for law enforcement, apart\n"
    yield (
        "Under which law a record is made follows from the kind of the agency that makes it (`alongside/agencies/regimes.py`); it is said on each "
        "case under *Sharing*, and stands on no paper yet. What one agency sends another is from then on held under the law of the one that "
        "receives it; the copy says where it came from.\n"
    )
    yield from table(
        ("kind of agency", "code", "which law (to be confirmed)"),
        ((words, regime_of(kind).code, regime_of(kind).law) for kind, words in AGENCY_KINDS.items()),
    )


def controllers() -> Iterator[str]:
    yield "## Controllers and the joint arrangement\n"
    yield (
        "A record belongs to the agency that made it, which is its controller. Where agencies decide together what is done and how, they need an "
        "arrangement (UK GDPR, article 26; section 58 of the Act). `alongside partnership arrangement` writes one out from the register of "
        "agencies and the agreements on sharing that are on it: who they are, of which kind and area, what each records, which agreements stand "
        "until when, and what is left to settle.\n"
    )
    yield from table(("processor", "for what"), ((one["who"], one["what"]) for one in data()["processor"]))


def sharing() -> Iterator[str]:
    yield "## What lets a record go to another agency\n"
    yield "Each share is a decision of a named person with its purpose, necessity and day to look again; so is each that is not made.\n"
    yield from table(
        ("the law allows it …", "law (to be confirmed)", "source"),
        ((one.words, one.law, one.source) for one in GATEWAYS.values()),
    )


def rights() -> Iterator[str]:
    yield "## What people can ask\n"
    yield (
        "**To be told.** Notices are content with a day to look again; whether somebody in a case is given theirs, and why not yet, is a decision on "
        "the case. Nothing is sent by itself. A person reported as causing harm is told only after somebody has said that it puts nobody in danger.\n"
    )
    rows = ((one.title, one.who, one.review_on, one.confirmed_by or "to be confirmed") for one in notices().values())
    yield from table(("notice", "for", "look again on", "confirmed by"), rows)
    yield from table(
        ("not told yet, because", "law (to be confirmed)"), ((one.words, one.law) for one in EXEMPTIONS.values())
    )
    yield "**To have it put right.** What stood before is never lost, and what somebody disputes stands beside what they dispute.\n"
    yield from table(
        ("what", "how", "shown by"),
        ((one["what"], one["how"], f"`{one['test']}`") for one in data()["rectified"]),
    )
    yield (
        "**Fact and opinion.** What was reported and answered is kept apart from what a worker judges: answers of a checklist from a judgement, facts "
        "from judgements, each with who said so; and of what somebody disputes it is asked which of the two it is.\n"
    )


def risks() -> Iterator[str]:
    yield "## Risks, and what stands against them\n"
    yield (
        "From the [table of threats](../explanation/threats.md), where each control stands with its tests. *Proved*: tests show all that was asked. "
        "*Partly*: something is missing. *Planned*: nothing is there yet.\n"
    )
    held = tomllib.loads(THREATS.read_text("utf-8"))
    rows = []
    for risk in held["risk"]:
        states = [_state(one) for one in held["threat"] if one["risk"] == risk["code"]]
        rows.append((risk["title"], risk["says"], *(states.count(one) for one in STATES)))
    yield from table(("risk", "what is meant", *STATES), rows)
    yield "### What is missing, where it can lead a dangerous person to somebody's door\n"
    worst = [one for one in held["threat"] if one["danger"] == 1 and _state(one) != "proved"]
    yield from (f"- **{one['id']}** {one['who']}. *Missing:* {one['planned']}" for one in worst)
    yield "\nMeasures as they are set up: [what is set up for security](security.md)."
    yield "What no system can promise: [not promised](../explanation/not-promised.md).\n"


def _state(one: Mapping[str, Any]) -> str:
    if not one["tests"]:
        return "planned"
    return "partly" if one.get("planned") else "proved"


def left() -> Iterator[str]:
    yield "## To be settled by the controllers\n"
    yield from (f"- {one['what']}." for one in data()["open"])
    yield ""


def text() -> str:
    """The page as it should be."""
    every = (activities, regimes, controllers, sharing, rights, risks, left)
    return HEAD + "\n".join(line for section in every for line in section())


def main() -> int:
    OUT.write_text(text(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
