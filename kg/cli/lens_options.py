"""Options that select and project a part of the dataset."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

import click

from kg.cli.help import FILTERS, NETWORK, option
from kg.cli.options import DATE, add_options

if TYPE_CHECKING:
    from collections.abc import Callable

filter_option = functools.partial(option, group=FILTERS)
network_option = functools.partial(option, group=NETWORK)

_MULTIPLE = (
    *(
        "layers",
        "stages",
        "kinds",
        "link_types",
        "roles",
        "participant_sectors",
        "places",
        "sources",
        "qualities",
        "collections",
    ),
)
"""Fields of a lens that options fill with a set of values."""

_SINGLE = (
    *("between", "derived", "since", "until", "date_mode", "certain_dates", "include_undated"),
    *("aggregate", "weight", "currency", "max_parties"),
)
"""Fields of a lens that options fill with one value."""

_LENS = (
    filter_option("--layer", "layers", metavar="LAYER", multiple=True, help="Only ties of this layer; repeatable."),
    filter_option("--stage", "stages", metavar="STAGE", multiple=True, help="Only links at this stage; repeatable."),
    filter_option("--kind", "kinds", metavar="KIND", multiple=True, help="Only links of this kind; repeatable."),
    filter_option(
        "--link-type",
        "link_types",
        metavar="CLASS",
        multiple=True,
        help="Only links of this class (Project, …); repeatable.",
    ),
    filter_option("--role", "roles", metavar="ROLE", multiple=True, help="Only participants in this role; repeatable."),
    filter_option(
        "--participant-sector",
        "participant_sectors",
        metavar="SECTOR",
        multiple=True,
        help="Only participants of this sector; repeatable.",
    ),
    filter_option("--between", nargs=2, metavar="SECTOR SECTOR", help="Only ties between these two sectors."),
    filter_option(
        "--place",
        "places",
        metavar="PLACE",
        multiple=True,
        help="Only links in, or with a participant in, this region or city.",
    ),
    filter_option(
        "--source",
        "sources",
        metavar="SOURCE",
        multiple=True,
        help="Only links from this source: a key, an IRI or a publisher.",
    ),
    filter_option(
        "--collection",
        "collections",
        metavar="NAME",
        multiple=True,
        help="Only links of this collection; repeatable.  [default: those in the default lens]",
    ),
    filter_option(
        "--quality", "qualities", metavar="QUALITY", multiple=True, help="Only links from sources of this quality."
    ),
    filter_option(
        "--derived",
        type=click.Choice(["with", "without", "only"]),
        default="with",
        show_default=True,
        help="Include, exclude or select inferred links.",
    ),
    filter_option(
        "--max-parties",
        metavar="N",
        type=click.IntRange(2),
        help="Only links of at most N named parties.  [default: all]",
    ),
    filter_option("--since", type=DATE, help="Only links that may have started on or after this date."),
    filter_option("--until", type=DATE, help="Only links that may have started on or before this date."),
    filter_option(
        "--date-mode",
        type=click.Choice(["started", "in-force"]),
        default="started",
        show_default=True,
        help="Filter by the start date or by the period in force.",
    ),
    filter_option("--certain-dates", is_flag=True, help="Only links whose dates certainly match."),
    filter_option("--include-undated", is_flag=True, help="Keep links without a known date."),
    network_option(
        "--aggregate",
        type=click.Choice(["none", "host", "group"]),
        default="host",
        show_default=True,
        help="Count units for themselves, for their hosts, or for their hosts and groups.",
    ),
    network_option(
        "--weight",
        type=click.Choice(["newman", "newman-named", "count", "contribution"]),
        metavar="WEIGHT",
        default="newman",
        show_default=True,
        help="Edge weight: newman (1/(N-1), declared size), newman-named (named size), count or contribution (money).",
    ),
    network_option("--currency", metavar="CODE", help="Currency of contributions, if the links use several."),
)


mode_option = network_option(
    "--mode",
    type=click.Choice(["two-mode", "one-mode"]),
    default="two-mode",
    show_default=True,
    help="Network of actors and links, or of actors that share links.",
)


def lens_options(function: Callable[..., None]) -> Callable[..., None]:
    """Add the options that select a part of the dataset to a command; it receives a `Lens` as ``lens``."""

    @functools.wraps(function)
    def wrapper(**options: Any) -> None:
        from kg.network import Lens

        values: dict[str, Any] = {name: options.pop(name) or None for name in _MULTIPLE}
        values |= {name: options.pop(name) for name in _SINGLE}
        function(lens=Lens(**values), **options)

    return add_options(_LENS, wrapper)
