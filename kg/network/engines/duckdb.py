"""The projection of a network whose ties memory does not hold.

What a network needs grows with its participations and fits; its ties grow with the square of the parties of a link.
DuckDB computes them from the same columns with as much memory as it is given, and puts the rest on disk.

Citation: Raasveldt & Mühleisen 2019, SIGMOD, 1981-1984 (DuckDB).
"""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kg.errors import OutputError, UsageError, why
from kg.network.network import Network

MEMORY = "1GB"
"""How much DuckDB takes before it writes to disk."""

_ROWS = 100_000


@contextmanager
def ties(network: Network, memory: str = MEMORY) -> Iterator[pa.RecordBatchReader]:
    """The ties of `network`, in the order of their ends, as they come; to be read within the block.

    Columns: `source`, `target` (IRIs, source before target), `weight` (as the lens weighs, to 12 decimals), `links`
    (how many are shared), `source_label`, `target_label`. Equal to `Network.projection`.

    Raises:
        UsageError: the lens weighs by contribution, which depends on both ends.
        OutputError: the disk has no room for what memory does not hold.
    """
    if network.lens.weight == "contribution":
        raise UsageError("ties by contribution are not computed on disk; choose another weight, or another format")
    sql = files("kg.network.engines").joinpath("projection.sql").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory(prefix="kg-ties-") as folder, duckdb.connect() as engine:
        # One thread, since sums and memory are then the same each time.
        settings = {"memory_limit": memory, "temp_directory": folder, "threads": "1", "enable_progress_bar": "false"}
        for name, value in settings.items():
            engine.execute(f"SET {name} = '{value}'")
        for name, table in _tables(network).items():
            engine.register(name, table)
        try:
            yield engine.sql(sql).to_arrow_reader(_ROWS)
        except (duckdb.IOException, duckdb.OutOfMemoryException) as error:
            raise OutputError(
                f"the ties do not fit into {memory} of memory and the disk at {folder}: {why(error)}"
            ) from error


def _tables(network: Network) -> dict[str, pa.Table]:
    actors, between = network.actors, network.lens.between
    side = np.zeros(len(network.actor_of), np.int8)
    apart = network.lens.across
    if between is not None and apart:
        side = actors.of_sector(between[0])[network.actor_of].astype(np.int8)
    label = pc.coalesce(actors.table["label_en"], actors.table["label_zh"])
    number = np.arange(len(actors), dtype=np.int32)
    shares = network.tie_shares(network.lens.weight)
    unknown = np.full(len(side), not apart)
    return {
        "incidences": pa.table(
            {"link": network.link_of, "actor": network.actor_of, "side": pa.array(side, mask=unknown)}
        ),
        "links": pa.table({"link": np.arange(len(shares), dtype=np.int32), "share": shares}),
        "actors": pa.table({"actor": number, "iri": actors.table["iri"], "label": label}),
    }
