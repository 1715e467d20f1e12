"""A photograph is kept with a case: looked at by a real scanner, its clean copy saved from another address; what is harmful is not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from alongside.demo.accounts import PASSWORD, email
from tests.apps.uploads import made
from tests.clamav import HARMFUL, daemon
from tests.journeys.browser import Browser
from tests.journeys.site import Site, beside


@pytest.fixture(scope="module")
def scanned(site: Site) -> Iterator[Site]:
    """The site with a scanner beside it."""
    with daemon(datetime.now(UTC)) as socket, beside(site, ALONGSIDE_CLAMD=socket) as served:
        yield served


def test_a_photograph_is_kept_and_its_clean_copy_saved(browser: Browser, scanned: Site) -> None:
    # Given an officer on the documents of a case
    officer = replace(browser, site=scanned)
    page = officer.page
    officer.sign_in(email("police-officer"), PASSWORD)
    officer.open("/cases/")
    case = page.get_by_role("link", name="AL-").first.get_attribute("href") or ""
    officer.open(f"{case}see/documents/")
    officer.is_clean("files-of-a-case")
    officer.press("Add a file")
    officer.is_clean("add-a-file")
    # When a photograph is added that knows where it was taken
    photograph = {"name": "Amina Hartley.jpg", "mimeType": "image/jpeg", "buffer": made.jpeg()}
    page.get_by_label("The file").set_input_files([photograph])  # type: ignore[list-item]
    officer.choose("What is it?", "A photograph of an injury")
    page.get_by_label("In a few words").fill("Left arm, Sunday")
    officer.press("Add the file")
    # Then the scanner looked at it, and what is saved from the other address says nothing of where
    officer.sees("Looked at")
    officer.is_clean("a-file")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the clean copy").click()
    assert saved.value.url.startswith("http://files.localhost:")
    assert saved.value.suggested_filename.startswith("file-")
    copy = Path(saved.value.path()).read_bytes()
    assert copy.startswith(b"\xff\xd8") and made.TELLS.encode() not in copy and b"Exif" not in copy
    # And the same address a second time opens nothing
    host = saved.value.url.split("/")[2]  # which the browser finds on this machine by itself, and the driver does not
    answer = page.request.get(saved.value.url.replace("files.localhost", "127.0.0.1"), headers={"Host": host})
    assert answer.status == 404 and "works once" in answer.text()


def test_what_is_harmful_is_said_and_not_given_out(browser: Browser, scanned: Site) -> None:
    officer = replace(browser, site=scanned)
    page = officer.page
    officer.sign_in(email("police-officer"), PASSWORD)
    officer.open("/cases/")
    case = page.get_by_role("link", name="AL-").first.get_attribute("href") or ""
    officer.open(f"{case}files/add/")
    officer.press("Add the file")
    officer.sees("Choose the file.")
    officer.is_clean("add-a-file-with-a-fault")
    letter = {"name": "letter.txt", "mimeType": "text/plain", "buffer": b"A letter\n" + HARMFUL}
    page.get_by_label("The file").set_input_files([letter])  # type: ignore[list-item]
    officer.choose("What is it?", "A letter or an e-mail")
    officer.press("Add the file")
    officer.sees("The scanner found something harmful in it.")
    assert page.get_by_role("button", name="Save the clean copy").count() == 0
    officer.is_clean("a-harmful-file")
