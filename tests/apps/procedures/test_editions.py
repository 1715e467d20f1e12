"""A copy of a document, a later one, and what the policy lead decides of each sentence; the documents are invented."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from alongside.agencies.access import Refused
from alongside.agencies.models import User
from alongside.audit.api import SideDoor
from alongside.cli.documents import documents
from alongside.policy.citation import build_citation
from alongside.procedures import actions, editions, queries
from alongside.procedures.documents import pages
from alongside.procedures.models import DocumentCopy, SentenceDecision

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 1, 9, tzinfo=UTC)
CODE = "west-midlands-2.24"
CHANGED, GONE, OTHER = "wm-marac-14-ticks", "wm-under-12-months-refer", "wm-consult-records-immediately"


def sentence(id_: str) -> str:
    return f"In the invented procedure the part called {id_.replace('-', ' ')} is written here."


def text(code: str, **instead: str | None) -> str:
    """An invented document, a sentence a line; `instead` says otherwise of a rule (with underlines), or nothing at all."""
    said = {id_: instead.get(id_.replace("-", "_"), sentence(id_)) for id_ in invented(code)}
    return "\n".join(line for line in said.values() if line)


def invented(code: str) -> list[str]:
    return [atom.id for atom in queries.coverage().values() if atom.document == code]


@pytest.fixture(autouse=True)
def _cited(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every citation leads into the invented documents."""
    made = {}
    for code in queries.documents():
        whole = text(code)
        made[code] = {id_: build_citation(whole, line, sentence(id_)) for line, id_ in enumerate(invented(code), 1)}
    monkeypatch.setattr(queries, "cites_of", lambda code: made[code])
    editions._standing_in.cache_clear()
    yield
    editions._standing_in.cache_clear()


@pytest.fixture
def lead(partnership: object) -> User:
    return User.objects.filter(role="policy-lead").first()


@pytest.fixture
def officer(partnership: object) -> User:
    return User.objects.filter(role="police-officer").first()


def add(lead: User, day: int = 0, code: str = CODE, said: str | None = None, **more: Any) -> DocumentCopy:
    sure = more.pop("sure", False)
    data = (text(code, **more) if said is None else said).encode()
    return actions.add_document(code=code, name="copy.txt", data=data, sure=sure, by=lead, at=NOW + timedelta(days=day))


def decide(
    lead: User, rule: str = CHANGED, verdict: str = "stands", reason: str = "It says the same."
) -> SentenceDecision:
    work = editions.work_on(queries.rules()[rule])
    said = work.key[2] if work else ""
    at = NOW + timedelta(days=30, minutes=SentenceDecision.objects.count())
    return actions.decide_sentence(rule=rule, said=said, verdict=verdict, reason=reason, by=lead, at=at)


def told(rule: str) -> editions.Told:
    return editions.told([queries.rules()[rule]])[rule]


OTHERWISE = {CHANGED.replace("-", "_"): sentence(CHANGED).replace("written", "set down")}
WITHOUT: dict[str, str | None] = {GONE.replace("-", "_"): None}


def test_a_first_copy_that_holds_everything_asks_nothing(lead: User) -> None:
    add(lead)
    assert told(CHANGED) == editions.Told(sentence(CHANGED))
    assert editions.work_of(CODE) == [] and editions.left() == {}
    held = pages.held(CODE)
    assert held is not None
    assert held.rules == {"found": queries.rules_of(CODE)}
    assert held.others == {"found": len(invented(CODE)) - queries.rules_of(CODE)}


def test_a_new_edition_flags_exactly_what_changed_and_went(lead: User) -> None:
    add(lead)
    add(lead, 1, **OTHERWISE, **WITHOUT)
    assert {work.rule.id: work.standing.state for work in editions.work_of(CODE)} == {CHANGED: "changed", GONE: "gone"}
    assert editions.left() == {CODE: 2}
    one = told(CHANGED)
    assert one.flagged and one.quote is None
    assert one.notice == (
        "The sentence has changed in the copy your partnership added on 2 May 2026. "
        "The rule runs as before until your policy lead has confirmed it."
    )
    assert told(GONE).notice.startswith("There is no such sentence in the copy your partnership added on 2 May 2026.")
    assert told(OTHER) == editions.Told(sentence(OTHER))


