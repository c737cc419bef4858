"""The frozen values that cross the borders between modules.

Nothing here reads, writes or computes more than a view of itself. Ids are IRIs as plain strings.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pandas as pd
    import polars as pl
    import pyarrow as pa


@dataclass(frozen=True, slots=True)
class Text:
    """A text in English and Chinese; either may be missing.

    A text becomes a `str` only by `localise`. ``str(text)`` and ``f"{text}"`` raise: they would drop a language.
    """

    en: str | None = None
    zh: str | None = None

    def localise(self, lang: str) -> str | None:
        """Return the text in `lang` ("en" or "zh"), else in the other language, else ``None``."""
        first, second = (self.zh, self.en) if lang == "zh" else (self.en, self.zh)
        return first or second

    def format(self, **values: object) -> Text:
        """Return both texts with ``{name}`` replaced by `values`; a `Text` among them is inserted in each language."""
        return Text(*(_filled(self, lang, values) for lang in ("en", "zh")))

    def join(self, parts: Iterable[Text]) -> Text:
        """Return `parts` joined in each language, with this text as the separator."""
        texts = tuple(parts)
        return Text(
            *((self.localise(lang) or "").join(localise(text, lang) for text in texts) for lang in ("en", "zh"))
        )

    def __str__(self) -> str:
        """Raise a `TypeError`; use `localise`."""
        raise TypeError("a Text has two languages; choose one with Text.localise")


def localise(text: str | Text, lang: str) -> str:
    """Return `text` in `lang` ("en" or "zh"); a plain `str` is returned as it is."""
    return (text.localise(lang) or "") if isinstance(text, Text) else text


def _filled(text: Text, lang: str, values: Mapping[str, object]) -> str | None:
    """Return `text` in `lang` with `values` inserted, or ``None`` if it has no text in `lang`."""
    template = text.zh if lang == "zh" else text.en
    if template is None:
        return None
    return template.format(**{key: localise(v, lang) if isinstance(v, Text) else v for key, v in values.items()})


Cell = str | int | float | bool | date | Text | None
"""The value of a `Table` cell; ``None`` means unknown or undefined and is printed as an empty cell."""


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
    notes: tuple[Text | str, ...] = ()
    truncated: bool = False

    def localise(self, lang: str) -> Table:
        """Return this table with each `Text` among its cells and notes replaced by its text in `lang`."""
        rows = tuple(
            tuple(cell.localise(lang) if isinstance(cell, Text) else cell for cell in row) for row in self.rows
        )
        return replace(self, rows=rows, notes=tuple(localise(note, lang) for note in self.notes))

    def to_arrow(self) -> pa.Table:
        """The same for pyarrow: whole numbers, numbers, truths, dates and texts keep their type, ``None`` is null.

        A column of several types is of text; one without any value has the type null.
        """
        import pyarrow as pa  # noqa: PLC0415 - 0.1 s that only those pay who want it

        rows = self.localise("en").rows
        columns = [[row[place] for row in rows] for place in range(len(self.columns))]
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
        frame.attrs["notes"] = list(self.localise("en").notes)
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
class Seat:
    """The place where an organisation has its seat; degrees of WGS 84, none where the place has no coordinates."""

    iri: str
    label: Text
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
    label: Text
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
    label: Text
    kind: str
    stage: str | None
    stated_as: str | None
    start: date | None
    description: Text
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
