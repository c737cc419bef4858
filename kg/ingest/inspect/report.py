"""The answer to a person about an inspected table: columns with their roles, and what to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.ingest.inspect.budget import MAX_CHARACTERS
from kg.ingest.inspect.columns import expected, has_bare_numbers
from kg.ingest.inspect.words import KINDS, STAGES, notation
from kg.model import Table, Text
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.ingest.inspect.columns import ColumnGuess
    from kg.ingest.inspect.lookalikes import Pair
    from kg.ingest.inspect.survey import Survey
    from kg.ingest.inspect.trial import Trial

ROLES = {
    "key": Message("number of the row"),
    "name": Message("name of the agreement"),
    "kind": Message("kind of agreement"),
    "stage": Message("stage"),
    "start": Message("date of the start"),
    "end": Message("date of the end"),
    "term": Message("start and end"),
    "duration": Message("duration"),
    "money": Message("amount of the agreement"),
    "count": Message("number of unnamed parties"),
    "partner": Message("partners"),
    "unit": Message("unit inside"),
    "university": Message("our university"),
    "person": Message("person in charge (internal)"),
    "remark": Message("remark (internal)"),
    "website": Message("web address"),
    "region": Message("region"),
    "city": Message("city"),
    "identifier": Message("unified social credit code"),
    "ignored": Message("private or of no use here; not read"),
    "": Message("unknown; not read"),
}
"""Meanings of columns."""
_COLUMNS = ("column", "meaning", "filled", "examples")
_UNITS = {
    "年": Message("in years"),
    "月": Message("in months"),
    "个月": Message("in months"),
    "万元": Message("in 10,000 yuan"),
    "亿元": Message("in 100 million yuan"),
    "千元": Message("in 1,000 yuan"),
    "元": Message("in yuan"),
    "thousand": Message("in thousands"),
    "million": Message("in millions"),
    "billion": Message("in billions"),
}
_SHOWN = 8


def table(survey: Survey, trial: Trial, pairs: Sequence[Pair] | StoreError) -> Table:
    """Return the columns of a table with their meanings, and what to look at as notes.

    Args:
        survey: the table as it seems to be.
        trial: results of the drafted mapping.
        pairs: names that look alike, or the reason why the store cannot be compared with.
    """
    rows = tuple((column.name, _meaning(column), column.filled, column.examples) for column in survey.columns)
    notes = (*_place(survey), *_words(survey), *_doubts(survey), *_trial(trial), *_pairs(pairs))
    return Table(_COLUMNS, rows, notes)


def _meaning(column: ColumnGuess) -> Text:
    role = ROLES[column.role]
    return Message("{role}, {unit}", role=role, unit=_UNITS.get(column.unit, column.unit)) if column.unit else role


def _place(survey: Survey) -> Iterator[Text]:
    lines = ", ".join(map(str, survey.header_rows))
    if survey.sheet:
        yield Message(
            "Sheet {sheet}, header in row {lines}, {rows} rows.", sheet=survey.sheet, lines=lines, rows=survey.rows
        )
    else:
        yield Message("Header in row {lines}, {rows} rows.", lines=lines, rows=survey.rows)
    if survey.is_partial:
        yield Message(
            "The table is larger: meanings, filled cells and words are those of its first {rows} rows.",
            rows=survey.rows,
        )
    if survey.owner:
        yield Message("The ledger seems to be that of {owner}.", owner=survey.owner)
    elif survey.column("university") is None:
        yield Message("The ledger does not name its owner: write the name in the mapping, under us.")


def _words(survey: Survey) -> Iterator[Text]:
    for role, known in (("kind", KINDS), ("stage", STAGES)):
        column = survey.column(role)
        unknown = [word for word, _ in column.values if not notation(word, known)] if column else []
        if column and unknown:
            words = ", ".join(unknown[:_SHOWN]) + (" …" if len(unknown) > _SHOWN else "")
            yield Message(
                "{name}: {unknown} of {values} words fit no kind: {words}.",
                name=column.name,
                unknown=len(unknown),
                values=len(column.values),
                words=words,
            )
        elif column:
            yield Message(
                "{name}: each of the {values} words has a guess.", name=column.name, values=len(column.values)
            )


def _doubts(survey: Survey) -> Iterator[Text]:
    """Yield the columns whose values do not fit their headings, and amounts without a unit."""
    for column in survey.columns:
        if expected(column):
            yield Message(
                "{name}: the heading is that of a date, an amount or a count, but most values are not ({examples}); "
                "the column is not read.",
                name=column.name,
                examples=column.examples,
            )
        elif column.role == "money" and not column.unit and has_bare_numbers(column):
            yield Message(
                "{name}: no unit is stated; bare numbers are read in the unit of the currency; "
                "correct in: of the mapping.",
                name=column.name,
            )


def _trial(trial: Trial) -> Iterator[Text]:
    skipped = sum(trial.skipped.values())
    yield Message(
        "With this mapping, {used} rows can be used, {skipped} are skipped and {refused} refused.",
        used=trial.used,
        skipped=skipped,
        refused=trial.refused,
    )
    if trial.is_partial:
        yield Message(
            "The table has more than {count} characters: the trial reads its first rows; kg ingest table reads all.",
            count=MAX_CHARACTERS,
        )
    if trial.unnamed:
        exact = sum(number for number, kind in trial.unnamed if kind == "exact")
        bounds = sum(number for number, kind in trial.unnamed if kind != "exact")
        cells = len(trial.unnamed)
        yield Message(
            "{cells} cells count parties without naming all: {exact} exactly, {bounds} or more by bounds.",
            cells=cells,
            exact=exact,
            bounds=bounds,
        )
    for (column, reason), refused in list(trial.reasons.items())[:_SHOWN]:
        found = "; ".join(dict.fromkeys(value[:40] for value in refused.values if value))
        found = f" ({found})" if found else ""
        where = f"{column}: " if column else ""
        rows = ", ".join(map(str, refused.rows)) + (" …" if refused.count > len(refused.rows) else "")
        yield Message(
            "{count} refused: {where}{reason}{found}, in row {rows}.",
            count=refused.count,
            where=where,
            reason=reason,
            found=found,
            rows=rows,
        )


def _pairs(pairs: Sequence[Pair] | StoreError) -> Iterator[Text]:
    if isinstance(pairs, StoreError):
        yield Message("Names are not compared: {reason}.", reason=pairs.message)
    elif pairs:
        yield Message("{pairs} pairs of names may be one organisation: decide them in pairs.csv.", pairs=len(pairs))
    else:
        yield Message("No name looks like another.")
