"""The defaults that await confirmation: shown with their source, confirmed by the policy lead alone, in force as before."""

from __future__ import annotations

from datetime import date

import pytest
from django.forms import RadioSelect
from django.test import Client

from alongside.agencies.models import User
from alongside.procedures import queries
from alongside.procedures.forms import ChoiceForm
from alongside.procedures.models import AdoptedChoice

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAGE = "/procedures/to-confirm/coventry/"
ASKED = "How many callouts, or events told to any agency, in twelve months count as escalation here?"


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(User.objects.filter(role=role).first(), backend=BACKEND)
    return client


@pytest.mark.django_db
def test_a_default_is_confirmed_by_the_policy_lead_and_stays_in_force(partnership: object) -> None:
    lead, health = signed_in("policy-lead"), signed_in("health")
    before = queries.pack_for("coventry", date(2026, 11, 30)).hash
    shown = lead.get(PAGE).content.decode()
    awaiting, _, proposed = shown.partition('id="proposed"')
    assert ASKED in awaiting and "default, to be confirmed by your partnership" in awaiting
    assert "SafeLives: escalation, three events in twelve months" in awaiting
    assert "From what age can a victim be heard at the MARAC?" in proposed
    assert "From what age can a victim be heard at the MARAC?" not in awaiting
    assert awaiting.index(ASKED) < awaiting.index("It changes no rule yet"), "what most hangs on comes first"
    assert 'href="/procedures/to-confirm/coventry/local_callout_threshold/"' in awaiting
    assert 'href="/procedures/to-confirm/coventry/local' not in health.get(PAGE).content.decode()
    one = PAGE + "local_callout_threshold/"
    assert health.post(one, {"reason": "I say so."}).status_code == 403
    assert lead.post(one, {"reason": ""}).status_code == 200, "it asks how it was confirmed"
    assert lead.post(one, {"reason": "Agreed by the board in December."}).status_code == 302
    row = AdoptedChoice.objects.get()
    assert (row.parameter, row.value) == ("local_callout_threshold", 3)
    after = lead.get(PAGE).content.decode()
    assert (
        f"By {row.adopted_by.name}," in after
        and "confirmed as shipped" in after
        and "Agreed by the board in December." in after
    )
    assert queries.pack_for("coventry", row.in_force_from_on).hash == before or row.in_force_from_on.year != 2026
    local = queries.pack_for("coventry", row.in_force_from_on).rule("wm-marac-escalation").local
    assert not [words for words in local if words.startswith("Default")]
    again = lead.post(one, {"reason": "Once more."})
    assert "already" in again.content.decode() and AdoptedChoice.objects.count() == 1


@pytest.mark.django_db
def test_each_area_says_how_much_awaits(partnership: object) -> None:
    lead = signed_in("policy-lead")
    assert "to confirm" in lead.get("/procedures/to-confirm/").content.decode()
    assert lead.get("/procedures/to-confirm/nowhere/").status_code == 404
    assert lead.get(PAGE + "marac_ticks/").status_code == 404


def test_a_choice_offers_the_words_of_its_fact() -> None:
    parameter = queries.library().parameters("coventry", date(2026, 11, 30))["protection_orders"]
    field = ChoiceForm(parameter=parameter).fields["value"]
    assert isinstance(field.widget, RadioSelect)
    assert ("dvpn-dvpo", "The older ones (DVPN and DVPO)") in field.widget.choices
