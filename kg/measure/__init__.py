"""Measures of actors in a network: pure functions, and the plain tuple that lists them.

To add one: write ``(Network, Mode) -> Scores`` in the file of its family, a row here, and its words in
`kg.measure.messages`.
"""

from kg.errors import UsageError
from kg.measure.centrality import brokerage, degree, partners, random_walks, shortest_paths, structural_holes
from kg.measure.scores import Measure, Scores

__all__ = ["MEASURES", "Measure", "Scores", "find"]

MEASURES: tuple[Measure, ...] = (
    Measure(
        "degree",
        degree.degree,
        "Freeman 1978, Social Networks 1, 215-239; Borgatti & Everett 1997, Social Networks 19, 243-269",
    ),
    Measure(
        "strength",
        degree.strength,
        "Perianes-Rodriguez, Waltman & van Eck 2016, J. Informetrics 10, 1178-1195; Newman 2001, Phys. Rev. E 64, "
        "016132",
    ),
    Measure(
        "betweenness",
        shortest_paths.betweenness,
        "Freeman 1977, Sociometry 40, 35-41; Brandes 2001, J. Math. Sociol. 25, 163-177; Borgatti & Everett 1997, "
        "Social Networks 19, 243-269; sampled: Riondato & Kornaropoulos 2016, Data Min. Knowl. Discov. 30, 438-475",
    ),
    Measure(
        "closeness",
        shortest_paths.closeness,
        "Freeman 1978, Social Networks 1, 215-239; Wasserman & Faust 1994, p. 201; Borgatti & Everett 1997",
    ),
    Measure(
        "harmonic",
        shortest_paths.harmonic,
        "Marchiori & Latora 2000, Physica A 285, 539-546; Boldi & Vigna 2014, Internet Math. 10, 222-262",
    ),
    Measure(
        "pagerank",
        random_walks.pagerank,
        "Brin & Page 1998, Comput. Netw. ISDN Syst. 30, 107-117",
    ),
    Measure(
        "eigenvector",
        random_walks.eigenvector,
        "Bonacich 1972, J. Math. Sociol. 2, 113-120; Bonacich 1991, Social Networks 13, 155-168",
    ),
    Measure(
        "katz",
        random_walks.katz,
        "Katz 1953, Psychometrika 18, 39-43",
    ),
    Measure(
        "core",
        degree.core,
        "Seidman 1983, Social Networks 5, 269-287; Batagelj & Zaversnik 2003, arXiv:cs/0310049",
    ),
    Measure(
        "birank",
        random_walks.birank,
        "He, Gao, Kan & Wang 2017, IEEE Trans. Knowl. Data Eng. 29, 57-71",
    ),
    Measure(
        "constraint",
        structural_holes.constraint,
        "Burt 1992, Structural Holes; Burt 2004, Am. J. Sociol. 110, 349-399",
    ),
    Measure(
        "effective-size",
        structural_holes.effective_size,
        "Burt 1992, Structural Holes; Borgatti 1997, Connections 20 (1), 35-38",
    ),
    Measure(
        "brokerage",
        brokerage.brokerage,
        "Gould & Fernandez 1989, Sociol. Methodol. 19, 89-126; Jasny & Lubell 2015, Social Networks 41, 36-47",
    ),
    Measure(
        "brokerage-coordinator",
        brokerage.coordinator,
        "Gould & Fernandez 1989, Sociol. Methodol. 19, 89-126",
    ),
    Measure(
        "brokerage-itinerant",
        brokerage.itinerant,
        "Gould & Fernandez 1989, Sociol. Methodol. 19, 89-126",
    ),
    Measure(
        "brokerage-gatekeeper",
        brokerage.gatekeeper,
        "Gould & Fernandez 1989, Sociol. Methodol. 19, 89-126",
    ),
    Measure(
        "brokerage-liaison",
        brokerage.liaison,
        "Gould & Fernandez 1989, Sociol. Methodol. 19, 89-126",
    ),
    Measure(
        "heterogeneity",
        partners.heterogeneity,
        "Blau 1977, Inequality and Heterogeneity",
    ),
    Measure(
        "partner-concentration",
        partners.concentration,
        "Herfindahl 1950; Hirschman 1964, Am. Econ. Rev. 54, 761",
    ),
    Measure(
        "repeat-rate",
        partners.repeat_rate,
        "Gulati 1995, Acad. Manage. J. 38, 85-112",
    ),
    Measure(
        "uic-intensity",
        partners.intensity,
        "Tijssen, van Leeuwen & van Wijk 2009, Res. Eval. 18, 13-24",
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
