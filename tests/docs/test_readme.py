"""The README says what is so: the accounts, the password, the steps of the tutorial, the number of rules."""

from __future__ import annotations

import re

from alongside.demo import accounts
from alongside.procedures.queries import rules
from tests.sweeps.source import ROOT

README = (ROOT / "README.md").read_text("utf-8")
TUTORIAL = (ROOT / "docs" / "tutorial" / "from-one-call-to-every-duty.md").read_text("utf-8")


def test_it_lists_every_account_with_its_role_and_the_password() -> None:
    listed = re.findall(r"^\| `([^`]+@[^`]+)` \| (.+) \|$", README, re.M)
    assert listed == [(account.email, account.label) for account in accounts.accounts()]
    assert f"`{accounts.PASSWORD}`" in README


def test_its_first_steps_are_those_of_the_tutorial() -> None:
    steps = README.split("## First steps")[1].split("###")[0]
    pressed = re.findall(r"\*\*([^*]+)\*\*", steps)
    assert len(pressed) >= 10
    assert [label for label in pressed if f"**{label}**" not in TUTORIAL] == []


def test_it_counts_the_rules_rightly() -> None:
    assert f"{len(rules())} rules" in README


def test_its_pictures_are_there_and_small() -> None:
    for page in (README, TUTORIAL):
        for name in re.findall(r"!\[[^\]]+\]\((?:docs/|\.\./)(images/[a-z-]+\.png)\)", page):
            assert 0 < (ROOT / "docs" / name).stat().st_size < 120_000, name
