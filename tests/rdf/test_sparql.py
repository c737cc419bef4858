"""Bound values of query variables never become part of the query."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kg.errors import QueryError
from kg.rdf import sparql

if TYPE_CHECKING:
    from collections.abc import Sequence

P = ox.NamedNode("urn:p")
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30) | st.text(
    "'\"\\{}\n\r\t#?$<>u0025 .", max_size=20
)
NASTY = (
    '"', "'", "\\", '"""', "'''", "\n", "\r\n", "}", "{", "} UNION { ?s ?p ?x", '" } # ', "?x", "$x", "\\u0022",
    "#", "\0", "\u2028", "a) (b", "SERVICE <http://127.0.0.1/> {}", "é", "𝕏", "ev:again",
)  # fmt: skip


def store(values: Sequence[sparql.Term]) -> ox.Store:
    graph = ox.Store()
    graph.extend(ox.Quad(ox.NamedNode(f"urn:{number}"), P, value) for number, value in enumerate(values))
    return graph


def who(graph: ox.Store, query: str, value: sparql.Term) -> set[str]:
    return {row["s"].value for row in sparql.select(graph, query, {"x": value})}


QUERIES = (
    "SELECT ?s { ?s <urn:p> ?x }",
    "SELECT ?s WHERE { ?s <urn:p> ?y FILTER(SAMETERM(?x, ?y)) }",
    "# { a comment\nPREFIX u: <urn:> SELECT ?s { { ?s u:p ?x } UNION { ?s u:p ?x } }",
    """SELECT ?s (CONCAT('{', "{") AS ?brace) { ?s <urn:p> ?y OPTIONAL { ?s <urn:p> ?z FILTER(?z = ?x) }
    FILTER(BOUND(?z) && SAMETERM(?y, ?x)) }""",
)


@given(st.sampled_from(QUERIES), st.lists(TEXT, max_size=4), TEXT)
@example(QUERIES[0], [], "x")
def test_a_literal_selects_only_equal_values(query: str, others: list[str], text: str) -> None:
    values = [ox.Literal(other) for other in (*others, *NASTY, text)]
    graph = store(values)
    expected = {f"urn:{number}" for number, value in enumerate(values) if value == ox.Literal(text)}
    assert who(graph, query, ox.Literal(text)) == expected


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("text", NASTY)
def test_text_that_looks_like_sparql_is_text(query: str, text: str) -> None:
    values = [ox.Literal(other) for other in NASTY]
    assert who(store(values), query, ox.Literal(text)) == {f"urn:{NASTY.index(text)}"}


@given(TEXT, st.sampled_from(["en", "zh-latn-pinyin"]), st.integers())
def test_language_and_datatype_are_part_of_the_value(text: str, language: str, number: int) -> None:
    date = ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")
    values: list[sparql.Term] = [
        ox.Literal(text),
        ox.Literal(text, language=language),
        ox.Literal("2025-11-08", datatype=date),
        ox.Literal(str(number)),
        ox.Literal(number),
        ox.NamedNode("urn:p"),
    ]
    graph = store(values)
    for place, value in enumerate(values):
        expected = {f"urn:{at}" for at, other in enumerate(values) if other == value}
        assert f"urn:{place}" in who(graph, QUERIES[0], value)
        assert who(graph, QUERIES[0], value) == expected


@given(TEXT)
def test_an_iri_with_a_delimiter_is_refused(text: str) -> None:
    try:
        value = ox.NamedNode(f"urn:{text}")
    except ValueError:
        return
    assert who(store([value, ox.NamedNode("urn:other")]), QUERIES[0], value) >= {"urn:0"}


def test_without_values_the_query_is_unchanged() -> None:
    assert sparql.bound("ASK { }", {}) == "ASK { }"


def test_several_variables_are_one_row() -> None:
    values: dict[str, sparql.Term] = {"s": ox.NamedNode("urn:0"), "x": ox.Literal("a")}
    graph = store([ox.Literal("a"), ox.Literal("a")])
    assert sparql.ask(graph, "ASK { ?s <urn:p> ?x }", values)
    assert not sparql.ask(graph, "ASK { ?s <urn:p> ?x }", values | {"s": ox.NamedNode("urn:9")})


def test_a_sub_select_sees_the_values_where_it_asks_for_them() -> None:
    graph = store([ox.Literal("a"), ox.Literal("b")])
    query = "SELECT ?s ?n {{ {{ SELECT (COUNT(*) AS ?n) {{ {} ?s <urn:p> ?x }} }} }}"
    (all_rows,) = sparql.select(graph, query.format(""), {"s": ox.NamedNode("urn:0")})
    (own,) = sparql.select(graph, query.format(sparql.VALUES_HERE), {"s": ox.NamedNode("urn:0")})
    assert (all_rows["n"].value, own["n"].value) == ("2", "1")


def test_a_query_without_a_group_is_refused() -> None:
    with pytest.raises(ValueError, match="no group in which a variable could be bound"):
        sparql.bound("DESCRIBE <urn:x>", {"x": P})


def test_a_union_repeats_a_statement_for_each_graph() -> None:
    store = ox.Store()
    store.load(b"GRAPH <urn:a> { <urn:s> <urn:p> 1 } GRAPH <urn:b> { <urn:s> <urn:p> 1, 2 }", format=ox.RdfFormat.TRIG)
    query = "SELECT ?o { ?s ?p ?o } ORDER BY ?o"
    assert [row["o"].value for row in sparql.select_in_all(store, query)] == ["1", "1", "2"]
    assert list(sparql.select(store, query)) == []


def test_the_wrong_query_form_is_refused() -> None:
    with pytest.raises(TypeError, match="only a SELECT"):
        sparql.select(ox.Store(), "ASK { ?s ?p ?o }")


@pytest.mark.parametrize("query", ["SELECT * { SERVICE ?x { } }", "SELECT * { service <urn:x> { ?s ?p ?o } }"])
def test_internal_queries_cannot_leave_the_store(query: str) -> None:
    for ask in (sparql.select, sparql.ask):
        with pytest.raises(QueryError, match="SERVICE is refused"):
            ask(ox.Store(), query)
