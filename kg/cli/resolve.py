"""kg resolve: decide which records describe the same actor."""

from __future__ import annotations

import getpass
from datetime import date as calendar_date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import console, language
from kg.cli.choices import JUDGEMENTS, THRESHOLD, VERDICTS
from kg.cli.help import Group, option
from kg.cli.options import DATE, common, emit, limit_option, log, open_view, print_size, settings, store
from kg.errors import InputError, UsageError
from kg.model import Table
from kg.texts import Message, Text, listed

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.ingest.judged import Acceptance
    from kg.resolve.judgements import Judgement
    from kg.resolve.record import Verdict
    from kg.store.view import View

_SAMPLE = 10
"""Accepted rows that are shown, the least similar first."""

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
@option("-o", "--output", type=_FILE, help="Write the pairs to this CSV file, to be decided and judged.")
@_judgements_option
@common
def suggest(*, limit: int | None, actor: str | None, threshold: float, output: Path | None, judgements: Path) -> None:
    """List unjudged pairs that may be the same actor, most likely first, with the reasons.

    With -o, write same, different or unsure into the column decision, and run kg resolve judge PAIRS.csv.
    """
    from kg import files, resolve
    from kg.ingest import pairs
    from kg.resolve import record
    from kg.resolve import suggest as suggesting

    with open_view() as view:
        clusters = resolve.identity(view.graph, record.read_file(judgements))
        only = None if actor is None else frozenset(clusters.cluster(_actor(view, actor)))
        log("comparing names")
        options = suggesting.SuggestOptions(threshold, only, limit)
        suggestions = suggesting.suggest(view.graph, clusters, settings().lang, options)
    if output is None:
        emit(suggestions, "cards")
        return
    files.atomic_write(output, pairs.text(suggestions))
    print_size(
        output,
        Message(
            "{count} pairs; fill in the column decision, then kg resolve judge {output}",
            count=len(suggestions.rows),
            output=output,
        ),
    )


@command.command("judge", example="kg resolve judge xaut-ai xaut-hwc different --reason 'Two colleges'")
@click.argument("left", metavar="LEFT|PAIRS.csv")
@click.argument("right", required=False)
@click.argument("verdict", type=click.Choice(VERDICTS), required=False)
@option("--reason", metavar="TEXT", help="Reason of the judgement.")
@option("--author", metavar="NAME", help="Author of the judgement.  [default: setting author, else the user name]")
@option("--date", type=DATE, help="Date of the judgement.  [default: today]")
@option("--accept-above", type=click.FloatRange(0, 1), metavar="SCORE", help="Judge open rows of this score as same.")
@option("--rule", metavar="TEXT", help="Reason of --accept-above, recorded in each judgement.")
@option(
    "-o",
    "--output",
    type=_FILE,
    default=JUDGEMENTS,
    show_default=True,
    help="Turtle file that receives the judgements.",
)
@common
def judge(
    *,
    left: str,
    right: str | None,
    verdict: str | None,
    reason: str | None,
    author: str | None,
    date: calendar_date | None,
    accept_above: float | None,
    rule: str | None,
    output: Path,
) -> None:
    """Judge LEFT and RIGHT as same, different or unsure, or decide a table of pairs.

    PAIRS.csv is a table of kg resolve suggest -o with the column decision filled in. To undo a judgement, judge again.
    Judgements apply to the store at once. A judgement that contradicts an earlier one, an identifier or a source is
    refused, with the chain of reasons; then none of the table is written.
    """
    from kg.resolve import record

    day = date or calendar_date.today()  # noqa: DTZ011 - the date in the author's time zone
    by = partial(record.Verdict, author=author or settings().author or user_name(), date=day)
    if right is not None and verdict is not None:
        if accept_above is not None or rule is not None:
            raise UsageError("--accept-above and --rule require a table of pairs; name the file alone")
        if reason is None:
            raise UsageError("a judgement requires a reason; pass --reason TEXT")
        with open_view() as view:
            decisions = [record.Decision(_actor(view, left), _actor(view, right), by(verdict, reason=reason))]
            made = record.record(view.graph, decisions, output)
        click.echo(_decided(made[0]))
    elif right is None:
        if reason is not None:
            raise UsageError("--reason requires LEFT, RIGHT and a verdict; a table has a column reason")
        made = _judge_table(Path(left), by, _acceptance(accept_above, rule), output)
    else:
        raise UsageError("the verdict is missing; write one of {verdicts}", verdicts=listed(VERDICTS))
    _apply(made, output)


