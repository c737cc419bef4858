"""kg suggest: suggest future partners."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.choices import METHODS
from kg.cli.did_you_mean import Choice
from kg.cli.help import Command, option
from kg.cli.lens_options import lens_options
from kg.cli.options import DATE, common, emit, limit_option, open_view, settings
from kg.errors import UsageError
from kg.texts import Message, listed

if TYPE_CHECKING:
    from datetime import date

    from kg.network import Lens


@click.command("suggest", cls=Command, example="kg suggest xaut --sector firm --limit 3")
@click.argument("actor", required=False)
@option(
    "--method",
    type=Choice(METHODS),
    metavar="METHOD",
    help=Message(
        "Method that scores the candidates: {names}.  [default: {default}]",
        names=listed(METHODS),
        default=METHODS[0],
    ),
)
@option("--sector", metavar="SECTOR", help="Suggest only actors of this sector.")
@limit_option(10)
@option("--evaluate", is_flag=True, help="Evaluate all methods on links that start after --split.")
@option("--split", type=DATE, help="Date that separates known from predicted links.  [default: after 70 %]")
@lens_options
@common
def command(
    *,
    actor: str | None,
    method: str | None,
    sector: str | None,
    limit: int,
    evaluate: bool,
    split: date | None,
    lens: Lens,
) -> None:
    """Suggest partners for ACTOR with the paths that lead to them, or evaluate the methods."""
    from kg.measure.prediction import evaluate as evaluation
    from kg.measure.prediction.suggest import suggest
    from kg.network import build, load_incidence
    from kg.query import lookup, sectors

    if evaluate == (actor is not None):
        raise UsageError("pass either an actor or --evaluate")
    if split is not None and not evaluate:
        raise UsageError("--split requires --evaluate")
    if evaluate and method:
        raise UsageError("--evaluate tests all methods; omit --method")
    with open_view() as view:
        sectors.check(view, sector)
        incidence = load_incidence(view)
        iri = None if actor is None else lookup.lookup(view, actor)
    if iri is None:
        emit(evaluation.evaluate(evaluation.split(incidence, lens, split), limit, sector))
    else:
        emit(suggest(build(incidence, lens), iri, method or METHODS[0], sector, limit, settings().lang), "cards")
