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
def served(small: Path) -> Iterator[Served]:
    """A server with tight limits: 1 second, 200 MB and answers of 1 MB."""
    pytest.importorskip("uvicorn")
    options = (
        *("--trusted-proxy", "127.0.0.1"),
        "--timeout",
        "1",
        "--memory",
        "200",
        "--max-answer",
        "1",
        "--workers",
        "2",
        "--origin",
        "https://a.example",
    )
    with serving(small, *options) as server:
        yield server
