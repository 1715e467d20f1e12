"""Every template is reached, compiles, and keeps to the layout (house style, points 17 and 22)."""

from __future__ import annotations

import re
from pathlib import Path

from django.template.loader import get_template

from alongside.design import built
from tests.sweeps.source import PRODUCT

# Asked for by libraries by name.
BY_LIBRARIES = re.compile(r"^(account|mfa|socialaccount)/")
NAMED = re.compile(r"""["']([a-z_]+/[\w/.-]+\.(?:html|txt))["']""")
# What the content security policy would block, or what says something by looks alone.
FORBIDDEN = {
    r"<script(?![^>]*\bsrc=)": "a script in the page",
    r"\sstyle=": "a style in the page",
    r"\son[a-z]+=": "a handler in the page",
    r"javascript:": "a script as an address",
    r"https?://(?!www\.w3\.org/)": "something from elsewhere",
}


def templates() -> dict[str, Path]:
    found = {
        path.relative_to(folder).as_posix(): path
        for folder in PRODUCT.glob("*/jinja2")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    assert len(found) > 20, "the sweep has lost the templates"
    return found


def test_every_template_is_reached() -> None:
    named = {
        name
        for path in PRODUCT.rglob("*")
        if path.suffix in {".py", ".html", ".txt"}
        for name in NAMED.findall(path.read_text("utf-8"))
    }
    lost = [name for name in templates() if name not in named and not BY_LIBRARIES.match(name)]
    assert lost == []


def test_every_template_compiles() -> None:
    for name in templates():
        get_template(name, using="jinja2")


def test_pages_hold_nothing_the_policy_would_block() -> None:
    wrong = []
    for name, path in templates().items():
        text = re.sub(r"\{#.*?#\}", "", path.read_text("utf-8"), flags=re.DOTALL)
        wrong += [f"{name}: {what}" for pattern, what in FORBIDDEN.items() if re.search(pattern, text)]
    assert wrong == []


def test_pages_stand_on_the_layout() -> None:
    loose = []
    for name, path in templates().items():
        text = path.read_text("utf-8")
        is_part = "/macros/" in name or Path(name).name.startswith("_") or name in PARTS or name.endswith(".txt")
        if not is_part and "{% extends" not in text and name != "design/base.html":
            loose.append(name)
    assert loose == []


PARTS = {"design/form.html", "design/field.html"}


def test_every_override_a_template_names_is_in_the_style_sheet() -> None:
    """GOV.UK's overrides are taken in by hand: one that is named and not built changes nothing, and nobody sees why."""
    named = {
        one
        for path in templates().values()
        for one in re.findall(r"govuk-!-[a-z]+(?:-[a-z0-9]+)+", path.read_text("utf-8"))
    }
    assert len(named) > 5, "the sweep has lost the overrides"
    sheet = (built.BUILT / built.manifest()["alongside.css"]).read_text("utf-8").replace("\\", "")
    assert sorted(one for one in named if f".{one}" not in sheet) == []


# Elements whose `name` a browser puts in place of a property of the document, so that `document.body` could be a form.
TAKES_A_PLACE = re.compile(r"<(?:form|img|iframe|embed|object)\b[^>]*\sname=")
GLOBAL = re.compile(r"\b(?:window|globalThis|self)\??\.(\w+)")
CALLED = re.compile(r"\bid=[\"']([\w-]+)[\"']")


def test_no_name_in_a_page_stands_in_for_what_a_script_reads() -> None:
    scripts = [path.read_text("utf-8") for path in sorted((PRODUCT / "design" / "assets" / "js").glob("*.js"))]
    read = {name for script in scripts for name in GLOBAL.findall(script)}
    assert len(scripts) > 5 and "PublicKeyCredential" in read, "the sweep has lost the scripts"
    wrong, ids = [], set()
    for name, path in templates().items():
        text = path.read_text("utf-8")
        ids |= set(CALLED.findall(text))
        wrong += [name] if TAKES_A_PLACE.search(text) else []
    assert len(ids) > 20, "the sweep has lost the ids"
    assert wrong == [] and sorted(ids & read) == []
    # Forms name their fields `id_…`, which is nothing a browser has; what is sent to us names no element.
    assert not [name for name in read if name.startswith("id_")]
