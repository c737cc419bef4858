"""kg review: accept, change or refuse proposals on an offline page or on a terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import console, language
from kg.cli.help import Command, option
from kg.cli.options import DATE, common, log, print_size, settings, store
from kg.errors import StoreError, UsageError
from kg.texts import Message, localise

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from kg.read.decisions import DocumentDecisions
    from kg.read.model import Reading
    from kg.review.suggestions import Suggestion
    from kg.texts import Text

_FILE = click.Path(path_type=Path)


@click.command("review", cls=Command, example="kg review report.proposals.json")
@click.argument("file", type=_FILE)
@option("-o", "--output", type=_FILE, metavar="FILE", help="Page to write.  [default: STEM.review.html beside FILE]")
@option("--decisions", type=_FILE, metavar="FILE", help="Decisions to begin with.  [default: STEM.decisions.json]")
@option("--terminal", is_flag=True, help="Ask on the terminal; each answer is saved in the file of decisions.")
@option("--author", metavar="NAME", help="Name of the reviewer.  [default: setting author, else the user name]")
@option("--date", "day", type=DATE, help="Day of the decisions.  [default: today]")
@option("--open", "open_file", is_flag=True, help="Open the file afterwards.")
@common
def command(
    *,
    file: Path,
    output: Path | None,
    decisions: Path | None,
    terminal: bool,
    author: str | None,
    day: date | None,
    open_file: bool,
) -> None:
    """Write a page on which a person accepts, changes or refuses the proposals of FILE.

    The page is one file that requests nothing. It saves STEM.decisions.json, which kg ingest report reads. Names that
    resemble actors of the store have suggestions with reasons.
    """
    from datetime import date as calendar_date

    from kg.cli.resolve import user_name
    from kg.read import decisions as files_of_decisions
    from kg.read import proposals

    if not file.name.endswith(proposals.SUFFIX):
        raise UsageError("{file}: name a file of proposals, STEM{suffix}", file=file, suffix=proposals.SUFFIX)
    readings = proposals.read_proposals(file)
    stem = file.name.removesuffix(proposals.SUFFIX)
    saved = decisions or file.with_name(f"{stem}{files_of_decisions.SUFFIX}")
    previous = files_of_decisions.read_decisions(saved) if decisions or saved.exists() else ()
    today = (day or calendar_date.today()).isoformat()  # noqa: DTZ011 - the date in the reviewer's time zone
    reviewer = author or settings().author or user_name()
    if terminal:
        from kg.review.dialogue import Terminal, review

        dialogue = Terminal(_show, _choose, _ask, lambda made: files_of_decisions.write_decisions(saved, made))
        files_of_decisions.write_decisions(saved, review(readings, previous, (reviewer, today), dialogue))
        print_size(saved, None)
        return
    page = output or file.with_name(f"{stem}.review.html")
    _write(page, readings, previous, (stem, settings().lang, reviewer, today))
    print_size(page, None, open_file=open_file)


def _write(
    page: Path, readings: Sequence[Reading], previous: Sequence[DocumentDecisions], options: tuple[str, str, str, str]
) -> None:
    """Write the page; `options` are those of `kg.review.content.PageOptions`."""
    from kg.files import atomic_write
    from kg.review.content import PageOptions, content
    from kg.review.page import render

    atomic_write(page, render(content(readings, _suggestions(readings), previous, PageOptions(*options))))


def _suggestions(readings: Sequence[Reading]) -> Mapping[tuple[str, str], tuple[Suggestion, ...]]:
    """Return known actors for the names; none, with a note, if there is no store."""
    from kg.review.suggestions import suggestions

    log("comparing names")
    try:
        with store().view() as view:
            return suggestions(view.graph, [mention for reading in readings for mention in reading.mentions])
    except StoreError as error:
        console.message(Message("no known actors are suggested: {error}", error=error.message))
        return {}


def _show(text: Text | str) -> None:
    console.message(text)


def _choose(answers: Sequence[str], default: str) -> str:
    question = Message("a accept, r refuse, c change, n next, q quit")
    return str(
        click.prompt(
            localise(question, language.current()),
            default=default,
            type=click.Choice(answers),
            show_choices=False,
            err=True,
        )
    )


def _ask(text: Text, default: str) -> str:
    return str(click.prompt(localise(text, language.current()), default=default, err=True)).strip()
