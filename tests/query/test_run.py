"""Queries from outside read only the store and stop at their limits."""

from __future__ import annotations

import os
import re
import time
from datetime import date
from typing import TYPE_CHECKING

import pytest
from helpers.http_server import listening

from kg.errors import LimitError, QueryError, StoreError, UsageError
from kg.query import run as query
from kg.store.local import LocalStore
from kg.terms import EVIDENCE, ID

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.store.view import Snapshot, View

ALL = "{ ?s ?p ?o }"
FOREVER = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
FOUR_VALUES = " ".join(f"VALUES ?{name} {{ {' '.join(map(str, range(300)))} }}" for name in "abcd")


@pytest.fixture(scope="module")
def view(small: Path) -> Iterator[View]:
    with LocalStore(small).view() as view:
        yield view


@pytest.fixture
def lone(small: Path) -> Iterator[View]:
    """A view of its own, without a worker."""
    with LocalStore(small).view() as view:
        yield view


def test_terms_become_python_values(view: View) -> None:
    text = """SELECT ("a" AS ?text) (7 AS ?whole) (0.5 AS ?part) (1e3 AS ?large) (true AS ?truth) (id:anvil AS ?iri)
      ("2025-05-01"^^xsd:date AS ?day) ("x"^^xsd:integer AS ?wrong) ("maybe"^^xsd:boolean AS ?unsure)
      ("0"^^xsd:boolean AS ?no) ("华为"@zh AS ?zh) (1/0 AS ?nothing) {}"""
    table = query.run_query(view, text)
    assert table.columns[:3] == ("text", "whole", "part")
    assert table.rows == (
        ("a", 7, 0.5, 1000.0, True, ID + "anvil", date(2025, 5, 1), "x", "maybe", False, "华为", None),
    )
    assert table.notes == ()


def test_each_query_form_returns_a_table(view: View) -> None:
    assert query.run_query(view, "ASK { id:anvil a hx:Firm }").rows == ((True,),)
    assert query.run_query(view, "ASK { id:anvil a hx:Link }").rows == ((False,),)
    table = query.run_query(view, "CONSTRUCT { ?s a hx:Firm } WHERE { ?s a hx:Firm }")
    assert (table.columns, len(table.rows)) == (("subject", "predicate", "object"), 3)
    assert query.run_query(view, "DESCRIBE id:anvil").rows
    assert query.run_query(view, "SELECT ?s { ?s a hx:Nothing }").rows == ()


def test_a_negative_decimal_is_a_number(view: View) -> None:
    assert query.run_query(view, "SELECT (?x * 2 AS ?y) { VALUES ?x { -1.5 } }").rows == ((-3.0,),)
    assert query.run_query(view, "ASK { ?s hx:latitude -1.5 }").rows == ((False,),)


def test_a_column_of_evidence_is_sorted(view: View) -> None:
    text = "SELECT (GROUP_CONCAT(STR(?g)) AS ?evidence) { GRAPH ?g { id:link\\/pact hx:stage ?s } }"
    assert query.run_query(view, text).rows == ((f"{EVIDENCE}again {EVIDENCE}signed",),)


def test_from_selects_a_graph_of_the_store(view: View) -> None:
    count = "(COUNT(*) AS ?n)"
    assert query.run_query(view, f"SELECT {count} FROM <{EVIDENCE}again> {ALL}").rows == ((1,),)
    assert query.run_query(view, f"SELECT {count} FROM ev:again FROM ev:plan {ALL}").rows == ((8,),)
    assert query.run_query(view, f"BASE <{EVIDENCE}> SELECT {count} FROM <again> {ALL}").rows == ((1,),)
    assert query.run_query(view, f"PREFIX e: <{EVIDENCE}> SELECT {count} FROM e:again {ALL}").rows == ((1,),)
    assert query.run_query(view, f"SELECT DISTINCT ?g FROM NAMED ev:plan {{ GRAPH ?g {ALL} }}").rows == (
        (EVIDENCE + "plan",),
    )


@pytest.mark.parametrize("word", ["service", "'a SERVICE'", '"""service\n<x>"""'])
def test_the_word_service_in_a_string_is_accepted(view: View, word: str) -> None:
    text = (
        f"# SERVICE <http://x/>\nSELECT ?service {{ BIND({word if word[0] in _QUOTES else repr(word)} AS ?service) }}"
    )
    assert query.run_query(view, text).rows == ((word.strip(_QUOTES),),)


_QUOTES = "'\""


# Refused queries.

UPDATES = (
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "DELETE WHERE { ?s ?p ?o }",
    "PREFIX x: <urn:x> delete { ?s ?p ?o } insert { ?s ?p 1 } where { ?s ?p ?o }",
    "LOAD <http://127.0.0.1:9/x>",
    "LOAD <file:secret.ttl> INTO GRAPH <urn:g>",
    "CLEAR ALL",
    "DROP GRAPH <urn:g>",
    "CREATE GRAPH <urn:g>",
    "COPY <urn:a> TO <urn:b>",
)


