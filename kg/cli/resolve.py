"""kg resolve: who is who."""

import getpass
from datetime import date, datetime
from pathlib import Path

import click
import pyoxigraph as ox

from kg import resolve
from kg.cli.did_you_mean import Group
from kg.cli.options import common, emit, opened, say, settings
from kg.errors import InputError, UsageError
from kg.query import lookup
from kg.rdf.trig import trig
from kg.resolve import describe as showing
from kg.resolve import record as judging
from kg.resolve import suggest as suggesting
from kg.resolve.judgements import VERDICTS
from kg.store.view import View
from kg.terms import shorten

_FILE = click.Path(path_type=Path, dir_okay=False)
_JUDGED = click.option(
    "--judgements", "file", type=_FILE, default=judging.FILE, show_default=True, help="Judgements not built yet."
)


@click.group("resolve", cls=Group)
@common
def command() -> None:
    """Tell who is who: suggest pairs that may be one, judge them, show what joins them.

    Nothing is merged but by a judgement or by equal identifiers, and no source is rewritten.
    """


@command.command("suggest")
@click.option("-n", "--limit", type=click.IntRange(1), metavar="N", help="Show the first N pairs.")
@click.option("--actor", help="Only pairs with this actor: a name, a key or an IRI.")
@click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    default=suggesting.THRESHOLD,
    show_default=True,
    help="The least score; one half is as likely as not.",
)
@_JUDGED
@common
def suggest(limit: int | None, actor: str | None, threshold: float, file: Path) -> None:
    """Pairs that may be one and are not judged, the likeliest first, with the reasons."""
    with opened() as view:
        only = None if actor is None else _actor(view, actor)
        clusters = resolve.identity(view.graph, judging.read_file(file))
        say("comparing names")
        emit(
            suggesting.suggest(view.graph, clusters, settings().lang, suggesting.SuggestOptions(threshold, only, limit))
        )


@command.command("judge")
@click.argument("left")
@click.argument("right")
@click.argument("verdict", type=click.Choice(VERDICTS))
@click.option("--reason", required=True, metavar="TEXT", help="Reason of the judgement.")
@click.option("--author", metavar="NAME", help="Author of the judgement. [default: the user name]")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="Day of the judgement. [default: today]")
@click.option(
    "-o", "file", type=_FILE, default=judging.FILE, show_default=True, help="The Turtle file to which it is added."
)
@common
def judge(left: str, right: str, verdict: str, file: Path, **given: object) -> None:
    """Judge LEFT and RIGHT same, different or unsure; to undo a judgement, judge again.

    What contradicts an earlier judgement, an identifier or a source is refused, with the chain.
    """
    day = given["date"]
    on = day.date() if isinstance(day, datetime) else date.today()  # noqa: DTZ011 - the day of whoever judges
    said = judging.Verdict(verdict, str(given["author"] or _me()), on, str(given["reason"]))
    with opened() as view:
        judgement = judging.record(
            view.graph, _actor(view, left), _actor(view, right), said, judging.JudgementFile(file, trig)
        )
    click.echo(f"{shorten(judgement.left)} and {shorten(judgement.right)}: {judgement.verdict}")
    if not settings().quiet:
        click.echo(f"Written to {file}; it counts once kg build reads that file too.", err=True)


@command.command("show")
@click.argument("actor")
@_JUDGED
@common
def show_cluster(actor: str, file: Path) -> None:
    """Whom ACTOR is one with, by which chain, and what else was judged."""
    with opened() as view:
        clusters = resolve.identity(view.graph, judging.read_file(file))
        emit(showing.show(clusters, _actor(view, actor), settings().lang))


def _me() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:  # an account without a name, as in some containers
        raise UsageError("cannot determine the user name; pass --author NAME") from error


def _actor(view: View, text: str) -> str:
    """The IRI of the actor that `text` means."""
    found = lookup.lookup(view, text)
    if not view.ask("ASK { ?node a hx:Actor }", {"node": ox.NamedNode(found)}):
        raise InputError(f"{shorten(found)} is no actor; only organisations and persons are judged")
    return found
