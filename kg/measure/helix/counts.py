"""Helix indicators that do not depend on combinations of helices: repeat rates, concentration, plans and coverage."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from kg.measure.centrality.partners import concentration
from kg.measure.indicators import Indicator, undefined
from kg.network import Network
from kg.query.link_topics import Force
from kg.texts import Message


def repeat_rates(network: Network, helices: Sequence[str]) -> Iterator[Indicator]:
    """Yield the share of the tied pairs of each two helices that share two or more links."""
    index = {name: number for number, name in enumerate(helices)}
    helix_of = np.array([index.get(actor.sector or "", -1) for actor in network.actors], dtype=np.int64)
    ties = network.projection("count").tocoo()
    ends = np.sort(helix_of[np.stack(ties.coords)], axis=0)
    for first in range(len(helices)):
        for second in range(first + 1, len(helices)):
            counts = ties.data[(ends[0] == first) & (ends[1] == second)]
            name, pairs = f"{helices[first]}-{helices[second]}", len(counts) // 2
            if pairs:
                yield Indicator("repeat-rate", name, float((counts > 1).mean()), pairs)
            else:
                yield undefined("repeat-rate", name, 0, Message("no such pair shares a link"))


def mean_concentrations(network: Network, helices: Sequence[str]) -> Iterator[Indicator]:
    """Yield the mean partner concentration of the actors of each helix."""
    scores = concentration(network, "two-mode").values
    for helix in helices:
        values = [
            score
            for score, actor in zip(scores, network.actors, strict=True)
            if score is not None and actor.sector == helix
        ]  # fmt: skip
        if values:
            yield Indicator("partner-concentration", helix, float(np.mean(values)), len(values))
        else:
            reason = Message("no such actor has a named partner")
            yield undefined("partner-concentration", helix, 0, reason)


def plan_shares(network: Network, plans: Mapping[str, Force]) -> Iterator[Indicator]:
    """Yield the shares of links under a plan, and of links under a plan that was in force at their start."""
    total = len(network.links)
    if not total:
        return
    states = [plans[link.record] for link in network.links if link.record in plans]
    yield Indicator("under-plan", "links", len(states) / total, total)
    lower, upper = states.count("yes") / total, (len(states) - states.count("no")) / total
    if lower == upper:
        yield Indicator("under-plan-in-force", "links", lower, total, lower, upper)
    else:
        reason = Message("dates of links or of their plans are unknown; the value is between lower and upper")
        yield Indicator("under-plan-in-force", "links", None, total, lower, upper, reason=reason)


def coverage(network: Network) -> Indicator:
    """Return the share of declared parties that are named; it is an upper bound if sizes are lower bounds."""
    totals = network.totals()
    if not totals.declared:
        return undefined("named-coverage", "parties", 0, Message("no link"))
    share = totals.named / totals.declared
    lower = None if totals.is_lower_bound else share
    return Indicator("named-coverage", "parties", share, totals.declared, lower=lower, upper=share)
