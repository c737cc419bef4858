"""The frozen values that cross the borders between modules.

Nothing here reads, writes or computes more than a view of itself. Ids are IRIs as plain strings.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from kg.errors import UsageError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

Cell = str | int | float | bool | date | None
"""What a cell of a `Table` may be; ``None`` is "not known" or "not defined" and prints as nothing."""


class Note(str):
    """A sentence for people: the text is English, and its Chinese goes with it until somebody is told."""

    __slots__ = ("zh",)

    zh: str

    def __new__(cls, en: str, zh: str) -> Self:
        """The same in both languages."""
        made = super().__new__(cls, en)
        made.zh = zh
        return made

    def __getnewargs__(self) -> tuple[str, str]:  # type: ignore[override]
        """What a copy of it is made from."""
        return str(self), self.zh


def spoken(text: str, lang: str) -> str:
    """The text in `lang` ("en" or "zh"), where it knows itself in both; else as it is."""
    return text.zh if lang == "zh" and isinstance(text, Note) else str(text)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns, as every question and measure answers.

    Attributes:
        columns: names of the columns, in order.
        rows: tuples as long as `columns`.
        notes: what a reader must know of the rows (the lens, what is missing), one sentence each.
        truncated: whether there are more rows than the limit allowed.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    truncated: bool = False

    def told(self, lang: str) -> Table:
        """The same for somebody who reads `lang`: its notes, and cells that are sentences."""
        rows = tuple(tuple(spoken(cell, lang) if isinstance(cell, Note) else cell for cell in row) for row in self.rows)
        return replace(self, rows=rows, notes=tuple(spoken(note, lang) for note in self.notes))

    def to_arrow(self) -> pa.Table:
        """The same for pyarrow: whole numbers, numbers, truths, dates and texts keep their type, ``None`` is null.

        A column of several types is of text; one without any value has the type null.
        """
        import pyarrow as pa  # noqa: PLC0415 - 0.1 s that only those pay who want it

        columns = [[row[place] for row in self.rows] for place in range(len(self.columns))]
        return pa.table([_column(cells) for cells in columns], names=list(self.columns))

    def to_pandas(self) -> pd.DataFrame:
        """The same for pandas, in types that know NA; the notes are its ``attrs["notes"]``.

        Raises:
            UsageError: pandas is not installed.
        """
        pandas = _optional("pandas")
        types = {
            "int64": pandas.Int64Dtype(),
            "double": pandas.Float64Dtype(),
            "bool": pandas.BooleanDtype(),
            "string": pandas.StringDtype(),
        }
        frame: pd.DataFrame = self.to_arrow().to_pandas(
            types_mapper=lambda kind: types.get(str(kind)) or pandas.ArrowDtype(kind)
        )
        frame.attrs["notes"] = [str(note) for note in self.notes]
        return frame

    def to_polars(self) -> pl.DataFrame:
        """The same for polars; it has no place for the notes.

        Raises:
            UsageError: polars is not installed.
        """
        frame: pl.DataFrame = _optional("polars").from_arrow(self.to_arrow())
        return frame


_LARGEST = 2**63


def _column(cells: list[Cell]) -> pa.Array:
    """Cells of one column as an array of the one type that holds them all."""
    import pyarrow as pa  # noqa: PLC0415 - see `Table.to_arrow`

    kinds = {type(cell) for cell in cells if cell is not None}
    too_large = any(type(cell) is int and not -_LARGEST <= cell < _LARGEST for cell in cells)
    if too_large or (len(kinds) > 1 and not kinds <= {int, float}):
        return pa.array([None if cell is None else str(cell) for cell in cells], pa.string())
    if kinds == {int, float}:
        return pa.array([None if cell is None else float(cell) for cell in cells], pa.float64(), from_pandas=True)  # type: ignore[arg-type]
    return pa.array(cells, from_pandas=True)


def _optional(name: str) -> Any:  # noqa: ANN401 - a module
    """A library that people have or have not.

    Raises:
        UsageError: they have not.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise UsageError(f"{name} is not installed here; pip install 'helix-kg[{name}]' brings it") from error


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where data do not conform.

    Attributes:
        rule: the name of the shape or rule.
        node: IRI of the node concerned.
        message: what is wrong and what to do, in words.
        evidence: IRIs of the evidence graphs that state something of the node.
        file: the graph file, where known.
    """

    rule: str
    node: str
    message: str
    evidence: tuple[str, ...] = ()
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What validation found; it conforms when there is no finding."""

    findings: tuple[Finding, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether there is nothing to mend."""
        return not self.findings


@dataclass(frozen=True, slots=True)
class Label:
    """The names of one thing by language; either may be missing."""

    en: str | None = None
    zh: str | None = None

    def best(self, lang: str) -> str | None:
        """The name in `lang` ("en" or "zh"), else in the other language, else ``None``."""
        first, second = (self.zh, self.en) if lang == "zh" else (self.en, self.zh)
        return first or second


@dataclass(frozen=True, slots=True)
class Seat:
    """The place where an organisation has its seat; degrees of WGS 84, none where the place has no coordinates."""

    iri: str
    label: Label
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class EvidenceCard:
    """What a reader needs to check one piece of evidence.

    Attributes:
        iri: the evidence graph.
        source: IRI of the source; of what was derived, IRI of the rule.
        publisher, title, published, address, quality: of the source, as stated there.
        start, end: the sentence's place in the plain text (characters, end exclusive).
        digest: ``sha256:<hex>`` of the normalised sentence.
        reading: notation of how it was read: sentence, record, address, editorial, inference; or rule, if derived.
        note: what it says, in our own words.
        derived_from: IRIs of the evidence that it combines.
    """

    iri: str
    source: str
    publisher: str | None = None
    title: str | None = None
    published: str | None = None
    address: str | None = None
    quality: str | None = None
    start: int | None = None
    end: int | None = None
    digest: str | None = None
    reading: str | None = None
    note: str | None = None
    derived_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartyCard:
    """One participation in a link: an actor, or a counted group nobody named (then `actor` is ``None``)."""

    role: str
    actor: str | None
    label: Label
    count: int | None = None
    count_kind: str | None = None
    named: int = 0


@dataclass(frozen=True, slots=True)
class LinkCard:
    """One link with everything that a panel of the map or `kg show` tells of it.

    Attributes:
        kind, stage: notations of the concepts.
        stated_as: the date in the source's own words.
        start, latest: the first and the last day on which it can have begun, where known.
        named, declared: how many parties are named, of how many declared (at least, if `is_lower_bound`).
    """

    iri: str
    label: Label
    kind: str
    stage: str | None
    stated_as: str | None
    start: date | None
    description: Label
    parties: tuple[PartyCard, ...]
    named: int
    declared: int
    is_lower_bound: bool
    evidence: tuple[EvidenceCard, ...] = ()
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class Yield:
    """How much of each kind a graph file holds, counted or expected."""

    links: int
    actors: int
    evidence: int
    sources: int
