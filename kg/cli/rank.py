"""kg rank: the centrality of actors."""

import click

from kg import network
from kg.cli.measured import measured_by
from kg.cli.options import common, emit, in_mode, opened, settings, through_lens
from kg.errors import UsageError
from kg.measure.rank import rank
from kg.terms import SCHEME
from kg.view import View


@click.command("rank")
@measured_by
@click.option("--sector", help="Only actors of this sector: university, firm, government, institute or intermediary.")
@click.option("--top", type=click.IntRange(1), help="Only the first so many.")
@in_mode
@through_lens
@common
def command(by: str, sector: str | None, top: int | None, mode: network.Mode, lens: network.Lens) -> None:
    """Rank actors by centrality, each with how many of the declared parties of its links are named."""
    with opened() as view:
        _check(sector, view)
        made = network.build(view.incidence(), lens)
    emit(rank(made, by, mode, sector, top, settings().lang))


def _check(sector: str | None, view: View) -> None:
    """Refuse a word that is no sector of the ontology."""
    query = f"SELECT ?s {{ ?c skos:inScheme <{SCHEME}sector> ; skos:notation ?s }} ORDER BY ?s"
    known = [row["s"].value for row in view.select(query)]
    if sector is not None and sector not in known:
        raise UsageError(f"there is no sector {sector!r}; there are: {', '.join(known)}")
