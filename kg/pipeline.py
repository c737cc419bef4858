"""The order of the steps, which is known here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import cards, graphs, measure, network
from kg.draw import compose, page
from kg.model import Label, Table
from kg.network.focus import around
from kg.terms import ONTOLOGY_GRAPH
from kg.validate import validate

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from kg.model import Report
    from kg.network import Lens, Mode
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
    hops: int = 2
    lang: str = "en"


def build(paths: Sequence[Path], store: Store, say: Callable[[str], None]) -> Built:
    """Graph files -> validate -> store; what does not conform replaces nothing.

    Raises:
        InputError: a file is missing or broken.
        StoreError: the store cannot be written.
    """
    files = graphs.discover(paths)
    with store.draft() as draft:
        say(f"reading {len(files)} files")
        draft.load(graphs.ontology_files(), ONTOLOGY_GRAPH)
        draft.load(files)
        say("checking them against the shapes")
        report = validate(draft.graph, files)
        if not report.conforms:
            return Built(report, _holdings(files), None)
        say("writing the store")
        size = draft.finish()
        store.commit(draft)
    return Built(report, _holdings(files), size)


def summary(view: View) -> str:
    """What a store holds, in one sentence, with how many of the declared parties are named."""
    size = view.size()
    links = view.incidence().links
    named, declared = sum(links["named"].to_pylist()), sum(links["declared"].to_pylist())
    bound = "at least " if any(links["bound"].to_pylist()) else ""
    held = f"{size.links} links among {size.actors} organisations from {size.sources} sources"
    return f"{held}; {named} of {bound}{declared} declared parties are named ({named / max(declared, 1):.0%})"


def check(paths: Sequence[Path]) -> Report:
    """Graph files -> report; nothing is written.

    Raises:
        InputError: a file is missing or broken.
    """
    files = graphs.discover(paths)
    data = ox.Store()
    for file in graphs.ontology_files():
        graphs.load(data, file, ONTOLOGY_GRAPH)
    for file in files:
        graphs.load(data, file)
    return validate(data, files)


def draw(view: View, lens: Lens, picture: Picture) -> str:
    """View -> network -> scores, places and evidence -> one HTML page."""
    shown = network.build(view.incidence(), lens)
    measured = measure.find(picture.by).function(shown, picture.mode)
    scores = {actor.iri: score for actor, score in zip(shown.actors, measured.values, strict=True)}
    if picture.focus is not None:
        shown = around(shown, picture.focus, picture.hops)
    look = compose.Look(
        measure=picture.by,
        lang=picture.lang,
        title=_title(shown, picture.focus),
        names=cards.names(view),
        terms=cards.terms(view),
    )
    return page.render(compose.compose(shown, scores, cards.links(view, [link.iri for link in shown.links]), look))


def _title(shown: network.Network, focus: str | None) -> Label | None:
    """Whose neighbourhood the map shows; the scene's general title where it shows everything."""
    if focus is None:
        return None
    label = next(actor.label for actor in shown.actors if actor.iri == focus)
    return Label(f"Who works with {label.best('en')}", f"谁与{label.best('zh')}合作")


def _holdings(files: Sequence[Path]) -> Table:
    """What each graph file holds."""
    rows = [(file.name, *_counts(file)) for file in files if file.suffix in {".trig", ".nq"}]
    return Table(("graph", "links", "organisations", "evidence", "sources"), tuple(rows))


def _counts(file: Path) -> tuple[int, int, int, int]:
    held = graphs.count(file)
    return held.links, held.actors, held.evidence, held.sources