def test_a_decision_takes_the_flag_away_and_shows_the_new_sentence(lead: User) -> None:
    add(lead)
    add(lead, 1, **OTHERWISE)
    decide(lead)
    one = told(CHANGED)
    assert (one.quote, one.flagged) == (OTHERWISE[CHANGED.replace("-", "_")], False)
    assert "confirmed on 31 May 2026 that the rule stands" in one.notice
    assert editions.left() == {}
    # Decided otherwise, and opened again: each is a row of its own
    decide(lead, verdict="rewrite", reason="The pack says other hours.")
    assert "must be written anew" in told(CHANGED).notice and not told(CHANGED).flagged
    decide(lead, verdict="reopened", reason="Looked at too quickly.")
    assert told(CHANGED).flagged and editions.left() == {CODE: 1}
    assert [row.verdict for row in queries.decisions_of(CHANGED)] == ["reopened", "rewrite", "stands"]


def test_a_later_copy_asks_again_only_where_the_sentence_differs_again(lead: User) -> None:
    add(lead)
    add(lead, 1, **OTHERWISE, **WITHOUT)
    decide(lead)
    decide(lead, GONE)
    # A page more, and the same words
    add(lead, 2, said="A new first page of the invented procedure.\n" + text(CODE, **OTHERWISE, **WITHOUT))
    assert editions.left() == {} and not told(CHANGED).flagged
    # Other words
    add(lead, 3, **{CHANGED.replace("-", "_"): sentence(CHANGED).replace("written", "printed")})
    assert [work.rule.id for work in editions.work_of(CODE)] == [CHANGED]
    assert told(CHANGED).flagged and told(GONE) == editions.Told(sentence(GONE))
    # The first words again, and the ones decided of: nothing to ask
    add(lead, 4, sure=True)
    assert editions.work_of(CODE) == []
    add(lead, 5, said=text(CODE, **OTHERWISE) + "\nThe end of the invented procedure.")
    assert [work.is_open for work in editions.work_of(CODE)] == [False]


@pytest.mark.parametrize(
    ("verdict", "reason", "said", "says"),
    [
        ("stands", " ", None, "Say in a sentence why"),
        ("maybe", "why", None, "Say whether the rule stands"),
        ("reopened", "why", None, "Say whether the rule stands"),
        ("stands", "why", "0" * 64, "A later copy was added while you looked"),
    ],
)
def test_an_unsound_decision_is_refused_whole(
    lead: User, verdict: str, reason: str, said: str | None, says: str
) -> None:
    add(lead)
    add(lead, 1, **OTHERWISE)
    work = editions.work_on(queries.rules()[CHANGED])
    assert work is not None
    with pytest.raises(Refused, match=says):
        actions.decide_sentence(
            rule=CHANGED, said=work.key[2] if said is None else said, verdict=verdict, reason=reason, by=lead, at=NOW
        )
    assert not SentenceDecision.objects.exists()


def test_only_a_policy_lead_decides_and_only_where_something_changed(lead: User, officer: User) -> None:
    add(lead)
    with pytest.raises(Refused, match="nothing to decide"):
        decide(lead)
    add(lead, 1, **OTHERWISE)
    with pytest.raises(Refused, match="may not adopt"):
        decide(officer)
    row = decide(lead)
    row.reason = "Another."
    with pytest.raises(SideDoor):
        row.save()
    with pytest.raises(SideDoor):
        SentenceDecision.objects.all().delete()


def test_the_same_copy_twice_changes_nothing(lead: User) -> None:
    add(lead)
    with pytest.raises(Refused, match=r"has this copy already, added on 1 May 2026\. Nothing was changed"):
        add(lead, 1)
    assert DocumentCopy.objects.count() == 1


def test_going_back_to_an_earlier_copy_is_asked_about(lead: User) -> None:
    add(lead)
    add(lead, 1, **OTHERWISE)
    with pytest.raises(actions.NotSure, match="added on 1 May 2026, and a later one is in use"):
        add(lead, 2)
    add(lead, 2, sure=True)
    assert told(CHANGED) == editions.Told(sentence(CHANGED))


def test_another_document_is_asked_about(lead: User) -> None:
    with pytest.raises(actions.NotSure, match=r"about 0 are in this file\. It looks like Staffordshire procedures"):
        add(lead, said=text("staffordshire-2019"))
    with pytest.raises(actions.NotSure, match="the rules go on as before"):
        add(lead, said="An invented text.")
    assert not DocumentCopy.objects.exists()
    copy = add(lead, said="An invented text.", sure=True)
    assert (copy.found, copy.missing) == (0, queries.rules_of(CODE))
    assert told(CHANGED).flagged
    assert queries.without_copy({CODE, "staffordshire-2019"}) == ["staffordshire-2019"]


