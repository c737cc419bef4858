"""Fixtures for all tests: paths, stores, the browser, and the profiles of hypothesis."""

from __future__ import annotations

import gc
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from helpers import console
from helpers.chromium import ARGUMENTS, executable
from helpers.sharing import shared_folder
from helpers.stores import SMALL, make

from kg.cli import COLLECT_AFTER
from kg.ingest import build
from kg.store.local import LocalStore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent

# A shell that runs the tests in the background makes them, and their child processes, ignore ^C.
signal.signal(signal.SIGINT, signal.default_int_handler)

# The same cases in each run and no deadline, so that a busy machine fails no test. KG_HYPOTHESIS=search explores more.
hypothesis.settings.register_profile("steady", max_examples=30, derandomize=True, deadline=None, print_blob=True)
hypothesis.settings.register_profile("search", max_examples=2000, deadline=None, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("KG_HYPOTHESIS", "steady"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Multiply the examples of properties by KG_EXAMPLES, and mark the tests that the coverage leaves out.

    These mostly repeat the lines of others, and tracing them takes minutes. The longest tests come first, so that no
    worker waits for another at the end.
    """
    items.sort(key=lambda item: item.path.name != "test_docs.py")
    factor = int(os.environ.get("KG_EXAMPLES", "1"))
    for function in {item.function for item in items if isinstance(item, pytest.Function)} if factor > 1 else ():
        if old := getattr(function, "_hypothesis_internal_use_settings", None):
            new = hypothesis.settings(old, max_examples=factor * old.max_examples)
            function._hypothesis_internal_use_settings = new  # there is no public way
    for item in items:
        random_cases = getattr(getattr(item, "function", None), "is_hypothesis_test", False)
        if random_cases or any(item.get_closest_marker(name) for name in ("slow", "browser")):
            item.add_marker("no_cover")


def pytest_collection_finish() -> None:
    """Leave modules out of garbage collection, which takes a tenth of the time, and collect as rarely as `kg`."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER)


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of facts and test suites beside the repository."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("needs ../shared, which is not part of the repository")
    return folder


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The path of Chromium; without it the test is skipped, or fails if KG_REQUIRE_BROWSER=1."""
    if path := executable():
        return Path(path)
    message = "Chromium is not installed; on Debian: apt-get install chromium-headless-shell"
    if os.environ.get("KG_REQUIRE_BROWSER") == "1":
        pytest.fail(message)
    pytest.skip(message)


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    """One browser for each worker, because Playwright allows one synchronous instance per process."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - most tests need none

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=str(chromium), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A read-only store of tests/helpers/small.trig."""
    return shared_folder(tmp_path_factory, "small", lambda folder: make(folder / "store", SMALL)) / "store"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A read-only store of the curated collection, as `kg build` writes it, that all workers share."""

    def fill(folder: Path) -> None:
        report = build.build((), LocalStore(folder / "store"), lambda _: None, names=["curated"]).report
        assert report.conforms, report

    return shared_folder(tmp_path_factory, "built", fill) / "store"


@pytest.fixture(scope="session")
def complete(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A read-only store of all shipped collections, with the output of `kg build` beside it.

    It takes half a minute. Only tests of the whole data and of pages that build it use it.
    """

    def fill(folder: Path) -> None:
        _run("kg build", folder)

    return shared_folder(tmp_path_factory, "complete", fill) / ".kg" / "store"


@pytest.fixture(scope="session")
def once(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A function that runs a command of the docs on the curated collection once for all workers.

    It returns the folder with the output of the command, and its printed text in ``printed.txt``.
    """

    def fill(command: str, folder: Path) -> None:
        console.prepare(folder, built)
        _run(command, folder)

    def folder_of(command: str) -> Path:
        name = f"once-{console.REPEATED.index(command)}"
        return shared_folder(tmp_path_factory, name, lambda folder: fill(command, folder))

    return folder_of


@pytest.fixture(scope="session")
def site(once: Callable[[str], Path]) -> Path:
    """The site of the curated links as the docs write it."""
    return once(console.SITE) / "site"


def _run(command: str, folder: Path) -> None:
    """Run a command of the docs in `folder`, and keep its output in ``printed.txt``."""
    outcome = console.run(console.Example(command, "", 1, (0, 0)), folder)
    assert outcome.status == 0, outcome.printed
    (folder / "printed.txt").write_text(outcome.printed, encoding="utf-8")
