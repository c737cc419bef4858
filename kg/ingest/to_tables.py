"""Participation tables from the partitions of a source, without a triple store.

The rows are those that an ingest into a store and the extraction from it give. Files are read on this machine or on a
cluster; the tables of all partitions are then joined in the memory of this machine.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pyoxigraph as ox

from kg.errors import OutputError, UsageError
from kg.files import output_errors
from kg.ingest.partitions import TABLES, PartitionReport, read_partition
from kg.model import Table
from kg.network.incidence import extract
from kg.network.incidence.arrow_columns import first_of
from kg.network.incidence.tables import ACTORS, LINKS, MONEY, SOURCES, Incidence
from kg.rdf.files import load_all, ontology_files
from kg.terms import PREFIXES
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class TablesResult:
    """The reports of the partitions, and the tables; ``None`` if rows were refused."""

    reports: tuple[PartitionReport, ...]
    incidence: Incidence | None

    def counts(self) -> Table:
        """Return the counts of rows as a table."""
        skipped: Counter[str] = Counter()
        left_open: Counter[str] = Counter()
        for report in self.reports:
            skipped.update(report.skipped)
            left_open.update(report.left_open)
        used, refused = (sum(one.used for one in self.reports), sum(len(one.refused) for one in self.reports))
        rows = (
            (Message("rows read"), used + refused + skipped.total()),
            (Message("used"), used),
            *((Message("skipped: {rule}", rule=rule), count) for rule, count in sorted(skipped.items())),
            (Message("refused"), refused),
            *((Message("left open: {value}", value=value), count) for value, count in sorted(left_open.items())),
        )
        return Table(("what", "count"), rows)


def ingest_tables(
    reader: str, paths: Sequence[Path], output: Path, *, master: str | None = None, keep_going: bool = False
) -> TablesResult:
    """Read the files `paths` by `reader`, and write their participation tables as the folder `output`.

    With a `master`, the files are read on that cluster. The tables of partitions are kept in ``OUTPUT.parts`` until the
    folder is complete, so that a second run reads only the files that are missing or have changed.

    Raises:
        InputError: a file cannot be read.
        OutputError: `output` exists already, or cannot be written.
        UsageError: two files have the same name, or the master cannot run Python functions.
    """
    if output.exists():
        raise OutputError("{output} exists already; name another folder or delete it", output=output)
    parts = output.with_name(output.name + ".parts")
    folders = {path: parts / str(number) / path.name for number, path in enumerate(paths)}
    with output_errors(parts):
        for folder in folders.values():
            folder.parent.mkdir(parents=True, exist_ok=True)
    tasks = [(reader, path.resolve(), folder.resolve()) for path, folder in folders.items()]
    reports = tuple(_on_cluster(tasks, master) if master else (read_partition(*task) for task in tasks))
    if any(report.refused for report in reports) and not keep_going:
        return TablesResult(reports, None)
    incidence = _joined([folder for _, _, folder in tasks])
    with output_errors(output):
        incidence.save(output)
    shutil.rmtree(parts)
    return TablesResult(reports, incidence)


def _on_cluster(tasks: Sequence[tuple[str, Path, Path]], master: str) -> Iterator[PartitionReport]:
    """Read each file by a task of the cluster, which runs a task again if its machine is lost."""
    from kg.network.engines import spark  # noqa: PLC0415 - an extra

    if master.startswith(spark.CONNECT):
        raise UsageError("--master {master} cannot read files; name spark://HOST:PORT or local[N]", master=master)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    context = spark.session(master).sparkContext
    yield from context.parallelize(tasks, len(tasks)).map(_run).collect()


def _run(task: tuple[str, Path, Path]) -> PartitionReport:
    return read_partition(*task)


class _Parts:
    """The tables of all partitions."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders

    def read(self, name: str) -> pa.Table:
        """Return a table of all partitions, each row once."""
        table = pa.concat_tables(pq.ParquetFile(folder / f"{name}.parquet").read() for folder in self._folders)
        flat = [column for column in TABLES[name] if column != "members"]
        return table if len(flat) < len(TABLES[name]) else table.group_by(flat).aggregate([])


def _joined(folders: Sequence[Path]) -> Incidence:
    """Return the participation tables of the partitions in `folders`."""
    graph = ox.Store()
    load_all(graph, ontology_files())
    base, parts = extract.extract(graph), _Parts(folders)
    names = parts.read("name")
    sources = _sources(parts)
    actors = _actors(graph, parts, names)
    links = _links(parts, names, sources, actors)
    rows = parts.read("party")
    parties = extract.party_rows(rows, actors, links)
    tying = extract.in_tying_roles(rows, dict(base.layers))
    groups = _groups(parts, tying)
    return Incidence(
        actors=actors,
        links=extract.with_sizes(links, extract.in_tying_roles(parties, dict(base.layers)), groups),
        parties=parties,
        layers=base.layers,
        default_layers=base.default_layers,
        default_stages=base.default_stages,
        sources=sources,
        money=_money(parts, actors, links),
    )


