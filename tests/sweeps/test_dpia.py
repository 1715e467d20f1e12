"""The assessment of data protection tells of every record there is: none with personal data is missing, and none is told of twice."""

from __future__ import annotations

from collections import Counter
from typing import Any

from alongside.agencies.regimes import REGIMES
from tests.sweeps.source import ROOT
from tests.sweeps.test_layers import own_models
from tests.sweeps.test_threats import generator, written

PLACES = {"by-agency", *REGIMES}


def said() -> dict[str, Any]:
    held: dict[str, Any] = generator("dpia").data()
    assert len(held["activity"]) > 5, "the sweep has lost the activities"
    return held


def personal() -> set[str]:
    found = {
        model._meta.label for model in own_models() if not model._meta.auto_created and model.privacy.about != "none"
    }
    assert len(found) > 50, "the sweep has lost the models"
    return found


def test_every_record_with_personal_data_stands_in_one_activity() -> None:
    counted = Counter(label for one in said()["activity"] for label in one["records"])
    assert sorted(personal() - counted.keys()) == [], "say in docs/data-protection/processing.toml why these are held"
    assert sorted(counted.keys() - personal()) == []
    assert [label for label, count in counted.items() if count > 1] == []


def test_every_activity_is_whole() -> None:
    for one in said()["activity"]:
        assert one["whose"] and one["why"] and one["shared"] and one["law"], one["code"]
        assert one["regime"] in PLACES, one["code"]


def test_how_each_kind_is_put_right_names_a_test_there_is() -> None:
    tests = [one["test"] for one in said()["rectified"]]
    assert len(tests) >= 8
    assert [test for test in tests if test.partition("::")[2] not in written(test.partition("::")[0])] == []


def test_the_page_shows_every_column_of_every_record() -> None:
    page = (ROOT / "docs" / "reference" / "dpia.md").read_text("utf-8")
    for model in generator("dpia").personal().values():
        assert generator("dpia").fields(model) in page, model._meta.label
