"""Pages in a browser, and actions of their reader."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal

from axe_playwright_python.sync_playwright import Axe
from helpers.networks import ID
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Error, Page, Request, ViewportSize

SMALL_SCREEN: ViewportSize = {"width": 960, "height": 600}
"""For pages that draw by WebGL: without a graphics card, pixels cost time."""
DRIVER = "GPU stall due to ReadPixels"
"""A harmless message of Chromium when it draws without a graphics card."""


@dataclass
class Visit:
    """An open page with its requests and its messages on the console."""

    page: Page
    address: str
    requests: list[str] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)

    def open(self, fragment: str = "") -> None:
        """Open the page and record its requests and messages."""
        if fragment.startswith("#") and self.page.url.partition("#")[0] == self.address:
            self.page.goto("about:blank")  # a fragment alone opens no new document
        self.page.on("request", self._on_request)
        self.page.on("console", self._on_console)
        self.page.on("pageerror", self._on_error)
        self.page.on("dialog", self._on_dialog)
        self.page.goto(self.address + fragment)

    def leave(self) -> None:
        """Check the page and remove the listeners."""
        self.check()
        self.page.remove_listener("request", self._on_request)
        self.page.remove_listener("console", self._on_console)
        self.page.remove_listener("pageerror", self._on_error)
        self.page.remove_listener("dialog", self._on_dialog)

    def check(self) -> None:
        """Check that the page requested only itself, logged nothing and executed no hostile text."""
        assert {request.partition("#")[0] for request in self.requests} == {self.address}
        assert [message for message in self.messages if DRIVER not in message] == []
        assert self.page.evaluate("window.ran") is None

    def _on_request(self, request: Request) -> None:
        self.requests.append(request.url)

    def _on_console(self, message: ConsoleMessage) -> None:
        self.messages.append(message.text)

    def _on_error(self, error: Error) -> None:
        self.messages.append(str(error))

    def _on_dialog(self, dialog: Dialog) -> None:
        self.messages.append(dialog.message)


class Pages:
    """Pages of a browser, each used by one visit after another.

    A new page takes half a second of processor time. A document in an old page shares no state with the one before.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._free: defaultdict[tuple[tuple[str, Any], ...], list[Page]] = defaultdict(list)
        self._settings: dict[Page, tuple[tuple[str, Any], ...]] = {}

    def take(
        self,
        viewport: ViewportSize,
        color_scheme: Literal["light", "dark"] = "light",
        reduced_motion: Literal["reduce", "no-preference"] = "reduce",
        **settings: Any,
    ) -> Page:
        """Return a page; `settings` are those of a Playwright context that an open page cannot change.

        Each frame of an animation takes processor time, so only tests of animations have them.
        """
        key = tuple(sorted(settings.items()))
        page = self._free[key].pop() if self._free[key] else self._browser.new_context(**settings).new_page()
        self._settings[page] = key
        page.set_viewport_size(viewport)
        page.emulate_media(media="screen", color_scheme=color_scheme, reduced_motion=reduced_motion)
        return page

    def put_back(self, page: Page) -> None:
        """Keep a page for another visit."""
        page.mouse.move(0, 0)
        self._free[self._settings.pop(page)].append(page)


@cache
def pages(browser: Browser) -> Pages:
    """Return the pages of this browser."""
    return Pages(browser)


def drawn(page: Page) -> tuple[int, int]:
    """Return the number of visible points and lines."""
    points, lines = page.evaluate("kgMap.visible()")
    return points, lines


PLACES = """async (iris) => {
    const frame = () => new Promise((done) => requestAnimationFrame(done));
    const [map, canvas] = ["#map", "#map canvas"].map((one) => document.querySelector(one));
    for (let i = 0; i < 2 || (i < 999 && canvas.clientWidth !== map.clientWidth); i += 1) await frame();
    return iris.map((iri) => {
        const { x, y, size } = kgMap.position(kgMap.point(iri));
        return { ...kgMap.network.canvasToDOM({ x, y }), r: size * kgMap.network.getScale() };
    });
}"""


def places(page: Page, *keys: str) -> list[dict[str, float]]:
    """Return positions and radii of actors on the canvas, as soon as it has its final size."""
    discs: list[dict[str, float]] = page.evaluate(PLACES, [ID + key for key in keys])
    return discs


def click(page: Page, x: float, y: float) -> None:
    """Click the canvas until the panel opens; on a busy machine a click can be so slow that it counts as a hold."""
    panel = page.locator("#panel")
    for _ in range(3):
        page.locator("#map canvas").click(position={"x": x, "y": y})
        if panel.is_visible():
            return
        page.wait_for_timeout(50)


def click_point(page: Page, key: str) -> None:
    """Click an actor."""
    (at,) = places(page, key)
    click(page, at["x"], at["y"])


def click_line(page: Page, *keys: str) -> None:
    """Click the middle of the visible part of a line between two actors."""
    a, b = places(page, *keys)
    length = ((a["x"] - b["x"]) ** 2 + (a["y"] - b["y"]) ** 2) ** 0.5
    part = (a["r"] + (length - a["r"] - b["r"]) / 2) / length
    click(page, a["x"] + part * (b["x"] - a["x"]), a["y"] + part * (b["y"] - a["y"]))


CHOSEN = """[%s].map((point) => {
  kgMap.choose({ point });
  const panel = document.getElementById("panel");
  const active = panel.querySelectorAll(":is(img, script, iframe, a, b, [onerror], [srcdoc])");
  return [panel.querySelector("h2").innerText, panel.textContent, active.length];
})"""


def chosen_panels(page: Page, points: Sequence[str]) -> tuple[list[str], list[str], list[int]]:
    """Choose points one after another; return heading, text and number of active elements of each panel."""
    panels = page.evaluate(CHOSEN % ", ".join(points))
    headings, texts, active = zip(*panels, strict=True)
    return list(headings), list(texts), list(active)


def violations(page: Page, buttons: Mapping[str, str]) -> dict[tuple[str, str], list[object]]:
    """Return the serious violations by axe in each language and each theme; `buttons` are selectors of the switches.

    No rule of axe depends on the language and on the colours, so two of the four combinations cover both.
    """
    violations_by_setting: dict[tuple[str, str], list[object]] = {}
    for lang in ("zh", "en"):
        page.locator(f"{buttons['lang']}[value={lang}]").click()
        page.locator(buttons["theme"]).click()
        theme = page.evaluate("document.documentElement.dataset.theme")
        if bad := serious(page):
            violations_by_setting[lang, theme] = bad
    return violations_by_setting


def serious(page: Page) -> list[object]:
    """Return the serious violations by axe with their elements."""
    bad = [one for one in violated(page) if one["impact"] in {"serious", "critical"}]
    return [(one["id"], [node["target"] for node in one["nodes"]]) for one in bad]


def violated(page: Page) -> list[dict[str, Any]]:
    """Return all violations by axe; the passed rules, which are most of its answer, stay in the page."""
    page.evaluate("Promise.all(document.getAnimations().map((one) => one.finished))")  # colours have transitions
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    found: list[dict[str, Any]] = page.evaluate(
        "axe.run({ resultTypes: ['violations'] }).then(({ violations }) => violations)"
    )
    return found