def _verdict(notation: str) -> Text:
    """Return the name of a verdict."""
    from kg.rdf.ontology import Concept

    return Concept("verdict", notation)


def _decided(made: Judgement) -> str:
    """Return the two actors of a judgement and the verdict."""
    from kg.terms import readable

    verdict = _verdict(made.verdict)
    words = Message(
        "{left} and {right}: {verdict}", left=readable(made.left), right=readable(made.right), verdict=verdict
    )
    return words.localise(language.current())


def _acceptance(score: float | None, rule: str | None) -> Acceptance | None:
    from kg.ingest.judged import Acceptance

    if rule is not None and score is None:
        raise UsageError("--rule requires --accept-above SCORE")
    return None if score is None else Acceptance(score, rule or "")


def _judge_table(
    file: Path, by: Callable[..., Verdict], acceptance: Acceptance | None, output: Path
) -> tuple[Judgement, ...]:
    """Record the decisions of a table of pairs, and print their counts and a sample of the accepted rows."""
    from kg import resolve
    from kg.ingest import judged, pairs
    from kg.resolve import record

    rows = pairs.read(file)
    with open_view() as view:
        clusters = resolve.identity(view.graph, record.read_file(output))
        decided = judged.decide(
            rows, clusters, partial(_actor, view), lambda verdict, reason: by(verdict, reason=reason), acceptance
        )
        for row in sorted(decided.accepted, key=lambda row: row.score or 0)[:_SAMPLE]:
            console.message(
                Message(
                    "accepted, score {score:g}: {left} = {right}: {reason}",
                    score=row.score,
                    left=row.left,
                    right=row.right,
                    reason=row.reason,
                )
            )
        if acceptance is not None and not acceptance.rule.strip():
            raise UsageError(
                "--accept-above {score:g} accepts {accepted} rows, and the lowest are above; if they are right, "
                "pass --rule TEXT with the reason",
                score=acceptance.score,
                accepted=len(decided.accepted),
            )
        made = record.record(view.graph, decided.decisions, output) if decided.decisions else ()
    verdicts = [(_verdict(verdict), sum(one.verdict == verdict for one in made)) for verdict in VERDICTS]
    rest = [
        (Message("accepted by the rule"), len(decided.accepted)),
        (Message("judged before"), decided.known),
        (Message("open", "judgements"), decided.open),
    ]
    emit(Table(("decision", "count"), (*verdicts, *rest)))
    return made


def _apply(made: tuple[Judgement, ...], output: Path) -> None:
    """Apply new judgements to the store."""
    from kg.ingest import judged

    if not made:
        return
    log("applying the judgements")
    judged.apply(store(), made)
    if not settings().quiet:
        console.message(Message("Written to {output}; applied to the store.", output=output))


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


def user_name() -> str:
    """Return the name of the user.

    Raises:
        UsageError: the account has no name.
    """
    try:
        return getpass.getuser()
    except (KeyError, OSError) as error:  # an account without a name, as in some containers
        raise UsageError("cannot determine the user name; pass --author NAME") from error


def _actor(view: View, text: str) -> str:
    """Return the IRI of the actor that `text` identifies."""
    import pyoxigraph as ox

    from kg.query import lookup
    from kg.terms import readable

    iri = lookup.lookup(view, text)
    if not view.ask("ASK { ?node a hx:Actor }", {"node": ox.NamedNode(iri)}):
        raise InputError("{iri} is not an actor; only organisations and persons can be judged", iri=readable(iri))
    return iri