@pytest.mark.parametrize("text", UPDATES)
def test_an_update_is_refused(view: View, text: str) -> None:
    with pytest.raises(QueryError, match=r"this is an update, and kg query only reads; .* run kg build"):
        query.run_query(view, text)
    with pytest.raises(QueryError):
        query.run_query(view, f"SELECT * {ALL} ; {text}")


SERVICES = (
    "SELECT * { SERVICE <%s> { ?s ?p ?o } }",
    "SELECT * { service <%s> { ?s ?p ?o } }",
    "SELECT * { SeRvIcE SILENT <%s> { ?s ?p ?o } }",
    "SELECT * {\n# a comment\n  SERVICE\n# another\n<%s> { ?s ?p ?o } }",
    "SELECT * { VALUES ?where { <%s> } SERVICE ?where { ?s ?p ?o } }",
    "PREFIX x: <%s> SELECT * { SERVICE x: { ?s ?p ?o } }",
    "SELECT * { { SELECT ?s { SERVICE <%s> { ?s ?p ?o } } } }",
    "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <%s> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o FILTER NOT EXISTS { { SELECT ?s { SERVICE SILENT <%s> { ?s ?p ?o } } } } }",
    "SELECT * { ?s ?p ?o OPTIONAL { GRAPH ?g { SERVICE <%s> { ?s ?p ?o } } } }",
    "SELECT * { { ?s ?p ?o } UNION { SERVICE <%s> { ?s ?p ?o } } MINUS { ?s ?p 1 } }",
    "SELECT (EXISTS { SERVICE <%s> { ?s ?p ?o } } AS ?x) {}",
    "ASK { SERVICE <%s> { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <%s> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <%s> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <%s> { ?s ?p ?o } }",
    "SELECT * { \\U00000053ervice <%s> { ?s ?p ?o } }",
    "SELECT * { SERV\\u0049CE <%s> { ?s ?p ?o } }",
    # rdflib's parser and Oxigraph's differ here: one sees a comment or a string, the other a call.
    "SELECT * { # x\r SERVICE <%s> { ?s ?p ?o }\n }",
    'SELECT * { BIND("\\u0022 AS ?x) } # " AS ?x) SERVICE <%s> { ?s ?p ?o } }',
    "SELECT * { BIND('\\u0027 AS ?x) } # ' AS ?x) SERVICE <%s> { ?s ?p ?o } }",
    'ASK { BIND("\\U00000022 AS ?x) } # " AS ?x) SERVICE SILENT <%s> { ?s ?p ?o } }',
)


def test_service_is_refused_in_every_spelling(view: View) -> None:
    with listening() as server:
        for text in SERVICES:
            with pytest.raises(QueryError) as raised:
                query.run_query(view, text.replace("%s", server.address))
            assert re.search(r"SERVICE is refused|does not parse", str(raised.value)), text
            assert "\n" not in str(raised.value)
        assert server.calls == []


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/x", "file:secret.ttl", "urn:unknown", "relative", "ev:none"])
@pytest.mark.parametrize("clause", ["FROM {} {{ ?s ?p ?o }}", "FROM NAMED {} {{ GRAPH ?g {{ ?s ?p ?o }} }}"])
def test_a_graph_outside_the_store_is_refused(view: View, address: str, clause: str) -> None:
    name = address if address.startswith("ev:") else f"<{address}>"
    with pytest.raises(QueryError, match=r"FROM <.*> is refused"):
        query.run_query(view, "SELECT * FROM ev:again " + clause.format(name))


# Syntax errors.


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("SELCT * { ?s ?p ?o }", "line 1, column 1: unexpected 'SELCT * { ?s ?p ?o }'"),
        ("SELECT *\n{ ?s ?p ?o }\nLIMIT x", "line 3, column 1: unexpected 'LIMIT x'"),
        ("SELECT * {\n ?s a hx:Link .\n ?s hx:stage ?x\n ?y hx:kind ?z\n}", "line 4, column 2: unexpected '?y"),
        ("SELECT * { ?s ?p ?o ", "line 1, column 21: unexpected end of the query"),
        ("", "line 1, column 1: unexpected end of the query"),
        ("# nothing", "unexpected end of the query"),
        ("PREFIX a: <urn:a>", "unexpected end of the query"),
        (
            "SELECT * {\n  ?s ?p ?o .\n  foo:bar ?p ?o }",
            r"line 3, column 3: the prefix foo: is not declared; add PREFIX",
        ),
        ("SELECT * FROM foo:bar { ?s ?p ?o }", "line 1, column 15: the prefix foo: is not declared"),
        ("SELECT * { :a ?p ?o }", "line 1, column 12: the prefix : is not declared"),
        (
            "SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o }",
            "line 1, column 41: The SELECT contains a variable that is unbound",
        ),
        ('SELECT * { ?s ?p "\\UFFFFFFFF" }', "does not parse at line 1, column 30"),
        ("SELECT * { ?s ?p '\udcff' }", "surrogates not allowed"),
        ("SELECT (<urn:f>(1) AS ?x) {}", "the query is refused: The custom function <urn:f> is not supported"),
    ],
)
def test_a_syntax_error_is_reported_with_its_position(view: View, text: str, message: str) -> None:
    with pytest.raises(QueryError, match=re.escape(message)) as raised:
        query.run_query(view, text)
    assert "\n" not in str(raised.value)