@pytest.mark.parametrize("code", ["000", "001", "003"])
def test_a_document_without_rules_is_compared_too(lead: User, code: str) -> None:
    first = invented(code)[0]
    add(lead, code=code)
    add(
        lead,
        1,
        code=code,
        said=text(code, **{first.replace("-", "_"): None}) + "\nSomething quite new stands here at the end.",
    )
    rows = pages.LISTS["others"][1](code)
    assert [(one.id, one.state) for one in rows] == [(first, "gone")]
    assert [one.text for one in pages.LISTS["new"][1](code)] == ["Something quite new stands here at the end."]


def test_the_pages(client: Client, lead: User, officer: User) -> None:
    address = f"/procedures/documents/{CODE}/"
    client.force_login(lead)
    answer = client.post(address, {"copy": SimpleUploadedFile("copy.txt", b"An invented text.\n")})
    assert answer.status_code == 200 and "I am sure: add it all the same" in answer.content.decode()
    for said in (text(CODE), text(CODE, **OTHERWISE, **WITHOUT) + "\nSomething quite new stands here at the end."):
        answer = client.post(address, {"copy": SimpleUploadedFile("copy.txt", said.encode())}, follow=True)
    page = answer.content.decode()
    assert "2 rules to decide" in page and f"/{CHANGED}/" in page and f"/{GONE}/" in page
    for name in pages.LISTS:
        assert client.get(address, {"show": name}).status_code == 200
    assert "Something quite new" in client.get(address, {"show": "new"}).content.decode()
    card = client.get(f"{address}{CHANGED}/").content.decode()
    assert "<del>written</del>" in card and "<ins>set down</ins>" in card
    work = editions.work_on(queries.rules()[CHANGED])
    assert work is not None
    form = {"said": work.key[2], "verdict": "stands", "reason": "It says the same."}
    assert "1 rule to decide" in client.post(f"{address}{CHANGED}/", form, follow=True).content.decode()
    assert "It says the same." in client.get(f"{address}{CHANGED}/").content.decode()
    assert client.get(f"{address}{OTHER}/").status_code == 302
    assert client.get(f"{address}staffs-dial-complete/").status_code == 404
    # Anybody sees the flag beside the rule; only the policy lead decides
    client.force_login(officer)
    assert "There is no such sentence" in client.get(f"/procedures/rules/{GONE}/").content.decode()
    assert "1 rule to decide" in client.get("/procedures/documents/").content.decode()
    assert "Sentence changed" in client.get("/procedures/", {"words": GONE}).content.decode()
    assert "Sentence changed" not in client.get("/procedures/", {"words": OTHER}).content.decode()
    assert client.get(f"{address}{GONE}/").status_code == 403


def test_the_commands(lead: User, tmp_path: Any) -> None:
    file, run = tmp_path / "copy.txt", CliRunner()

    def added(said: str, *more: str) -> Any:
        file.write_text(said, "utf-8")
        return run.invoke(documents, ["add", CODE, str(file), "--as", lead.email, *more])

    doubted = added("An invented text.")
    assert doubted.exit_code == 1 and "Here, that is --sure." in doubted.output
    assert run.invoke(documents, ["changes", CODE]).output.startswith("Error: No copy of")
    assert added(text(CODE)).exit_code == 0
    assert run.invoke(documents, ["changes", CODE, "--format", "csv"]).output == "rule\n"
    second = added(text(CODE, **OTHERWISE, **WITHOUT))
    assert second.exit_code == 1
    assert f"{CODE}: {CHANGED}: changed, to decide" in second.output
    assert "1 changed, 1 gone" in second.output and "against the copy before" in second.output
    assert f"{CHANGED}: changed, to decide, 0 duties open" in run.invoke(documents, ["changes", CODE]).output
    rows = json.loads(run.invoke(documents, ["changes", CODE, "--format", "json"]).output)
    assert {row["rule"]: row["state"] for row in rows} == {CHANGED: "changed", GONE: "gone"}
    assert run.invoke(documents, ["changes", CODE, "--format", "csv"]).output.count("\n") == 3
    assert "no document song" in run.invoke(documents, ["changes", "song"]).output
    assert "1 changed" in run.invoke(documents, ["report"]).output
