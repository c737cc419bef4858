"""Labels beside the IRIs of an answer."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.texts import tags

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.model import Cell, Table
    from kg.store.view import View

    Texts = dict[Cell, dict[str, set[str]]]
    """Labels by IRI and language."""

SUFFIX = "_label"
"""The end of the name of a column of labels."""

BETWEEN = " | "
"""Separator of the labels of several IRIs."""

_AT_ONCE = 2000
"""The number of IRIs in a query for labels."""

_LABELS = """SELECT ?node ?text (LANG(?text) AS ?lang) {{ VALUES ?node {{ {0} }}
  ?node skos:prefLabel|rdfs:label|hx:post/skos:prefLabel ?text }}"""


def with_labels(view: View, table: Table, lang: str) -> Table:
    """Return `table` with a column ``<column>_label`` after each column that contains an IRI with a label.

    Labels are in `lang`, else in the other language, else in any. A column gets none if another column contains a
    label of each of its IRIs, in any language, so that the columns are the same in every language.
    """
    columns = [place for place, name in enumerate(table.columns) if name + SUFFIX not in table.columns]
    texts = _texts(view, {iri for row in table.rows for place in columns for iri in _iris(row[place])})
    labelled = {place for place in columns if _lacks_labels(table, place, texts)}
    known = {iri: _choose(by_lang, lang) for iri, by_lang in texts.items()}
    return replace(
        table,
        columns=tuple(_columns(table.columns, labelled)),
        rows=tuple(tuple(_cells(row, labelled, known)) for row in table.rows),
    )


def _texts(view: View, cells: Iterable[Cell]) -> Texts:
    """Return the labels of those of `cells` that are IRIs with a label."""
    iris = sorted(cell for cell in cells if isinstance(cell, str))
    texts: Texts = defaultdict(lambda: defaultdict(set))
    for start in range(0, len(iris), _AT_ONCE):
        for row in view.select(_LABELS.format(" ".join(f"<{iri}>" for iri in iris[start : start + _AT_ONCE]))):
            texts[row["node"].value][row["lang"].value].add(row["text"].value)
    return dict(texts)


def _lacks_labels(table: Table, place: int, texts: Texts) -> bool:
    """Return whether the column at `place` contains IRIs with labels, and no other column contains these."""
    if any(len(_iris(row[place])) > 1 and any(iri in texts for iri in _iris(row[place])) for row in table.rows):
        return True
    rows = [(row, set().union(*texts[row[place]].values())) for row in table.rows if row[place] in texts]
    others = [other for other in range(len(table.columns)) if other != place]
    return bool(rows) and not any(all(row[other] in labels for row, labels in rows) for other in others)


def _iris(cell: Cell) -> list[str]:
    """Return the IRIs in a cell: one, or several with blanks between them."""
    parts = cell.split(" ") if isinstance(cell, str) else []
    return parts if all(map(_is_iri, parts)) else []


def _label(cell: Cell, known: Mapping[Cell, str]) -> str | None:
    """Return the labels of the IRIs in a cell; an IRI without a label stays as it is among others with one."""
    iris = _iris(cell)
    if not any(iri in known for iri in iris):
        return None
    return BETWEEN.join(known.get(iri, iri) for iri in iris)


def _is_iri(text: str) -> bool:
    try:
        return ox.NamedNode(text).value == text
    except ValueError:
        return False


def _choose(texts: Mapping[str, set[str]], lang: str) -> str:
    """Return the first text in the best language."""
    known = [found for each in (lang, "en", "zh") if (found := tags.best(texts, each))]
    return min(known[0] if known else texts[min(texts)])


def _columns(columns: Sequence[str], labelled: set[int]) -> Iterator[str]:
    for place, name in enumerate(columns):
        yield name
        if place in labelled:
            yield name + SUFFIX


def _cells(row: Sequence[Cell], labelled: set[int], known: Mapping[Cell, str]) -> Iterator[Cell]:
    for place, cell in enumerate(row):
        yield cell
        if place in labelled:
            yield _label(cell, known)
