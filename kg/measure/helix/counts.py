"""Helix indicators that are counted over pairs, actors or links, whatever the combination of helices is."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from kg.measure.centrality.partners import concentration
from kg.measure.indicators import Indicator, undefined
from kg.model import Text
from kg.network import Network
from kg.query.link_topics import Force


def repeated(network: Network, helices: Sequence[str]) -> Iterator[Indicator]:
    """Of the pairs of actors that share a link, how many share two or more; between two helices."""
    places = {name: place for place, name in enumerate(helices)}
    of = np.array([places.get(actor.sector or "", -1) for actor in network.actors], dtype=np.int64)
    ties = network.projection("count").tocoo()
    ends = np.sort(of[np.stack(ties.coords)], axis=0)
    for first in range(len(helices)):
        for second in range(first + 1, len(helices)):
            counts = ties.data[(ends[0] == first) & (ends[1] == second)]
            name, n = f"{helices[first]}-{helices[second]}", len(counts) // 2
            if n:
                yield Indicator("repeat-rate", name, float((counts > 1).mean()), n)
            else:
                yield undefined("repeat-rate", name, 0, Text("no such pair shares a link", "没有这样的一对有共同联系"))


def concentrated(network: Network, helices: Sequence[str]) -> Iterator[Indicator]:
    """The mean partner concentration of the actors of each helix."""
    scores = concentration(network, "two-mode").values
    for helix in helices:
        found = [
            one
            for one, actor in zip(scores, network.actors, strict=True)
            if one is not None and actor.sector == helix
        ]  # fmt: skip
        if found:
            yield Indicator("partner-concentration", helix, float(np.mean(found)), len(found))
        else:
            yield undefined(
                "partner-concentration",
                helix,
                0,
                Text("no such actor has a named partner", "没有这样的行动者有具名伙伴"),
            )


def under_plan(network: Network, plans: Mapping[str, Force]) -> Iterator[Indicator]:
    """Links under a plan, and links under a plan that was in force when they began."""
    n = len(network.links)
    if not n:
        return
    told = [plans[link.iri] for link in network.links if link.iri in plans]
    yield Indicator("under-plan", "links", len(told) / n, n)
    lower, upper = told.count("yes") / n, (len(told) - told.count("no")) / n
    if lower == upper:
        yield Indicator("under-plan-in-force", "links", lower, n, lower, upper)
    else:
        reason = Text(
            "dates of the links or of their plans are not known; it lies between lower and upper",
            "联系或所依规划的日期未知；其值在lower与upper之间",
        )
        yield Indicator("under-plan-in-force", "links", None, n, lower, upper, reason=reason)


def coverage(network: Network) -> Indicator:
    """Named parties of those declared; only an upper bound where sizes are lower bounds."""
    named, declared = sum(link.named for link in network.links), sum(link.declared for link in network.links)
    if not declared:
        return undefined("named-coverage", "parties", 0, Text("no link", "没有联系"))
    share = named / declared
    lower = None if any(link.is_lower_bound for link in network.links) else share
    return Indicator("named-coverage", "parties", share, declared, lower=lower, upper=share)
