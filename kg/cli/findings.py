"""Print validation findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.errors import DataError

if TYPE_CHECKING:
    from kg.validate.report import Report


def print_findings(report: Report, consequence: str = "") -> None:
    """Print each finding to standard error.

    Raises:
        DataError: there are findings; its message ends with `consequence`.
    """
    for finding in report.findings:
        file = f"{finding.file}: " if finding.file else ""
        evidence = f" [evidence: {', '.join(finding.evidence)}]" if finding.evidence else ""
        click.echo(f"{file}{finding.node}: {finding.message} ({finding.rule}){evidence}", err=True)
    raise_for_findings(report, consequence)


def raise_for_findings(report: Report, consequence: str = "") -> None:
    """Raise an error if the data do not conform.

    Raises:
        DataError: there are findings; its message ends with `consequence`.
    """
    if not report.conforms:
        count = len(report.findings)
        raise DataError(f"the data do not conform: {count} finding{'s' if count != 1 else ''}{consequence}")
