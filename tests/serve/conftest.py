"""One server of the small store that the tests of a worker share, and one with tight limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.serving import serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from helpers.serving import Served


@pytest.fixture(scope="session")
def served(small: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with tight limits: 0.6 seconds, 200 MB, answers of 1 MB, 1 second for a client, 60 connections."""
    pytest.importorskip("uvicorn")
    options = (
        *("--no-pages", "--trusted-proxy", "127.0.0.1"),
        "--timeout",
        "0.6",
        "--memory",
        "200",
        "--max-answer",
        "1",
        "--workers",
        "2",
        "--origin",
        "https://a.example",
    )
    home = tmp_path_factory.mktemp("home")
    (home / "kg").mkdir()
    (home / "kg/kg.toml").write_text("[serve]\nidle = 1.0\nconnections = 60\n", encoding="utf-8")
    with serving(small, *options, XDG_CONFIG_HOME=str(home)) as server:
        yield server
