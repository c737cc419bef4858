"""The server of the Model Context Protocol at ``/mcp``, whose tools run in workers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from mcp.server.mcpserver.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings

from kg.mcp import server
from kg.serve.http import HttpError
from kg.texts import localise

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.applications import Starlette

    from kg.serve.answers import Answers
    from kg.serve.options import ServeOptions

PATH = "/mcp"


def application(answers: Answers, options: ServeOptions, lang: str, base: str) -> Starlette:
    """Return the ASGI application, without sessions; its lifespan has to run while it is used."""

    async def call(name: str, arguments: Mapping[str, Any]) -> str:
        given = {**arguments, "site": base} if name == "map_link" else dict(arguments)
        asked = given.pop("lang", None) or lang
        try:
            return await answers.tool(name, given, asked)
        except HttpError as error:
            raise ToolError(localise(error.message, asked)) from error

    return server.build(call).streamable_http_app(
        streamable_http_path=PATH,
        stateless_http=True,
        json_response=True,
        max_request_body_size=options.limits.body,
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),  # `App` checks the host
    )
