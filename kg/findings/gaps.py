"""Findings about what is unknown: unnamed parties, single sources, and links without a year."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kg.findings.finding import Finding, records
from kg.findings.wording import number, percent
from kg.texts import Message, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.network import Network

MIN_LINKS = 20
"""Number of links below which a share of links yields no finding."""
MIN_SHARE = 0.2
"""Share of links without a year from which years show no trend."""
MIN_SINGLE = 0.5
"""Share of links with one source from which most links depend on one source."""


def unnamed_parties(network: Network) -> Iterator[Finding]:
    """Yield the share of unnamed parties, if any declared party is unnamed."""
    links = network.links
    _, named, declared, bounded = network.totals()
    if declared <= named:
        return
    gaps = links.declared > links.named
    coverage = named / declared
    yield Finding(
        "unnamed-parties",
        Message(
            "{least}{share} of the parties are unnamed: sources declare {least_count}{declared} and name {named}.",
            least=Message("At least ") if bounded else Text("", ""),
            least_count=Message("at least ") if bounded else Text("", ""),
            share=percent(1 - coverage),
            declared=number(declared),
            named=number(named),
        ),
        "named-coverage",
        coverage,
        None,
        coverage if bounded else None,
        records(network, gaps),
        "kg helix --indicator named-coverage",
    )


def single_source(network: Network) -> Iterator[Finding]:
    """Yield the share of links whose participations rest on one source, if most links of a large network do."""
    counts = np.array([len(listed or ()) for listed in network.links.table["sources"].to_pylist()], dtype=np.int64)
    single, total = counts == 1, network.totals().links
    count = network.links.count(single)
    if total < MIN_LINKS or count < MIN_SINGLE * total:
        return
    yield Finding(
        "single-source",
        Message(
            "{share} of the links rest on one source ({count} of {total}); an error of that source would go unnoticed.",
            share=percent(count / total),
            count=number(count),
            total=number(total),
        ),
        "single-source",
        count / total,
        None,
        None,
        records(network, single),
        "kg query single-source",
    )


def undated_links(network: Network) -> Iterator[Finding]:
    """Yield the share of links without a start year, if it is too large for a trend."""
    undated = network.links.table["start_earliest"].is_null().to_numpy()
    total, count = network.totals().links, network.links.count(undated)
    if total < MIN_LINKS or count < MIN_SHARE * total:
        return
    yield Finding(
        "undated-links",
        Message(
            "{count} of {total} links have no known start year ({share}), and {dateless} of them no date at all; the "
            "years therefore show no trend.",
            share=percent(count / total),
            count=number(count),
            total=number(total),
            dateless=number(network.links.count(undated & network.links.table["start_latest"].is_null().to_numpy())),
        ),
        "undated-links",
        count / total,
        None,
        None,
        records(network, undated),
        "kg validate --coverage --show-missing link-date",
    )
