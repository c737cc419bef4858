"""The server on standard input and output, for an assistant on the same machine."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mcp.server.mcpserver.exceptions import ToolError

from kg.errors import Error
from kg.mcp import server
from kg.mcp.tools import TOOLS
from kg.texts import localise

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.api.graph import Graph
    from kg.mcp.server import Call


def run(graph: Graph, site: str | None) -> None:
    """Serve the tools until standard input is closed; `site` is the address of a server with maps, if there is one."""
    server.build(caller(graph, site)).run("stdio")


def caller(graph: Graph, site: str | None) -> Call:
    """Return a function that runs a tool on `graph` in a thread, one at a time."""
    lock, default = asyncio.Lock(), graph.lang

    async def call(name: str, arguments: Mapping[str, Any]) -> str:
        given = {**arguments, "site": site} if name == "map_link" else dict(arguments)
        lang = given.pop("lang", None) or default
        async with lock:  # a view is for one thread at a time
            graph.lang, graph.settings = lang, replace(graph.settings, lang=lang)
            try:
                return await asyncio.to_thread(TOOLS[name], graph, **given)
            except Error as error:
                raise ToolError(localise(error.message, lang)) from error

    return call
