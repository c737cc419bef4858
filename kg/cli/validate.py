"""kg validate: do graph files conform?"""

from pathlib import Path

import click

from kg.cli.options import common, emit, settings
from kg.errors import DataError
from kg.ingest import build
from kg.model import Table
from kg.validate.report import Report

COLUMNS = ("rule", "node", "message", "file", "evidence")


@click.command("validate")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--coverage", is_flag=True, help="What the files leave unknown: dates, names, identifiers, parties.")
@click.option("--show-missing", "missing", metavar="NAME", help="List the missing cases of this row of --coverage.")
@common
def command(paths: tuple[Path, ...], missing: str | None, *, coverage: bool) -> None:
    """Check graph files without building anything: those shipped, or PATHS (files and folders).

    With --coverage or --show-missing the table tells what files that conform leave unknown, which is no error.
    """
    report = build.check(paths, settings().lang)
    if coverage or missing is not None:
        tell(report)
        emit(build.gaps(paths, settings().lang, missing))
        return
    emit(Table(COLUMNS, tuple((f.rule, f.node, f.message, f.file, " ".join(f.evidence)) for f in report.findings)))
    if not report.conforms:
        raise DataError(_verdict(report))
    if not settings().quiet:
        click.echo("everything conforms", err=True)


def tell(report: Report, then: str = "") -> None:
    """Tell each finding on standard error.

    Raises:
        DataError: there is one; `then` says what came of it.
    """
    for found in report.findings:
        where = f"{found.file}: " if found.file else ""
        evidence = f" [evidence: {', '.join(found.evidence)}]" if found.evidence else ""
        click.echo(f"{where}{found.node}: {found.message} ({found.rule}){evidence}", err=True)
    if not report.conforms:
        raise DataError(_verdict(report) + then)


def _verdict(report: Report) -> str:
    count = len(report.findings)
    return f"the data do not conform: {count} finding{'s' if count != 1 else ''}"