def _sources(parts: _Parts) -> pa.Table:
    table = parts.read("source").sort_by("iri")
    return table.append_column("collection", pa.nulls(table.num_rows, pa.string())).cast(SOURCES)


def _subjects(pairs: pa.Table) -> pa.Array:
    iris = pc.unique(pairs["s"])
    return iris.take(pc.sort_indices(iris))


def _actors(graph: ox.Store, parts: _Parts, names: pa.Table) -> pa.Table:
    kinds = parts.read("kind")
    iris = _subjects(kinds)

    def value(pairs: pa.Table) -> pa.Array:
        return first_of(iris, pairs)

    kind = value(kinds)
    host, parent = (pc.index_in(value(parts.read(name)), iris).fill_null(-1).to_numpy() for name in ("host", "parent"))
    public = pc.equal(kind, "GovernmentDepartment").to_numpy(zero_copy_only=False)
    columns = [
        iris,
        *extract.called(value, names),
        kind,
        extract.sectors_of_actors(graph, value(parts.read("sector")), _classes(kind), host),
        host,
        np.where(public | ((parent >= 0) & public[parent]), -1, parent),
        value(parts.read("region")),
        value(parts.read("city")),
    ]
    return pa.table(columns, schema=ACTORS)


def _classes(kind: pa.Array) -> pa.Array:
    return pc.binary_join_element_wise(PREFIXES["hx"], kind, "")


def _links(parts: _Parts, names: pa.Table, sources: pa.Table, actors: pa.Table) -> pa.Table:
    forms = parts.read("form")
    iris = _subjects(forms)

    def value(name: str) -> pa.Array:
        return first_of(iris, parts.read(name))

    unknown = pa.nulls(len(iris), pa.int32())
    columns = [
        iris,
        *extract.called(lambda pairs: first_of(iris, pairs), names),
        first_of(iris, forms),
        value("link_kind"),
        value("stage"),
        value("arity"),
        pc.index_in(value("common"), actors["iri"]),
        *_bounds(parts, iris, "start"),
        *_bounds(parts, iris, "end"),
        unknown,
        pa.nulls(len(iris), pa.bool_()),
        unknown,
        value("place"),
        _listed(parts, iris, sources),
        pa.array(np.zeros(len(iris), np.bool_)),
    ]
    return pa.table(columns, schema=LINKS)


def _bounds(parts: _Parts, iris: pa.Array, end: str) -> tuple[pa.Array, pa.Array]:
    lows, highs = (parts.read(f"{end}_{bound}") for bound in ("earliest", "latest"))
    return extract.overlap(iris, *(_days(one) for one in (lows, highs)))


def _days(pairs: pa.Table) -> pa.Table:
    return pairs.set_column(1, "v", pairs["v"].cast(pa.date32()))


def _listed(parts: _Parts, iris: pa.Array, sources: pa.Table) -> pa.Array:
    """Return the rows of the sources of each link."""
    pairs = parts.read("link_source")
    link = pc.index_in(pairs["s"], iris).to_numpy().astype(np.int64)
    source = pc.index_in(pairs["v"], sources["iri"].combine_chunks()).to_numpy()
    rows, listed = np.divmod(np.unique(link * max(len(sources), 1) + source), max(len(sources), 1))
    offsets: NDArray[np.int64] = np.searchsorted(rows, np.arange(len(iris) + 1))
    return pa.ListArray.from_arrays(pa.array(offsets, pa.int32()), pa.array(listed, pa.int32()))


def _groups(parts: _Parts, tying: pa.Table) -> dict[str, list[extract.Group]]:
    """Return the counted groups of each link, with the number of their members that take part in it."""
    rows = parts.read("group")
    beside = tying.filter(pc.is_in(tying["link"], pc.unique(rows["link"])))
    seats = set(zip(beside["link"].to_pylist(), beside["actor"].to_pylist(), strict=True))
    largest: dict[tuple[str, str], extract.Group] = {}
    for row in rows.to_pylist():
        key = row["link"], row["key"]
        named = sum((row["link"], member) in seats for member in set(row["members"]))
        group = extract.Group(row["count"], row["kind"] != "exact", bool(row["includes"]), named)
        largest[key] = max(largest.get(key, group), group)
    listed: dict[str, list[extract.Group]] = {}
    for (link, _), group in largest.items():
        listed.setdefault(link, []).append(group)
    return listed


def _money(parts: _Parts, actors: pa.Table, links: pa.Table) -> pa.Table:
    rows = parts.read("money")
    columns = [pc.index_in(rows["link"], links["iri"]), pc.index_in(rows["actor"], actors["iri"])]
    table = pa.table([*columns, rows["currency"], rows["amount"]], MONEY.names).drop_null()
    keys = list(MONEY.names[:3])
    largest = table.group_by(keys).aggregate([("amount", "max")]).rename_columns(MONEY.names)
    return largest.sort_by([(key, "ascending") for key in keys]).cast(MONEY)
