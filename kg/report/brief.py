"""Texts and charts of the brief: numbers for people, with what they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from kg import __version__
from kg.findings.wording import percent
from kg.measure.significance import benjamini_hochberg
from kg.model.display import safe
from kg.report import charts
from kg.report.writer import HtmlWriter
from kg.texts import Text, localise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.model import Cell
    from kg.query.imprint import Imprint
    from kg.report.overview import PairShare
    from kg.report.since import Changes

LEVEL = 0.05
"""False discovery rate of the comparison of pairs of sectors with chance."""

T = TypeVar("T")


class BriefWriter(HtmlWriter):
    """Texts and charts of the brief, in the language of the page."""

    def percent(self, value: float) -> str:
        """Return a share as a percentage."""
        return percent(value)

    def three(self, value: Cell) -> str:
        """Return a score with at most three decimals; a smaller one that is not 0 is "below 0.001"."""
        if not isinstance(value, int | float):
            return self.cell(value)
        if value and abs(value) < _SMALLEST:
            return f"< {_SMALLEST}"
        return f"{value:.3f}".rstrip("0").rstrip(".") if abs(value) < 1 else f"{value:.4g}"

    def has_intervals(self) -> bool:
        """Return whether the ranking contains intervals."""
        return "lower" in self.references.content.ranking.columns

    def ranked(self) -> Iterator[dict[str, Cell]]:
        """Yield the rows of the ranking with a chart, the range of the score, and the numbers of parties."""
        rows = self.rows(self.references.content.ranking)
        names = ("score", "upper") if self.has_intervals() else ("score",)
        scale = charts.scale_of(_number(row.get(name)) for row in rows for name in names)
        for row in rows:
            score, ends = _number(row.get("score")), (_number(row.get("lower")), _number(row.get("upper")))
            known = (ends[0], ends[1]) if ends[0] is not None and ends[1] is not None else None
            colour = f"var(--{self.swatch(str(row.get('sector')))})"
            chart = "" if score is None else charts.interval(score, known, scale, colour)
            named = f"{self.cell(row.get('named'))} / {self.cell(row.get('declared'))}" if row.get("declared") else ""
            across = "" if known is None else f"{self.three(known[0])}–{self.three(known[1])}"
            yield {"sector": None, "label": None, **row, "chart": chart, "range": across, "named": named}

    def pair(self, sectors: tuple[str, str]) -> str:
        """Return the names of two sectors, or of one that has ties within it."""
        first, second = (self.term("sector", one) for one in sectors)
        return self.word("within", one=first) if first == second else self.word("andSector", first=first, second=second)

    def share_bar(self, one: PairShare) -> str:
        """Return a bar of a share of ties with a mark at what chance gives."""
        pairs = self.references.content.overview.sectors
        scale = charts.scale_of(value for other in pairs for value in (other.share, other.expected))
        return charts.bar(one.share, scale, mark=one.expected)

    def against_chance(self, one: PairShare) -> str:
        """Return whether a share differs from chance at `LEVEL`, over all pairs that are listed."""
        tested = [other for other in self.references.content.overview.sectors if other.p is not None]
        if one.p is None or one.expected is None:
            return "—"
        adjusted = benjamini_hochberg([other.p or 0.0 for other in tested], len(tested))
        if adjusted[tested.index(one)] > LEVEL:
            return self.word("asChance")
        return self.word("more" if one.share > one.expected else "fewer")

    def has_former(self, changes: Changes) -> bool:
        """Return whether a listed change has an earlier fact."""
        return any(one.before is not None for one in changes.listed)

    def fact(self, value: Cell) -> str:
        """Return a fact of a change; nothing for ``None``."""
        return localise(value, self.lang) if isinstance(value, str | Text) else self.cell(value)

    def counted(self, counts: Sequence[tuple[T, int]]) -> Iterator[tuple[T, int, str]]:
        """Yield things with their numbers and a bar."""
        scale = charts.scale_of(count for _, count in counts)
        for thing, count in counts:
            yield thing, count, charts.bar(count, scale)

    def coverage_bar(self, coverage: Cell) -> str:
        """Return a bar of a share of known values."""
        share = _number(coverage)
        return "" if share is None else charts.bar(share, 1.0)

    def imprint(self, imprint: Imprint) -> Iterator[str]:
        """Yield the day of issue, the maker and the licence of the data."""
        yield self.word("issued", day=imprint.issued)
        if imprint.author:
            yield self.word("madeBy", author=imprint.author)
        if imprint.licences:
            yield self.word("dataLicence", licences=self.semicolon.join(map(self.text, imprint.licences)))

    def citation(self, imprint: Imprint) -> str:
        """Return how to cite the report."""
        after = {"en": ". ", "zh": "："}[self.lang]
        return self.word(
            "cite",
            author=f"{imprint.author}{after}" if imprint.author else "",
            title=safe(self.text(self.scene.title)),
            day=imprint.issued,
            version=__version__,
            links=len(self.references.cards),
            sources=len(self.references.origins),
        )


_SMALLEST = 0.001


def _number(cell: Cell) -> float | None:
    return float(cell) if isinstance(cell, int | float) and not isinstance(cell, bool) else None
