"""Tables of ties as Parquet files."""

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from kg import files
from kg.model import Text, localise
from kg.network.engines.pairs import TIES

SUFFIX = ".parquet"

_ROW_GROUP = 1 << 26
_DICTIONARY_BYTES = 1 << 30


def write(ties: Iterable[pa.Table], notes: Iterable[Text | str], path: Path) -> None:
    """Write `ties` to `path`, with `notes` under ``notes`` in the metadata; an old file is replaced atomically.

    Columns are those of `kg.network.engines.pairs.TIES`, with plain texts. Each table becomes a row group as it comes,
    so that memory does not grow with the file.

    Raises:
        OutputError: the file cannot be written.
    """
    # Texts are written as the dictionaries that they are, which takes a third of the time. Statistics of texts would
    # decode them; those of the sources, by which the file is sorted, are cheap.
    options = {
        "compression": "zstd",
        "store_schema": False,
        "dictionary_pagesize_limit": _DICTIONARY_BYTES,
        "write_statistics": ["source"],
    }
    with files.replacing(path) as stream, pq.ParquetWriter(stream, TIES, **options) as file:
        for table in ties:
            file.write_table(table, row_group_size=_ROW_GROUP)
        file.add_key_value_metadata({"notes": "\n".join(localise(note, "en") for note in notes)})
