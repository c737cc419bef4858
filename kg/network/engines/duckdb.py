"""An engine for networks whose ties exceed memory.

The size of a network grows with its participations; the number of its ties grows with the square of the parties of a
link. DuckDB computes the ties within a memory limit and spills to disk, and the table of ties is a memory-mapped file.

Citation: Raasveldt & Mühleisen 2019, SIGMOD, 1981-1984 (DuckDB).
"""

from importlib.resources import files
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from kg.errors import OutputError, reason
from kg.files import temporary_folder
from kg.network.build import build
from kg.network.engines.base import tie_table
from kg.network.incidence.extract import extract
from kg.network.incidence.tables import Incidence
from kg.network.lens import Lens
from kg.network.network import Network
from kg.rdf.sparql import Endpoint

MEMORY = "1GB"
"""The memory limit of DuckDB."""

_BATCH_ROWS = 100_000


class DuckDBEngine:
    """An engine that keeps ties on disk; see `kg.network.engines.base.Engine`."""

    def __init__(self, memory: str = MEMORY) -> None:
        """Set the memory limit, in DuckDB's notation such as "1GB"."""
        self.memory = memory

    def extract(self, endpoint: Endpoint) -> Incidence:
        """Return the participation tables of the default graph of `endpoint`."""
        return extract(endpoint)

    def ties(self, incidence: Incidence, lens: Lens) -> pa.Table:
        """Return the ties of the network of `lens`.

        Raises:
            OutputError: the disk has no space for data that exceed the memory limit.
        """
        network = build(incidence, lens)
        # The mapping outlives the file, so the space is free as soon as the table is.
        with temporary_folder() as folder:
            try:
                path = self._project(network, folder)
                ends = pa.ipc.open_file(pa.memory_map(str(path))).read_all()
            except (duckdb.IOException, duckdb.OutOfMemoryException, OSError) as error:
                raise OutputError(
                    "the ties do not fit into {memory} of memory and the disk at {folder} ({error}); free disk space "
                    "or set TMPDIR to a larger disk",
                    memory=self.memory,
                    folder=folder,
                    error=reason(error),
                ) from error
        return tie_table(network.actors, ends)

    def _project(self, network: Network, folder: Path) -> Path:
        """Write the ties as rows of the actors table to an Arrow file in `folder`, and return its path."""
        query = files("kg.network.engines").joinpath("projection.sql").read_text(encoding="utf-8")
        path = folder / "ties.arrow"
        with duckdb.connect() as connection:
            # One thread makes sums and memory use reproducible.
            settings = {"memory_limit": self.memory, "temp_directory": str(folder), "threads": "1"}
            for name, value in settings.items():
                connection.execute(f"SET {name} = '{value}'")
            for name, table in _tables(network).items():
                connection.register(name, table)
            batches = connection.sql(query).to_arrow_reader(_BATCH_ROWS)
            with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, batches.schema) as writer:
                for batch in batches:
                    writer.write_batch(batch)
        return path


def _tables(network: Network) -> dict[str, pa.Table]:
    """Return the tables that `projection.sql` reads."""
    sectors = network.lens.between if network.lens.across else None
    side = np.zeros(len(network.actor_of), np.int8)
    if sectors is not None:
        side = network.actors.of_sector(sectors[0])[network.actor_of].astype(np.int8)
    amount = np.full(len(side), 0.5)
    if network.lens.weight == "contribution":
        amount = network.incidence_weights()
    shares = network.tie_shares(network.lens.weight)
    return {
        "incidences": pa.table(
            {
                "link": network.link_of,
                "actor": network.actor_of,
                "side": pa.array(side, mask=np.full(len(side), sectors is None)),
                "amount": pa.array(amount, mask=np.isnan(amount)),
            }
        ),
        "links": pa.table({"link": np.arange(len(shares), dtype=np.int32), "share": shares}),
    }
