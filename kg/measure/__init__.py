"""Measures of the actors of a network: pure functions, and the tuple that lists them.

To add a measure, write a function ``(Network, Mode) -> Scores`` in the module of its family, add a row to `MEASURES`,
and add its texts to `kg.measure.messages`.
"""

from kg import names
from kg.measure.centrality import brokerage, degree, partners, random_walks, shortest_paths, structural_holes
from kg.measure.scores import Measure, Scores
from kg.texts import Message

__all__ = ["MEASURES", "Measure", "Scores", "find"]

MEASURES: tuple[Measure, ...] = (
    Measure(
        "degree",
        degree.degree,
        "Freeman 1978, Social Networks 1, 215-239; Borgatti & Everett 1997, Social Networks 19, 243-269",
        "linear",
    ),
    Measure(
        "partners",
        partners.number,
        "Freeman 1978, Social Networks 1, 215-239 (degree of the projection)",
        "linear",
    ),
    Measure(
        "strength",
        degree.strength,
        "Perianes-Rodriguez, Waltman & van Eck 2016, J. Informetrics 10, 1178-1195; Newman 2001, Phys. Rev. E 64, "
        "016132",
        "linear",
    ),
    Measure(
        "betweenness",
        shortest_paths.betweenness,
        "Freeman 1977, Sociometry 40, 35-41; Brandes 2001, J. Math. Sociol. 25, 163-177; Borgatti & Everett 1997, "
        "Social Networks 19, 243-269; sampled: Riondato & Kornaropoulos 2016, Data Min. Knowl. Discov. 30, 438-475",
        "paths",
    ),
    Measure(
        "closeness",
        shortest_paths.closeness,
        "Freeman 1978, Social Networks 1, 215-239; Borgatti & Everett 1997",
        "distances",
    ),
    Measure(
        "harmonic",
        shortest_paths.harmonic,
        "Marchiori & Latora 2000, Physica A 285, 539-546; Boldi & Vigna 2014, Internet Math. 10, 222-262",
        "distances",
    ),
    Measure(
        "pagerank",
        random_walks.pagerank,
        "Brin & Page 1998, Comput. Netw. ISDN Syst. 30, 107-117",
        "linear",
    ),
    Measure(
        "eigenvector",
        random_walks.eigenvector,
        "Bonacich 1972, J. Math. Sociol. 2, 113-120; Bonacich 1991, Social Networks 13, 155-168",
        "linear",
    ),
    Measure(
        "katz",
        random_walks.katz,
        "Katz 1953, Psychometrika 18, 39-43",
        "linear",
    ),
    Measure(
        "core",
        degree.core,
        "Seidman 1983, Social Networks 5, 269-287; Batagelj & Zaversnik 2003, arXiv:cs/0310049",
        "linear",
    ),
    Measure(
        "birank",
        random_walks.birank,
        "He, Gao, Kan & Wang 2017, IEEE Trans. Knowl. Data Eng. 29, 57-71",
        "linear",
    ),
    Measure(
        "constraint",
        structural_holes.constraint,
        "Burt 1992, Structural Holes; Burt 2004, Am. J. Sociol. 110, 349-399",
        "triads",
        "low",
    ),
    Measure(
        "effective-size",
        structural_holes.effective_size,
        "Burt 1992, Structural Holes; Borgatti 1997, Connections 20 (1), 35-38",
        "triads",
    ),
    Measure(
        "brokerage",
        brokerage.brokerage,
        "Gould & Fernandez 1989, Sociol. Methodol. 19, 89-126; Jasny & Lubell 2015, Social Networks 41, 36-47",
        "triads",
    ),
    Measure(
        "brokerage-coordinator",
        brokerage.coordinator,
        "Gould & Fernandez 1989, Sociol. Methodol. 19, 89-126",
        "triads",
    ),
    Measure(
        "brokerage-itinerant",
        brokerage.itinerant,
        "Gould & Fernandez 1989, Sociol. Methodol. 19, 89-126",
        "triads",
    ),
    Measure(
        "brokerage-gatekeeper",
        brokerage.gatekeeper,
        "Gould & Fernandez 1989, Sociol. Methodol. 19, 89-126",
        "triads",
    ),
    Measure(
        "brokerage-liaison",
        brokerage.liaison,
        "Gould & Fernandez 1989, Sociol. Methodol. 19, 89-126",
        "triads",
    ),
    Measure(
        "heterogeneity",
        partners.heterogeneity,
        "Blau 1977, Inequality and Heterogeneity",
        "linear",
        None,
    ),
    Measure(
        "partner-concentration",
        partners.concentration,
        "Herfindahl 1950; Hirschman 1964, Am. Econ. Rev. 54, 761",
        "linear",
        None,
    ),
    Measure(
        "repeat-rate",
        partners.repeat_rate,
        "Gulati 1995, Acad. Manage. J. 38, 85-112",
        "linear",
        None,
    ),
    Measure(
        "uic-intensity",
        partners.uic_intensity,
        "Tijssen, van Leeuwen & van Wijk 2009, Res. Eval. 18, 13-24",
        "linear",
    ),
)


def find(name: str) -> Measure:
    """Return the measure called `name`.

    Raises:
        UsageError: the measure does not exist.
    """
    return names.find(Message("measure"), name, MEASURES)
