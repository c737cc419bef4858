"""kg structure: what holds the network together; each part of the answer is a command of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from kg import network
from kg.cli import sectors
from kg.cli.did_you_mean import Group
from kg.cli.measure_options import explained
from kg.cli.options import common, emit, opened, settings, through_lens
from kg.measure import methods
from kg.measure.centrality import brokerage as brokers
from kg.measure.structure import backbone as backbones
from kg.measure.structure import communities as structure
from kg.measure.structure import mixing as mixed
from kg.measure.structure import nestedness as nested
from kg.measure.structure import specialisation as special
from kg.network.incidence.load import load_incidence
from kg.query import link_topics, lookup

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.model import Table


@click.group("structure", cls=Group)
@common
def command() -> None:
    """Find groups, brokers and the backbone, and how sectors and fields go together."""


def _looking(function: Callable[..., None]) -> Callable[..., None]:
    """What all commands of the group take."""
    return explained(through_lens(common(function)))


def _seen(lens: network.Lens, *asked: str | None) -> network.Network:
    with opened() as view:
        sectors.check(view, *asked)
        return network.build(load_incidence(view), lens)


def _tell(table: Table, *names: str, explain: bool) -> None:
    emit(methods.explain(table, names) if explain else table)


@command.command("mixing")
@_looking
def _mixing(*, lens: network.Lens, explain: bool) -> None:
    """Tell whether sectors keep to themselves.

    The E-I index, assortativity, Coleman's index of each sector, and the mixing matrix.
    """
    found = mixed.table(_seen(lens))
    _tell(found, "ei-index", "assortativity", "coleman-index", "share-of-ties", explain=explain)


@command.command("brokerage")
@click.option("--sector", help="Only brokers of this sector.")
@click.option("--broker-role", "role", type=click.Choice(brokers.ROLES), help="Only this role of the broker.")
@click.option("-n", "--limit", type=click.IntRange(1), metavar="N", help="Show the first N rows.")
@_looking
def _brokerage(*, sector: str | None, role: str | None, limit: int | None, lens: network.Lens, explain: bool) -> None:
    """Find who stands between actors that share no link.

    The role of each broker follows from the sectors of the three.
    """
    found = brokers.table(_seen(lens, sector), sector, role, settings().lang)
    _tell(replace(found, rows=found.rows[:limit]), "brokerage", explain=explain)


@command.command("communities")
@click.option(
    "--algorithm",
    type=click.Choice(list(structure.ALGORITHMS)),
    default="leiden",
    show_default=True,
    help="How they are found.",
)
@click.option(
    "--resolution",
    type=click.FloatRange(0, min_open=True),
    default=1.0,
    show_default=True,
    help="Above 1 for smaller communities, below 1 for larger ones.",
)
@_looking
def _communities(*, algorithm: str, resolution: float, lens: network.Lens, explain: bool) -> None:
    """Find groups that are tied more within than without."""
    found = structure.community_table(_seen(lens), algorithm, resolution, settings().lang)
    _tell(found, "communities", explain=explain)


@command.command("components")
@_looking
def _components(*, lens: network.Lens, explain: bool) -> None:
    """Find what any chain of links joins."""
    _tell(structure.component_table(_seen(lens), settings().lang), "components", explain=explain)


@command.command("backbone")
@click.option(
    "--filter", "name", type=click.Choice(list(backbones.FILTERS)), default="sdsm", show_default=True, help="The test."
)
@click.option(
    "--level",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=backbones.LEVEL,
    show_default=True,
    help="The share of false ties that is accepted.",
)
@_looking
def _backbone(*, name: str, level: float, lens: network.Lens, explain: bool) -> None:
    """Find the ties that are more than chance.

    Chance knows how many links each actor has, and how many parties each link.
    """
    _tell(backbones.table(_seen(lens), name, level, settings().lang), name, explain=explain)


@command.command("nestedness")
@click.option("--row-sector", "rows", default="firm", show_default=True, help="Sector of the rows.")
@click.option("--column-sector", "columns", default="university", show_default=True, help="Sector of the columns.")
@_looking
def _nestedness(*, rows: str, columns: str, lens: network.Lens, explain: bool) -> None:
    """Tell whether two sectors are nested.

    They are where those with few partners work with a part of the partners of those with many.
    """
    _tell(nested.table(_seen(lens, rows, columns), rows, columns), "nodf", explain=explain)


@command.command("specialisation")
@click.option("--sector", default="university", show_default=True, help="The sector of the actors.")
@click.option("--actor", metavar="ACTOR", help="Only this actor: a name, a key or an IRI.")
@_looking
def _specialisation(*, sector: str, actor: str | None, lens: network.Lens, explain: bool) -> None:
    """Find the fields of actors, and those that are near."""
    with opened() as view:
        sectors.check(view, sector)
        only = None if actor is None else lookup.lookup(view, actor)
        seen, topics, names = (
            network.build(load_incidence(view), lens),
            link_topics.topics(view),
            link_topics.fields(view),
        )
    found = special.table(seen, topics, names, sector, only, settings().lang)
    _tell(found, "rca", "relatedness", "complexity", explain=explain)
