"""kg resolve: decide which records describe the same actor."""

from __future__ import annotations

import getpass
from datetime import date as calendar_date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.choices import JUDGEMENTS, THRESHOLD, VERDICTS
from kg.cli.help import Group, option
from kg.cli.options import DATE, common, emit, limit_option, log, open_view, settings
from kg.errors import InputError, UsageError

if TYPE_CHECKING:
    from kg.store.view import View

_FILE = click.Path(path_type=Path, dir_okay=False)
_judgements_option = option(
    "--judgements", type=_FILE, default=JUDGEMENTS, show_default=True, help="File of judgements that are not built yet."
)


@click.group("resolve", cls=Group)
@common
def command() -> None:
    """Suggest records that may describe the same actor, judge them, and show what joins them.

    Only a judgement or equal identifiers merge records. Sources are never rewritten.
    """


@command.command("suggest", example="kg resolve suggest --limit 3")
@limit_option(help_text="Show the first N pairs.")
@option("--actor", metavar="ACTOR", help="Show only pairs with this actor: a name, a key or an IRI.")
@option(
    "--threshold",
    metavar="SCORE",
    type=click.FloatRange(0, 1),
    default=THRESHOLD,
    show_default=True,
    help="Minimum score between 0 and 1.",
)
@_judgements_option
@common
def suggest(*, limit: int | None, actor: str | None, threshold: float, judgements: Path) -> None:
    """List unjudged pairs that may be the same actor, most likely first, with the reasons."""
    from kg import resolve
    from kg.resolve import record
    from kg.resolve import suggest as suggesting

    with open_view() as view:
        only = None if actor is None else _actor(view, actor)
        clusters = resolve.identity(view.graph, record.read_file(judgements))
        log("comparing names")
        options = suggesting.SuggestOptions(threshold, only, limit)
        emit(suggesting.suggest(view.graph, clusters, settings().lang, options))


@command.command("judge", example="kg resolve judge xaut-ai xaut-hwc different --reason 'Two colleges'")
@click.argument("left")
@click.argument("right")
@click.argument("verdict", type=click.Choice(VERDICTS))
@option("--reason", required=True, metavar="TEXT", help="Reason of the judgement.")
@option("--author", metavar="NAME", help="Author of the judgement.  [default: setting author, else the user name]")
@option("--date", type=DATE, help="Date of the judgement.  [default: today]")
@option(
    "-o",
    "--output",
    type=_FILE,
    default=JUDGEMENTS,
    show_default=True,
    help="Turtle file that receives the judgement.",
)
@common
def judge(
    *,
    left: str,
    right: str,
    verdict: str,
    reason: str,
    author: str | None,
    date: calendar_date | None,
    output: Path,
) -> None:
    """Judge LEFT and RIGHT as same, different or unsure. To undo a judgement, judge again.

    A judgement that contradicts an earlier one, an identifier or a source is refused, with the chain of reasons.
    """
    from kg.resolve import record
    from kg.terms import shorten

    day = date or calendar_date.today()  # noqa: DTZ011 - the date in the author's time zone
    decision = record.Verdict(verdict, author or settings().author or _user_name(), day, reason)
    with open_view() as view:
        judgement = record.record(view.graph, _actor(view, left), _actor(view, right), decision, output)
    click.echo(f"{shorten(judgement.left)} and {shorten(judgement.right)}: {judgement.verdict}")
    if not settings().quiet:
        click.echo(f"Written to {output}; pass this file to kg build to apply it.", err=True)


@command.command("show", example="kg resolve show xaut-hwc")
@click.argument("actor")
@_judgements_option
@common
def show(*, actor: str, judgements: Path) -> None:
    """Show the records that describe the same actor as ACTOR, the chain that joins them, and other judgements."""
    from kg import resolve
    from kg.resolve import describe, record

    with open_view() as view:
        clusters = resolve.identity(view.graph, record.read_file(judgements))
        emit(describe.show(clusters, _actor(view, actor), settings().lang))


def _user_name() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:  # an account without a name, as in some containers
        raise UsageError("cannot determine the user name; pass --author NAME") from error


def _actor(view: View, text: str) -> str:
    """Return the IRI of the actor that `text` identifies."""
    import pyoxigraph as ox

    from kg.query import lookup
    from kg.terms import shorten

    iri = lookup.lookup(view, text)
    if not view.ask("ASK { ?node a hx:Actor }", {"node": ox.NamedNode(iri)}):
        raise InputError(f"{shorten(iri)} is not an actor; only organisations and persons can be judged")
    return iri
