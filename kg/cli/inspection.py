"""Inspection of a table by ``kg ingest FILE``: writes a mapping and a table of pairs, and prints what to look at."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import console, language
from kg.cli.options import emit, is_language_chosen, settings, store
from kg.errors import Error, StoreError, UsageError
from kg.texts import Message, localise

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kg.ingest.inspect.lookalikes import Pair
    from kg.ingest.inspect.trial import Trial

MAPPING, PAIRS = Path("mapping.yaml"), Path("pairs.csv")


def is_table(name: str) -> bool:
    """Return whether the argument of the reader is the path of a table."""
    from kg.ingest.readers.spreadsheets import SUFFIXES, suffix_of

    return suffix_of(Path(name)) in SUFFIXES


def inspect(path: Path) -> None:
    """Inspect a table, write `MAPPING` and `PAIRS`, and print the meaning of each column and what to look at.

    Raises:
        UsageError: one of the files exists.
        InputError: the table cannot be read.
    """
    from kg import files
    from kg.export.cells import delimited
    from kg.ingest.inspect import draft, lookalikes, report
    from kg.ingest.inspect.survey import survey
    from kg.ingest.inspect.trial import trial
    from kg.ingest.readers import mapping_parser
    from kg.ingest.readers.input_files import Inputs
    from kg.terms import readable

    for file in (MAPPING, PAIRS):
        if file.exists():
            raise UsageError("{file} exists; move or delete it, because a draft would replace it", file=file)
    inputs = Inputs([path])
    found = survey(inputs, path)
    ledger = _by_script(one.name for one in found.columns)
    lang = speak(ledger)
    if sys.stdin.isatty() and sys.stdout.isatty():
        from kg.cli import dialogue

        found = dialogue.ask(inputs, path, found, lang)
    text = draft.draft(found, path.stem, ledger)
    tried = trial(inputs, path, mapping_parser.read(_completed(text), str(MAPPING)))
    pairs = _pairs(tried, lang)
    files.atomic_write(MAPPING, text)
    if not isinstance(pairs, StoreError):
        rows = ((readable(one.left), readable(one.right), one.score, one.reason, "") for one in pairs)
        files.atomic_write(PAIRS, delimited(lookalikes.COLUMNS, rows, ",", spreadsheet=True))
    emit(report.table(found, tried, pairs))
    for note in inputs.notes:
        click.echo(localise(note, lang), err=True)
    click.echo(_next(path, lang, pairs), err=True)


def _completed(text: str) -> str:
    """Return a draft whose placeholders have another text, so that it can be tried."""
    from kg.ingest.readers.mapping_keys import PLACEHOLDER

    for placeholder in PLACEHOLDER.values():
        text = text.replace(placeholder, "…")
    return text


def _pairs(tried: Trial, lang: str) -> Sequence[Pair] | StoreError:
    from kg.ingest.inspect.lookalikes import lookalikes

    try:
        with store().view() as view:
            return lookalikes(view, tried.actors.values(), lang)
    except StoreError as error:  # the report states it
        return error


def _next(path: Path, lang: str, pairs: Sequence[Pair] | StoreError) -> str:
    is_compared = not isinstance(pairs, StoreError)
    written = f"{MAPPING}" + (f", {PAIRS}" if is_compared else "")
    run = f"kg ingest table {MAPPING} {console.argument(str(path))}" + (
        f" --pairs {PAIRS}" if is_compared and pairs else ""
    )
    next_step = Message("Written: {written}. Check the lines with the mark “guess”, then run: {run}")
    return next_step.format(written=written, run=run).localise(lang)


def speak(ledger: str) -> str:
    """Answer in the language of the person, and return it; `ledger` is the language of the ledger."""
    lang = _language(ledger)
    click.get_current_context().obj = replace(settings(), lang=lang)
    language.change(lang)
    return lang


def language_of_mapping(paths: Sequence[Path]) -> str:
    """Return the language of the column names in the first mapping among `paths`; empty if it cannot be read."""
    from kg.files import read_plain
    from kg.ingest.readers import mapping_parser
    from kg.ingest.readers.table import is_mapping
    from kg.ingest.readers.table_mapping import columns

    path = next(filter(is_mapping, paths), None)
    try:
        found = mapping_parser.read(read_plain(path).decode(), str(path)) if path else None
    except (Error, OSError, ValueError):  # the reader reports it
        return ""
    return _by_script(column.name for column in columns(found)) if found else ""


def _by_script(names: Iterable[str]) -> str:
    """Return the language of column names: Chinese if a letter is."""
    return "zh" if any("\u3400" <= letter <= "\u9fff" for name in names for letter in name) else "en"


def _language(ledger: str) -> str:
    """Return the language of the person: of ``--lang``, the settings, the locale, or the ledger."""
    if is_language_chosen():
        return settings().lang
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return next((lang for lang in ("zh", "en") if locale.lower().startswith(lang)), ledger or settings().lang)
