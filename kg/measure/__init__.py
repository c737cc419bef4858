"""Measures of actors in a network: pure functions, and the plain tuple that lists them.

To add one: write ``(Network, Mode) -> Scores`` in the file of its family, and a row here.
"""

from kg.errors import UsageError
from kg.measure import reach
from kg.measure.scores import Measure, Scores

__all__ = ["MEASURES", "Measure", "Scores", "find"]

MEASURES: tuple[Measure, ...] = (
    Measure("degree", reach.degree, "number of links", "number of actors it shares a link with"),
    Measure(
        "strength",
        reach.strength,
        "links, each counted 1/N for N declared parties",
        "sum of the Newman weights of ties",
    ),
    Measure(
        "betweenness",
        reach.betweenness,
        "share of shortest paths that pass through it, by Borgatti and Everett",
        "share of shortest paths that pass through it, by Freeman",
    ),
    Measure(
        "closeness",
        reach.closeness,
        "nearness to all actors and links, by Borgatti and Everett",
        "nearness to all actors, by Wasserman and Faust",
    ),
    Measure("pagerank", reach.pagerank, "PageRank among actors and links", "PageRank along Newman weights"),
    Measure(
        "eigenvector",
        reach.eigenvector,
        "eigenvector centrality among actors and links",
        "eigenvector centrality along Newman weights",
    ),
)


def find(name: str) -> Measure:
    """The measure called `name`.

    Raises:
        UsageError: there is none.
    """
    for measure in MEASURES:
        if measure.name == name:
            return measure
    raise UsageError(f"there is no measure {name!r}; there are: {', '.join(measure.name for measure in MEASURES)}")
