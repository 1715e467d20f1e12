"""A session moves its end on with one statement, and one that was ended from outside stays ended."""

from __future__ import annotations

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.config.sessions import SessionStore

pytestmark = pytest.mark.django_db


def kept() -> SessionStore:
    store = SessionStore()
    store["name"] = "first"
    store.save()
    return SessionStore(store.session_key)


def test_one_statement_keeps_it() -> None:
    store = kept()
    before = Session.objects.get().expire_date
    store["name"] = "second"
    with CaptureQueriesContext(connection) as seen:
        store.save()
    assert len(seen) == 1
    row = Session.objects.get()
    assert row.get_decoded() == {"name": "second"}
    assert row.expire_date >= before


def test_one_that_was_ended_stays_ended() -> None:
    store = kept()
    store["name"] = "second"
    Session.objects.all().delete()
    with pytest.raises(UpdateError):
        store.save()
    assert not Session.objects.exists()
