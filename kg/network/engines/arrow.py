"""The default engine: Arrow tables and sparse matrices in memory."""

import pyarrow as pa

from kg.network.build import build
from kg.network.engines.base import tie_table
from kg.network.incidence.extract import extract
from kg.network.incidence.tables import Incidence
from kg.network.lens import Lens
from kg.network.ties import tie_columns
from kg.rdf.sparql import Endpoint


class ArrowEngine:
    """An engine that holds everything in memory; see `kg.network.engines.base.Engine`."""

    def extract(self, endpoint: Endpoint) -> Incidence:
        """Return the participation tables of the default graph of `endpoint`."""
        return extract(endpoint)

    def ties(self, incidence: Incidence, lens: Lens) -> pa.Table:
        """Return the ties of the network of `lens`."""
        network = build(incidence, lens)
        return tie_table(network.actors, pa.table(tie_columns(network)))
