"""kg suggest: partners to talk to next."""

from datetime import datetime

import click

from kg import network
from kg.cli import sectors
from kg.cli.did_you_mean import Choice
from kg.cli.options import common, emit, opened, settings, through_lens
from kg.errors import UsageError
from kg.measure.prediction import evaluate as evaluation
from kg.measure.prediction.suggest import METHODS, suggest
from kg.network.incidence.load import load_incidence
from kg.query import lookup


@click.command("suggest")
@click.argument("actor", required=False)
@click.option(
    "--method",
    type=Choice([method.name for method in METHODS]),
    show_default=METHODS[0].name,
    help="The method that scores.",
)
@click.option("--sector", help="Only candidates of this sector.")
@click.option(
    "-n", "--limit", type=click.IntRange(1), metavar="N", default=10, show_default=True, help="Show the first N rows."
)
@click.option("--evaluate", is_flag=True, help="Instead: how well each method foresaw the links after a day.")
@click.option("--split", type=click.DateTime(["%Y-%m-%d"]), help="With --evaluate: the day.  [default: after 70 %]")
@through_lens
@common
def command(
    *, actor: str | None, evaluate: bool, split: datetime | None, lens: network.Lens, limit: int, **asked: str | None
) -> None:
    """Suggest whom ACTOR may talk to next, with the paths that lead there; or tell how well that works."""
    if evaluate == (actor is not None):
        raise UsageError("name one actor to suggest partners for, or ask to --evaluate the methods")
    if split is not None and not evaluate:
        raise UsageError("--split requires --evaluate")
    if evaluate and asked["method"]:
        raise UsageError("--evaluate tries all methods; omit --method")
    sector, by = asked["sector"], asked["method"] or METHODS[0].name
    with opened() as view:
        sectors.check(view, sector)
        incidence = load_incidence(view)
        iri = None if actor is None else lookup.lookup(view, actor)
    if iri is None:
        emit(evaluation.evaluate(evaluation.split(incidence, lens, split and split.date()), limit, sector))
    else:
        emit(suggest(network.build(incidence, lens), iri, by, sector, limit, settings().lang))
