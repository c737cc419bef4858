"""The order of the steps, which is known here and nowhere else.

A step is imported when it is taken: a build does not wait for what draws, nor a map for what validates.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import graphs
from kg.errors import DataError
from kg.model import Label, Table
from kg.terms import ONTOLOGY_GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path
    from typing import BinaryIO

    from kg.draw.scene import Scene
    from kg.ingest import Tally
    from kg.ingest.ledger import Ledger
    from kg.model import Report
    from kg.network import Lens, Mode, Network
    from kg.remote import RemoteStore
    from kg.sources.inputs import Inputs
    from kg.sources.reader import Reader
    from kg.sources.records import Refused, Row
    from kg.store import Store
    from kg.view import Size, View


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: its report, what went in by file, and the size of the new generation (none if refused)."""

    report: Report
    files: Table
    size: Size | None


@dataclass(frozen=True, slots=True)
class Picture:
    """What a map is to show.

    Attributes:
        by, mode: the measure that sizes the nodes.
        focus: IRI of the actor to look from, within `hops` steps; the whole network without it.
    """

    by: str = "betweenness"
    mode: Mode = "two-mode"
    focus: str | None = None
    hops: int = 1
    lang: str = "en"


@dataclass(frozen=True, slots=True)
class Ingested:
    """What an ingest did.

    Attributes:
        refused: the first rows that were refused; all of them are in the file that was asked for.
        against: why nothing was written; ``None`` where it was.
    """

    tally: Tally
    refused: tuple[Refused, ...]
    against: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """How a source is to be read.

    Attributes:
        edition: its day, where it is known.
        keep_going: whether refused rows keep the others from being written.
        refused: a CSV file for the refused rows.
    """

    edition: date | None = None
    keep_going: bool = False
    refused: Path | None = None


def ingest(
    reader: Reader,
    inputs: Inputs,
    output: Path,
    reading: Reading,
    watch: Callable[[Iterator[Row], Inputs], Iterator[Row]],
) -> Ingested:
    """Files of a source -> records -> a graph file, which appears whole or not at all.

    N-Quads are written as they are made; canonical TriG needs all of them in memory. What the file held of an older
    edition is retired (`kg.ingest`). `watch` sees each row pass.

    Raises:
        InputError: a file of the source, or the older graph file, is missing or broken.
        UsageError: the editions do not follow each other.
        OutputError: the file cannot be written.
    """
    from kg.export import files  # noqa: PLC0415 - see above
    from kg.ingest import Ingest  # noqa: PLC0415
    from kg.ingest.ledger import Ledger  # noqa: PLC0415

    files.check(output)
    with Ledger() as ledger:
        if output.exists():
            ledger.keep(graphs.parse(output))
        run = Ingest(reader, reading.edition, ledger)
        lines = run.lines(watch(reader.read(inputs), inputs))
        against = None
        try:
            with files.replacing(output) as stream:
                _write(lines, output, stream)
                run.check(keep_going=reading.keep_going)
        except DataError as error:
            against = str(error)
        if reading.refused is not None:
            files.write(reading.refused, _refusals(ledger))
        return Ingested(run.tally(), tuple(islice(ledger.refused(), 20)), against)


def _write(lines: Iterator[str], output: Path, stream: BinaryIO) -> None:
    from kg.export.trig import trig  # noqa: PLC0415 - see above

    if output.suffix == ".nq":
        stream.writelines(text.encode() for text in lines)
    else:
        stream.write(trig(ox.parse("".join(lines).encode(), format=ox.RdfFormat.N_QUADS)).encode())


def _refusals(ledger: Ledger) -> str:
    from kg.export.cells import delimited  # noqa: PLC0415 - see above

    rows = ((row.at.file, row.at.row, row.at.column, row.value, row.reason) for row in ledger.refused())
    return delimited(("file", "row", "column", "value", "reason"), rows, ",")


def build(paths: Sequence[Path], store: Store | RemoteStore, say: Callable[[str], None], lang: str = "en") -> Built:
    """Graph files -> validate -> store; what does not conform replaces nothing.

    Raises:
        InputError: a file is missing or broken.
        StoreError: the store cannot be written.
    """
    from kg.derive import derive  # noqa: PLC0415 - see above

    files = graphs.discover(paths)
    with store.draft() as draft:
        say(f"reading {len(files)} files")
        draft.load(graphs.ontology_files(), ONTOLOGY_GRAPH)
        draft.load(files)
        say("checking them against the shapes")
        report = _report(draft.graph, files, lang)
        if not report.conforms:
            return Built(report, _holdings(files), None)
        say("writing the store")
        size = draft.finish(derive)
        store.commit(draft)
    return Built(report, _holdings(files), size)


def summary(view: View) -> str:
    """What a store holds, in one sentence, with how many of the declared parties are named."""
    size = view.size()
    counted = view.incidence()
    links = counted.links
    named, declared = sum(links["named"].to_pylist()), sum(links["declared"].to_pylist())
    bound = "at least " if any(links["bound"].to_pylist()) else ""
    held = f"{size.links} links among {len(counted.actors)} organisations from {size.sources} sources"
    return f"{held}; {named} of {bound}{declared} declared parties are named ({named / max(declared, 1):.0%})"


