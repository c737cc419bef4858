"""The folder part of kg read: a count of each outcome, the failures, and the repeated stories."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from kg.cli import console, progress
from kg.cli.options import emit, settings
from kg.errors import DataError
from kg.export.cells import delimited
from kg.files import atomic_write
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from kg.read.known import Names
    from kg.read.stories import Story
    from kg.texts import Text

_BAR = 30
STORIES = "stories.csv"
"""File of the repeated stories, in the folder."""

_STATUSES = {
    "read": Message("read", "documents"),
    "unchanged": Message("read before", "documents"),
    "failed": Message("not readable", "documents"),
}


def read_folder(folder: Path, names: Names, notes: tuple[Text, ...], jobs: int | None) -> None:
    """Read the documents of a folder, and print the counts.

    Raises:
        InputError: the folder contains no document, or two with the same stem.
        DataError: a document could not be read; the others are written.
    """
    from kg.model import Table
    from kg.read import folder as folders
    from kg.read.stories import stories

    found = folders.paths(folder)
    outcomes = folders.read(found, names, jobs or folders.processes())
    made = [next(outcomes) for _ in _counted(len(found))]
    progress.stop_steps()
    readings = list(folders.readings([one.path for one in made if one.error is None]))
    repeated = stories(readings)
    header = ("story", "documents", "fact", "conflict", "values")
    atomic_write(folder / STORIES, delimited(header, _rows(repeated), ",", spreadsheet=True))
    counts = (
        *((text, sum(one.status == status for one in made)) for status, text in _STATUSES.items()),
        (Message("proposals"), sum(len(one.proposals) for one in readings)),
        (Message("repeated stories"), len(repeated)),
        (Message("conflicts between documents"), sum(len(story.conflicts) for story in repeated)),
    )
    emit(Table(("what", "count"), counts, notes))
    failed = [one.error for one in made if one.error is not None]
    for error in failed:
        console.message(error)
    if failed:
        raise DataError("{count} of {total} documents could not be read", count=len(failed), total=len(found))


def _counted(total: int) -> Iterable[int]:
    """Return the numbers of the documents, with a bar on a terminal."""
    if settings().quiet or sys.stderr is None or not sys.stderr.isatty():
        return range(total)

    def bar(done: int, total: int) -> str:
        filled = _BAR * done // total
        return f"[{'#' * filled}{'-' * (_BAR - filled)}] {done} / {total}"

    return progress.show_counts(range(total), bar)


def _rows(repeated: Sequence[Story]) -> Iterator[tuple[str | int, ...]]:
    """Yield a row for each shared fact of a story, and for each conflict."""
    for number, story in enumerate(repeated, 1):
        listed = " | ".join(story.documents)
        yield from ((number, listed, fact, "", "") for fact in story.shared or ("",))
        for one in story.conflicts:
            yield number, listed, one.fact, one.what, " | ".join(f"{name}: {value}" for name, value in one.values)
