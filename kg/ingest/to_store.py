"""From the files of a source into the store: its next generation is the current one and what is new.

Everything is done in batches of which each is safe once it is confirmed (`kg.store.writer`), so that a run that is
killed goes on where it was. The rows are read again then, since what a row may say depends on those before it; what
they say is not written again. A draft that begins with nothing is held against the rules as it is. One that amends is
merged already, so that no rule could tell what stands where: all that the source says is then kept beside it, a file
a batch, with what other evidence says of the same things, and checked in a store of its own (docs/decisions/0017).
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

from kg import __version__, resolve
from kg.errors import DataError, InputError, StoreError, UsageError
from kg.files import sync_one
from kg.ingest.batches import batches
from kg.ingest.derive import derive
from kg.ingest.editions import Ingest
from kg.ingest.stored_evidence import StoredEvidence
from kg.ingest.to_file import Ingested, Reading, list_refused
from kg.model import Report
from kg.network.incidence.load import save_incidence
from kg.rdf import files as graph_files
from kg.rdf.sparql import select
from kg.store.local import Store
from kg.terms import ONTOLOGY_GRAPH
from kg.validate import validate

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kg.ingest.batches import Batch
    from kg.ingest.readers.input_files import Inputs
    from kg.ingest.readers.reader import Reader
    from kg.ingest.readers.records import Row
    from kg.store.server.store import RemoteStore
    from kg.store.writer import Draft

_CHECKED = "checked"
_BESIDE = "beside"
_DEPTH = 3
"""How many steps away from what is ingested the rules look at what others say."""


def ingest_into(
    reader: Reader,
    inputs: Inputs,
    store: Store | RemoteStore,
    reading: Reading,
    watch: Callable[[Iterator[Row], Inputs], Iterator[Row]],
    say: Callable[[str], None],
) -> Ingested:
    """Files of a source -> records -> the next generation of `store`; what does not conform replaces nothing.

    Raises:
        InputError: a file of the source is missing or broken, or changed while it was read.
        UsageError: the editions do not follow each other.
        StoreError: the store cannot be written, or is a server.
    """
    if not isinstance(store, Store):
        raise StoreError("a server takes whole builds only; write a graph file by -o, and name it to kg build")
    say("looking at the files")
    work = _work(reader, inputs, reading)
    with store.resume(work) as draft:
        try:
            with _current(store) as current:  # let go of before another takes its place
                done, changes = _read(reader, inputs, reading, _Road(draft, current, watch, say))
        except UsageError:
            draft.drop()
            raise
        if _work(reader, inputs, reading) != work:
            raise InputError("the files changed while they were read; run it again")
        if done.against is not None or not changes or not done.report.conforms:
            draft.drop()
            return done
        say("writing the store")
        size = draft.finish(derive, save_incidence)
        store.commit(draft)
        return replace(done, size=size)


class _Road(NamedTuple):
    """Where to, from what, and who watches."""

    draft: Draft
    current: ox.Store | None
    watch: Callable[[Iterator[Row], Inputs], Iterator[Row]]
    say: Callable[[str], None]


def _read(reader: Reader, inputs: Inputs, reading: Reading, road: _Road) -> tuple[Ingested, bool]:
    """Read everything into the draft, and check it; whether there is anything new."""
    changes, against, report = False, None, Report()
    with StoredEvidence(road.current) as held:
        run = Ingest(reader, reading.edition, held)
        try:
            changes = _add(road, run, road.watch(reader.read(inputs), inputs), held)
            run.check(keep_going=reading.keep_going)
            if changes:
                report = _checked(road, run, reading.lang)
        except DataError as error:
            against = str(error)
        if reading.refused is not None:
            list_refused(held, reading.refused)
        road.draft.ingested(source[1:-1] for source in run.sources)
        return Ingested(run.tally(), tuple(islice(held.refused(), 20)), against, run.rights, report), changes


def _work(reader: Reader, inputs: Inputs, reading: Reading) -> str:
    """Which work this is: the same files, read in the same way by the same program."""
    parts = [__version__, reader.name, str(reading.edition), str(reading.keep_going)]
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
def _current(store: Store) -> Iterator[ox.Store | None]:
    with nullcontext() if store.empty() else store.view() as view:
        yield None if view is None else view.graph


def _add(road: _Road, run: Ingest, rows: Iterator[Row], held: StoredEvidence) -> bool:
    """Add what the rows say to the draft, and to what is checked beside it; whether it changes anything."""
    draft, before, changes = road.draft, road.draft.confirmed, False
    beside = draft.path / _BESIDE if held.knows and _CHECKED not in before else None
    if before:
        after = [name for name in before if name != _CHECKED][-1].rpartition(" ")[2]
        road.say(f"this was begun before; going on after {int(after):,} rows")
    elif not held.knows:
        draft.load((), graph_files.ontology_files())
    if beside is not None:
        beside.mkdir(exist_ok=True)
    with ThreadPoolExecutor(1) as writer:  # one batch is written while the next is made
        written: Future[None] = Future()
        written.set_result(None)
        for number, batch in enumerate(batches(run, rows, held)):
            changes |= batch.changes
            name = f"{number} {batch.rows}"
            if name not in before:
                around = list(_surroundings(batch.nodes, held, run.sources))
                written.result()
                written = writer.submit(_write, name, batch, draft, beside and beside / f"{number}.nq", around)
        written.result()
    return changes


def _write(name: str, batch: Batch, draft: Draft, beside: Path | None, around: list[ox.Quad]) -> None:
    """Add `batch` to the draft and write it, with what is `around` it, into the file `beside`; then it is safe."""
    if beside is not None:
        with beside.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{one} {graph} .\n" for one, graph in batch.said)
            file.writelines(f"{quad} .\n" for quad in around)
        sync_one(beside)
    _apply(batch, draft)
    draft.confirm(name)


def _apply(batch: Batch, draft: Draft) -> None:
    """What `batch` takes back and adds; doing it again changes nothing."""
    withdrawn = "".join(f"{line} .\n" for line in batch.withdrawn).encode()
    draft.withdraw(quad.triple for quad in ox.parse(withdrawn, format=ox.RdfFormat.N_QUADS))
    if batch.revived:
        draft.revive(batch.revived)
    for day, pairs in batch.superseded.items():
        draft.supersede(pairs, day)
    draft.forget(batch.forgotten)
    for day, evidence in batch.retired.items():
        draft.retire(evidence, day)
    draft.add_stated(batch.added)


def _surroundings(nodes: set[str], held: StoredEvidence, sources: tuple[str, ...]) -> Iterator[ox.Quad]:
    """What evidence of other sources says of `nodes`, and of what it speaks of then, a few steps on."""
    seen, evidence = set(nodes), set()
    for _ in range(_DEPTH):
        found = list(held.others(sorted(nodes), sources))
        yield from found
        evidence |= {quad.graph_name for quad in found if isinstance(quad.graph_name, ox.NamedNode)}
        nodes = {quad.object.value for quad in found if isinstance(quad.object, ox.NamedNode)} - seen
        seen |= nodes
    published = {held.source(name) for name in evidence}
    for name in evidence | {source for source in published if source is not None}:
        yield from held.described(name)


def _checked(road: _Road, run: Ingest, lang: str) -> Report:
    """What does not conform of what the run says, and judgements that can no longer all be true."""
    draft, found = road.draft, Report()
    beside = draft.path / _BESIDE
    if _CHECKED not in draft.confirmed:
        road.say("checking it against the shapes")
        check = _loaded(beside) if beside.exists() else draft.graph
        theirs = _theirs(check, run.sources)
        found = validate(check, (), lang)
        del check
        ours = (one for one in found.findings if not one.evidence or not theirs.issuperset(one.evidence))
        found = Report((*ours, *resolve.contradictions(draft.graph)))
        if found.conforms:
            draft.confirm(_CHECKED)
    shutil.rmtree(beside, ignore_errors=True)
    return found


def _loaded(beside: Path) -> ox.Store:
    """What is to be checked: the files of all batches, at one stroke, and the ontology."""
    place = beside / "oxigraph"
    shutil.rmtree(place, ignore_errors=True)  # of a check that was killed
    check = ox.Store(str(place))
    graph_files.load_all(check, graph_files.ontology_files(), ONTOLOGY_GRAPH)
    texts = (ox.parse(path=str(file), format=ox.RdfFormat.N_QUADS, lenient=True) for file in beside.glob("*.nq"))
    check.bulk_extend(chain.from_iterable(texts))  # our own writing: blank nodes keep their names from file to file
    return check


def _theirs(check: ox.Store, sources: tuple[str, ...]) -> set[str]:
    """The evidence of other sources, of which only a part is there, so that it may seem to lack something."""
    own = ", ".join(sources)
    rows = select(check, f"SELECT ?e {{ ?e hx:source ?source FILTER(?source NOT IN ({own})) }}")
    return {row["e"].value for row in rows}
