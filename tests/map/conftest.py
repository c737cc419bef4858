"""Pages opened in a browser as a reader opens them: from disk."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from helpers.browser import Visit
from playwright.sync_api import Browser


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Visit]]:
    """Opens a page, with the settings of a Playwright context; what it did is checked when the test is over."""
    yield from visits(browser, tmp_path)


def visits(browser: Browser, folder: Path) -> Iterator[Callable[..., Visit]]:
    """The same for as long as somebody wants."""
    opened: list[Visit] = []

    def begin(text: str, hash_: str = "", **settings: Any) -> Visit:
        file = folder / "a map <b> & more.html"
        file.write_text(text, encoding="utf-8")
        context = browser.new_context(viewport=settings.pop("viewport", {"width": 1280, "height": 800}), **settings)
        found = Visit(context.new_page(), file.as_uri())
        found.page.on("request", lambda request: found.requests.append(request.url))
        found.page.on("console", lambda message: found.complaints.append(message.text))
        found.page.on("pageerror", lambda error: found.complaints.append(str(error)))
        found.page.on("dialog", lambda dialog: found.complaints.append(dialog.message))
        found.page.goto(found.address + hash_)
        opened.append(found)
        return found

    yield begin
    for one in opened:
        one.check()
        one.page.context.close()
