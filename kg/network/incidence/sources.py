"""Sources of links and their collections, as columns of the participation tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kg.network.incidence.arrow_columns import answer_of, first_of, pairs_of, subjects_of
from kg.network.incidence.tables import SOURCES, Collection
from kg.terms import COLLECTION
from kg.texts import Text

if TYPE_CHECKING:
    from kg.rdf.sparql import Endpoint

# Sources of participations; a source that only adds a name or a place to a link is not one of them.
_STATED = """SELECT DISTINCT ?link ?source ?reading {
  { SELECT DISTINCT ?link ?evidence { GRAPH ?evidence { ?link hx:participation ?part } } }
  OPTIONAL { SELECT ?evidence ?source { ?evidence hx:source ?source } }
  OPTIONAL { SELECT ?evidence ?reading { ?evidence hx:reading/skos:notation ?reading } }
  MINUS { ?evidence hx:lastSeen ?day } }"""

_PUBLISHER = "SELECT ?s ?v { ?s dct:publisher ?v }"
_QUALITY = "SELECT ?s ?v { ?which skos:notation ?v { SELECT ?s ?which { ?s hx:quality ?which } } }"
_COLLECTION = f"SELECT ?s ?v {{ ?s dct:isPartOf ?v FILTER(STRSTARTS(STR(?v), '{COLLECTION}')) }}"
_DESCRIBED = "SELECT ?s ?v { ?s a dcat:Dataset ; hx:inDefaultLens ?v }"
_TEXTS = ("dct:title", "dct:bibliographicCitation", "dct:description", "skos:scopeNote")
"""Title, credit, frame and gaps of a collection."""
_TEXT = "SELECT ?s ?lang ?v {{ ?s a dcat:Dataset ; hx:inDefaultLens ?any ; {} ?v BIND(LANG(?v) AS ?lang) }}"


def sources_table(graph: Endpoint) -> pa.Table:
    """Return the sources with publisher, quality and collection."""
    iris = subjects_of(graph, "Source")
    columns = [first_of(iris, pairs_of(graph, query)) for query in (_PUBLISHER, _QUALITY, _COLLECTION)]
    columns[2] = pc.replace_substring(columns[2], COLLECTION, "")
    return pa.table([iris, *columns], SOURCES)


def collections_of(graph: Endpoint) -> dict[str, Collection]:
    """Return the collections by name."""
    texts = [_texts_of(graph, name) for name in _TEXTS]
    rows = answer_of(graph, _DESCRIBED, {"s": pa.string(), "v": pa.string()}).to_pylist()
    found = {}
    for row in sorted(rows, key=lambda row: str(row["s"])):
        title, credit, *frame = (one.get(row["s"], Text()) for one in texts)
        found[row["s"].removeprefix(COLLECTION)] = Collection(title, credit, row["v"] == "true", *frame)
    return found


def _texts_of(graph: Endpoint, name: str) -> dict[str, Text]:
    """Return the values of a property of collections in English and Chinese."""
    stated: dict[str, dict[str, str]] = {}
    for row in answer_of(graph, _TEXT.format(name), {key: pa.string() for key in ("s", "lang", "v")}).to_pylist():
        stated.setdefault(row["s"], {})[row["lang"]] = row["v"]
    return {iri: Text(by_lang.get("en"), by_lang.get("zh")) for iri, by_lang in stated.items()}


def sources_of(graph: Endpoint, iris: pa.Array, sources: pa.Table) -> tuple[pa.Array, pa.Array]:
    """Return for each link the rows of its sources, and whether all of its participations are inferred."""
    evidence = answer_of(graph, _STATED, {name: pa.string() for name in ("link", "source", "reading")})
    link, source = (
        pc.index_in(evidence[name], known).fill_null(-1).to_numpy()
        for name, known in (("link", iris), ("source", sources["iri"]))
    )
    inferred = pc.equal(evidence["reading"], "inference").to_numpy()
    known, stated = (
        np.bincount(link[which], minlength=len(iris)) > 0 for which in (link >= 0, (link >= 0) & ~inferred)
    )
    both = (link >= 0) & (source >= 0)
    rows, listed = np.divmod(np.unique(link[both].astype(np.int64) * len(sources) + source[both]), max(len(sources), 1))
    offsets = np.searchsorted(rows, np.arange(len(iris) + 1))
    lists = pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pa.array(listed, pa.int32()))
    return lists, pa.array(known & ~stated)
