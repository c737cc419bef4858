"""Pages that are opened from disk in a browser."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from helpers.browser import Visit
from playwright.sync_api import Browser


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Visit]]:
    """A function that opens a page with the settings of a Playwright context and checks it after the test."""
    yield from visits(browser, tmp_path)


def visits(browser: Browser, folder: Path) -> Iterator[Callable[..., Visit]]:
    """Yield the function of the fixture `visit`, for fixtures with another scope."""
    opened: list[Visit] = []

    def begin(text: str, hash_: str = "", **settings: Any) -> Visit:
        file = folder / "a map <b> & more.html"
        file.write_text(text, encoding="utf-8")
        context = browser.new_context(viewport=settings.pop("viewport", {"width": 1280, "height": 800}), **settings)
        opened_page = Visit(context.new_page(), file.as_uri())
        opened_page.page.on("request", lambda request: opened_page.requests.append(request.url))
        opened_page.page.on("console", lambda message: opened_page.messages.append(message.text))
        opened_page.page.on("pageerror", lambda error: opened_page.messages.append(str(error)))
        opened_page.page.on("dialog", lambda dialog: opened_page.messages.append(dialog.message))
        opened_page.page.goto(opened_page.address + hash_)
        opened.append(opened_page)
        return opened_page

    yield begin
    for one in opened:
        one.check()
        one.page.context.close()
