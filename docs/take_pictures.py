"""Follows the tutorial in a demonstration of its own, exactly as it is written, and takes the pictures of docs/images.

Run by hand when a screen has changed: `.venv/bin/python docs/take_pictures.py`. A journey runs the same walk without pictures.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Locator, Page, expect, sync_playwright

sys.path.insert(0, str(Path(__file__).parent))
from smaller_png import smaller

ROOT = Path(__file__).resolve().parents[1]
TUTORIAL = ROOT / "docs" / "tutorial" / "from-one-call-to-every-duty.md"
IMAGES = ROOT / "docs" / "images"
EXAMPLE = ROOT / "examples" / "police-incident-school-child.json"
SIZE = {"width": 1080, "height": 860}


class Walk:
    """Somebody who follows the tutorial: presses only what it names in bold, types only what it quotes."""

    def __init__(self, page: Page, address: str, *, images: Path | None) -> None:
        self.page, self.address, self.images = page, address, images
        self.text = TUTORIAL.read_text("utf-8")

    def named(self, label: str) -> str:
        """A label, once the tutorial has been seen to name it."""
        if f"**{label}**" not in self.text:
            raise LookupError(f"the tutorial does not name **{label}**")
        return label

    def quoted(self, words: str) -> str:
        """Words to type, once the tutorial has been seen to quote them."""
        if words not in " ".join(self.text.split()):
            raise LookupError(f"the tutorial does not quote “{words}”")
        return words

    def press(self, label: str, *, within: Locator | None = None) -> None:
        """Press the button, or follow the link, of this name, and wait for the page it leads to."""
        name, place = re.compile(f"^{re.escape(self.named(label))}"), within or self.page.locator("body")
        button = place.get_by_role("button", name=name)
        with self.page.expect_navigation():
            (button if button.count() else place.get_by_role("link", name=name)).first.click()

    def choose(self, answer: str, *, group: str = "") -> Locator:
        """Choose an answer; gives its group back."""
        place = (
            self.page.get_by_role("group", name=re.compile(re.escape(group))).first
            if group
            else self.page.locator("main")
        )
        place.get_by_role("radio", name=re.compile(rf"(^|\s){re.escape(self.named(answer))}")).first.check()
        return place

    def type(self, label: str, words: str) -> None:
        self.page.get_by_label(self.named(label)).first.fill(self.quoted(words))

    def sees(self, words: str) -> None:
        expect(self.page.get_by_text(self.quoted(words)).first).to_be_visible()

    def be(self, role: str) -> None:
        """Sign in by one press, out of whatever account was used before."""
        self.page.context.clear_cookies()
        self.page.goto(f"{self.address}/account/sign-in/")
        self.press(role)

    def picture(self, name: str, *, height: int = 0) -> None:
        if self.images is not None:
            self.page.set_viewport_size(SIZE | {"height": height or SIZE["height"]})
            (self.images / f"{name}.png").write_bytes(smaller(self.page.screenshot()))


def follow(walk: Walk) -> None:
    """The whole tutorial."""
    _take_the_call_in(walk)
    case = walk.page.url
    _look_and_answer(walk, case)
    _finish_the_record(walk, case)
    _send(walk, case)
    _decide(walk)
    _tell_the_school(walk)
    _open_the_notice(walk)
    _look_back(walk, case)


def _take_the_call_in(walk: Walk) -> None:
    walk.be("Police officer")
    walk.picture("today")
    walk.press("Record a call")
    walk.press("Drop in a file from another system")
    walk.page.locator("input[type=file]").set_input_files(EXAMPLE)
    walk.press("Take it in")
    walk.sees("Joanna Nowak")
    walk.picture("who-is-this")
    card = walk.choose("Same person")
    card.get_by_label(walk.named("How do you know?")).first.select_option(walk.named("The person said so"))
    walk.press("Keep these answers")
    walk.press("Go on")
    walk.sees("Zofia Nowak")
    walk.choose("Not sure")
    walk.press("Keep these answers")
    walk.press("Go on")
    walk.sees("What is owed")
    walk.picture("case", height=1180)


def _look_and_answer(walk: Walk, case: str) -> None:
    walk.press("Tell the school")
    walk.sees("What will close it")
    walk.page.locator("summary", has_text="Why:").first.click()
    walk.page.goto(case)
    group = walk.choose("Yes", group="Does the victim need care and support")
    walk.press("Answer", within=group.locator("xpath=ancestor::form"))
    walk.sees("Now owed: Send to adult social care")


def _finish_the_record(walk: Walk, case: str) -> None:
    walk.page.goto(case)
    walk.press("Continue the record")
    walk.type("What was done to make the victim safe", "Arrested and taken away; her sister came to stay.")
    walk.choose("Given", group="Was information on help given?")
    walk.press("Finish the record")
    walk.sees("The scene record is finished")


def _send(walk: Walk, case: str) -> None:
    walk.press("Write the referral")
    walk.choose("Not safe to ask", group="What did the victim say about sharing?")
    walk.choose("To protect a child from harm", group="What allows you to share this?")
    walk.type("I asked, or did not ask, because", "The person causing harm was in the next room.")
    walk.press("See what they will see")
    walk.sees("What they will not see")
    walk.picture("before-you-send", height=1100)
    walk.press("Send it now")
    walk.sees("Not decided yet")


def _decide(walk: Walk) -> None:
    walk.be("Social care manager")
    walk.press("Reports")
    walk.press("Today")
    walk.press("Decide")
    walk.picture("decide", height=1000)
    walk.choose("Child and family assessment")
    walk.type("Why you decide so", "A child of eight saw her mother pushed, and half the checklist was never asked.")
    walk.choose("No, not now", group="Will you contact the family")
    walk.press("Record the decision")
    walk.sees("Child and family assessment")


def _tell_the_school(walk: Walk) -> None:
    walk.be("Police supervisor")
    walk.press("Tell the school")
    walk.press("Tell the school of Zofia Nowak")
    words = "There was an incident at home on Thursday evening. A quiet start to the day would help Zofia."
    walk.type("What helps the school support the child today", words)
    walk.press("Send the notice")


def _open_the_notice(walk: Walk) -> None:
    walk.be("School key adult")
    walk.press("Notices")
    walk.picture("notices")
    walk.press("Notice about Z.N.")
    walk.press("Open the notice")
    walk.sees("A quiet start to the day would help Zofia.")


def _look_back(walk: Walk, case: str) -> None:
    walk.be("Police officer")
    walk.page.goto(case)
    walk.page.locator("summary", has_text="Done, or decided otherwise").click()
    walk.sees("Done, or decided otherwise")


def what_if(page: Page, address: str) -> None:
    """The page of the how-to on what a change would do, once there are cases."""
    page.context.clear_cookies()
    page.goto(f"{address}/account/sign-in/")
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("^Policy lead")).first.click()
    page.goto(f"{address}/what-if/")
    with page.expect_navigation():
        page.get_by_role("button", name="Invent the cases").click()
    while page.get_by_role("link", name="See how far it is").count():
        time.sleep(2)
        page.goto(f"{address}/what-if/")
    page.goto(f"{address}/what-if/?area=all&marac_ticks=12")
    page.set_viewport_size(SIZE | {"height": 1500})
    (IMAGES / "what-if.png").write_bytes(smaller(page.screenshot()))


@contextmanager
def demonstration() -> Iterator[str]:
    """A demonstration of its own, gone afterwards; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tempfile.mkdtemp()
    command = [sys.executable, "-c", "from alongside.cli import main; main()", "demo", "--port", str(port)]
    # As a reader has it: no settings of anything else.
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ALONGSIDE_", "DATABASE_URL"))}
    process = subprocess.Popen(command, cwd=folder, env=kept, start_new_session=True)  # noqa: S603
    try:
        _wait(f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGINT)
        process.wait(timeout=60)
        shutil.rmtree(folder)


def _wait(address: str) -> None:
    for _ in range(300):
        try:
            with urllib.request.urlopen(f"{address}/account/sign-in/", timeout=5):  # noqa: S310 - our own
                return
        except OSError:  # refused, reset, or too slow yet
            time.sleep(0.2)
    raise RuntimeError("the demonstration does not answer")


def main() -> int:
    IMAGES.mkdir(exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    with demonstration() as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-lcd-text"])
        page = browser.new_page(viewport=SIZE, locale="en-GB", timezone_id="Europe/London")
        page.set_default_timeout(15_000)
        try:
            follow(Walk(page, address, images=IMAGES))
            what_if(page, address)
        except Exception:
            page.screenshot(path=str(IMAGES / "failed.png"), full_page=True)
            raise
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