def check(paths: Sequence[Path], lang: str = "en") -> Report:
    """Graph files -> report; nothing is written.

    Raises:
        InputError: a file is missing or broken.
    """
    files = graphs.discover(paths)
    return _report(_loaded(files), files, lang)


def _report(data: ox.Store, files: Sequence[Path], lang: str) -> Report:
    """What does not conform, and judgements that cannot all be true."""
    from kg import resolve  # noqa: PLC0415 - see above
    from kg.validate import validate  # noqa: PLC0415

    report = validate(data, files, lang)
    torn = resolve.contradictions(data)
    places = graphs.locate({finding.evidence[0] for finding in torn}, files)
    told = (replace(finding, file=places.get(finding.evidence[0])) for finding in torn)
    return replace(report, findings=(*report.findings, *told))


def gaps(paths: Sequence[Path], lang: str, what: str | None = None) -> Table:
    """Graph files -> what they leave unknown; with `what`, the cases of that row.

    Raises:
        InputError: a file is missing or broken.
        UsageError: there is no such row.
    """
    from kg import coverage  # noqa: PLC0415 - see above

    data = _loaded(graphs.discover(paths))
    graphs.merge(data)
    return coverage.coverage(data, lang) if what is None else coverage.cases(data, what, lang)


def _loaded(files: Sequence[Path]) -> ox.Store:
    """`files` in memory, with the ontology in its graph; not merged."""
    data = ox.Store()
    graphs.load_all(data, graphs.ontology_files(), ONTOLOGY_GRAPH)
    graphs.load_all(data, files)
    return data


def draw(view: View, lens: Lens, picture: Picture) -> str:
    """View -> network -> scores, places and evidence -> one HTML page."""
    from kg import network  # noqa: PLC0415 - see above
    from kg.draw import page  # noqa: PLC0415 - see above

    return page.render(_scene(view, network.build(view.incidence(), lens), picture))


def _scene(view: View, shown: Network, picture: Picture) -> Scene:
    """The network as it is to be drawn, with what is told of it."""
    from kg import cards, measure  # noqa: PLC0415 - see above
    from kg.draw import compose  # noqa: PLC0415 - see above
    from kg.network.focus import around  # noqa: PLC0415 - see above

    measured = measure.find(picture.by).function(shown, picture.mode)
    iris = [actor.iri for actor in shown.actors]
    scores = dict(zip(iris, measured.values, strict=True))
    more = _more_measures(shown, picture)
    if picture.focus is not None:
        shown = around(shown, picture.focus, picture.hops)
    look = compose.Look(
        measure=picture.by,
        lang=picture.lang,
        title=_title(shown, picture.focus),
        measures={name: dict(zip(iris, values, strict=True)) for name, values in more.items()},
        names=cards.names(view),
        regions=cards.regions(view),
        units=cards.units(view),
        terms=cards.terms(view),
    )
    return compose.compose(shown, scores, cards.links(view, [link.iri for link in shown.links]), look)


def report(view: View, lens: Lens, picture: Picture, sector: str | None, top: int | None) -> str:
    """View -> network -> ranks, indicators, gaps, picture and evidence -> one HTML page without a script.

    Raises:
        UsageError: there are too many links for a page.
    """
    from kg import network  # noqa: PLC0415 - see above
    from kg.measure.rank import rank  # noqa: PLC0415
    from kg.report import book, contents, page  # noqa: PLC0415

    shown = network.build(view.incidence(), lens)
    contents.check(shown)
    ranking = rank(shown, picture.by, picture.mode, sector, top, picture.lang)
    return page.render(book.write(contents.gather(view, shown, _scene(view, shown, picture), ranking)))


_PATHS_UP_TO = 3000
"""Actors and links up to which a map offers measures that look at all shortest paths: beyond, they take minutes."""


def _more_measures(network: Network, picture: Picture) -> dict[str, tuple[float | None, ...]]:
    """The scores of every other measure that takes no long time."""
    from kg import measure  # noqa: PLC0415 - see above

    few = len(network.actors) + len(network.links) <= _PATHS_UP_TO
    slow = frozenset() if few else frozenset({"betweenness", "closeness"})
    offered = (one for one in measure.MEASURES if one.name not in {picture.by, *slow})
    return {one.name: one.function(network, picture.mode).values for one in offered}


def _title(shown: Network, focus: str | None) -> Label | None:
    """Whose neighbourhood the map shows; the scene's general title where it shows everything."""
    if focus is None:
        return None
    label = next(actor.label for actor in shown.actors if actor.iri == focus)
    return Label(f"Who works with {label.best('en')}", f"谁与{label.best('zh')}合作")


def _holdings(files: Sequence[Path]) -> Table:
    """What each file with evidence holds."""
    rows = tuple((file.name, *astuple(graphs.count(file))) for file in files if graphs.holds_evidence(file))
    return Table(("graph", "links", "organisations", "evidence", "sources"), rows)
