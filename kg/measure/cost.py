"""Decisions by the cost of measures: which of them are computed unasked on a network of a given size."""

from types import MappingProxyType

from kg.measure import MEASURES, Measure
from kg.measure.scores import Cost
from kg.network import Network

MAX_NODES: MappingProxyType[Cost, int] = MappingProxyType(
    {"linear": 1_000_000, "triads": 20_000, "distances": 10_000, "paths": 3_000}
)
"""The number of actors and links up to which a measure of each cost takes about one second on one core.

Measured on synthetic networks (tests/benchmarks/tables.py): with 6,100 nodes, betweenness takes 3.2 s, closeness and
harmonic 0.2 s, measures of triads 0.1 s; with 35,000 nodes, closeness 9 s and measures of triads 2.5 s.
"""

SAMPLES, MAX_SAMPLED_NODES = 100, 1_000
"""The samples that are drawn unasked for rank intervals, and the size up to which they take some seconds."""

SAMPLED_MEASURES = ("degree", "strength", "pagerank")
"""The measures whose rank intervals are computed unasked; each takes `SAMPLES` computations."""


def affordable(network: Network) -> tuple[Measure, ...]:
    """Return the measures that take about one second or less on `network`."""
    nodes = len(network.actors) + len(network.links)
    return tuple(measure for measure in MEASURES if nodes <= MAX_NODES[measure.cost])


def default_samples(network: Network) -> int:
    """Return the number of samples to draw unasked for rank intervals of `network`; 0 if it is too large."""
    return SAMPLES if len(network.actors) + len(network.links) <= MAX_SAMPLED_NODES else 0
