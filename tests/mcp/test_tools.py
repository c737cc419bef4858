"""The tools for assistants, called by the SDK's own client."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

import pytest
from helpers.coroutines import in_thread

from kg.api.graph import Graph
from kg.mcp import text, tools
from kg.model import Table
from kg.settings import Settings
from kg.store.local import LocalStore
from kg.terms import BASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

mcp = pytest.importorskip("mcp")


@pytest.fixture(scope="module")
def graph(small: Path) -> Iterator[Graph]:
    with LocalStore(small).view() as view:
        yield Graph(view, Settings())


def asked(graph: Graph, *calls: tuple[str, dict[str, Any]]) -> list[tuple[bool, str]]:
    """Return whether each call failed, and its text, by a client that is connected to the server."""
    from kg.mcp import server, stdio  # noqa: PLC0415 - require the SDK

    async def run() -> list[tuple[bool, str]]:
        async with mcp.Client(server.build(stdio.caller(graph, None))) as client:
            replies = [await client.call_tool(name, arguments) for name, arguments in calls]
            return [(bool(reply.is_error), reply.content[0].text) for reply in replies]

    return in_thread(run)


def test_every_tool_is_listed_as_reading_only() -> None:
    from kg.mcp import server  # noqa: PLC0415 - requires the SDK

    async def run() -> list[Any]:
        async with mcp.Client(server.build(lambda *_: None)) as client:  # type: ignore[arg-type]
            tools: list[Any] = (await client.list_tools()).tools
            return tools

    listed = in_thread(run)
    assert {tool.name for tool in listed} == set(tools.TOOLS)
    assert all(tool.annotations.read_only_hint for tool in listed)
    assert not any(tool.input_schema["additionalProperties"] for tool in listed)
    assert sum(len(tool.model_dump_json()) for tool in listed) < 10_000  # they occupy the context of an assistant


def test_each_tool_answers_with_the_number_of_rows(graph: Graph) -> None:
    firm = next(iter(graph.view.select("SELECT ?a { ?a a hx:Firm }")))["a"].value
    link = next(iter(graph.view.select("SELECT ?l { ?l a hx:Link ; hx:participation/hx:participant ?f }")))["l"].value
    piece = next(iter(graph.view.select("SELECT ?e { ?e a hx:Evidence }")))["e"].value
    replies = asked(
        graph,
        ("find", {"name": "bellows"}),
        ("questions", {}),
        ("ask", {"question": "declared-parties"}),
        ("actor", {"node": firm, "limit": 1}),
        ("link", {"node": link}),
        ("evidence", {"iri": piece}),
        ("rank", {"measure": "degree", "filters": {"since": "1990-01-01"}}),
        ("findings", {}),
        ("sparql", {"query": "SELECT ?s { ?s ?p ?o }", "limit": 2}),
        ("vocabulary", {}),
        ("vocabulary", {"of": "hx:Firm"}),
    )
    assert [reply for failed, reply in replies if failed] == []
    assert all(" rows" in reply.splitlines()[0] for _, reply in replies)
    assert replies[3][1].startswith("1 of ")
    assert "narrow the request" in replies[3][1]
    assert any("parties are named" in line for line in replies[6][1].splitlines())
    assert replies[8][1].startswith("2 of ")


def test_errors_are_sentences(graph: Graph) -> None:
    firm = next(iter(graph.view.select("SELECT ?a { ?a a hx:Firm }")))["a"].value
    replies = asked(
        graph,
        ("sparql", {"query": "INSERT DATA { <a:a> <a:a> <a:a> }"}),
        ("actor", {"node": "no-such-actor"}),
        ("link", {"node": firm}),
        ("rank", {"filters": {"since": "yesterday"}}),
        ("find", {"name": "a", "limit": 10**9}),
    )
    assert all(failed for failed, _ in replies)
    assert not any("Traceback" in reply for _, reply in replies)
    assert f"{firm} is no Link; use the tool actor" in replies[2][1]


def test_a_map_has_an_address_or_a_command(graph: Graph) -> None:
    firm = next(iter(graph.view.select("SELECT ?a { ?a a hx:Firm }")))["a"].value
    assert tools.map_link(graph, None, firm, since="2020-01-01").endswith("--since '2020-01-01' -o map.html")
    assert tools.map_link(graph, "https://kg.example", firm).startswith("https://kg.example/map?focus=https%3A%2F%2F")
    assert BASE in firm


@pytest.mark.parametrize(("length", "rows"), [(10, 300), (1_500, 300), (100_000, 3)])
def test_an_answer_is_bounded_and_states_what_is_left_out(length: int, rows: int) -> None:
    table = Table(("n", "text"), tuple((number, "x" * length) for number in range(rows)))
    answer = text.bounded(table, 10**6, "en")
    assert len(answer) < text.BUDGET + text.CELL + 500
    shown = list(csv.reader(io.StringIO(answer.partition("\n\n")[2])))[1:]
    assert answer.startswith(f"{len(shown)} of {rows} rows")
    assert len(shown) in range(1, text.MOST_ROWS + 1)
    assert ("[cut: 2000 of 100000 characters]" in answer) == (length > text.CELL)


def test_an_answer_with_more_rows_than_were_read_does_not_state_their_number() -> None:
    assert text.bounded(Table(("n",), ((1,), (2,)), truncated=True), 1, "en").startswith("1 of more than 2 rows")


def test_an_answer_has_the_language_that_it_is_asked_in(graph: Graph) -> None:
    (_, chinese), (_, english) = asked(graph, ("find", {"name": "nobody at all", "lang": "zh"}), ("vocabulary", {}))
    assert "没有" in chinese
    assert "An organisation" in english


def test_an_argument_that_a_tool_does_not_have_is_refused(graph: Graph) -> None:
    ((failed, reply),) = asked(graph, ("vocabulary", {"text": "laboratory"}))
    assert failed
    assert "text" in reply


def test_questions_name_the_tool_that_answers_them(graph: Graph) -> None:
    ((_, reply),) = asked(graph, ("questions", {}))
    rows = {row["question"]: row for row in csv.DictReader(io.StringIO(reply.partition("\n\n")[2]))}
    assert (rows["partners"]["tool"], rows["central-partners"]["tool"], rows["backbone"]["tool"]) == ("ask", "rank", "")
    assert rows["backbone"]["command"] == "kg structure backbone"
