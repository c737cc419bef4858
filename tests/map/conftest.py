"""Pages that are opened from disk in a browser."""

from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from helpers.browser import Visit, pages
from playwright.sync_api import Browser


@pytest.fixture
def visit(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Visit]]:
    """A function that opens a page with the settings of a Playwright context and checks it after the test."""
    yield from visits(browser, tmp_path_factory.getbasetemp())


def visits(browser: Browser, folder: Path) -> Iterator[Callable[..., Visit]]:
    """Yield the function of the fixture `visit`, for fixtures with another scope.

    Equal texts have the same address, because Chromium compiles their scripts once.
    """
    opened: list[Visit] = []

    def begin(text: str, hash_: str = "", **settings: Any) -> Visit:
        file = folder / sha256(text.encode()).hexdigest()[:16] / "a map <b> & more.html"
        if not file.exists():
            file.parent.mkdir()
            file.write_text(text, encoding="utf-8")
        visited = Visit(pages(browser).take(**{"viewport": {"width": 1280, "height": 800}} | settings), file.as_uri())
        opened.append(visited)
        visited.open(hash_)
        return visited

    yield begin
    for visited in opened:
        visited.leave()
        pages(browser).put_back(visited.page)
