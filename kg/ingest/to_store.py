"""Ingest the files of a source into a store, whose next generation is the current one with the changes applied.

The changes are applied in batches, and each confirmed batch is durable (`kg.store.writer`), so an interrupted ingest
resumes when rerun. The rows are then read again, because their meaning depends on earlier rows, but confirmed batches
are not written again.

A new store is validated directly. An amended store is already merged, so the default graph no longer shows which
statements it states itself. In that case all statements of the source are written to N-Quads files, one for each batch,
with the statements of other evidence about the same nodes. They are validated in a temporary store
(docs/decisions/0017).
"""

from __future__ import annotations

import shutil
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from hashlib import blake2b
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg import __version__
from kg.errors import DataError, InputError, UsageError
from kg.files import fsync
from kg.ingest.batches import batches
from kg.ingest.derive import derive
from kg.ingest.editions import Ingest
from kg.ingest.nquads import iri_ref
from kg.ingest.stored_evidence import StoredEvidence
from kg.ingest.to_file import SHOWN, IngestResult, list_refused
from kg.network.incidence.load import save_incidence
from kg.rdf import files as graph_files
from kg.rdf.sparql import select
from kg.store.view import Snapshot
from kg.terms import ONTOLOGY_GRAPH, SCHEME
from kg.validate.judgements import check_judgements
from kg.validate.report import Report
from kg.validate.violations import validate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from kg.ingest.batches import Batch
    from kg.ingest.nquads import Iri
    from kg.ingest.readers.input_files import Inputs
    from kg.ingest.readers.reader import Reader
    from kg.ingest.readers.records import Row
    from kg.ingest.to_file import IngestOptions
    from kg.store.base import Store
    from kg.store.writer import StoreWriter

_VALIDATED = "validated"
"""Batch name in the journal that marks a passed validation."""

_EXTRACT = "extract"
"""Directory for the statements to be validated, inside the directory of the new generation."""

IN_MEMORY = 32 << 20
"""Bytes of statements up to which they are validated in memory, where they take three times as much."""

_DEPTH = 3
"""Steps from an ingested node within which the shapes read statements of other evidence."""


def ingest_into(
    reader: Reader,
    inputs: Inputs,
    store: Store,
    options: IngestOptions,
    watch: Callable[[Iterator[Row], Inputs], Iterator[Row]],
    log: Callable[[str], None],
) -> IngestResult:
    """Read the files of a source and write the next generation of `store`, unless they do not conform.

    Every row passes through `watch`, which may show progress; `log` receives the name of each step.

    Raises:
        InputError: a file of the source is missing, malformed or changed while it was read.
        UsageError: the edition may not follow the previous one.
        StoreError: the store cannot be written.
    """
    log("computing digests of the files")
    work = _work(reader, inputs, options)
    with store.resume(work) as writer:
        try:
            # closed before the commit replaces the current generation
            with _base(writer) as base, StoredEvidence(base) as stored:
                run = Ingest(reader, options.edition, stored)
                rows = watch(reader.read(inputs), inputs)
                result, changed = _ingest(_Amendment(writer, stored, log), run, rows, options)
        except UsageError:
            writer.rollback()
            raise
        if _work(reader, inputs, options) != work:
            raise InputError("the files changed while they were read; run the ingest again")
        if result.error is not None or not changed or not result.report.conforms:
            writer.rollback()
            return result
        log("writing the store")
        size = writer.finish(derive, save_incidence)
        store.commit(writer)
        return replace(result, size=size, sources=run.sources)


class _Amendment(NamedTuple):
    """The generation being written, the stored evidence that it amends, and the log of the steps."""

    writer: StoreWriter
    stored: StoredEvidence
    log: Callable[[str], None]

    @property
    def extract(self) -> Path:
        return self.writer.path / _EXTRACT


def _work(reader: Reader, inputs: Inputs, options: IngestOptions) -> str:
    """Return a name of the ingest: the same program reading the same files with the same options."""
    parts = [__version__, reader.name, str(options.edition), str(options.keep_going)]
    before = inputs.read
    for path in inputs.paths:
        digest = blake2b(digest_size=16)
        with inputs.binary(path) as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
        parts += [path.name, digest.hexdigest()]
    inputs.read = before
    return " ".join(parts)


@contextmanager
def _base(writer: StoreWriter) -> Iterator[ox.Store | None]:
    """Open the generation that `writer` amends, if one exists."""
    with nullcontext() if writer.base is None else Snapshot(writer.base, internal=True) as view:
        yield None if view is None else view.graph


def _ingest(
    amendment: _Amendment, run: Ingest, rows: Iterator[Row], options: IngestOptions
) -> tuple[IngestResult, bool]:
    """Write and validate all rows; return the result and whether the store changed."""
    changed, reason, report = False, None, Report()
    writer, stored, _ = amendment
    try:
        changed = _write_batches(amendment, run, rows)
        run.check(keep_going=options.keep_going, accept_changes=options.accept_changes)
        if changed:
            report = _validate(amendment, run.sources, options.lang)
    except DataError as error:
        reason = error.message
    if options.rejects is not None:
        list_refused(stored, options.rejects, options.lang)
    writer.ingested(run.sources)
    return IngestResult(run.tally(), tuple(islice(stored.refused(), SHOWN)), reason, run.rights, report), changed


