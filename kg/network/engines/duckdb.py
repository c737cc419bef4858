"""An engine for networks whose intermediate results exceed memory.

The number of pairs grows with the square of the parties of a link. DuckDB joins and sorts them within a memory limit
and spills to disk.

Citation: Raasveldt & Mühleisen 2019, SIGMOD, 1981-1984 (DuckDB).
"""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import pyarrow as pa

from kg.errors import OutputError, reason
from kg.files import temporary_folder
from kg.network.engines import questions
from kg.network.engines.base import BATCH_ROWS, QUESTIONS, Workspace
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
        with self._connected(tables) as connection:
            for batch in connection.sql(questions.text(question)).to_arrow_reader(BATCH_ROWS):
                yield batch.cast(QUESTIONS[question])

    @contextmanager
    def workspace(self, tables: EngineTables) -> Iterator[Workspace]:
        """Open `tables` for queries; see `kg.network.engines.base.Engine`."""
        with self._connected(tables) as connection:
            yield _Tables(connection)

    @contextmanager
    def _connected(self, tables: EngineTables) -> Iterator[duckdb.DuckDBPyConnection]:
        with temporary_folder() as folder, duckdb.connect() as connection:
            # One thread makes memory use reproducible.
            settings = {"memory_limit": self.memory, "temp_directory": str(folder), "threads": "1"}
            try:
                for name, value in settings.items():
                    connection.execute(f"SET {name} = '{value}'")
                for name, table in tables.by_name().items():
                    connection.register(name, table)
                connection.sql(questions.text(questions.VIEW)).create_view(questions.VIEW)
                yield connection
            except (duckdb.IOException, duckdb.OutOfMemoryException, OSError) as error:
                raise OutputError(
                    "the ties do not fit into {memory} of memory and the disk at {folder} ({error}); free disk space "
                    "or set TMPDIR to a larger disk",
                    memory=self.memory,
                    folder=folder,
                    error=reason(error),
                ) from error


class _Tables:
    """The tables of a connection; see `kg.network.engines.base.Workspace`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._connection = connection

    def create(self, name: str, text: str) -> None:
        self._connection.execute(f"CREATE TABLE made AS {text}")
        self._connection.execute(f"DROP TABLE IF EXISTS {name}")
        self._connection.execute(f"ALTER TABLE made RENAME TO {name}")

    def rows(self, text: str) -> pa.Table:
        return self._connection.sql(text).to_arrow_table()
