"""What all tests share: where things are, what is skipped where something is missing, how hypothesis searches."""

from __future__ import annotations

import os
import shutil
import signal
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest
from helpers.stores import SMALL, make

from kg.ingest import build
from kg.store.local import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent

# Whoever starts the tests in the background has told them to ignore ^C, and what they start would ignore it too.
signal.signal(signal.SIGINT, signal.default_int_handler)

# The same cases each time, and no test that fails because the machine was busy. KG_HYPOTHESIS=search looks further.
hypothesis.settings.register_profile("steady", derandomize=True, deadline=None, print_blob=True)
hypothesis.settings.register_profile("search", max_examples=2000, deadline=None, print_blob=True)
hypothesis.settings.load_profile(os.environ.get("KG_HYPOTHESIS", "steady"))


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of the facts and suites that lie beside the repository and do not belong to it."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("../shared is not here: these tests compare with material that lies beside the repository")
    return folder


@pytest.fixture(scope="session")
def chromium() -> Path:
    """The Chromium to open pages with; without one the test is skipped, or fails where KG_REQUIRE_BROWSER=1."""
    for name in ("chromium", "chromium-browser", "google-chrome", "chrome"):
        if found := shutil.which(name):
            return Path(found)
    say = "no Chromium here; install it to run the browser tests (Debian: apt-get install chromium)"
    if os.environ.get("KG_REQUIRE_BROWSER") == "1":
        pytest.fail(say)
    pytest.skip(say)


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    """One browser for each worker: a second one cannot be started beside it."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - most tests need none

    with sync_playwright() as play:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
        found = play.chromium.launch(executable_path=str(chromium), args=arguments)
        yield found
        found.close()


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of tests/helpers/small.trig, for reading."""
    store = tmp_path_factory.mktemp("small") / "store"
    make(store, SMALL)
    return store


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the shipped graphs, as `kg build` makes it, for reading."""
    store = tmp_path_factory.mktemp("built") / "store"
    report = build.build((), Store(store), lambda _: None).report
    assert report.conforms, report
    return store
