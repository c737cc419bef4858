"""A server gives the same results as an open store, complete or with an error, however it cuts or repeats them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from helpers.servers import JSON, Reply, oxigraph, scripted

from kg.errors import LimitError, QueryError, StoreError
from kg.rdf import sparql
from kg.store.query_result import QueryResult, join
from kg.store.server import retries
from kg.store.server.client import SparqlClient, declared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.settings import Address

ALL = "SELECT ?s ?n { ?s <urn:p> ?n }"
ROWS = 2500


@pytest.fixture(scope="module")
def address() -> Iterator[Address]:
    """A server with as many rows as make a result suspect."""
    with oxigraph("--timeout-s", "30") as address:
        statements = "\n".join(f"<urn:{n}> <urn:p> {n} ." for n in range(ROWS))
        SparqlClient(address).update(f"INSERT DATA {{ {statements} <urn:a> <urn:text> 'a\tb\\n\"'@en }}")
        yield address


@pytest.fixture
def server(address: Address) -> Iterator[SparqlClient]:
    server = SparqlClient(address)
    yield server
    server.close()


def numbers(solutions: ox.QuerySolutions | ox.QueryBoolean) -> list[int]:
    assert isinstance(solutions, ox.QuerySolutions)
    return [int(row["n"].value) for row in solutions]


def test_solutions_equal_those_of_a_store(server: SparqlClient) -> None:
    assert sorted(numbers(sparql.select(server, ALL))) == list(range(ROWS))
    (row,) = sparql.select(server, "SELECT ?text ?none { ?s <urn:text> ?text }")
    assert (row["text"], row["none"]) == (ox.Literal('a\tb\n"', language="en"), None)
    assert sparql.ask(server, "ASK { <urn:7> <urn:p> 7 }")
    assert not sparql.ask(server, "ASK { <urn:7> <urn:p> ?n }", {"n": ox.Literal(8)})


def test_used_prefixes_are_declared() -> None:
    text = "SELECT * {\n ?s a hx:Link }"
    assert declared(text, {"hx": "urn:hx#", "id": "urn:id/"}) == f"PREFIX hx: <urn:hx#> {text}"


def test_each_query_form_returns_the_result_of_a_store_on_disk(server: SparqlClient) -> None:
    def answer(text: str, max_rows: int = 10) -> QueryResult:
        return join(server.answer(text, max_rows))

    number = "http://www.w3.org/2001/XMLSchema#integer"
    boolean = "http://www.w3.org/2001/XMLSchema#boolean"
    assert answer("ASK { <urn:7> <urn:p> 7 }") == QueryResult(["answer"], [[[boolean, "true"]]])
    graph = answer("CONSTRUCT { ?s <urn:q> ?n } WHERE { ?s <urn:p> ?n FILTER(?n = 7) }")
    assert graph == (["subject", "predicate", "object"], [[["", "urn:7"], ["", "urn:q"], [number, "7"]]], False)
    assert answer("DESCRIBE <urn:7>").rows[0][2] == [number, "7"]
    first = answer(ALL, 3)
    assert (len(first.rows), first.truncated) == (3, True)
    assert answer("SELECT ?none { OPTIONAL { <urn:x> <urn:y> ?none } }").rows == [[None]]
    with pytest.raises(QueryError, match="the query does not parse at line 1"):
        answer("SELECT * { ?s")


def test_a_slow_query_is_ended(address: Address) -> None:
    forever = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with pytest.raises(LimitError, match=r"more than 0.3 seconds and the connection was closed, though the server may"):
        SparqlClient(address, 0.3).answer(forever, 10)
    with pytest.raises(StoreError, match="more than 100 bytes"):
        SparqlClient(address, 10, 100).answer(ALL, 5000)
    assert sparql.ask(SparqlClient(address), "ASK { <urn:7> <urn:p> 7 }")  # and the next query is answered


class Cutting:
    """A proxy that silently cuts the results of the real server, as some servers do."""

    def __init__(self, real: SparqlClient, limit: int) -> None:
        self.real, self.limit = real, limit

    def reply(self, text: str) -> Reply:
        solutions = list(sparql.select(self.real, text))
        rows = [{"n": {"type": "literal", "value": row["n"].value}} for row in solutions[: self.limit]]
        return Reply(json.dumps({"head": {"vars": ["n"]}, "results": {"bindings": rows}}).encode())


@pytest.mark.parametrize("limit", [1000, 1250, 1251, 2499, 2500])
def test_cut_results_are_fetched_page_by_page(server: SparqlClient, limit: int) -> None:
    between = Cutting(server, limit)
    with scripted(between.reply) as script:
        cut = SparqlClient(script.address)
        for _ in range(2):  # the limit of the server is known the second time
            assert sorted(numbers(cut.query("SELECT ?n { ?s <urn:p> ?n }"))) == list(range(ROWS))
    texts = [text for _, _, text in script.requested]
    assert re.search("LIMIT 1 OFFSET", texts[1])
    assert any("ORDER BY ?n" in text for text in texts) == (limit < ROWS)


def test_short_results_need_one_request(server: SparqlClient) -> None:
    with scripted(Cutting(server, 5000).reply) as script:
        cut = SparqlClient(script.address)
        assert len(numbers(cut.query("SELECT ?n { ?s <urn:p> ?n FILTER(?n < 900) }"))) == 900
        assert len(script.requested) == 1
        cut.query("SELECT ?n { ?s <urn:p> ?n }")
        assert len(script.requested) == 3
        cut.query("SELECT ?n { ?s <urn:p> ?n FILTER(?n < 2000) }")  # shorter than an uncut result
        assert len(script.requested) == 4


@pytest.mark.parametrize("body", [b"", b"{", b"<sparql/>", b'{"head": {"vars": ["n"]}, "results": {"bindings": [{'])
def test_an_invalid_result_is_retried_and_then_reported(monkeypatch: pytest.MonkeyPatch, body: bytes) -> None:
    monkeypatch.setattr(retries, "sleep", lambda _: None)
    good = Reply(json.dumps({"head": {"vars": ["n"]}, "results": {"bindings": [{}]}}).encode())
    with scripted(Reply(body), good) as script:
        assert len(list(sparql.select(SparqlClient(script.address), ALL))) == 1
    with scripted(Reply(body)) as script, pytest.raises(StoreError, match="the response is malformed"):
        SparqlClient(script.address).query(ALL)
    assert len(script.requested) == 3


def test_a_broken_result_causes_no_duplicates(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retries, "sleep", lambda _: None)
    rows = [{"n": {"type": "literal", "value": str(n)}} for n in range(20_000)]
    whole = json.dumps({"head": {"vars": ["n"]}, "results": {"bindings": rows}}).encode()
    monkeypatch.setattr("kg.store.server.client._MIN_ROW_LIMIT", 10**9)
    with scripted(Reply(whole[:-99], length=len(whole)), Reply(whole)) as script:
        assert numbers(SparqlClient(script.address).query(ALL)) == list(range(20_000))


class Breaking(Cutting):
    """A proxy that breaks each connection after `limit` rows."""

    def reply(self, text: str) -> Reply:
        solutions = list(sparql.select(self.real, text))
        rows = [{"n": {"type": "literal", "value": row["n"].value}} for row in solutions]
        head = json.dumps({"head": {"vars": ["n"]}, "results": {"bindings": []}})[:-3]
        sent = head + ",".join(map(json.dumps, rows[: self.limit]))
        if len(rows) <= self.limit:
            return Reply((sent + "]}}").encode())
        return Reply(sent.encode(), length=len(sent) + 9999)


@pytest.mark.parametrize("order", ["", " ORDER BY (1)"])
def test_a_result_that_breaks_off_repeatedly_is_read_in_pages(
    server: SparqlClient, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    monkeypatch.setattr(retries, "sleep", lambda _: None)
    with scripted(Breaking(server, 1200).reply) as script:
        found = numbers(SparqlClient(script.address).query(f"SELECT ?n {{ ?s <urn:p> ?n }}{order}"))
    assert sorted(found) == list(range(ROWS))
    assert any("OFFSET" in text for _, _, text in script.requested)


def test_refused_queries_and_updates_are_reported() -> None:
    with scripted(Reply(b"no such thing", 400)) as script:
        with pytest.raises(StoreError, match="query: the server refuses a query of kg: no such thing"):
            SparqlClient(script.address).query(ALL)
        with pytest.raises(StoreError, match="update: the server refuses a request of kg: no such thing"):
            SparqlClient(script.address).update("CLEAR ALL")
    assert script.requested[1][0] == "/update"
    with scripted(Reply(b"", 204, {}), Reply(headers={"Content-Type": JSON})) as script:
        SparqlClient(script.address).update("CLEAR ALL")
