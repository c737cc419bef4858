"""Fuzzing of graph files and queries: corrupted texts, which are read or refused with one sentence.

The parsers run in worker processes, so coverage guides only the code around them; `helpers.fuzz_readers` runs both.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import InputError, QueryError
from kg.query.run import run_query
from kg.rdf import files

if TYPE_CHECKING:
    from pathlib import Path

    from kg.store.view import View

_RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://e.example/"'
GRAPHS = {
    ".trig": b'@prefix e: <http://e.example/> .\ne:g { e:a e:p "t"@en, 1.5, [ e:q ( e:b << e:a e:p e:c >> ) ] . }\n',
    ".jsonld": b'{"@context": {"e": "http://e.example/"}, "@id": "e:a", "e:p": [{"@value": "t", "@language": "en"}]}',
    ".rdf": f'<rdf:RDF {_RDF}><e:A rdf:about="http://e.example/a"><e:p>t</e:p></e:A></rdf:RDF>'.encode(),
    ".ttl": b'@prefix e: <http://e.example/> .\ne:a e:p "2020-02-30"^^e:date .\n',
    ".nq": b'<http://e.example/a> <http://e.example/p> "t"@en <http://e.example/g> .\n',
}
"""A valid file of each format."""

QUERIES = (
    b'SELECT ?s (COUNT(*) AS ?n) { ?s a hx:Firm ; skos:prefLabel ?l FILTER(LANG(?l) = "en") } GROUP BY ?s LIMIT 3',
    b"ASK { VALUES ?a { 1 2 } FILTER(?a + 1 = 2) { ?a ?b ?c } UNION { GRAPH ?g { ?a ?b ?c } } }",
    b"DESCRIBE <https://w3id.org/helix-kg/id/anvil>",
    b"CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o MINUS { ?s a/hx:a* hx:Firm } BIND(STRLEN(STR(?o)) AS ?n) }",
)
"""Valid queries."""


def graph(suffix: str, content: bytes, folder: Path) -> str:
    """Parse a graph file and return ``read`` or ``refused``.

    Raises:
        AssertionError: the refusal is not one sentence.
    """
    path = folder / f"graph{suffix}"
    path.write_bytes(content)
    try:
        for _ in files.parse(path):
            pass
    except InputError as error:
        return _refused(error)
    return "read"


def query(view: View, content: bytes) -> str:
    """Run a query and return ``read`` or ``refused``; see `graph`."""
    try:
        run_query(view, content.decode(errors="replace"), timeout=5)
    except QueryError as error:
        return _refused(error)
    return "read"


def _refused(error: Exception) -> str:
    message = str(error)
    assert len(message.splitlines()) == 1, f"not one sentence: {message!r}"
    assert len(message) < 2000, "the sentence is too long"
    return "refused"
