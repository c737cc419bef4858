"""Buffered results equal the results that the server sent."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from kg.store.server.result_buffer import ResultBuffer

if TYPE_CHECKING:
    from collections.abc import Sequence

_XSD = "http://www.w3.org/2001/XMLSchema#"
_TYPES = st.sampled_from(["integer", "decimal", "double", "boolean", "date"])
_LANGUAGES = st.sampled_from(["en", "zh", "zh-latn-pinyin"])
_TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=9) | st.sampled_from(
    ["a\tb", 'q"\n', "\\n", "\r", "01", "1.", "1e3", "true", ""]
)
_TERMS = (
    st.none()
    | _TEXTS.map(lambda text: {"type": "literal", "value": text})
    | st.builds(lambda text, lang: {"type": "literal", "value": text, "xml:lang": lang}, _TEXTS, _LANGUAGES)
    | st.builds(lambda text, kind: {"type": "literal", "value": text, "datatype": _XSD + kind}, _TEXTS, _TYPES)
    | st.sampled_from(["urn:x", "http://例.org/é#%20"]).map(lambda iri: {"type": "uri", "value": iri})
    | st.just({"type": "bnode", "value": "b1"})
)
_Row = tuple[dict[str, str] | None, dict[str, str] | None]
_PAGES = st.lists(st.lists(st.tuples(_TERMS, _TERMS), max_size=4), min_size=1, max_size=4)


def sent(rows: Sequence[_Row]) -> ox.QuerySolutions:
    """Return `rows` in the form of a server's response."""
    bindings = [{name: term for name, term in zip("ab", row, strict=True) if term is not None} for row in rows]
    text = json.dumps({"head": {"vars": ["a", "b"]}, "results": {"bindings": bindings}})
    solutions = ox.parse_query_results(text, format=ox.QueryResultsFormat.JSON)
    assert isinstance(solutions, ox.QuerySolutions)
    return solutions


def terms(solutions: ox.QuerySolutions) -> list[tuple[object, ...]]:
    return [tuple(row) for row in solutions]


@given(_PAGES)
def test_buffered_rows_equal_the_sent_rows(pages: list[list[_Row]]) -> None:
    buffer = ResultBuffer()
    for page in pages:
        buffer.append(sent(page))
    rows = [row for page in pages for row in page]
    assert (buffer.rows, buffer.columns) == (len(rows), ["?a", "?b"])
    assert terms(buffer.solutions()) == terms(sent(rows))


def test_a_broken_page_is_discarded() -> None:
    one, two = ({"type": "literal", "value": text} for text in "12")
    buffer = ResultBuffer()
    buffer.append(sent([(one, one)]))
    buffer.append(sent([(two, two)] * 3))
    buffer.truncate(1)
    buffer.append(sent([(two, None)]))
    assert buffer.rows == 2
    assert terms(buffer.solutions()) == terms(sent([(one, one), (two, None)]))


def test_many_rows_are_buffered_on_disk() -> None:
    text = {"type": "literal", "value": "x" * 1000}
    buffer = ResultBuffer()
    for _ in range(4):
        buffer.append(sent([(text, None)] * 5000))
    assert buffer.rows == sum(1 for _ in buffer.solutions()) == 20_000
