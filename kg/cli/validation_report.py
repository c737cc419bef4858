"""Print validation findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.validate.report import Report


def print_findings(report: Report, consequence: str = "") -> None:
    """Print each finding to standard error.

    Raises:
        DataError: there are findings; its message ends with `consequence`.
    """
    for finding in report.findings:
        click.echo(finding, err=True)
    report.raise_for_findings(consequence)
