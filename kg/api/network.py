"""A network of an open store."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Unpack

from kg import names
from kg.store.locate import check_damage
from kg.texts import Message

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd

    from kg.map.options import MapFields
    from kg.map.rendered import Page
    from kg.measure.uncertainty.interval_table import Of
    from kg.measure.uncertainty.sampling import SamplingFields
    from kg.model import Table
    from kg.network import Lens, Mode
    from kg.store.view import View


class Network:
    """A network of actors and links, made by `Graph.network`; `data` is for functions of the library."""

    def __init__(self, view: View, lang: str, lens: Lens) -> None:
        from kg.network import build, load_incidence

        with check_damage(view):
            self.view, self.lang, self.lens, self.incidence = view, lang, lens, load_incidence(view)
        self.data = build(self.incidence, lens)

    def __repr__(self) -> str:
        """Return the numbers of actors and links."""
        return f"<kg.Network {len(self.data.actors)} actors, {self.data.totals().links} links>"

    def rank(
        self,
        measure: str | None = None,
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

        with check_damage(self.view):
            sectors.check(self.view, sector)
        options = rank_options(measure, sector=sector, mode=mode, intervals=intervals, **sampling)
        return ranking(self.data, options, self.lang).localise(self.lang)

    def findings(self, sector: str | None = None) -> Table:
        """Return up to seven sentences with their numbers and links; `sector` selects the actors that are ranked."""
        from kg.findings import findings, table
        from kg.measure.summary_notes import summary_notes
        from kg.query import sectors

        with check_damage(self.view):
            sectors.check(self.view, sector)
        return table(
            findings(self.data, sector, incidence=self.incidence), summary_notes(self.data), iris=True
        ).localise(self.lang)

    def ties(self, by: Literal["year"] | None = None) -> Table:
        """Return the ties between actors with their weights, or with ``by="year"`` those of each year."""
        from kg.network.ties import ties, ties_by_year

        names.check_known(Message("grouping"), [by] if by else [], ["year"])
        lang = self.lang
        return (ties_by_year(self.incidence, self.lens, lang) if by else ties(self.data, lang)).localise(lang)

    def to_networkx(self, mode: Mode = "two-mode") -> nx.Graph[str]:
        """Return a networkx graph of actors and links, or of actors (mode "one-mode"); the nodes are IRIs."""
        return self.data.to_networkx(mode)

    def to_pandas(self, mode: Mode = "two-mode") -> pd.DataFrame:
        """Return the edges as a data frame: participations of actors in links, or ties of actors ("one-mode")."""
        from kg.export.networks import edge_list

        return edge_list(self.data, mode).localise(self.lang).to_pandas()

    def map(self, **options: Unpack[MapFields]) -> Page:
        """Return a map, or a picture with a `suffix` of ".svg" or ".png"; `focus` is a node."""
        from kg.map.build import draw
        from kg.map.options import map_options
        from kg.query import lookup

        with check_damage(self.view):
            if focus := options.get("focus"):
                options["focus"] = lookup.lookup(self.view, focus)
            options.setdefault("lang", self.lang)
            return draw(self.view, self.lens, map_options(**options))

    def report(self, measure: str | None = None, *, sector: str = "firm", limit: int = 15, annex: bool = False) -> Page:
        """Return the brief: findings, map, ranks, sectors, years, places and gaps; with `annex`, the evidence too."""
        from kg.map.options import MapOptions
        from kg.query import sectors
        from kg.report.build import ReportOptions, report

        with check_damage(self.view):
            sectors.check(self.view, sector)
            options = MapOptions(measure=measure, lang=self.lang)
            chosen = ReportOptions(sector, limit, annex=annex)
            return report(self.view, self.lens, options, chosen)[0]
