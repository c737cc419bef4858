"""kg structure: analyse the structure of the network; each analysis is a command."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from kg.cli.choices import ALGORITHMS, BACKBONE_FILTERS, BACKBONE_LEVEL, BROKER_ROLES
from kg.cli.engine_options import engine_options
from kg.cli.help import Group, option
from kg.cli.lens_options import lens_options
from kg.cli.measure_options import emit_measured, explain_option
from kg.cli.options import common, limit_option, open_view, settings
from kg.cli.tables_option import participations, tables_option

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kg.cli.engine_options import EngineChoice
    from kg.network import Lens, Network


@click.group("structure", cls=Group)
@common
def command() -> None:
    """Find communities, brokers and the backbone, and show how sectors and fields cooperate."""


def _structure_options(function: Callable[..., None]) -> Callable[..., None]:
    """Add the options that all analyses share."""
    return explain_option(lens_options(common(function)))


def _network(lens: Lens, *sector_names: str | None) -> Network:
    from kg.network import build, load_incidence
    from kg.query import sectors

    with open_view() as view:
        sectors.check(view, *sector_names)
        return build(load_incidence(view), lens)


@command.command("mixing", example="kg structure mixing")
@_structure_options
def _mixing(*, lens: Lens, explain: bool) -> None:
    """Measure how far sectors cooperate with their own kind.

    The table lists the E-I index, assortativity, Coleman's index of each sector, and the mixing matrix.
    """
    from kg.measure.structure import mixing

    names = ("ei-index", "assortativity", "coleman-index", "share-of-ties")
    emit_measured(mixing.table(_network(lens)), *names, explain=explain)


@command.command("brokerage", example="kg structure brokerage --sector firm --limit 3")
@option("--sector", metavar="SECTOR", help="Show only brokers of this sector.")
@option("--broker-role", "role", type=click.Choice(BROKER_ROLES), help="Show only this role of the broker.")
@limit_option()
@_structure_options
def _brokerage(*, sector: str | None, role: str | None, limit: int | None, lens: Lens, explain: bool) -> None:
    """Find brokers between actors that share no link.

    The sectors of the three actors determine the role of the broker.
    """
    from kg.measure.centrality.brokerage_table import brokerage_table

    table = brokerage_table(_network(lens, sector), sector, role, settings().lang)
    emit_measured(replace(table, rows=table.rows[:limit]), "brokerage", explain=explain)


@command.command("communities", example="kg structure communities")
@option(
    "--algorithm",
    type=click.Choice(ALGORITHMS),
    default=ALGORITHMS[0],
    show_default=True,
    help="Algorithm of community detection.",
)
@option(
    "--resolution",
    metavar="NUMBER",
    type=click.FloatRange(0, min_open=True),
    default=1.0,
    show_default=True,
    help="Resolution: above 1 for smaller communities, below 1 for larger ones.",
)
@_structure_options
def _communities(*, algorithm: str, resolution: float, lens: Lens, explain: bool) -> None:
    """Find groups with more ties inside than outside."""
    from kg.measure.structure import communities

    table = communities.table(_network(lens), algorithm, resolution, settings().lang)
    emit_measured(table, "communities", explain=explain)


@command.command("components", example="kg structure components")
@tables_option
@engine_options
@_structure_options
def _components(*, tables: Path | None, engine: EngineChoice, lens: Lens, explain: bool) -> None:
    """Find the connected components."""
    from kg.measure.structure import components
    from kg.network import build

    network = build(participations(tables), lens)
    chosen, reason = engine.of(network) if engine.is_other else (None, None)
    table = components.table(network, settings().lang, chosen)
    if reason is not None:
        table = replace(table, notes=(*table.notes, reason))
    emit_measured(table, "components", explain=explain)


@command.command("backbone", example="kg structure backbone")
@option(
    "--filter",
    "name",
    type=click.Choice(BACKBONE_FILTERS),
    default=BACKBONE_FILTERS[0],
    show_default=True,
    help="Significance test.",
)
@option(
    "--level",
    metavar="P",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=BACKBONE_LEVEL,
    show_default=True,
    help="False discovery rate.",
)
@_structure_options
def _backbone(*, name: str, level: float, lens: Lens, explain: bool) -> None:
    """Find the ties that occur more often than expected by chance.

    The null model keeps the number of links of each actor and the number of parties of each link.
    """
    from kg.measure.structure import backbone

    emit_measured(backbone.table(_network(lens), name, level, settings().lang), name, explain=explain)


@command.command("nestedness", example="kg structure nestedness")
@option("--row-sector", metavar="SECTOR", default="firm", show_default=True, help="Sector of the matrix rows.")
@option(
    "--column-sector", metavar="SECTOR", default="university", show_default=True, help="Sector of the matrix columns."
)
@_structure_options
def _nestedness(*, row_sector: str, column_sector: str, lens: Lens, explain: bool) -> None:
    """Measure the nestedness of two sectors.

    In a nested network the partners of actors with few partners are a subset of the partners of actors with many.
    """
    from kg.measure.structure import nestedness

    network = _network(lens, row_sector, column_sector)
    emit_measured(nestedness.table(network, row_sector, column_sector), "nodf", explain=explain)


@command.command("specialisation", example="kg structure specialisation --actor xaut")
@option("--sector", metavar="SECTOR", default="university", show_default=True, help="Sector of the actors.")
@option("--actor", metavar="ACTOR", help="Show only this actor: a name, a key or an IRI.")
@_structure_options
def _specialisation(*, sector: str, actor: str | None, lens: Lens, explain: bool) -> None:
    """Find the fields in which actors specialise, and related fields."""
    from kg.measure.structure import specialisation
    from kg.network import build, load_incidence
    from kg.query import link_topics, lookup, sectors

    with open_view() as view:
        sectors.check(view, sector)
        only = None if actor is None else lookup.lookup(view, actor)
        network = build(load_incidence(view), lens)
        topics, names = link_topics.topics(view), link_topics.fields(view)
    table = specialisation.table(network, topics, names, sector, only, settings().lang)
    emit_measured(table, "rca", "relatedness", "complexity", explain=explain)
