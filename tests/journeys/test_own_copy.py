"""A partnership adds its own copy of a document, and later the next edition of it; the document is invented."""

from __future__ import annotations

import re
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from alongside.policy.citation import build_citation
from tests.journeys import steps
from tests.journeys.browser import Browser
from tests.journeys.conftest import NewBrowser
from tests.journeys.site import Site, beside
from tests.sweeps.source import ROOT

DOCUMENT = "staffordshire-2019"
NAME = "Staffordshire"
CITE = re.compile(rf'cite = {{ document = "{DOCUMENT}", section = ("[^"]*"), line = \d+, .*?}}')
SHOWN, CHANGED, MOVED, ABSENT = (
    *("staffs-dial-complete", "staffs-dial-supervisor-review"),
    *("staffs-written-followup-48h", "staffs-no-voicemail"),
)


def sentence(rule: str) -> str:
    """What the invented document says where a rule of ours is cited."""
    return f"In the invented procedure the part called {rule.replace('-', ' ')} is written here."


def edition(rules: list[str], **instead: str | None) -> str:
    """The document, a sentence a line; `instead` says otherwise under a rule's name, or nothing at all."""
    said = {rule: instead.get(rule, sentence(rule)) for rule in rules}
    return "\n".join(text for text in said.values() if text)


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """The shipped packs, with every citation of the document leading into the invented one; and the rules, in its order."""
    folder = tmp_path_factory.mktemp("packs") / "packs"
    shutil.copytree(ROOT / "packs", folder)
    files = sorted((folder / "staffordshire").glob("*.toml"))
    rules = [rule["id"] for file in files for rule in tomllib.loads(file.read_text("utf-8")).get("rule", [])]
    text, left = edition(rules), iter(rules)

    def cited(found: re.Match[str]) -> str:
        rule = next(left)
        held = build_citation(text, rules.index(rule) + 1, sentence(rule))
        fields = ", ".join(f"{key} = {value!r}".replace("'", '"') for key, value in held.items())
        return f'cite = {{ document = "{DOCUMENT}", section = {found[1]}, {fields} }}'

    for file in files:
        file.write_text(CITE.sub(cited, file.read_text("utf-8")), "utf-8")
    assert not list(left) and len(rules) > 100, "the packs are written otherwise than they were"
    return folder, rules


@pytest.fixture(scope="module")
def site(site: Site, packs: tuple[Path, list[str]]) -> Iterator[Site]:
    """The demonstration, served with these packs."""
    with beside(site, ALONGSIDE_PACKS=str(packs[0])) as other:
        yield other


@pytest.mark.slow
def test_the_sentence_stands_beside_its_meaning(
    new_browser: NewBrowser, packs: tuple[Path, list[str]], tmp_path: Path
) -> None:
    lead = steps.signed_in(new_browser, "policy-lead", "")
    officer = steps.signed_in(new_browser, "police-officer", "stoke-on-trent")
    # Given a task whose place in the procedure is told, and no sentence
    steps.tells(officer, tmp_path, "stoke-on-trent", ("Milena", "Kos"))
    officer.go(steps.card(officer, "Finish the scene record").get_by_role("heading").get_by_role("link"))
    task = officer.page.url.removeprefix(officer.site.address)
    officer.sees_nothing_of(sentence(SHOWN))
    # When the policy lead adds a copy in which one sentence stands elsewhere, and one is not
    first = edition(packs[1], **{ABSENT: None, MOVED: None}) + "\n" + sentence(MOVED)
    _adds(lead, tmp_path, first)
    # Then what was found, moved and not found is told, with the rules that hang on it
    lead.sees(f"{len(packs[1]) - 2} sentences found at their place, 1 moved, 1 not found.")
    _is_told_of(lead, ABSENT, "not found")
    _is_told_of(lead, MOVED, "moved to line")
    lead.is_clean()
    # and the sentence stands beside the gist, on the task and among the procedures
    officer.open(task)
    expect(officer.page.get_by_role("blockquote").filter(has_text=sentence(SHOWN))).to_be_visible()
    officer.is_clean()
    for rule in (SHOWN, MOVED):
        steps.finds_the_rule(officer, rule)
        expect(officer.page.get_by_role("blockquote").filter(has_text=sentence(rule))).to_be_visible()
        officer.is_clean()
    # and where it was not found, the rule says so
    steps.finds_the_rule(officer, ABSENT)
    officer.sees("Your partnership’s copy does not hold this sentence.")
    officer.is_clean()


@pytest.mark.slow
def test_a_new_edition_lists_what_changed(
    new_browser: NewBrowser, packs: tuple[Path, list[str]], tmp_path: Path
) -> None:
    lead = steps.signed_in(new_browser, "policy-lead", "")
    # Given a copy that holds every sentence
    _adds(lead, tmp_path, edition(packs[1]))
    lead.sees(f"{len(packs[1])} sentences found at their place, 0 moved, 0 not found.")
    # When an edition is added with a new beginning, one sentence changed, and one moved
    second = edition(packs[1], **{CHANGED: "The sergeant looks at it once a week.", MOVED: None})
    _adds(lead, tmp_path, f"A new beginning.\n{second}\n{sentence(MOVED)}")
    # Then these two are the list, each with its rule, and what the changed one said before
    lead.sees(f"{len(packs[1]) - 2} sentences found at their place, 1 moved, 1 not found.")
    expect(_listed(lead)).to_have_count(2)
    _is_told_of(lead, CHANGED, "changed or gone")
    _is_told_of(lead, CHANGED, sentence(CHANGED))
    _is_told_of(lead, MOVED, "moved to line")
    lead.is_clean()
    # and the rule stands as shipped until somebody has looked
    lead.go(_row(lead, CHANGED).get_by_role("link"))
    lead.sees("Until somebody has looked, the rule stands as shipped.")
    lead.is_clean()


def _adds(lead: Browser, folder: Path, text: str) -> None:
    """The copy of the document, by the page."""
    file = folder / "procedure.txt"
    file.write_text(text, "utf-8")
    lead.open("/")
    lead.follow("Procedures")
    lead.follow("The documents, and your partnership’s copies")
    lead.is_clean()
    lead.go(lead.page.get_by_role("link", name=re.compile(f"of {NAME}")))
    lead.is_clean()
    lead.page.get_by_label("Your partnership’s copy").set_input_files(str(file))
    lead.press("Add the document")


def _listed(lead: Browser) -> Locator:
    return lead.page.get_by_role("main").get_by_role("listitem")


def _row(lead: Browser, rule: str) -> Locator:
    """The line of the list that leads to a rule."""
    return _listed(lead).filter(has=lead.page.locator(f'a[href$="/rules/{rule}/"]'))


def _is_told_of(lead: Browser, rule: str, words: str) -> None:
    expect(_row(lead, rule)).to_contain_text(words)
