"""`alongside ingest` and `alongside api`: what they print, and how they end."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from django.test import Client

from alongside.api.actions import make_token
from alongside.api.models import ApiToken
from alongside.api.queries import bearer
from alongside.audit.api import SystemActor
from alongside.cases.models import Case
from alongside.cli.api import api
from alongside.cli.ingest import ingest
from alongside.demo.partnership import Partnership
from alongside.intake import queries
from alongside.intake.actions import receive
from alongside.intake.models import Notification
from tests.apps.intake.conftest import NOW, Content, Tell, example

BABY = "examples/police-incident-baby.json"
SCHOOL = "examples/police-incident-school-child.json"


def run(*arguments: str, given: bytes = b"") -> Result:
    return CliRunner().invoke(ingest, list(arguments), input=given)


def test_the_examples_go_in_and_the_first_look_is_printed(partnership: Partnership) -> None:
    result = run(BABY, SCHOOL)
    assert result.exit_code == 0
    assert "2 stored, 0 stored before, 0 refused." in result.stdout
    assert "Send to children's social care · west-midlands-police-coventry-response" in result.stdout
    assert "Tell the school" in result.stdout and "questions would decide more" in result.stdout


def test_answers_are_one_a_line_on_the_standard_output_alone(partnership: Partnership) -> None:
    result = run("--json", BABY, SCHOOL)
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert [answer["notification"] for answer in answers] == ["EX-2026-000101", "EX-2026-000102"]
    assert "2 stored" in result.stderr
    again = run("--json", BABY)
    assert json.loads(again.stdout) == answers[0]
    assert (again.exit_code, Case.objects.count()) == (0, 2)


def test_good_ones_go_in_and_bad_ones_are_listed_by_position_and_line(partnership: Partnership) -> None:
    lines = [example("police-incident-baby"), "x", example("police-incident-school-child") | {"area": "coventy"}, {}]
    text = "\n".join(json.dumps(line) if line != "x" else "{broken" for line in lines)
    result = run("-", given=text.encode())
    assert result.exit_code == 1
    assert "-, 2 (line 2): This is not JSON" in result.stderr
    assert "-, 3 (line 3): refused" in result.stderr and "did you mean coventry?" in result.stderr
    assert "-, 4 (line 4): refused" in result.stderr
    assert "1 stored, 0 stored before, 3 refused." in result.stdout
    assert Notification.objects.count() == 1


def test_every_input_has_one_line_of_json_the_bad_as_over_http(partnership: Partnership) -> None:
    baby = example("police-incident-baby")
    wrong = example("police-incident-school-child") | {"area": "coventy"}
    lines: list[Any] = [baby, "{broken", wrong, 7, baby | {"summary": "another"}, baby | {"source": {"agency": "x"}}]
    text = "\n\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    result = run("--json", "-", given=text.encode())
    told = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one.get("status", 201) for one in told] == [201, 400, 422, 422, 409, 422]
    assert [(one["position"], one["line"]) for one in told[1:]] == [(2, 3), (3, 5), (4, 7), (5, 9), (6, 11)]
    token = make_token(agency=partnership.agencies["west-midlands-police"], by=SystemActor("operator"), at=NOW)
    client = Client(headers={"Authorization": f"Bearer {token}"})
    for place in (2, 4):
        sent = client.post("/api/v1/notifications", json.dumps(lines[place]), content_type="application/json")
        assert told[place] == json.loads(sent.content) | {"file": "-", "position": place + 1, "line": 2 * place + 1}
    assert (result.exit_code, Notification.objects.count()) == (1, 1)
    assert "1 stored, 0 stored before, 5 refused." in result.stderr
    assert "did you mean" not in result.stderr and "not JSON" not in result.stderr


def test_a_whole_file_refused_is_one_line_without_a_position(partnership: Partnership, tmp_path: Path) -> None:
    broken, alone = tmp_path / "broken.json", tmp_path / "alone.json"
    broken.write_text("[{},")
    alone.write_text(json.dumps(example("police-incident-baby") | {"area": "coventy"}))
    officer = partnership.user("housing")
    result = run("--json", str(broken), str(alone), "--as", officer.email)
    first, second = (json.loads(line) for line in result.stdout.splitlines())
    assert (first["status"], first["file"], "position" in first) == (400, str(broken), False)
    assert (second["status"], second["position"], "line" in second) == (403, 1, False)
    assert result.exit_code == 1 and "2 refused." in result.stderr


def test_a_broken_file_leaves_nothing_and_the_next_goes_in(partnership: Partnership, tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text(f"[{Path(BABY).read_text('utf-8')},")
    result = run(str(broken), SCHOOL)
    assert result.exit_code == 1
    assert "Nothing of this file was stored" in result.stderr
    assert [row.their_id for row in Notification.objects.all()] == ["EX-2026-000102"]


def test_in_the_name_of_a_person_of_the_same_agency_alone(partnership: Partnership) -> None:
    officer, housing = partnership.user("police-officer"), partnership.user("housing")
    assert run("--as", officer.email.upper(), BABY).exit_code == 0
    assert Notification.objects.get().stored_by == officer
    refused = run("--as", housing.email, SCHOOL)
    assert refused.exit_code == 1 and "Each agency sends its own" in refused.stderr
    nobody = run("--as", "nobody@alongside.example", SCHOOL)
    assert nobody.exit_code == 1 and "Nobody signs in as" in nobody.stderr
    assert Notification.objects.count() == 1


def test_a_token_is_printed_once_and_can_be_ended(partnership: Partnership) -> None:
    made = CliRunner().invoke(api, ["token", "--agency", "coventry-housing"])
    token = made.stdout.strip()
    user = bearer(token)
    assert user is not None and user.agency.code == "coventry-housing"
    listed = CliRunner().invoke(api, ["tokens"])
    assert token not in listed.stdout and ApiToken.objects.get().begins in listed.stdout
    assert CliRunner().invoke(api, ["end", ApiToken.objects.get().begins]).exit_code == 0
    assert bearer(token) is None
    wrong = CliRunner().invoke(api, ["token", "--agency", "coventry-housin"])
    assert wrong.exit_code == 1 and "did you mean coventry-housing?" in wrong.output


def test_two_at_once_make_one_case(tell: Tell, partnership: Partnership, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second looked before the first had stored: the database refuses it, and it finds the first."""
    content: Content = example("police-incident-baby")
    first = tell(content)
    look, looks = queries.stored, []

    def too_early(*given: Any) -> Notification | None:
        looks.append(given)
        return None if len(looks) == 1 else look(*given)

    monkeypatch.setattr(queries, "stored", too_early)
    second = receive(content=content, by=partnership.user("police-officer"), at=NOW)
    assert (second.is_new, second.answer, len(looks)) == (False, first.answer, 2)
    assert Case.objects.count() == Notification.objects.count() == 1
