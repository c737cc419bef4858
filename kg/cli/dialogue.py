"""Questions about an inspected table on a terminal: sheet, header, columns, unknown words and owner; Enter agrees."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from kg.cli import console
from kg.ingest.inspect import survey as surveys
from kg.ingest.inspect.report import ROLES
from kg.ingest.inspect.words import KINDS, STAGES, notation
from kg.ingest.readers.mapping_keys import choices
from kg.rdf.ontology import label
from kg.texts import Message, listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    from kg.ingest.inspect.columns import ColumnGuess
    from kg.ingest.inspect.survey import Survey
    from kg.ingest.readers.input_files import Inputs

_NOTHING = "-"
_TABLES = (("kind", KINDS, "CooperationAgreement"), ("stage", STAGES, "signed"))


def ask(inputs: Inputs, path: Path, found: Survey, lang: str) -> Survey:
    """Return the survey of a table as a person confirms or corrects it, step by step."""

    def say(text: Message) -> None:
        console.message(text.localise(lang))

    def prompt(text: Message, default: str, among: Iterable[str] | None = None) -> str:
        """Return the answer; one that is not `among` the allowed ones is asked for again."""
        allowed = None if among is None else {one.lower(): one for one in among}
        while True:
            answer = click.prompt(text.localise(lang), default=default, show_default=bool(default), err=True).strip()
            if allowed is None or answer.lower() in allowed:
                return answer if allowed is None else allowed[answer.lower()]
            say(
                Message(
                    "{answer!r} is not allowed here; type one of: {allowed}", answer=answer, allowed=_joined(allowed)
                )
            )

    if not click.confirm(Message("Check the table step by step?").localise(lang), default=True, err=True):
        return _with_owner(found, prompt)
    found = _placed(inputs, path, found, prompt)
    say(
        Message(
            "Meanings of columns: {roles}",
            roles=", ".join(f"{role} ({ROLES[role].localise(lang)})" for role in ROLES if role),
        )
    )
    say(Message("Press Enter to keep a meaning, type another, or type - for a column that is not read."))
    columns = tuple(_meant(column, prompt) for column in found.columns)
    found = replace(found, columns=columns)
    found = replace(found, words=_words(found, prompt, say, lang))
    return _with_owner(found, prompt)


def _placed(inputs: Inputs, path: Path, found: Survey, prompt: Callable[..., str]) -> Survey:
    """Return the survey of the sheet and the header rows that the person names."""
    names = surveys.sheets_of(inputs, path)
    if len(names) > 1:
        sheet = prompt(Message("Sheet (of {names})", names=listed(names)), found.sheet, names)
        if sheet != found.sheet:
            found = surveys.survey(inputs, path, sheet)
    shown = ",".join(map(str, found.header_rows))
    while True:
        answer = prompt(Message("Rows of the header"), shown)
        rows = [int(part) for part in answer.replace("，", ",").split(",") if part.strip().isdecimal()]
        if answer == shown:
            return found
        if rows and (placed := surveys.survey_at(inputs, path, found.sheet, tuple(rows))):
            return placed


def _meant(column: ColumnGuess, prompt: Callable[..., str]) -> ColumnGuess:
    allowed = [*filter(None, ROLES), _NOTHING]
    text = Message("Column {name} ({examples})", name=column.name, examples=column.examples)
    answer = prompt(text, column.role or _NOTHING, allowed)
    return replace(column, role="" if answer == _NOTHING else answer)


def _words(
    found: Survey, prompt: Callable[..., str], say: Callable[[Message], None], lang: str
) -> Mapping[tuple[str, str], str]:
    """Return the notations that the person gives for words without a guess."""
    given = {}
    for key, table, default in _TABLES:
        column = found.column(key)
        unknown = [word for word, _ in column.values if not notation(word, table)] if column else []
        known = choices("link", key)
        if unknown:
            say(
                Message(
                    "Values of {key}: {values}",
                    key=key,
                    values=", ".join(f"{one} ({label(key, one, lang)})" for one in known),
                )
            )
        for word in unknown:
            given[key, word] = prompt(Message("Meaning of the word {word}", word=word), default, known)
    return given


def _with_owner(found: Survey, prompt: Callable[..., str]) -> Survey:
    if found.column("university"):
        return found
    owner = prompt(Message("Name of our organisation (may be empty)"), found.owner)
    return replace(found, owner=owner)


def _joined(allowed: Mapping[str, str]) -> str:
    values: Sequence[str] = tuple(allowed.values())
    return ", ".join(values)
