"""The credits of the collections on which a network rests."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pyarrow.compute as pc

from kg.network.nodes import record_of
from kg.texts import Message, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow as pa

    from kg.network.incidence.tables import Collection, Incidence


def collections_of(incidence: Incidence, links: pa.Table) -> tuple[tuple[Collection, int], ...]:
    """Return the collections that `links` come from, each with its number of links, most links first."""
    if not incidence.collections:
        return ()
    rows = pc.list_parent_indices(links["sources"]).to_pylist()
    names = incidence.sources["collection"].take(pc.list_flatten(links["sources"])).to_pylist()
    iris = links["iri"].to_pylist()
    stated = {(record_of(iris[row]), name) for row, name in zip(rows, names, strict=True) if name}
    counts = Counter(name for _, name in stated)
    return tuple(
        (incidence.collections[name], count)
        for name, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )


def collection_notes(found: Sequence[tuple[Collection, int]]) -> Iterator[Message]:
    """Yield one note with the credits of collections with their numbers of links, and one with the frame of each."""
    if found:
        parts = [
            Message("{title} ({count} links; {credit})", title=one.title, count=count, credit=one.attribution)
            for one, count in found
        ]
        yield Message("Data: {parts}.", parts=Message("; ").join(parts))
    for one, _ in found:
        if one.frame != Text():
            yield Message(
                "{title}. Frame: {frame} Missing: {missing}", title=one.title, frame=one.frame, missing=one.missing
            )
