"""kg validate: do graph files conform?"""

from pathlib import Path

import click

from kg import pipeline
from kg.cli.options import common, emit, settings
from kg.errors import DataError
from kg.model import Report, Table

COLUMNS = ("rule", "node", "message", "file", "evidence")


@click.command("validate")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@common
def command(paths: tuple[Path, ...]) -> None:
    """Check graph files without building anything: those shipped, or PATHS (files and folders)."""
    report = pipeline.check(paths)
    emit(Table(COLUMNS, tuple((f.rule, f.node, f.message, f.file, " ".join(f.evidence)) for f in report.findings)))
    if not report.conforms:
        raise DataError(_verdict(report))
    if not settings().quiet:
        click.echo("everything conforms", err=True)


def report_findings(report: Report) -> None:
    """Tell each finding of a build on standard error.

    Raises:
        DataError: there is one.
    """
    for found in report.findings:
        where = f"{found.file}: " if found.file else ""
        evidence = f" [evidence: {', '.join(found.evidence)}]" if found.evidence else ""
        click.echo(f"{where}{found.node}: {found.message} ({found.rule}){evidence}", err=True)
    if not report.conforms:
        raise DataError(f"{_verdict(report)}; the store stays as it was")


def _verdict(report: Report) -> str:
    count = len(report.findings)
    return f"the data do not conform: {count} finding{'s' if count != 1 else ''}"
