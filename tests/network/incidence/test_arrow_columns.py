"""Columns of arrays keep each IRI and each date that RDF allows."""

from __future__ import annotations

import pyarrow as pa
import pyoxigraph as ox
import pytest

from kg.errors import DataError
from kg.network.incidence.arrow_columns import answer_of

IRIS = ("https://en.wikipedia.org/wiki/Foo,_Inc.", "urn:a'(b);c", "urn:é,,", "urn:=1+1,2")
XSD = "http://www.w3.org/2001/XMLSchema#date"


def _store(*values: ox.NamedNode | ox.Literal) -> ox.Store:
    store = ox.Store()
    store.extend(
        ox.Quad(ox.NamedNode(f"urn:{place}"), ox.NamedNode("urn:p"), value) for place, value in enumerate(values)
    )
    return store


def test_an_iri_may_contain_separators() -> None:
    store = _store(*map(ox.NamedNode, IRIS))
    read = answer_of(store, "SELECT ?v { ?s <urn:p> ?v }", {"v": pa.string()})
    assert sorted(read["v"].to_pylist()) == sorted(IRIS)


def test_a_date_may_have_a_time_zone() -> None:
    days = [ox.Literal(text, datatype=ox.NamedNode(XSD)) for text in ("2020-01-02", "2020-01-02Z", "2020-01-02+08:00")]
    read = answer_of(_store(*days), "SELECT ?s ?v { ?s <urn:p> ?v }", {"s": pa.string(), "v": pa.date32()})
    assert {day.isoformat() for day in read["v"].to_pylist()} == {"2020-01-02"}


@pytest.mark.parametrize("day", ["-0044-03-15", "12020-01-01"])
def test_a_date_outside_the_calendar_is_named(day: str) -> None:
    store = _store(ox.Literal(day, datatype=ox.NamedNode(XSD)))
    with pytest.raises(DataError, match=f"the date {day} is not in the years 1 to 9999; correct it"):
        answer_of(store, "SELECT ?v { ?s <urn:p> ?v }", {"v": pa.date32()})
