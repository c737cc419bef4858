"""Explanations and citations of the methods that measure whole networks."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.measure.scores import cited
from kg.model import Table, Text
from kg.texts import Message


@dataclass(frozen=True, slots=True)
class Method:
    """An explanation of a method for readers of its results."""

    name: str
    explanation: Text
    citation: str | Text

    def explain(self) -> Text:
        """Return the explanation with the name and the citation."""
        return cited(self.name, self.explanation, self.citation)


METHODS: tuple[Method, ...] = (
    Method(
        "mutual-information",
        Message(
            "The mutual information of the helices over links, in bits. Below 0, all helices together reduce "
            "uncertainty that no two of them reduce (synergy); above 0, they are redundant. If every link has a helix, "
            "it is below 0 by chance, so compare it with expected. p is the share of draws that are as low."
        ),
        "McGill 1954, Psychometrika 19, 97-116; Leydesdorff 2003, Scientometrics 58, 445-467",
    ),
    Method(
        "mutual-information-corrected",
        Message(
            "The mutual information minus its small-sample bias. In a frame where every link has a helix, the parts of "
            "the bias cancel."
        ),
        "Miller 1955, in Quastler, Information Theory in Psychology, 95-100",
    ),
    Method(
        "entropy",
        Message("The uncertainty, in bits, of whether a link has a party of these helices."),
        "Shannon 1948, Bell Syst. Tech. J. 27, 379-423",
    ),
    Method(
        "synergy-within",
        Message(
            "The contribution of the links of one kind to the total mutual information; the rest arises between kinds."
        ),
        "Leydesdorff & Strand 2013, J. Am. Soc. Inf. Sci. Technol. 64, 1890-1902",
    ),
    Method(
        "share",
        Message("The share of links whose named parties belong to exactly these helices."),
        Message("counted as stated; the cells of the table of the mutual information"),
    ),
    Method(
        "intensity",
        Message(
            "The share of the links with one helix that have the other too, among links of two parties or more (for "
            "university and firm: UIC intensity)."
        ),
        "Tijssen, van Leeuwen & van Wijk 2009, Res. Eval. 18, 13-24",
    ),
    Method(
        "repeat-rate",
        Message("The share of the pairs of actors with a shared link that share two or more."),
        "Gulati 1995, Acad. Manage. J. 38, 85-112",
    ),
    Method(
        "partner-concentration",
        Message("The mean concentration of an actor's links on few partners: 1 for one partner, 1/n for n equal ones."),
        "Herfindahl 1950; Hirschman 1964, Am. Econ. Rev. 54, 761",
    ),
    Method(
        "under-plan",
        Message("The share of links that a source states to be carried out under a policy plan."),
        Message("counted as stated"),
    ),
    Method(
        "under-plan-in-force",
        Message(
            "The share of links under a plan that was certainly (lower) or possibly (upper) in force at their start."
        ),
        Message("counted as stated"),
    ),
    Method(
        "named-coverage",
        Message("The share of declared parties that are named."),
        Message("counted as stated"),
    ),
    Method(
        "ei-index",
        Message(
            "Ties between sectors minus ties within them, divided by all ties: from -1 (all within) to 1 (all "
            "between). Sector sizes limit its range; rescaled, -1 and 1 are the extremes for this number of ties."
        ),
        "Krackhardt & Stern 1988, Soc. Psychol. Q. 51, 123-140",
    ),
    Method(
        "assortativity",
        Message(
            "The tendency of ties to stay within sectors, corrected for the number of ties of each sector: 1 for all, "
            "0 by chance. Weighted, a tie in a large agreement is weak."
        ),
        "Newman 2003, Phys. Rev. E 67, 026126",
    ),
    Method(
        "coleman-index",
        Message(
            "For one sector, internal ties compared with its share of actors: 1 for all, 0 by chance, -1 for none."
        ),
        "Coleman 1958, Human Organization 17 (4), 28-36",
    ),
    Method(
        "share-of-ties",
        Message("The share of all ties that join two sectors: the mixing matrix."),
        "Newman 2003, Phys. Rev. E 67, 026126",
    ),
    Method(
        "brokerage",
        Message(
            "Two actors that share no link, and a third that shares one with each. Coordinator: all three in one "
            "sector; itinerant: both ends in one other sector; gatekeeper or representative: one end in the broker's "
            "sector; liaison: three sectors."
        ),
        "Gould & Fernandez 1989, Sociol. Methodol. 19, 89-126",
    ),
    Method(
        "communities",
        Message("Groups of actors with more internal tie weight than their strengths predict (modularity)."),
        "Newman & Girvan 2004, Phys. Rev. E 69, 026113; Traag, Waltman & van Eck 2019, Sci. Rep. 9, 5233; "
        "Blondel et al. 2008, J. Stat. Mech. P10008",
    ),
    Method(
        "components",
        Message("Actors joined by a chain of shared links."),
        "Wasserman & Faust 1994, Social Network Analysis, 109",
    ),
    Method(
        "sdsm",
        Message(
            "Ties with significantly more shared links than in random networks in which actors keep their number of "
            "links, and links their number of parties, on average; corrected for the number of pairs."
        ),
        "Neal 2014, Social Networks 39, 84-97; Neal, Domagalski & Sagan 2021, Sci. Rep. 11, 23929; "
        "Benjamini & Hochberg 1995, J. R. Stat. Soc. B 57, 289-300",
    ),
    Method(
        "disparity",
        Message(
            "Ties with a larger share of an actor's weight than a uniform distribution predicts; not suited to "
            "projections."
        ),
        "Serrano, Boguñá & Vespignani 2009, PNAS 106, 6483-6488",
    ),
    Method(
        "nodf",
        Message(
            "The extent to which the partners of actors with few partners are a subset of the partners of those with "
            "more: 0 to 100. expected follows from the numbers of partners alone."
        ),
        "Almeida-Neto et al. 2008, Oikos 117, 1227-1239; Strona et al. 2014, Nat. Commun. 5, 4114",
    ),
    Method(
        "rca",
        Message(
            "The share of a field in an actor's links, divided by its share in all links. A field is a specialisation "
            "from 1, with five links or more in it."
        ),
        "Balassa 1965, Manchester School 33, 99-123",
    ),
    Method(
        "relatedness",
        Message(
            "The proximity of a field to the actor's other specialisations; fields are near if the same actors "
            "specialise in both."
        ),
        "Hidalgo, Klinger, Barabási & Hausmann 2007, Science 317, 482-487",
    ),
    Method(
        "complexity",
        Message("An ordering of actors by similar specialisations, with actors of many rare fields at the top."),
        "Hidalgo & Hausmann 2009, PNAS 106, 10570-10575",
    ),
)


_EXPLAINED_BY = {
    "ei-index-rescaled": "ei-index",
    "assortativity-weighted": "assortativity",
    "synergy-between-kinds": "synergy-within",
}
"""Indicators that share the explanation of another."""


def explain(table: Table, names: Iterable[str]) -> Table:
    """Return `table` with an explanation of each of the methods called `names` that is known."""
    known = {method.name: method for method in METHODS}
    requested = dict.fromkeys(_EXPLAINED_BY.get(name, name) for name in names)
    explained = (known[name] for name in requested if name in known)
    return replace(table, notes=(*table.notes, *(one.explain() for one in explained)))
