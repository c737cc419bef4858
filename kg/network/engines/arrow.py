"""The default engine: Arrow tables and sparse matrices in memory."""

import numpy as np
import pyarrow as pa
import scipy.sparse as sp

from kg.network.build import build
from kg.network.engines.base import DECIMALS, tie_table
from kg.network.incidence.extract import extract
from kg.network.incidence.tables import Incidence
from kg.network.lens import Lens
from kg.rdf.sparql import Endpoint


class ArrowEngine:
    """An engine that holds everything in memory; see `kg.network.engines.base.Engine`."""

    def extract(self, endpoint: Endpoint) -> Incidence:
        """Return the participation tables of the default graph of `endpoint`."""
        return extract(endpoint)

    def ties(self, incidence: Incidence, lens: Lens) -> pa.Table:
        """Return the ties of the network of `lens`."""
        network = build(incidence, lens)
        weights, counts = (sp.triu(network.projection(weight), format="csr") for weight in (None, "count"))
        a, b = weights.tocoo().coords
        # Every weighted pair shares a link, so its key is among those of the counts, which have the same order.
        width = max(len(network.actors), 1)
        keys, counted = (one.astype(np.int64) * width + other for one, other in ((a, b), counts.tocoo().coords))
        ends = {
            "a": a.astype(np.int32),
            "b": b.astype(np.int32),
            "weight": np.round(weights.data, DECIMALS),
            "links": counts.data[np.searchsorted(counted, keys)].astype(np.int32),
        }
        return tie_table(network.actors, pa.table(ends))
