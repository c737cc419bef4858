"""The Python API: thin wrappers around the functions that the commands call, with the same errors."""

from __future__ import annotations

import weakref
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Self, Unpack

from kg import names
from kg.settings import settings_with
from kg.store.locate import check_damage, locate_store

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    import networkx as nx
    import pandas as pd

    from kg.map.options import MapFields
    from kg.map.rendered import Page
    from kg.measure.uncertainty.interval_table import Of
    from kg.measure.uncertainty.sampling import SamplingFields
    from kg.model import Table
    from kg.network import Lens, Mode
    from kg.network.lens_options import LensOptions
    from kg.settings import Settings
    from kg.store.view import View

    Paths = str | Path | Iterable[str | Path]


def open(store: str | Path | None = None, *, lang: str | None = None) -> Graph:  # noqa: A001 - users write kg.open()
    """Open the store at a path, or on the SPARQL server at a URL.

    The defaults are the settings of the command line (``KG_STORE`` and ``KG_LANG``, ``kg.toml``, else ``.kg/store`` and
    English). `lang`, "en" or "zh", is the language of labels and notes.
    """
    settings = settings_with(store, lang)
    return Graph(locate_store(settings.store).view(), settings)


def build(paths: Paths = (), store: str | Path | None = None, *, discard: bool = False) -> Graph:
    """Validate graph files, build the store from them, and open it; without `paths`, from the shipped files.

    The store changes only if all files conform; otherwise the notes of the error are the findings. Ingested data that
    no file contains are an error, unless `discard` is true.
    """
    from kg.ingest import build as ingest

    settings, files = settings_with(store, None), [paths] if isinstance(paths, str | Path) else paths
    target, graphs = locate_store(settings.store), [Path(path) for path in files]
    report = ingest.build(graphs, target, lambda _: None, settings.lang, drop_ingested=discard).report
    report.raise_for_findings("; the store is unchanged")
    return Graph(target.view(), settings)


class Graph:
    """An open store, in the state in which it was opened; use it in a ``with`` block, or call ``close()``.

    A node is an IRI, a key such as ``huawei``, or a name in any language. `view` is for functions of the library.
    """

    def __init__(self, view: View, settings: Settings) -> None:
        self.view, self.settings, self.lang = view, settings, settings.lang
        self.close = weakref.finalize(self, view.close)

    def __enter__(self) -> Self:
        """Return the graph."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the store."""
        self.close()

    def __repr__(self) -> str:
        """Return the location of the store."""
        return f"<kg.Graph {self.view.name}>"

    def query(self, text: str, *, labels: bool = True, timeout: float | None = None) -> Table:
        """Return the answer to a SPARQL 1.1 query, which can only read; the prefixes of the project are declared.

        With `labels`, a column ``<column>_label`` follows each column of IRIs with labels. `timeout` is in seconds.
        """
        from kg.query import answers

        with check_damage(self.view):
            return answers.query(self.view, text, self.settings, labels=labels, timeout=timeout)

    def questions(self) -> Table:
        """Return the names of the shipped questions, with their parameters."""
        from kg.query import questions

        return questions.table(self.lang)

    def question(self, name: str, /, *, labels: bool = True, **parameters: str | int | date) -> Table:
        """Return the answer to a shipped question; a parameter that is a keyword of Python is written ``from_``."""
        from kg.query import answers

        with check_damage(self.view):
            values = {key.removesuffix("_"): str(value) for key, value in parameters.items()}
            return answers.question(self.view, name, values, self.settings, labels=labels)

    def describe(self, node: str) -> Table:
        """Return what is stated about a node, with the evidence."""
        from kg.query import describe, lookup

        with check_damage(self.view):
            return describe.describe(self.view, lookup.lookup(self.view, node), self.lang)

    def evidence(self, iri: str) -> Table:
        """Return the source, the position and the statements of a piece of evidence (an IRI, or ``ev:…``)."""
        from kg.query import evidence

        with check_damage(self.view):
            return evidence.describe(self.view, evidence.find(self.view, iri))

    def network(self, **lens: Unpack[LensOptions]) -> Network:
        """Return the network that a lens selects; the options are the fields of `kg.network.Lens`."""
        from kg.network.lens_options import make_lens

        return Network(self, make_lens(**lens))


class Network:
    """A network of actors and links, made by `Graph.network`; `data` is for functions of the library."""

    def __init__(self, graph: Graph, lens: Lens) -> None:
        from kg.network import build, load_incidence

        with check_damage(graph.view):
            self.graph, self.lens, self.incidence = graph, lens, load_incidence(graph.view)
        self.data = build(self.incidence, lens)

    def __repr__(self) -> str:
        """Return the numbers of actors and links."""
        return f"<kg.Network {len(self.data.actors)} actors, {len(self.data.links)} links>"

    def rank(
        self,
        measure: str = "betweenness",
        *,
        sector: str | None = None,
        mode: Mode = "two-mode",
        intervals: bool | Of = False,
        **sampling: Unpack[SamplingFields],
    ) -> Table:
        """Return the actors by a measure of centrality, highest first, with the coverage of their links.

        With `intervals`, the columns `lower` and `upper` are the interval of each score (with "ranks", of each rank)
        that unnamed parties allow; `sampling` are fields of `kg.measure.uncertainty.sampling.SamplingOptions`.
        """
        from kg.measure.uncertainty.ranking import rank_options, ranking
        from kg.query import sectors

        with check_damage(self.graph.view):
            sectors.check(self.graph.view, sector)
        options = rank_options(measure, sector=sector, mode=mode, intervals=intervals, **sampling)
        return ranking(self.data, options, self.graph.lang).localise(self.graph.lang)

    def ties(self, by: Literal["year"] | None = None) -> Table:
        """Return the ties between actors with their weights, or with ``by="year"`` those of each year."""
        from kg.network.ties import ties, ties_by_year

        names.check_known("grouping", [by] if by else [], ["year"])
        lang = self.graph.lang
        return (ties_by_year(self.incidence, self.lens, lang) if by else ties(self.data, lang)).localise(lang)

    def to_networkx(self, mode: Mode = "two-mode") -> nx.Graph[str]:
        """Return a networkx graph of actors and links, or of actors (mode "one-mode"); the nodes are IRIs."""
        return self.data.to_networkx(mode)

    def to_pandas(self, mode: Mode = "two-mode") -> pd.DataFrame:
        """Return the edges as a data frame: participations of actors in links, or ties of actors ("one-mode")."""
        from kg.export.networks import edge_list

        return edge_list(self.data, mode).localise(self.graph.lang).to_pandas()

    def map(self, **options: Unpack[MapFields]) -> Page:
        """Return a map, or a picture with a `suffix` of ".svg" or ".png"; `focus` is a node."""
        from kg.map.build import draw
        from kg.map.options import map_options
        from kg.query import lookup

        with check_damage(self.graph.view):
            if focus := options.get("focus"):
                options["focus"] = lookup.lookup(self.graph.view, focus)
            options.setdefault("lang", self.graph.lang)
            return draw(self.graph.view, self.lens, map_options(**options))

    def report(self, measure: str = "betweenness", *, sector: str = "firm", limit: int = 15) -> Page:
        """Return a page with a map, ranks, indicators, gaps, and the evidence of each number."""
        from kg.map.options import MapOptions
        from kg.query import sectors
        from kg.report.build import report

        with check_damage(self.graph.view):
            sectors.check(self.graph.view, sector)
            options = MapOptions(measure=measure, lang=self.graph.lang)
            return report(self.graph.view, self.lens, options, sector, limit)