# Limits.


def children() -> list[str]:
    with open(f"/proc/{os.getpid()}/task/{os.getpid()}/children", encoding="ascii") as file:  # noqa: PTH123
        return file.read().split()


@pytest.mark.parametrize("timeout", [0.001, 0.6])
def test_the_time_limit_ends_the_work(lone: View, timeout: float) -> None:
    before, start = children(), time.monotonic()
    with pytest.raises(LimitError, match=rf"took more than {timeout} seconds and was ended; .* raise --timeout"):
        query.run_query(lone, FOREVER, timeout=timeout)
    assert time.monotonic() - start < 10
    assert children() == before


@pytest.mark.parametrize("timeout", [0, -1, float("nan"), float("inf"), 1e30])
def test_an_invalid_timeout_is_refused(view: View, timeout: float) -> None:
    with pytest.raises(UsageError, match="the time limit must be above 0 and at most 86400 seconds"):
        query.run_query(view, "ASK {}", timeout=timeout)


@pytest.mark.parametrize("memory", [40_000_000, 150_000_000])
def test_the_memory_limit_ends_the_work(view: View, monkeypatch: pytest.MonkeyPatch, memory: int) -> None:
    monkeypatch.setattr(query, "MEMORY", memory)
    hungry = "SELECT (COUNT(*) AS ?n) { { SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } } }"
    with pytest.raises(LimitError, match="required more memory than this machine has and was ended; narrow the query"):
        query.run_query(view, hungry, max_rows=10**9)


def test_the_size_of_an_answer_is_limited(view: View, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(query, "MEMORY", 100_000_000)
    with pytest.raises(LimitError, match=r"the answer is larger than 6 MB and the query was ended; .* pass --limit"):
        query.run_query(view, "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", max_rows=10**9)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            f"SELECT ({'+'.join(['1'] * 20_000)} AS ?x) {{}}",
            r"took more than 1 seconds|is nested too deeply, or is too",
        ),
        (
            f"ASK {{ FILTER{'(' * 100_000}1{')' * 100_000} }}",
            r"took more than 1 seconds|is nested too deeply, or is too",
        ),
        # No data is named, so each of them runs in any process that has the text.
        (f"ASK {{ {FOUR_VALUES} FILTER(?a + ?b + ?c + ?d = -1) }}", "took more than 1 seconds"),
        (f"ASK {{ {FOUR_VALUES} FILTER(?a + ?b + ?c + ?d = -1) }} # service", "took more than 1 seconds"),
    ],
    ids=["sum", "parentheses", "values", "fence"],
)
def test_the_time_limit_includes_parsing_and_checks(view: View, text: str, message: str) -> None:
    start = time.monotonic()
    with pytest.raises(LimitError, match=message):
        query.run_query(view, text, timeout=1)
    assert time.monotonic() - start < 4


def test_a_long_flat_query_is_answered(view: View) -> None:
    patterns = " . ".join(f"?s{number} a hx:Nothing" for number in range(200))
    assert query.run_query(view, f"SELECT * {{ {patterns} }}").rows == ()


def test_a_view_asks_one_process_after_the_other(lone: View) -> None:
    before = children()
    query.run_query(lone, "ASK {}")
    first = children()
    assert len(first) == len(before) + 1
    query.run_query(lone, "ASK {}")
    assert children() == first
    with pytest.raises(LimitError):
        query.run_query(lone, FOREVER, timeout=0.1)
    assert query.run_query(lone, "ASK {}").rows == ((True,),)
    lone.close()
    assert children() == before


def test_rows_are_limited_and_the_answer_is_truncated(view: View) -> None:
    text = "SELECT ?s { ?s a hx:Firm } ORDER BY ?s"
    short = query.run_query(view, text, max_rows=2)
    assert [row[0] for row in short.rows] == [ID + "anvil", ID + "bellows"]
    assert short.truncated
    assert not query.run_query(view, text, max_rows=3).truncated


def test_an_empty_answer_reports_its_scope(view: View) -> None:
    empty = query.run_query(view, "SELECT ?s { ?s a hx:Nothing }")
    note = query.explain_empty(view, empty)
    assert note is not None
    assert note.en == ("the answer is empty; 105 statements about 7 organisations and 3 links were searched.")
    assert query.explain_empty(view, query.run_query(view, "ASK { ?s a hx:Nothing }")) is None


def test_a_damaged_store_is_reported(view: Snapshot, tmp_path: Path) -> None:
    view.path = tmp_path
    with pytest.raises(StoreError, match=r"run kg store restore BACKUP --discard, or kg build --discard"):
        query.run_query(view, "ASK {}")
