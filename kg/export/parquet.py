"""Ties between actors as a Parquet file of any size, computed on disk."""

from pathlib import Path

import pyarrow.parquet as pq

from kg import files
from kg.errors import UsageError
from kg.model import localise
from kg.network import Mode, Network
from kg.network.engines.duckdb import ties

SUFFIX = ".parquet"


def write(network: Network, path: Path, mode: Mode) -> None:
    """Write the ties of `network` to `path`; the old file is replaced in one step, or stays.

    Columns are those of `kg.network.engines.duckdb.ties`; the notes of the network are in the metadata of the file,
    under ``notes``.

    Raises:
        UsageError: the mode is not one-mode.
        OutputError: the file cannot be written, or the disk has no room for the work.
    """
    if mode != "one-mode":
        raise UsageError(f"{path.name}: Parquet is for ties between actors; ask for --mode one-mode")
    with files.replacing(path) as stream, ties(network) as batches:
        schema = batches.schema.with_metadata({"notes": "\n".join(localise(note, "en") for note in network.notes)})
        with pq.ParquetWriter(stream, schema, compression="zstd") as file:
            for batch in batches:
                file.write_batch(batch.replace_schema_metadata(schema.metadata))
