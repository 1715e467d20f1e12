"""What a journey does in the browser, said the way a person would: by role and label."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import ConsoleMessage, Locator, Page, expect

from tests.journeys.site import Site
from tests.sweeps.source import ROOT

AXE = (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
PICTURES = ROOT / "test-results" / "pictures"
REFUSED = re.compile(r"responded with a status of (401|403|404|409|413|422|423) ")
# Texts that stand beside the screen or are clipped by a box, apart from what scrolls by itself or is for screen readers only.
CUT = """() => {
  const inScroller = (one) => {
    for (; one; one = one.parentElement) if (["auto", "scroll"].includes(getComputedStyle(one).overflowX)) return true;
    return false;
  };
  const cut = [];
  const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (words.nextNode()) {
    const one = words.currentNode.parentElement;
    if (!words.currentNode.data.trim() || !one.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    if (one.closest(".govuk-visually-hidden, .govuk-skip-link, script, option, select, noscript")) continue;
    const range = document.createRange();
    range.selectNodeContents(words.currentNode);
    const box = range.getBoundingClientRect();
    const style = getComputedStyle(one);
    const clips = ["hidden", "clip"].includes(style.overflowX) && one.scrollWidth > one.clientWidth + 1;
    if (((box.right > innerWidth + 1 || box.left < -1) && !inScroller(one)) || clips) cut.push(words.currentNode.data.trim().slice(0, 80));
  }
  return cut;
}"""
LIMIT = 60 * 1024  # bytes a page may weigh, compressed, with everything it loads


@dataclass
class Browser:
    """One person's browser at the site. `said` gathers what the console complained of."""

    page: Page
    site: Site
    said: list[str]
    looks_at_each: bool = False  # every page opened on the way must fit the screen
    is_spoilt: bool = False  # its clock or its connection is changed, or it failed: nobody else may get it

    def heard(self, message: ConsoleMessage) -> None:
        """Remember what the console complained of, but for a page of ours that says itself what was refused."""
        refused = REFUSED.search(message.text) and "/static/" not in message.location.get("url", "")
        if message.type == "error" and not refused:
            self.said.append(message.text)

    def open(self, path: str) -> None:
        """Go to an address of the site; a fault of the server fails the journey."""
        answer = self.page.goto(self.site.address + path)
        assert answer is not None
        assert answer.status < 500, f"{path} answered {answer.status}"
        self._arrived()

    def sign_in(self, email: str, password: str) -> None:
        self.open("/account/sign-in/")
        self.page.get_by_label("Email").fill(email)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in", exact=True).click()
        expect(self.page).not_to_have_url(re.compile("sign-in"))

    def sign_out(self) -> None:
        self.page.locator(".al-header__user summary").click()
        self.page.get_by_role("button", name="Sign out").click()
        expect(self.page).to_have_url(re.compile("sign-in"))

    def press(self, name: str, *, exact: bool = True) -> None:
        """Press the one button, or follow the one link drawn as a button, of this name, and wait for the page it leads to."""
        self.go(self.page.get_by_role("button", name=name, exact=exact))

    def follow(self, name: str, *, exact: bool = True) -> None:
        self.go(self.page.get_by_role("link", name=name, exact=exact).first)

    def go(self, through: Locator) -> None:
        """Press what leads to another page, and wait until that page is there; a fault of the server fails the journey."""
        with self.page.expect_navigation():
            through.click()
        self._arrived()

    def _arrived(self) -> None:
        failed = self.page.get_by_role("heading", name="Something went wrong here")
        assert failed.count() == 0, f"{self.page.url} failed"
        if self.looks_at_each:
            self.fits()

    def fits(self) -> None:
        """Nothing scrolls sideways but what is made to, and no text is cut off."""
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide <= 0, f"{self.page.url} is {wide} pixels too wide"
        assert self.page.evaluate(CUT) == [], f"{self.page.url} cuts text off"

    def choose(self, question: str, answer: str) -> None:
        """Choose an answer in the group of this question."""
        self.page.get_by_role("group", name=question).get_by_role("radio", name=answer, exact=True).check()

    def sees(self, text: str) -> None:
        expect(self.page.get_by_text(text).filter(visible=True).first).to_be_visible()

    def sees_nothing_of(self, *texts: str) -> None:
        """The page's source holds none of the words, shown or hidden."""
        source = self.page.content()
        left = [text for text in texts if text in source]
        assert left == [], f"{self.page.url} holds {left}"

    def is_clean(self, picture: str | None = None) -> None:
        """axe finds nothing, nothing scrolls sideways, the console is quiet; keeps a picture when given a name."""
        if picture:
            self.keep(picture)
        found: Any = self.page.evaluate(f"async () => {{ {AXE}; return (await axe.run()).violations; }}")
        words = [f"{one['id']}: {one['help']} {[node['html'][:160] for node in one['nodes'][:3]]}" for one in found]
        assert words == [], f"{self.page.url}: {words}"
        self.fits()
        assert self.said == [], f"{self.page.url}: {self.said}"

    def weighs_little(self, path: str) -> int:
        """Bytes on the wire of a page with all it loads, nothing cached; fails over the limit."""
        session = self.page.context.new_cdp_session(self.page)
        session.send("Network.enable")
        session.send("Network.setCacheDisabled", {"cacheDisabled": True})
        weights: list[float] = []
        session.on("Network.loadingFinished", lambda event: weights.append(event["encodedDataLength"]))
        self.open(path)
        self.page.wait_for_load_state("networkidle")
        session.detach()
        total = int(sum(weights))
        assert 0 < total <= LIMIT, f"{path} weighs {total} bytes"
        return total

    def keep(self, name: str) -> Path:
        """A picture of the whole page in a folder git does not see."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        path = PICTURES / f"{name}.png"
        self.page.screenshot(path=str(path), full_page=True)
        return path
