"""An engine on a cluster: Apache Spark by the address of its master, or any server of Spark Connect.

The tables and the answer pass through Parquet files in a temporary folder. On a cluster of several machines, TMPDIR
must be a folder that all of them see. The answer of Spark Connect passes through the memory of this process.

Citation: Zaharia et al. 2016, Commun. ACM 59 (11), 56-65 (Apache Spark).
"""

import os
import shutil
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from kg import extras
from kg.errors import OutputError, UsageError
from kg.files import temporary_folder
from kg.network.engines import questions
from kg.network.engines.base import BATCH_ROWS, QUESTIONS, Workspace
from kg.network.engines.tables import EngineTables

LOCAL = "local[*]"
"""The master without a cluster: all processors of this machine."""

CONNECT = "sc://"
"""The start of an address of Spark Connect."""

LOG = Path(tempfile.gettempdir()) / f"kg-spark-{os.getuid()}.log"
"""The messages of Spark on this machine."""

_SETTINGS = {
    "spark.app.name": "kg",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.ansi.enabled": "true",
    "spark.log.level": "ERROR",
}
_ON_THIS_MACHINE = {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
"""Otherwise Spark listens on the outer interface, also where master and workers are on this machine."""


class SparkEngine:
    """An engine on a cluster; see `kg.network.engines.base.Engine`."""

    name = "spark"

    def __init__(self, master: str | None = None, partitions: int | None = None) -> None:
        """Set the master: ``spark://HOST:PORT``, ``sc://HOST:PORT`` or ``local[N]``, and the tasks of a join."""
        self.master = master or LOCAL
        self.partitions = partitions

    def answer(self, question: str, tables: EngineTables) -> Iterator[pa.RecordBatch]:
        """Yield the rows of the answer to `question`.

        Raises:
            OutputError: the cluster cannot compute the answer.
        """
        with self._opened(tables) as work:
            text, schema = questions.text(question), QUESTIONS[question]
            if self.master.startswith(CONNECT):
                # Other servers than Spark do not number the files in the order of the rows.
                yield from work.ordered(text).cast(schema).to_batches(BATCH_ROWS)
            else:
                yield from _rows(work.write("answer", text), schema)

    @contextmanager
    def workspace(self, tables: EngineTables) -> Iterator[Workspace]:
        """Open `tables` for queries; see `kg.network.engines.base.Engine`."""
        with self._opened(tables) as work:
            yield work

    @contextmanager
    def _opened(self, tables: EngineTables) -> Iterator["_Tables"]:
        with temporary_folder() as folder:
            try:
                spark = session(self.master)
                spark.conf.set("spark.sql.shuffle.partitions", self.partitions or _partitions(tables))
                for name, table in tables.by_name().items():
                    path = folder / f"{name}.parquet"
                    pq.write_table(table, path)
                    spark.read.parquet(str(path)).createOrReplaceTempView(name)
                spark.sql(questions.text(questions.VIEW)).createOrReplaceTempView(questions.VIEW)
                yield _Tables(spark, folder)
            except _failures() as error:
                raise OutputError(
                    "{master} cannot compute the answer ({error}); see {log}, and set TMPDIR to a folder that all "
                    "workers see",
                    log=LOG,
                    master=self.master,
                    error=str(error).partition("\n")[0],
                ) from error


class _Tables:
    """The views of a session on Parquet files in a folder; see `kg.network.engines.base.Workspace`.

    A table is written before the next one is made, because the plan of a query that reads views of views grows with
    each round.
    """

    def __init__(self, spark: Any, folder: Path) -> None:  # noqa: ANN401 - an untyped package
        self._spark, self._folder = spark, folder
        self._made: dict[str, Path] = {}
        self._count = 0

    def create(self, name: str, text: str) -> None:
        path, former = self.write(name, text), self._made.get(name)
        self._spark.read.parquet(str(path)).createOrReplaceTempView(name)
        self._made[name] = path
        if former is not None:
            shutil.rmtree(former, ignore_errors=True)

    def rows(self, text: str) -> pa.Table:
        return pq.read_table(self.write("rows", text))

    def ordered(self, text: str) -> pa.Table:
        """Return the rows of the query `text` in its order, by way of the memory of this process."""
        rows: pa.Table = self._spark.sql(text).toArrow()
        return rows

    def write(self, name: str, text: str) -> Path:
        """Write the rows of the query `text` to a folder of Parquet files, and return the folder."""
        self._count += 1
        path = self._folder / f"{name}-{self._count}"
        self._spark.sql(text).write.parquet(str(path))
        return path


def _failures() -> tuple[type[Exception], ...]:
    """Return the classes of the errors of Spark; the client of Spark Connect alone has no bridge to Java."""
    from pyspark.errors import PySparkException  # noqa: PLC0415 - an extra

    if find_spec("py4j") is None:
        return (PySparkException,)
    from py4j.protocol import Py4JError  # noqa: PLC0415 - an extra

    return (PySparkException, Py4JError)


def _partitions(tables: EngineTables) -> int:
    """Return the number of tasks of a join, each with about `_PAIRS` pairs."""
    parties = np.bincount(tables.incidences["link"].to_numpy()).astype(np.int64)
    return max(2, int((parties * (parties - 1) // 2).sum()) // _PAIRS)


_PAIRS = 500_000


def _rows(folder: Path, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    """Yield the rows of the Parquet files of a folder, in the order of the names of the files."""
    for path in sorted(folder.glob("part-*.parquet")):
        for batch in pq.ParquetFile(path).iter_batches(BATCH_ROWS):
            yield batch.cast(schema)


def session(master: str) -> Any:  # noqa: ANN401 - an untyped package
    """Return the Spark session of `master`; a later call in the same process returns the same one.

    Raises:
        UsageError: the extra or Java is missing.
    """
    sql = extras.load("pyspark.sql", "spark")
    if master.startswith(CONNECT):
        return sql.SparkSession.builder.remote(master).getOrCreate()
    if shutil.which("java") is None and not os.environ.get("JAVA_HOME"):
        raise UsageError("Spark requires Java 17 or newer, and no java is on the PATH; install it or set JAVA_HOME")
    builder = sql.SparkSession.builder.master(master)
    for name, value in (_SETTINGS | (_ON_THIS_MACHINE if _is_here(master) else {})).items():
        builder = builder.config(name, value)
    with _quiet():
        return builder.getOrCreate()


@contextmanager
def _quiet() -> Iterator[None]:
    """Send what Java prints at its start to `LOG`; Spark writes its later messages there, too."""
    sys.stderr.flush()
    kept = os.dup(2)
    log = os.open(LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 2)
    try:
        with warnings.catch_warnings(action="ignore", category=FutureWarning):  # of the version of pandas
            yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(log)


def _is_here(master: str) -> bool:
    return master.startswith(("local", "spark://127.0.0.1", "spark://localhost"))
