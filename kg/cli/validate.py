"""kg validate: check graph files."""

from pathlib import Path

import click

from kg.cli import console
from kg.cli.help import Command, option
from kg.cli.options import common, emit, log, open_view, settings
from kg.cli.validation_report import print_findings, show_rule_progress
from kg.model import Table
from kg.texts import Message

COLUMNS = ("rule", "node", "message", "file", "evidence")


@click.command("validate", cls=Command, example="kg validate --coverage")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@option("--coverage", is_flag=True, help="Count missing dates, names, identifiers and parties.")
@option("--show-missing", metavar="NAME", help="List the missing cases of this row of --coverage.")
@common
def command(*, paths: tuple[Path, ...], coverage: bool, show_missing: str | None) -> None:
    """Check graph files without building a store: PATHS (files and directories), or the shipped files.

    Files may refer to actors and other nodes of the shipped files. With --coverage or --show-missing the table counts
    or lists unknown facts, which are not errors: of the store, or of the files PATHS if they conform.
    """
    from kg.ingest import build
    from kg.validate import coverage as gaps

    missing = coverage or show_missing is not None
    if missing and not paths:
        with open_view() as view:
            log("counting unknown facts")
            emit(gaps.table(view.graph, settings().lang, show_missing))
        return
    log("validating against the shapes")
    report = build.check(paths, settings().lang, show_rule_progress)
    if missing:
        print_findings(report)
        emit(build.gaps(paths, settings().lang, show_missing, internal=settings().internal))
        return
    emit(Table(COLUMNS, tuple((f.rule, f.node, f.message, f.file, " ".join(f.evidence)) for f in report.findings)))
    report.raise_for_findings()
    if not settings().quiet:
        console.message(Message("all files conform"))
