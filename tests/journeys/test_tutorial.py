"""The tutorial, followed word for word in a demonstration started as a reader starts it."""

from __future__ import annotations

import importlib.util
import sys
from types import ModuleType

import pytest
from playwright.sync_api import Browser as Engine

from tests.sweeps.source import ROOT

pytestmark = pytest.mark.slow
PATH = ROOT / "docs" / "take_pictures.py"


@pytest.fixture(scope="module")
def pictures() -> ModuleType:
    spec = importlib.util.spec_from_file_location("take_pictures", PATH)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_a_reader_gets_from_the_call_to_every_duty(engine: Engine, pictures: ModuleType) -> None:
    with pictures.demonstration() as address:
        page = engine.new_page(viewport=pictures.SIZE, locale="en-GB", timezone_id="Europe/London")
        page.set_default_timeout(15_000)
        pictures.follow(pictures.Walk(page, address, images=None))
        page.close()


def test_the_walk_presses_nothing_the_tutorial_does_not_name(engine: Engine, pictures: ModuleType) -> None:
    page = engine.new_page()
    walk = pictures.Walk(page, "http://127.0.0.1:1", images=None)
    with pytest.raises(LookupError):
        walk.press("A button of no tutorial")
    with pytest.raises(LookupError):
        walk.sees("Words nobody wrote")
    page.close()
