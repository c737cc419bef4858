"""kg helix: how universities, firms and government come together in links."""

from dataclasses import replace

import click

from kg import network
from kg.cli import sectors
from kg.cli.measure_options import explained
from kg.cli.options import common, emit, opened, through_lens
from kg.errors import UsageError
from kg.measure import methods
from kg.measure.helix import helix
from kg.model import Table
from kg.network.incidence.load import load_incidence
from kg.network.snapshots import by_year
from kg.query import link_topics


@click.command("helix")
@click.option(
    "--sector",
    "helices",
    multiple=True,
    help="A helix; two to four of them. [default: university, firm, government]",
)
@click.option("--indicator", "wanted", multiple=True, help="Only this indicator; may be repeated.")
@click.option("--by-year", "yearly", is_flag=True, help="Also each year by itself.")
@click.option("--by-kind", "kindly", is_flag=True, help="Synergy within each kind of link and between them.")
@explained
@through_lens
@common
def command(
    *, helices: tuple[str, ...], wanted: tuple[str, ...], yearly: bool, kindly: bool, explain: bool, lens: network.Lens
) -> None:
    """Measure triple-helix synergy, who meets whom, repeats, plans and coverage, each with its checks."""
    asked = helices or helix.HELICES
    if yearly and kindly:
        raise UsageError("ask for --by-year or --by-kind, not for both")
    with opened() as view:
        sectors.check(view, *asked)
        incidence, plans = load_incidence(view), link_topics.plans(view)
    whole = network.build(incidence, lens)
    years = {str(year): one for year, one in by_year(incidence, lens).items()} if yearly else {}
    found = helix.by_kind(whole, asked) if kindly else helix.table({"all": whole, **years}, asked, plans)
    shown = _only(found, wanted)
    names = (str(row[shown.columns.index("indicator")]) for row in shown.rows)
    emit(methods.explain(shown, names) if explain else shown)


def _only(table: Table, wanted: tuple[str, ...]) -> Table:
    place = table.columns.index("indicator")
    there = list(dict.fromkeys(str(row[place]) for row in table.rows))
    for name in wanted:
        if name not in there:
            raise UsageError(f"there is no indicator {name!r} here; there are: {', '.join(there)}")
    return replace(table, rows=tuple(row for row in table.rows if not wanted or row[place] in wanted))
