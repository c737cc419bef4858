"""Findings about sectors: pairs that tie more often than chance gives, and brokers between sectors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kg.findings.finding import Finding, is_hub, records
from kg.findings.wording import number, percent, sector
from kg.measure.centrality.brokerage_table import brokerage_table
from kg.measure.significance import benjamini_hochberg
from kg.measure.structure.mixing import mixing
from kg.model.shown import shown_name
from kg.texts import Message, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.network import Network

LEVEL = 0.05
"""False discovery rate of the tests over all pairs of sectors, and over all brokers."""


def sector_pair(network: Network) -> Iterator[Finding]:
    """Yield the pair of sectors that tie most against chance, if the excess is significant over all pairs."""
    cells = [one for one in mixing(network) if one.name == "share-of-ties" and one.p is not None]
    if not cells:
        return
    adjusted = benjamini_hochberg([_known(one.p) for one in cells], len(cells))
    more = [
        one
        for one, p in zip(cells, adjusted.tolist(), strict=True)
        if p <= LEVEL and _known(one.value) > _known(one.expected)
    ]
    if not more:
        return
    pair = max(more, key=lambda one: (_known(one.value) - _known(one.expected), one.group))
    first, second = pair.group.split("-")
    yield Finding(
        "sector-pair",
        Message(
            "{clause}: {share} of all ties, where chance gives {expected}.",
            clause=_tie(first, second),
            share=percent(_known(pair.value)),
            expected=percent(_known(pair.expected)),
        ),
        "share-of-ties",
        _known(pair.value),
        None,
        None,
        _joining(network, first, second),
        "kg structure mixing",
    )


def broker(network: Network, sector_of_broker: str | None) -> Iterator[Finding]:
    """Yield the broker of most pairs of actors without a common link, if significant over all brokers."""
    rows = [row for row in brokerage_table(network, sector_of_broker) if row["p"] is not None]
    if not rows:
        return
    adjusted = benjamini_hochberg([float(str(row["p"])) for row in rows], len(rows))
    chosen = [row for row, p in zip(rows, adjusted.tolist(), strict=True) if p <= LEVEL]
    if not chosen:
        return
    row = chosen[0]
    first, second = str(row["sector_pair"]).split("-")
    place = network.actors.table["iri"].to_pylist().index(row["actor"])
    if is_hub(network, place):
        return
    links = network.link_of[network.actor_of == place]
    option = "" if sector_of_broker is None else f" --sector {sector_of_broker}"
    pairs, mean = int(str(row["pairs"])), float(str(row["permuted_mean"]))
    yield Finding(
        "broker",
        Message(
            "{name} joins {pairs} pairs of {members} that share no link; chance gives {mean}.",
            name=shown_name(network.actors[place].label),
            pairs=number(pairs),
            members=sector(first) if first == second else Message(" and ").join((sector(first), sector(second))),
            mean=number(round(mean)),
        ),
        "brokerage",
        pairs,
        None,
        None,
        records(network, links),
        f"kg structure brokerage{option}",
    )


def _known(value: float | None) -> float:
    if value is None:
        raise ValueError("a share of ties has a value, an expectation and p")
    return value


def _tie(first: str, second: str) -> Text:
    if first == second:
        return Message("{first} tie with each other more often than chance", first=_capital(sector(first)))
    return Message(
        "{first} and {second} tie more often than chance", first=_capital(sector(first)), second=sector(second)
    )


def _capital(text: Text) -> Text:
    return Text((text.en or "").capitalize(), text.zh)


def _joining(network: Network, first: str, second: str) -> tuple[str, ...]:
    """Return the links with a party of each of two sectors (two parties if both are the same)."""
    counts = [
        np.bincount(network.link_of[network.actors.of_sector(one)[network.actor_of]], minlength=len(network.links))
        for one in (first, second)
    ]
    joined = counts[0] >= 2 if first == second else (counts[0] > 0) & (counts[1] > 0)  # noqa: PLR2004 - a pair
    return records(network, joined)
