"""A file of a case: sealed as it came, opened by nobody before it is looked at, given out once to whoever asked."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from alongside.agencies.access import Refused
from alongside.audit.models import Event
from alongside.cases.models import Case
from alongside.gate.actions import keep_apart, open_ground
from alongside.gate.viewing import NotVisible, Viewer
from alongside.sealed.errors import SealError
from alongside.uploads import actions, checking, queries
from alongside.uploads.codes import TEXT
from alongside.uploads.models import Content, Ticket, Upload
from tests.apps.partnership import NOW, Partnership
from tests.apps.reading import words
from tests.apps.uploads import made
from tests.clamav import HARMFUL

SignIn = Callable[[str], Client]
FILES = "files.localhost:8000"
LETTER = b"He wrote that he knows where the school is."
SECOND = timedelta(seconds=1)


def add(there: Partnership, case: Case, data: bytes = LETTER, name: str = "officer") -> Upload:
    return actions.add(
        case=case,
        kind="letter",
        about="His letter of March",
        media_type=TEXT,
        data=data,
        looked=checking.look(data, TEXT, NOW),
        by=there.users[name],
        at=NOW,
    )


def sent(data: bytes, name: str = "Amina Hartley injuries.jpg", kind: str = "injury") -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, data, "image/jpeg"), "kind": kind, "about": "Left arm"}


def given_out(client: Client, upload: Upload, host: str = FILES) -> Any:
    """What the address of files answers to whoever follows the link; asked with no cookie, as it stands on another host."""
    on = client.get(f"/files/{upload.pk}/copy/")
    assert on.status_code == 302, words(on)
    assert on.headers["Location"].startswith("http://files.localhost:8000/")
    return Client().get(on.headers["Location"].removeprefix("http://files.localhost:8000"), headers={"host": host})


def test_a_photograph_goes_in_and_only_its_clean_copy_comes_out(
    there: Partnership, case: Case, at_desk: SignIn, scanner: str
) -> None:
    officer, data = at_desk("officer"), made.jpeg()
    assert "A scanner looks at it" in words(officer.get(f"/cases/{case.reference}/files/add/"))
    answer = officer.post(f"/cases/{case.reference}/files/add/", sent(data), follow=True)
    row = Upload.objects.get()
    assert row.state == "ready" and row.digest == hashlib.sha256(data).hexdigest()
    shown = words(answer)
    assert "Looked at" in shown and "ClamAV" in shown and row.digest in shown and "Left arm" in shown
    out = given_out(officer, row)
    assert out.status_code == 200 and out.content.startswith(b"\xff\xd8") and made.TELLS.encode() not in out.content
    assert out.headers["Content-Disposition"] == f'attachment; filename="file-{str(row.pk)[:8]}.jpg"'
    assert (
        out.headers["Content-Security-Policy"].startswith("default-src 'none'")
        and "sandbox" in out.headers["Content-Security-Policy"]
    )
    assert out.headers["X-Content-Type-Options"] == "nosniff" and out.headers["Cache-Control"] == "no-store"
    assert not out.cookies
    assert queries.original(row) == data


def test_nothing_of_a_file_stands_in_the_database_in_clear(there: Partnership, case: Case, scanner: str) -> None:
    add(there, case)
    with connection.cursor() as cursor:
        for table, columns in (("uploads_upload", 19), ("uploads_content", 4), ("uploads_ticket", 7)):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608
            rows = cursor.fetchall()
            held = b"|".join(
                bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode() for row in rows for one in row
            )
            assert b"school" not in held and b"letter of March" not in held, (table, columns)


def test_bytes_moved_to_another_file_do_not_open(there: Partnership, case: Case, scanner: str) -> None:
    one, other = add(there, case), add(there, case, b"Another letter.")
    first, second = (Content.objects.get(upload=row, part="original") for row in (one, other))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM uploads_content WHERE id = %s", [_raw(second.pk)])
        cursor.execute("UPDATE uploads_content SET upload_id = %s WHERE id = %s", [_raw(other.pk), _raw(first.pk)])
    with pytest.raises(SealError):
        queries.original(other)


def _raw(pk: Any) -> Any:
    return pk if connection.vendor == "postgresql" else pk.hex


def test_while_the_scanner_is_away_nobody_opens_it_and_the_worker_looks_later(
    there: Partnership, case: Case, at_desk: SignIn, settings: Any, running_scanner: str
) -> None:
    officer = at_desk("officer")
    settings.ALONGSIDE_CLAMD = ""
    shown = words(officer.post(f"/cases/{case.reference}/files/add/", sent(made.jpeg()), follow=True))
    row = Upload.objects.get()
    assert row.state == "waiting" and "does not answer" in shown and "Save the clean copy" not in shown
    assert officer.get(f"/files/{row.pk}/copy/").status_code == 403 and not Ticket.objects.exists()
    assert checking.check_waiting(lambda: NOW) == 0
    settings.ALONGSIDE_CLAMD = running_scanner
    assert checking.check_waiting(lambda: NOW) == 1
    assert given_out(officer, row).status_code == 200
    assert checking.check_waiting(lambda: NOW) == 0


def test_what_is_harmful_is_kept_sealed_and_opened_by_nobody(
    there: Partnership, case: Case, at_desk: SignIn, scanner: str
) -> None:
    officer = at_desk("officer")
    shown = words(officer.post(f"/cases/{case.reference}/files/add/", sent(made.jpeg() + HARMFUL), follow=True))
    row = Upload.objects.get()
    assert row.state == "refused" and "something harmful" in shown
    assert officer.get(f"/files/{row.pk}/copy/").status_code == 403
    assert [held.part for held in row.contents.all()] == ["original"]


@pytest.mark.parametrize("data", [b"PK\x03\x04 word", b""])
def test_what_is_not_taken_is_not_kept(
    there: Partnership, case: Case, at_desk: SignIn, scanner: str, data: bytes
) -> None:
    answer = at_desk("officer").post(f"/cases/{case.reference}/files/add/", sent(data))
    assert answer.status_code == 422 and "There is a problem" in words(answer)
    assert "injuries" not in answer.content.decode(), "the name of the file stands on the page"
    assert "Left arm" in answer.content.decode(), "what was typed is lost"
    assert not Upload.objects.exists()


def test_an_address_works_once_for_a_minute_and_only_on_its_own_host(
    there: Partnership, case: Case, at_desk: SignIn, scanner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    officer, row = at_desk("officer"), add(there, case)
    assert given_out(officer, row, host="testserver").status_code in (302, 404)  # the site itself gives out nothing
    on = officer.get(f"/files/{row.pk}/copy/").headers["Location"].rpartition(":8000")[2]
    assert Client().head(on, headers={"host": FILES}).status_code == 404
    assert Client().get(on, headers={"host": FILES}).content == LETTER
    assert Client().get(on, headers={"host": FILES}).status_code == 404
    late = officer.get(f"/files/{row.pk}/copy/").headers["Location"].rpartition(":8000")[2]
    monkeypatch.setattr("alongside.config.middleware.timezone.now", lambda: NOW + timedelta(seconds=60))
    assert Client().get(late, headers={"host": FILES}).status_code == 404


def test_it_ends_with_the_session_and_with_the_right_to_see_it(
    there: Partnership, case: Case, at_desk: SignIn, scanner: str
) -> None:
    officer, row = at_desk("officer"), add(there, case)
    on = officer.get(f"/files/{row.pk}/copy/").headers["Location"].rpartition(":8000")[2]
    officer.post("/account/sign-out/")
    assert Client().get(on, headers={"host": FILES}).status_code == 404
    again = at_desk("officer")
    on = again.get(f"/files/{row.pk}/copy/").headers["Location"].rpartition(":8000")[2]
    keep_apart(user=there.users["officer"], subject_kind="case", subject_id=case.pk, by=there.users["sergeant"], at=NOW)
    assert Client().get(on, headers={"host": FILES}).status_code == 404
    assert again.get(f"/files/{row.pk}/").status_code == 404


def test_the_host_of_files_answers_nothing_else(there: Partnership, at_desk: SignIn, settings: Any) -> None:
    officer = at_desk("officer")
    nothing = Client().get("/nothing/", headers={"host": FILES})
    for path in ("/", "/cases/", "/account/sign-in/", "/account/still/", "/api/v1/"):
        answer = officer.get(path, headers={"host": FILES})
        assert (answer.status_code, answer.content, dict(answer.headers)) == (
            404,
            nothing.content,
            dict(nothing.headers),
        )
        assert not answer.cookies


def test_another_agency_sees_none_of_it_though_the_case_is_open_to_it(
    there: Partnership, case: Case, at_desk: SignIn, scanner: str
) -> None:
    row = add(there, case)
    idva = there.users["idva"]
    team = there.teams["haven-idva"]
    open_ground(subject_kind="case", subject_id=case.pk, viewer=team, ground="sent", purpose="support", by=idva, at=NOW)
    client = at_desk("idva")
    page = words(client.get(f"/cases/{case.reference}/see/documents/"))
    assert "Files your agency keeps" in page and "A letter or an e-mail" not in page
    for path in (f"/files/{row.pk}/", f"/files/{row.pk}/copy/"):
        assert client.get(path).status_code == 404
    with pytest.raises(NotVisible):
        queries.open_file(Viewer(idva, NOW), row.pk, "uploads.file")
    assert "A letter or an e-mail" in words(at_desk("second").get(f"/cases/{case.reference}/see/documents/"))


def test_a_role_without_files_neither_adds_nor_opens(
    there: Partnership, case: Case, at_desk: SignIn, scanner: str
) -> None:
    row = add(there, case)
    for name in ("administrator", "auditor"):
        assert at_desk(name).get(f"/files/{row.pk}/").status_code == 403
        assert at_desk(name).get(f"/cases/{case.reference}/files/add/").status_code == 403
        with pytest.raises(Refused):
            actions.open_copy(upload=row, session="x", by=there.users[name], at=NOW)


def test_the_same_file_twice_is_one(there: Partnership, case: Case, scanner: str) -> None:
    assert add(there, case).pk == add(there, case).pk
    assert Upload.objects.count() == 1 and Content.objects.count() == 2


def test_every_opening_is_on_record(there: Partnership, case: Case, at_desk: SignIn, scanner: str) -> None:
    officer, row = at_desk("officer"), add(there, case)
    given_out(officer, row)
    left = Event.objects.filter(subject_ids=str(row.pk)).values_list("name", flat=True)
    assert {"uploads.added", "uploads.looked_at", "uploads.opened", "uploads.copy", "uploads.given_out"} <= set(left)
    assert Event.objects.filter(name="uploads.given_out", kind=Event.Kind.READ, subject_ids=str(case.pk)).exists()


def test_without_an_address_of_their_own_no_file_is_taken(
    there: Partnership, case: Case, at_desk: SignIn, settings: Any
) -> None:
    settings.ALONGSIDE_FILES_ADDRESS = ""
    answer = at_desk("officer").get(f"/cases/{case.reference}/files/add/")
    assert answer.status_code == 403 and "an address of their own first" in words(answer)


def test_one_person_cannot_fill_the_machine(
    there: Partnership, case: Case, scanner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("alongside.uploads.access.MOST_A_DAY", 2)
    for data in (b"One.", b"Two."):
        add(there, case, data)
    with pytest.raises(Refused, match="Nothing was kept"):
        add(there, case, b"Three.")
    add(there, case, b"Three.", name="second")
    assert Upload.objects.count() == 3
