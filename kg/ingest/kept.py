"""Content of a store that a build replaces or carries over, so that nothing is lost without notice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import DataError
from kg.export.graph import asserted
from kg.rdf.sparql import select
from kg.store.locate import check_damage
from kg.terms import HX, TYPE, shorten
from kg.texts import Message, Text, listed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.store.base import Store
    from kg.store.view import View
    from kg.store.writer import StoreWriter

_DEFAULT = ox.DefaultGraph()
_TYPE = ox.NamedNode(TYPE)
_SOURCE = ox.NamedNode(str(HX.source))
_REPLACEABLE = (ox.NamedNode(str(HX.Evidence)), ox.NamedNode(str(HX.Source)))
_EVIDENCE = "SELECT ?e ?s { ?e a hx:Evidence ; hx:source ?s }"
_JUDGED = "SELECT DISTINCT ?j { ?j a hx:Judgement ; dct:date ?day }"
_MAX_SOURCES = 3
"""Sources in a message."""


@dataclass(frozen=True, slots=True)
class Lost:
    """Content of a store that a new generation lacks.

    Attributes:
        evidence: missing pieces of evidence by source (IRI).
        stored: all pieces of evidence of the store by source.
        judgements: missing judgements of persons.
    """

    evidence: Counter[str]
    stored: Counter[str]
    judgements: int

    def sources(self, ingested: frozenset[str]) -> list[str]:
        """Return the sources whose loss needs consent: ingested ones, and those of which more than half is missing."""
        needs = (source for source, count in self.evidence.items() if source in ingested or self._mostly(source, count))
        return sorted(needs, key=lambda source: (-self.evidence[source], source))

    def _mostly(self, source: str, count: int) -> bool:
        return 2 * count > self.stored[source]


def check(store: Store, writer: StoreWriter) -> int:
    """Return how many pieces of evidence of `store` the generation of `writer` lacks.

    Raises:
        DataError: it lacks ingested evidence, most of a source, or a judgement.
        StoreError: the store cannot be read.
    """
    present = store.present()
    if present is None:
        return 0
    with present as view, check_damage(view):
        lost = _lost(view, writer.graph)
    sources = lost.sources(store.ingested())
    if not sources and not lost.judgements:
        return lost.evidence.total()
    evidence = sum(lost.evidence[source] for source in sources)
    named: list[Text | str] = [shorten(source) for source in sources[:_MAX_SOURCES]]
    if len(sources) > _MAX_SOURCES:
        named.append(Message("{count} more sources", count=len(sources) - _MAX_SOURCES))
    parts: list[Text] = []
    if sources:
        parts.append(Message("{pieces} ({sources})", pieces=pieces(evidence), sources=listed(named)))
    if lost.judgements:
        one, several = Message("{count} judgement"), Message("{count} judgements")
        parts.append((one if lost.judgements == 1 else several).format(count=lost.judgements))
    raise DataError(
        "{name}: none of these files contains {parts} of the store; pass --add to keep the store and add the files, "
        "add files that contain them (shipped names the shipped ones), or pass --discard",
        name=store.name,
        parts=Message(" and ").join(parts),
    )


def _lost(view: View, graph: ox.Store) -> Lost:
    evidence: Counter[str] = Counter()
    stored: Counter[str] = Counter()
    for row in view.select(_EVIDENCE):
        stored[row["s"].value] += 1
        if next(graph.quads_for_pattern(row["e"], _SOURCE, None, _DEFAULT), None) is None:
            evidence[row["s"].value] += 1
    judged = (row["j"] for row in view.select(_JUDGED))
    return Lost(evidence, stored, sum(next(graph.quads_for_pattern(j, _TYPE, None), None) is None for j in judged))


def carry_over(store: Store, writer: StoreWriter) -> int:
    """Add the asserted content of `store` to the loaded files of `writer`; return the evidence that these replace.

    Evidence and sources that the files describe replace those of the store with the same IRI.
    """
    present = store.present()
    if present is None:
        return 0
    replacing = {row["s"] for row in select(writer.graph, _described())}
    with present as view, check_damage(view):
        replaced = sum(row["e"] in replacing for row in view.select(_EVIDENCE))
        writer.add(_kept(view, replacing))
    writer.ingested(store.ingested())
    return replaced


def _described() -> str:
    return f"SELECT ?s {{ VALUES ?class {{ {' '.join(map(str, _REPLACEABLE))} }} ?s a ?class }}"


def _kept(view: View, replacing: set[ox.NamedNode]) -> Iterator[ox.Quad]:
    for quad in asserted(view):
        owner = quad.subject if quad.graph_name == _DEFAULT else quad.graph_name
        if owner not in replacing:
            yield quad


def pieces(count: int) -> Text:
    """Return `count` with its noun."""
    one, several = Message("{count} piece of evidence"), Message("{count} pieces of evidence")
    return (one if count == 1 else several).format(count=count)
