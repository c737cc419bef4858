"""The order of the steps, which is known here and nowhere else.

A step is imported when it is taken: a build does not wait for what draws, nor a map for what validates.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import graphs
from kg.model import Label, Table
from kg.terms import ONTOLOGY_GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from kg.draw.forms import Drawn
    from kg.model import Report
    from kg.network import Lens, Mode, Network
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
        form: the suffix of its file, one of `kg.draw.forms.FORMS`.
    """

    by: str = "betweenness"
    mode: Mode = "two-mode"
    focus: str | None = None
    hops: int = 1
    lang: str = "en"
    form: str = ".html"


def build(paths: Sequence[Path], store: Store, say: Callable[[str], None], lang: str = "en") -> Built:
    """Graph files -> validate -> store; what does not conform replaces nothing.

    Raises:
        InputError: a file is missing or broken.
        StoreError: the store cannot be written.
    """
    from kg.derive import derive  # noqa: PLC0415 - see above
    from kg.validate import validate  # noqa: PLC0415

    files = graphs.discover(paths)
    with store.draft() as draft:
        say(f"reading {len(files)} files")
        draft.load(graphs.ontology_files(), ONTOLOGY_GRAPH)
        draft.load(files)
        say("checking them against the shapes")
        report = validate(draft.graph, files, lang)
        if not report.conforms:
            return Built(report, _holdings(files), None)
        say("writing the store")
        size = draft.finish(derive)
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


def check(paths: Sequence[Path], lang: str = "en") -> Report:
    """Graph files -> report; nothing is written.

    Raises:
        InputError: a file is missing or broken.
    """
    from kg.validate import validate  # noqa: PLC0415 - see above

    files = graphs.discover(paths)
    return validate(_loaded(files), files, lang)


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


def draw(view: View, lens: Lens, picture: Picture) -> Drawn:
    """View -> network -> scores, places and evidence -> one page, or one picture."""
    from kg import cards, measure, network  # noqa: PLC0415 - see above
    from kg.draw import compose, forms  # noqa: PLC0415 - see above
    from kg.network.focus import around  # noqa: PLC0415 - see above

    shown = network.build(view.incidence(), lens)
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
        seats=cards.seats(view),
        terms=cards.terms(view),
    )
    told = [link.iri for link in shown.links] if forms.tells_links(len(shown.actors), picture.form) else []
    return forms.draw(compose.compose(shown, scores, cards.links(view, told), look), picture.form)


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
