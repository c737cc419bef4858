"""Print validation findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.cli import console

if TYPE_CHECKING:
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
