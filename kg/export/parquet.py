"""Tables of ties as Parquet files."""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from kg import files
from kg.model import Text, localise

SUFFIX = ".parquet"

_BATCH_ROWS = 100_000


def write(ties: pa.Table, notes: Iterable[Text | str], path: Path) -> None:
    """Write `ties` to `path`, with `notes` under ``notes`` in the metadata; an old file is replaced atomically.

    Columns are those of `kg.network.engines.base.TIES`, with plain texts. Batches are written one by one, so that
    tables on disk stay there.

    Raises:
        OutputError: the file cannot be written.
    """
    fields = [pa.field(one.name, pa.string() if pa.types.is_dictionary(one.type) else one.type) for one in ties.schema]
    schema = pa.schema(fields, {"notes": "\n".join(localise(note, "en") for note in notes)})
    with files.replacing(path) as stream, pq.ParquetWriter(stream, schema, compression="zstd") as file:
        for batch in ties.to_batches(max_chunksize=_BATCH_ROWS):
            file.write_batch(batch.cast(schema))
