"""`kg mcp` on standard input and output, and `/mcp` of `kg serve`, with the SDK's own client."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest
from helpers.coroutines import in_thread
from helpers.serving import serving
from helpers.stores import KG, environment

if TYPE_CHECKING:
    from pathlib import Path

mcp = pytest.importorskip("mcp")

CALLS: tuple[tuple[str, dict[str, str]], ...] = (
    ("find", {"name": "bellows"}),
    ("sparql", {"query": "ASK {}"}),
    ("map_link", {}),
)


def _asked(server: Any) -> list[str]:
    async def run() -> list[str]:
        async with mcp.Client(server) as client:
            return [(await client.call_tool(*call)).content[0].text for call in CALLS]

    return in_thread(run)


def test_an_assistant_gets_the_same_answers_from_a_process_and_from_a_server(small: Path) -> None:
    parameters = mcp.StdioServerParameters(
        command=sys.executable, args=[*KG[1:], "mcp", "--store", str(small)], env=environment()
    )
    local = _asked(parameters)
    with serving(small, "--mcp", "--no-pages", "--workers", "1") as server:
        remote = _asked(f"{server.url}/mcp")
        address = remote[2].removeprefix(server.url)
        assert address.startswith("/map?")
        page = server.ask("GET", f"{address}lang=en")
        assert (page.status, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
        assert "Content-Security-Policy" in page.text
        assert server.ask("GET", "/map?focus=no-such-actor").status == 400
        assert server.ask("GET", "/map?layers=x").status == 400
    assert local[:2] == remote[:2]
    assert local[2].startswith("this server has no pages; run: kg map")
