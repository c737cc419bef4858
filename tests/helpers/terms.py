"""Texts of RDF terms, and rows of rdflib."""

from collections.abc import Iterator

import pyoxigraph as ox
from rdflib.query import Result, ResultRow


def value_of(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    """Return the IRI, the identifier of a blank node or the lexical form; no test data contain a triple term."""
    assert not isinstance(term, ox.Triple), f"{term} is a triple term"
    return term.value


def solutions(result: Result) -> Iterator[ResultRow]:
    """Yield the rows of a SELECT that rdflib answered."""
    for row in result:
        assert isinstance(row, ResultRow)
        yield row
