"""An engine for networks whose intermediate results exceed memory.

The number of pairs grows with the square of the parties of a link. DuckDB joins and sorts them within a memory limit
and spills to disk.

Citation: Raasveldt & Mühleisen 2019, SIGMOD, 1981-1984 (DuckDB).
"""

from collections.abc import Iterator

import duckdb
import pyarrow as pa

from kg.errors import OutputError, reason
from kg.files import temporary_folder
from kg.network.engines import questions
from kg.network.engines.base import BATCH_ROWS, QUESTIONS
from kg.network.engines.tables import EngineTables

MEMORY = "1GB"
"""The memory limit of DuckDB."""


class DuckDBEngine:
    """An engine that keeps intermediate results on disk; see `kg.network.engines.base.Engine`."""

    name = "duckdb"

    def __init__(self, memory: str = MEMORY) -> None:
        """Set the memory limit, in DuckDB's notation such as "1GB"."""
        self.memory = memory

    def answer(self, question: str, tables: EngineTables) -> Iterator[pa.RecordBatch]:
        """Yield the rows of the answer to `question`.

        Raises:
            OutputError: the disk has no space for data that exceed the memory limit.
        """
        with temporary_folder() as folder, duckdb.connect() as connection:
            # One thread makes memory use reproducible.
            settings = {"memory_limit": self.memory, "temp_directory": str(folder), "threads": "1"}
            try:
                for name, value in settings.items():
                    connection.execute(f"SET {name} = '{value}'")
                for name, table in tables.by_name().items():
                    connection.register(name, table)
                connection.sql(questions.text(questions.VIEW)).create_view(questions.VIEW)
                for batch in connection.sql(questions.text(question)).to_arrow_reader(BATCH_ROWS):
                    yield batch.cast(QUESTIONS[question])
            except (duckdb.IOException, duckdb.OutOfMemoryException, OSError) as error:
                raise OutputError(
                    "the ties do not fit into {memory} of memory and the disk at {folder} ({error}); free disk space "
                    "or set TMPDIR to a larger disk",
                    memory=self.memory,
                    folder=folder,
                    error=reason(error),
                ) from error