def _write_batches(amendment: _Amendment, run: Ingest, rows: Iterator[Row]) -> bool:
    """Write the batches that are not confirmed yet; return whether any batch changes the store."""
    writer, stored, log = amendment
    confirmed, changed = writer.checkpoints, False
    extract = amendment.extract if stored.exists and _VALIDATED not in confirmed else None
    if confirmed:
        last = [name for name in confirmed if name != _VALIDATED][-1]
        log(f"resuming an interrupted ingest after {int(last.rpartition(' ')[2]):,} rows")
    elif not stored.exists:
        writer.load((), graph_files.ontology_files())
    if extract is not None:
        extract.mkdir(exist_ok=True)
    with ThreadPoolExecutor(1) as executor:  # writes one batch while the next is prepared
        pending: Future[None] = Future()
        pending.set_result(None)
        for number, batch in enumerate(batches(run, rows, stored)):
            changed |= not batch.is_empty
            name = f"{number} {batch.rows}"
            if name not in confirmed:
                context = list(_context(batch.nodes, stored, run.sources))
                file = None if extract is None else extract / f"{number}.nq"
                pending.result()
                pending = executor.submit(_write, name, batch, writer, file, context)
        pending.result()
    return changed


def _write(name: str, batch: Batch, writer: StoreWriter, file: Path | None, context: list[ox.Quad]) -> None:
    """Write `batch` with its context to `file`, apply it and confirm it."""
    if file is not None:
        with file.open("w", encoding="utf-8", newline="\n") as stream:
            stream.writelines(f"{line} {graph} .\n" for line, graph in batch.statements)
            stream.writelines(f"{quad} .\n" for quad in context)
        fsync(file)
    _apply(batch, writer)
    writer.checkpoint(name)


def _apply(batch: Batch, writer: StoreWriter) -> None:
    """Apply `batch`; applying it twice has the same effect as applying it once."""
    removed = "".join(f"{line} .\n" for line in batch.removed).encode()
    writer.remove_described(quad.triple for quad in ox.parse(removed, format=ox.RdfFormat.N_QUADS))
    if batch.restored:
        writer.restore(batch.restored)
    for day, pairs in batch.superseded.items():
        writer.supersede(pairs, day)
    writer.delete_evidence(batch.deleted)
    for day, evidence in batch.retired.items():
        writer.retire(evidence, day)
    writer.add_nquads(batch.inserted)


def _context(nodes: Iterable[str], stored: StoredEvidence, sources: tuple[Iri, ...]) -> Iterator[ox.Quad]:
    """Yield the statements of other sources about `nodes` and about nodes up to `_DEPTH` steps away.

    Concepts that graph files define, such as fields, are described in the default graph.
    """
    frontier, evidence = set(nodes), set()
    seen = set(frontier)
    for _ in range(_DEPTH):
        quads = list(stored.other_statements(sorted(frontier), sources))
        yield from quads
        evidence |= {quad.graph_name for quad in quads if isinstance(quad.graph_name, ox.NamedNode)}
        frontier = {quad.object.value for quad in quads if isinstance(quad.object, ox.NamedNode)} - seen
        seen |= frontier
    published = {stored.source(name) for name in evidence}
    concepts = {ox.NamedNode(iri) for iri in seen if iri.startswith(SCHEME)}
    for name in evidence | concepts | {source for source in published if source is not None}:
        yield from stored.described(name)


def _validate(amendment: _Amendment, sources: tuple[Iri, ...], lang: str) -> Report:
    """Return the findings about the ingested evidence, and contradictory judgements in the new generation."""
    writer, _, log = amendment
    report = Report()
    if _VALIDATED not in writer.checkpoints:
        log("validating against the shapes")
        graph = _load_extract(amendment.extract) if amendment.extract.exists() else writer.graph
        others = _other_evidence(graph, sources)
        findings = validate(graph, (), lang).findings
        del graph
        own = (finding for finding in findings if not finding.evidence or not others.issuperset(finding.evidence))
        report = Report((*own, *check_judgements(writer.graph)))
        if report.conforms:
            writer.checkpoint(_VALIDATED)
    shutil.rmtree(amendment.extract, ignore_errors=True)
    return report


def _load_extract(extract: Path) -> ox.Store:
    """Load the ontology and the files of all batches into a temporary store, in memory if they are small."""
    folder, files = extract / "oxigraph", list(extract.glob("*.nq"))
    shutil.rmtree(folder, ignore_errors=True)  # left by an interrupted validation
    small = sum(file.stat().st_size for file in files) <= IN_MEMORY
    graph = ox.Store() if small else ox.Store(str(folder))
    graph_files.load_all(graph, graph_files.ontology_files(), ONTOLOGY_GRAPH)
    # blank nodes keep their labels across the files, which one program wrote
    parsed = (ox.parse(path=str(file), format=ox.RdfFormat.N_QUADS, lenient=True) for file in files)
    graph.bulk_extend(chain.from_iterable(parsed))
    return graph


def _other_evidence(graph: ox.Store, sources: tuple[Iri, ...]) -> set[str]:
    """Return the evidence of other sources, which is incomplete here and may therefore seem not to conform."""
    own = ", ".join(map(iri_ref, sources))
    rows = select(graph, f"SELECT ?e {{ ?e hx:source ?source FILTER(?source NOT IN ({own})) }}")
    return {row["e"].value for row in rows}
