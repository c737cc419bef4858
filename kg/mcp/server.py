"""The server of the Model Context Protocol: names, parameters and descriptions of the tools, by the official SDK."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Literal

from mcp.server import MCPServer
from mcp.server.mcpserver.tools import Tool
from mcp.types import ToolAnnotations
from pydantic import BaseModel, Field

from kg import __version__

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    Call = Callable[[str, Mapping[str, Any]], Awaitable[str]]

_INSTRUCTIONS = """Cooperation between universities, firms and government, with a source for every statement.
Begin with find (a name) or questions (what can be asked). Identifiers are IRIs; tools also take keys and names.
Each answer states "n of m rows": if n < m, narrow the request or raise limit. Cite the evidence IRIs of an answer, and
read them with evidence. Unknown is not zero: notes state which share of the declared parties is named.
If a message names a command, such as kg questions, use the tool of this name. Pass lang=zh for Chinese answers."""

_READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)

Lang = Literal["en", "zh"] | None
Limit = Annotated[int, Field(ge=1, le=200, description="rows to show")]
Sector = Annotated[
    str | None, Field(description="university, firm, government, institute or intermediary; all if it is missing")
]


class Filters(BaseModel):
    """Filters of the links of a network; each that is missing selects all."""

    model_config = {"extra": "forbid"}

    layer: str | None = Field(None, description="a layer of ties, such as cooperates or publishes")
    since: str | None = Field(None, description="YYYY-MM-DD")
    until: str | None = Field(None, description="YYYY-MM-DD")
    place: str | None = Field(None, description="a region or city of the link or of a participant")
    source: str | None = Field(None, description="a key, an IRI or a publisher")
    collection: str | None = Field(None, description="a shipped collection")


def _given(filters: Filters | None) -> dict[str, str]:
    return {} if filters is None else filters.model_dump(exclude_none=True)


def build(call: Call) -> MCPServer:
    """Return a server whose tools run by `call`."""
    tools: list[Tool] = []
    for add in (_add_lookups, _add_questions, _add_networks):
        add(lambda function: tools.append(_strict(function)), call)
    return MCPServer("helix-kg", version=__version__, instructions=_INSTRUCTIONS, log_level="ERROR", tools=tools)


def _strict(function: Callable[..., Any]) -> Tool:
    """Return a tool that refuses arguments that it does not have; the SDK drops them."""
    tool = Tool.from_function(function, annotations=_READS, structured_output=False)
    model = tool.fn_metadata.arg_model
    model.model_config["extra"] = "forbid"
    model.model_rebuild(force=True)
    return tool.model_copy(update={"parameters": _untitled(model.model_json_schema(by_alias=True))})


def _untitled(schema: Any) -> Any:  # noqa: ANN401 - any value of JSON
    """Return a JSON schema without titles, which repeat the names of parameters."""
    if isinstance(schema, list):
        return [_untitled(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    return {key: _untitled(value) for key, value in schema.items() if key != "title" or not isinstance(value, str)}


def _add_lookups(tool: Callable[[Any], Any], call: Call) -> None:
    """Add the tools about single things."""

    @tool
    async def find(name: str, limit: Limit = 10, lang: Lang = None) -> str:
        """Find actors (universities, firms, departments) by a name, a part of it, an abbreviation or pinyin."""
        return await call("find", {"name": name, "limit": limit, "lang": lang})

    @tool
    async def actor(node: str, limit: Limit = 100, lang: Lang = None) -> str:
        """Describe an actor (IRI, key or name): names, identifiers, places and links, each with evidence."""
        return await call("actor", {"node": node, "limit": limit, "lang": lang})

    @tool
    async def link(node: str, limit: Limit = 100, lang: Lang = None) -> str:
        """Describe a link (IRI or key): parties, roles, dates and declared numbers, each with evidence."""
        return await call("link", {"node": node, "limit": limit, "lang": lang})

    @tool
    async def evidence(iri: str, limit: Limit = 100, lang: Lang = None) -> str:
        """Show the source of a piece of evidence (IRI or ev:...), its position and the statements it supports."""
        return await call("evidence", {"iri": iri, "limit": limit, "lang": lang})


def _add_questions(tool: Callable[[Any], Any], call: Call) -> None:
    """Add the tools that answer questions."""

    @tool
    async def questions(lang: Lang = None) -> str:
        """List the shipped questions with their parameters; those in brackets are optional."""
        return await call("questions", {"lang": lang})

    @tool
    async def ask(question: str, parameters: dict[str, str] | None = None, limit: Limit = 50, lang: Lang = None) -> str:
        """Answer a shipped question by its name; parameters take IRIs, keys or names."""
        return await call("ask", {"question": question, "parameters": parameters, "limit": limit, "lang": lang})

    @tool
    async def sparql(query: str, limit: Limit = 50, lang: Lang = None) -> str:
        """Run a SPARQL 1.1 query that only reads; the prefixes hx, id, skos and others are declared."""
        return await call("sparql", {"query": query, "limit": limit, "lang": lang})

    @tool
    async def vocabulary(
        of: Annotated[str | None, Field(description="a class such as hx:Link")] = None, lang: Lang = None
    ) -> str:
        """List the classes of the ontology; with a class, the properties that its nodes have, with their use."""
        return await call("vocabulary", {"of": of, "lang": lang})


def _add_networks(tool: Callable[[Any], Any], call: Call) -> None:
    """Add the tools about networks."""

    @tool
    async def rank(
        measure: Annotated[
            str | None, Field(description="degree, strength, betweenness, pagerank, ...; betweenness by default")
        ] = None,
        sector: Sector = None,
        filters: Filters | None = None,
        limit: Limit = 20,
        lang: Lang = None,
    ) -> str:
        """Rank actors by centrality, with the share of the declared parties of their links that is named."""
        return await call(
            "rank", {"measure": measure, "sector": sector, "limit": limit, **_given(filters), "lang": lang}
        )

    @tool
    async def findings(sector: Sector = None, filters: Filters | None = None, lang: Lang = None) -> str:
        """State the main findings about the network in sentences, the unknown first, with the IRIs of their links."""
        return await call("findings", {"sector": sector, **_given(filters), "lang": lang})

    @tool
    async def map_link(
        focus: Annotated[str | None, Field(description="an actor, whose neighbourhood is drawn")] = None,
        filters: Filters | None = None,
        lang: Lang = None,
    ) -> str:
        """Return the address of an interactive map for a person, or the command that draws it."""
        return await call("map_link", {"focus": focus, **_given(filters), "lang": lang})
