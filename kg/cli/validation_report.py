"""Findings of a validation, and its progress."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from kg.cli import console, language
from kg.cli.options import settings
from kg.cli.progress import show_counts
from kg.texts import Message, localise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.texts import Text
    from kg.validate.report import Report


def print_findings(report: Report, consequence: Text | str = "") -> None:
    """Print each finding to standard error.

    Raises:
        DataError: there are findings; its message ends with `consequence`.
    """
    for finding in report.findings:
        console.message(finding.line)
    report.raise_for_findings(consequence)


def show_rule_progress(numbers: Iterable[int]) -> Iterator[int]:
    """Yield the numbers of the rules that are checked, and show on a terminal how many of them are done."""
    if settings().quiet or not sys.stderr.isatty():
        yield from numbers
        return

    def message(done: int, total: int) -> str:
        return localise(
            Message("validating against the shapes: rule {done} of {total}", done=done, total=total), language.current()
        )

    yield from show_counts(list(numbers), message)
