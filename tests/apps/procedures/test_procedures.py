"""The browser of rules, local choices and copies of documents, on the partnership of the demonstration."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from alongside.agencies.access import Refused
from alongside.agencies.models import Area, User
from alongside.policy import Outcome
from alongside.procedures import actions, queries
from alongside.procedures.models import AdoptedChoice, DocumentCopy

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)
TICKS = "wm-marac-14-ticks"


@pytest.fixture
def lead(partnership: object) -> User:
    return User.objects.filter(role="policy-lead").first()


@pytest.fixture
def officer(partnership: object) -> User:
    return User.objects.filter(role="police-officer").first()


def adopt(
    lead: User,
    value: object,
    from_on: date = date(2026, 3, 1),
    parameter: str = "marac_ticks",
    reason: str = "Our board decided so.",
) -> AdoptedChoice:
    area = Area.objects.get(code="coventry")
    return actions.adopt_choice(
        area=area, parameter=parameter, value=value, reason=reason, from_on=from_on, by=lead, at=NOW
    )


def test_an_adopted_choice_changes_the_rule_from_its_day(lead: User) -> None:
    adopt(lead, 12)
    before = queries.pack_for("coventry", date(2026, 2, 28)).outcomes({"dash_yes_count": 12}, [TICKS])
    after = queries.pack_for("coventry", date(2026, 3, 2)).outcomes({"dash_yes_count": 12}, [TICKS])
    elsewhere = queries.pack_for("walsall", date(2026, 3, 2)).outcomes({"dash_yes_count": 12}, [TICKS])
    assert [before[TICKS], after[TICKS], elsewhere[TICKS]] == [
        Outcome.DOES_NOT_FIRE,
        Outcome.FIRES,
        Outcome.DOES_NOT_FIRE,
    ]


def test_a_later_choice_ends_the_one_before(lead: User) -> None:
    first = adopt(lead, 12)
    adopt(lead, 11, date(2026, 4, 1))
    first.refresh_from_db()
    assert first.in_force_until_on == date(2026, 4, 1)
    assert queries.adopted("coventry", date(2026, 3, 31)) == {"marac_ticks": 12}
    assert queries.adopted("coventry", date(2026, 4, 1)) == {"marac_ticks": 11}


@pytest.mark.parametrize(
    ("value", "parameter", "reason", "says"),
    [
        (20, "marac_ticks", "why", "A number outside can only be set in the area's pack"),
        (9, "marac_ticks", "why", "10 to 14"),
        (True, "marac_ticks", "why", "outside what this choice may be"),
        (21, "local_callout_threshold", "why", "1 to 20"),
        ("sometimes", "s47_list_scope", "why", "standalone, after-nonengagement"),
        (["ticks", "gut-feeling"], "marac_criteria", "why", "outside what this choice may be"),
        ("concern", "police_share_trigger", "why", "any-child"),
        (12, "marac_tick", "why", "no such local choice"),
        (12, "marac_ticks", " ", "Say in a sentence why"),
    ],
)
def test_an_unsound_choice_is_refused_whole(lead: User, value: object, parameter: str, reason: str, says: str) -> None:
    with pytest.raises(Refused, match=says):
        adopt(lead, value, parameter=parameter, reason=reason)
    assert not AdoptedChoice.objects.exists()


def test_only_a_policy_lead_adopts(officer: User) -> None:
    with pytest.raises(Refused, match="may not adopt"):
        adopt(officer, 12)


def test_an_older_choice_cannot_slip_under_a_later_one(lead: User) -> None:
    adopt(lead, 12, date(2026, 4, 1))
    with pytest.raises(Refused, match="Choose a later day"):
        adopt(lead, 11, date(2026, 3, 1))


@pytest.mark.parametrize(
    ("code", "data", "says"),
    [
        ("unheard-of", b"text", "No rule cites"),
        ("west-midlands-2.24", b"", "no text"),
        ("west-midlands-2.24", b"%PDF-1.4 broken", "damaged"),
    ],
)
def test_an_unreadable_copy_is_refused_whole(lead: User, code: str, data: bytes, says: str) -> None:
    with pytest.raises(Refused, match=says):
        actions.add_document(code=code, name="copy", data=data, by=lead, at=NOW)
    assert not DocumentCopy.objects.exists()


def test_the_pages(client: Client, lead: User, officer: User) -> None:
    client.force_login(officer)
    everything = client.get("/procedures/").content.decode()
    assert f"{len(queries.rules())} rules" in everything
    narrowed = client.get("/procedures/", {"area": "coventry", "reaches": "bar", "words": "address"}).content.decode()
    assert "wm-no-disclose-addresses" in narrowed and "staffs-" not in narrowed
    card = client.get(f"/procedures/rules/{TICKS}/").content.decode()
    assert "cannot tell yet" in card and "dash_yes_count &gt;= 14" in card
    assert ".: " not in card
    assert client.get("/procedures/rules/no-such-rule/").status_code == 404
    assert client.get("/procedures/areas/coventry/").status_code == 200
    assert client.get("/procedures/areas/atlantis/").status_code == 404
    assert client.get("/procedures/areas/coventry/marac_ticks/").status_code == 403


def test_adopting_and_adding_by_page(client: Client, lead: User) -> None:
    client.force_login(lead)
    page = client.get("/procedures/areas/coventry/marac_ticks/").content.decode()
    assert "From 10 to 14" in page
    form = {"value": "12", "reason": "Our board decided so.", "from_on_0": "1", "from_on_1": "12", "from_on_2": "2026"}
    answer = client.post("/procedures/areas/coventry/marac_ticks/", form)
    assert answer.status_code == 302, answer.content.decode()
    assert AdoptedChoice.objects.get().value == 12
    assert client.get("/procedures/documents/").status_code == 200


def test_a_choice_that_changes_nothing_yet_says_what_stands_instead(client: Client, lead: User) -> None:
    client.force_login(lead)
    listed = client.get("/procedures/areas/coventry/").content.decode()
    parameters = queries.library().parameters("coventry", date(2026, 3, 2)).values()
    silent = [one for one in parameters if one.changes_nothing_yet]
    assert listed.count("it changes no rule yet") == len(silent) > 20
    page = client.get("/procedures/areas/coventry/marf_clock/").content.decode()
    assert "changes no rule yet. The hours are counted by the clock" in page and "Cases are decided" not in page
    assert "Rules it concerns" in page and "/procedures/rules/staffs-written-followup-48h/" in page
    wired = client.get("/procedures/areas/coventry/marac_ticks/").content.decode()
    assert "Cases are decided with it" in wired and "changes no rule yet" not in wired


def test_every_rule_and_choice_has_its_page(client: Client, lead: User) -> None:
    client.force_login(lead)
    for rule_id in queries.rules():
        assert client.get(f"/procedures/rules/{rule_id}/").status_code == 200, rule_id
    names = queries.library().parameters("coventry", date(2026, 3, 2))
    for name in names:
        assert client.get(f"/procedures/areas/coventry/{name}/").status_code == 200, name
    assert names


def test_a_choice_nobody_made_says_so_once(client: Client, lead: User) -> None:
    client.force_login(lead)
    for address in (
        "/procedures/areas/coventry/",
        f"/procedures/rules/{TICKS}/",
        "/procedures/areas/coventry/marf_clock/",
    ):
        page = client.get(address).content.decode()
        assert "Not set" in page and "not set" not in page, address
