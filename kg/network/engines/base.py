"""The interface of engines, and the table of ties that they return."""

from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc

from kg.network.incidence.tables import Incidence
from kg.network.lens import Lens
from kg.network.nodes import Actors
from kg.rdf.sparql import Endpoint

_NAME = pa.dictionary(pa.int32(), pa.string())

TIES = pa.schema(
    [
        *(pa.field(name, _NAME) for name in ("source", "target")),
        pa.field("weight", pa.float64()),
        pa.field("links", pa.int32()),
        *(pa.field(name, _NAME) for name in ("source_label", "target_label")),
    ]
)
"""Columns of a table of ties: IRIs of the ends, the weight by the lens, the number of shared links, labels."""

DECIMALS = 12
"""The decimals of a weight; further ones depend on the order of summation."""


class Engine(Protocol):
    """A way to compute participation tables and ties.

    All engines return the same tables; they differ in the memory that they need.
    """

    def extract(self, endpoint: Endpoint) -> Incidence:
        """Return the participation tables of the default graph of `endpoint`, which must contain the ontology."""

    def ties(self, incidence: Incidence, lens: Lens) -> pa.Table:
        """Return the ties of the network of `lens`, with the columns `TIES`, sorted by source, then target.

        Each pair of actors that share a link occurs once, with the source before the target in the order of IRIs.
        Weights equal `kg.network.Network.projection`, rounded to `DECIMALS`.
        """


def tie_table(actors: Actors, ends: pa.Table) -> pa.Table:
    """Return `ends`, whose columns are two rows of `actors`, a weight and a number of links, as a table of ties.

    IRIs and labels are dictionary-encoded, so that a tie takes 20 bytes whatever the length of its texts.
    """
    names = actors.table["iri"].combine_chunks()
    labels = pc.coalesce(actors.table["label_en"], actors.table["label_zh"]).combine_chunks()

    def encoded(column: str, values: pa.Array) -> pa.ChunkedArray:
        chunks = [pa.DictionaryArray.from_arrays(chunk, values) for chunk in ends[column].chunks]
        return pa.chunked_array(chunks, _NAME)

    columns = [
        encoded("a", names),
        encoded("b", names),
        ends["weight"],
        ends["links"],
        encoded("a", labels),
        encoded("b", labels),
    ]
    return pa.table(columns, schema=TIES)
