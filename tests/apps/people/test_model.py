"""The linkage model in force: trained on what is held, counted among it, installed with its hash, and never another in its place."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from alongside.audit.api import SideDoor
from alongside.audit.models import Event
from alongside.cases.models import Case
from alongside.cli import serve
from alongside.cli.people import people as command
from alongside.demo.generate import known_people
from alongside.linkage import default_model
from alongside.linkage.held import among_held
from alongside.linkage.model import hash_of
from alongside.people import actions, matching
from alongside.people.models import InstalledModel, LinkDecision
from alongside.people.queries import ModelNotUsable, candidates_for, in_force, model_in_force
from alongside.people.queries.in_force import Everybody, answered
from alongside.people.records import PersonSaid
from tests.apps.partnership import NOW, Partnership
from tests.apps.people.knowing import crowd, on_record
from tests.apps.people.test_second import say
from tests.apps.people.test_who import answered as given
from tests.apps.reading import words

SignIn = Callable[[str], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    """What a process keeps of the model in force is of another database in the next test."""
    in_force._read.cache_clear()
    yield
    in_force._read.cache_clear()


def run(*words: str) -> Result:
    return CliRunner().invoke(command, list(words))


def families(there: Partnership, count: int) -> None:
    """Generated people on record, some of them at two agencies."""
    said = [one for family in islice(known_people(seed=11), count) for one, _ in family.people]
    for name, part in (("officer", said), ("idva", said[::3])):
        by = there.users[name]
        told = [replace(one, ref=str(number), addresses=one.addresses[:1]) for number, one in enumerate(part)]
        actions.record_people(agency=by.agency, people=told, by=by, at=NOW)


def test_a_model_is_trained_on_what_is_held_and_put_in_force(there: Partnership, tmp_path: Path) -> None:
    families(there, 250)
    done = run("train", "--report", str(tmp_path / "report"))
    assert done.exit_code == 0, done.output
    row = InstalledModel.objects.get()
    assert row.how == "trained" and row.hash in done.output
    assert model_in_force().hash == row.hash != default_model().hash
    assert set(model_in_force().chances) == set(default_model().chances)
    told = json.loads((tmp_path / "report" / "report.json").read_text("utf-8"))
    assert told["hash"] == row.hash and told["evaluation"] is None
    assert "Learned from “birth”" in done.output and "Not measured" in done.output
    names = {name.lower() for p in in_force_people() for name in p if len(name) > 5}
    said = done.output.lower() + row.text.lower() + (tmp_path / "report" / "report.html").read_text("utf-8").lower()
    assert {name for name in names if name in said} == set()


def in_force_people() -> list[tuple[str, str]]:
    from alongside.people.models import Person

    return list(Person.objects.values_list("given_name", "family_name"))


def test_reading_everybody_and_installing_are_on_the_trail(there: Partnership) -> None:
    crowd(there.users["officer"], 20)
    assert run("count").exit_code == 0
    read, installed = Event.objects.filter(actor="system:linkage-model").order_by("pk")
    assert (read.name, json.loads(read.detail)) == ("people.records_read_for_model", {"people": 20, "purpose": "count"})
    assert installed.name == "people.model_installed"
    assert json.loads(installed.detail)["hash"] == InstalledModel.objects.get().hash
    with pytest.raises(SideDoor):
        InstalledModel.objects.create(hash="x", name="x", how="file", text="{}", installed_on=NOW)


def test_too_few_to_learn_from_leaves_the_model_as_it_is(there: Partnership) -> None:
    on_record(there.users["officer"])
    done = run("train")
    assert done.exit_code == 1 and "The model in force stays." in done.output
    assert model_in_force() is default_model()


def test_a_common_name_tells_less_once_it_was_counted(there: Partnership) -> None:
    officer = there.users["officer"]
    crowd(officer, 120, date_of_birth="1980-05-06", family_name="Rahmanzai", given_name="Zalmay")
    asked = {officer.pk: PersonSaid(ref="", given_name="Zalmay", family_name="Rahmanzai", date_of_birth="1980-05-06")}
    viewer: Any = type("Viewer", (), {"user": officer, "kept_from": {}})()
    before = candidates_for(asked, viewer)[officer.pk][0]
    assert run("count").exit_code == 0
    after = candidates_for(asked, viewer)[officer.pk][0]
    # All of one birthday are one person to the count.
    assert after.weight == pytest.approx(before.weight, abs=0.5)
    for number in range(120):
        on_record(
            officer,
            given_name="Zalmay",
            family_name="Rahmanzai",
            date_of_birth=f"19{number % 60 + 30}-01-02",
            phones=[],
        )
    assert run("count").exit_code == 0
    commoner = candidates_for(asked, viewer)[officer.pk][0]
    assert commoner.weight < before.weight - 2
    assert before.model == default_model().hash and commoner.model == InstalledModel.objects.latest("pk").hash


def test_an_answer_keeps_which_model_gave_its_weight(case: Case, there: Partnership, at_desk: SignIn) -> None:
    victim = case.members.get(role="victim").person
    other = on_record(there.users["idva"])
    assert run("count").exit_code == 0
    form = given(other, "same")
    assert at_desk("officer").post(f"/people/{victim.pk}/who/", form).status_code == 302
    assert LinkDecision.objects.get().model == InstalledModel.objects.get().hash


def put(text: str, hash: str = "of the row") -> None:
    from alongside.audit.testing import writing

    with writing():
        InstalledModel.objects.create(hash=hash, name="x", how="file", people=1, text=text, installed_on=NOW)


def broken() -> dict[str, tuple[str, str]]:
    """Text of a row and what is said of it."""
    held = among_held(default_model(), in_force_table(), secret=b"another key of thirty-two bytes!").data
    other = {**default_model().data, "schema": "of another release"}
    changed = {**default_model().data, "link_from": -20}
    return {
        "damaged": ("{", "cannot be used"),
        "another schema": (json.dumps({**other, "hash": hash_of(other)}), "trained for other comparisons"),
        "changed": (json.dumps(changed), "changed since it was made"),
        "another hash": (json.dumps(default_model().data), "not the one it was installed with"),
        "another key": (json.dumps(held), "counted with another key"),
    }


def in_force_table() -> Any:
    return Everybody(0).table()


@pytest.mark.parametrize("fault", ["damaged", "another schema", "changed", "another hash", "another key"])
def test_a_model_that_cannot_be_used_refuses_and_no_other_takes_its_place(
    fault: str, case: Case, there: Partnership, at_desk: SignIn
) -> None:
    victim = case.members.get(role="victim").person
    on_record(there.users["idva"])
    text, said = broken()[fault]
    put(text)
    with pytest.raises(ModelNotUsable, match=said):
        model_in_force()
    page = words(at_desk("officer").get(f"/people/{victim.pk}/who/"))
    assert "Whether this person is known cannot be told just now." in page
    assert at_desk("officer").get("/people/review/").status_code == 200
    for done in (run("model"), run("count")):
        assert done.exit_code == 1 and said in done.output and "alongside people install --shipped" in done.output
    with pytest.raises(Exception, match="Alongside was not started, and nothing was changed"):
        serve._check_model()
    assert run("install", "--shipped").exit_code == 0
    assert model_in_force() is default_model()
    serve._check_model()
    assert "Possible match 1" in words(at_desk("officer").get(f"/people/{victim.pk}/who/"))


def test_a_file_is_installed_with_what_is_counted_here(there: Partnership, tmp_path: Path) -> None:
    data = {**default_model().data, "name": "elsewhere", "link_from": 7.5}
    (tmp_path / "model.json").write_text(json.dumps({**data, "hash": hash_of(data)}), "utf-8")
    crowd(there.users["officer"], 20)
    assert run("install", str(tmp_path / "model.json")).exit_code == 0
    assert (model_in_force().name, model_in_force().link_from) == ("elsewhere", 7.5)
    assert "elsewhere" in run("model").output and "7.5 bits" in run("model").output
    (tmp_path / "model.json").write_text("{", "utf-8")
    refused = run("install", str(tmp_path / "model.json"))
    assert refused.exit_code == 1 and "The model in force stays." in refused.output
    assert run("install").exit_code == 2
    assert InstalledModel.objects.count() == 1


def test_it_says_which_is_in_force_and_when_to_count_again(there: Partnership) -> None:
    first = run("model")
    assert default_model().hash in first.output and "since the first day" in first.output
    crowd(there.users["officer"], 10)
    assert run("count").exit_code == 0
    assert "twice as many" not in run("model").output
    crowd(there.users["officer"], 10)
    assert "twice as many" in run("model").output


def test_the_model_is_read_once_and_asking_takes_one_statement(there: Partnership) -> None:
    assert run("count").exit_code == 0
    model_in_force()
    with CaptureQueriesContext(connection) as seen:
        model_in_force()
    assert len(seen) == 1 and "text" not in seen[0]["sql"]


def test_what_people_answered_is_what_it_is_measured_by(case: Case, there: Partnership) -> None:
    victim = case.members.get(role="victim").person
    same, other, disputed = (on_record(there.users["idva"]) for _ in range(3))
    say(victim, same, there.users["officer"])
    say(victim, other, there.users["officer"], "not-same")
    say(victim, disputed, there.users["officer"])
    say(disputed, victim, there.users["idva"], "not-same")
    yes, no, people = answered()
    assert yes == {tuple(sorted((str(victim.pk), str(same.pk))))}
    assert no == {tuple(sorted((str(victim.pk), str(other.pk))))}
    assert {str(victim.pk), str(same.pk), str(other.pk)} <= people.keys()


def test_it_learns_from_at_most_so_many_and_counts_among_all(there: Partnership) -> None:
    crowd(there.users["officer"], 30)
    everybody = Everybody(7)
    assert sum(everybody.read()) == 30
    assert (len(everybody.sample), everybody.table().height) == (7, 30)
    assert matching.frequency_secret() != matching.secret()
