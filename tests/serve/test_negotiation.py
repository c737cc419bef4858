"""The format by the Accept header."""

from __future__ import annotations

import pytest

from kg.serve.negotiation import formats


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", ("json", "ttl")),
        ("*/*", ("json", "ttl")),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", ("xml", "rdf")),
        ("application/sparql-results+xml;q=0.9, text/csv", ("csv", "")),
        ("text/turtle;q=0.2, application/ld+json;q=0.3", ("", "jsonld")),
        ("application/*", ("json", "nt")),
        ("text/turtle;q=0, */*", ("json", "nt")),
        ("text/csv;q=2", ("", "")),
        ("TEXT/CSV ; Q=1", ("csv", "")),
        ("image/png", ("", "")),
    ],
)
def test_the_most_specific_range_decides(accept: str, expected: tuple[str, str]) -> None:
    assert formats(accept) == expected
