"""Measures of actors in a network: pure functions, and the plain tuple that lists them.

To add one: write ``(Network, Mode) -> Scores`` in the file of its family, and a row here.
"""

from kg.errors import UsageError
from kg.measure import brokerage, holes, partners, reach
from kg.measure.scores import Measure, Scores
from kg.model import Label

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
    Measure(
        "constraint",
        holes.constraint,
        "constraint by few and close partners, by Burt; the lower, the more structural holes",
        "constraint by few and close partners, by Burt; the lower, the more structural holes",
        Label(
            "How far an actor's ties lead back to one partner: its partners are few, or tied to each other. Ties have "
            "the Newman weight. Who has a low constraint spans structural holes.",
            "行动者的联系在多大程度上归于同一伙伴：伙伴少，或彼此相连。联系按纽曼权重计。约束低者跨越结构洞。",
        ),
        "Burt 1992, Structural Holes; Burt 2004, Am. J. Sociol. 110, 349-399",
    ),
    Measure(
        "effective-size",
        holes.effective_size,
        "partners, less what they are tied to each other, by Burt",
        "partners, less what they are tied to each other, by Burt",
        Label(
            "The number of an actor's partners, less their redundancy: how far each is tied to the others anyway. Ties "
            "have the Newman weight.",
            "行动者的伙伴数减去冗余（各伙伴本已彼此相连的程度）。联系按纽曼权重计。",
        ),
        "Burt 1992, Structural Holes; Borgatti 1997, Connections 20 (1), 35-38",
    ),
    Measure(
        "brokerage",
        brokerage.brokerage,
        "pairs of its links that have no other named actor in common",
        "pairs of actors that share no link and each share one with it, by Gould and Fernandez",
        Label(
            "Two-mode: how many pairs of its links have nobody else in common, so that it alone joins them. One-mode: "
            "how many pairs of actors share no link, but each share one with it.",
            "双模：其联系中除它之外无共同行动者的联系对数。单模：彼此无共同联系、但各与其有共同联系的行动者对数。",
        ),
        "Gould & Fernandez 1989, Sociol. Methodol. 19, 89-126; Jasny & Lubell 2015, Social Networks 41, 36-47",
    ),
    *(
        Measure(
            f"brokerage-{name}",
            function,
            f"pairs without a shared link between which it stands as {name}: {who.en}",
            f"pairs without a shared link between which it stands as {name}: {who.en}",
            Label(
                f"How many pairs of actors that share no link each share one with it, where {who.en}, each pair once.",
                f"彼此无共同联系、但各与其有共同联系的行动者对数，其中{who.zh}。每对只计一次。",
            ),
            "Gould & Fernandez 1989, Sociol. Methodol. 19, 89-126",
        )
        for name, function, who in (
            ("coordinator", brokerage.coordinator, Label("all three are of one sector", "三者同属一个部门")),
            ("itinerant", brokerage.itinerant, Label("both are of one other sector", "两端同属另一部门")),
            ("gatekeeper", brokerage.gatekeeper, Label("one is of its own sector, one of another", "仅一端与其同部门")),
            ("liaison", brokerage.liaison, Label("the three are of three sectors", "三者部门各异")),
        )
    ),
    Measure(
        "heterogeneity",
        partners.heterogeneity,
        "variety of the sectors of its partners, each once for each link shared, by Blau",
        "variety of the sectors of its partners, by Blau",
        Label(
            "The chance that two of its partners, drawn at random, are of different sectors.",
            "随机抽取其两个伙伴而部门不同的概率。",
        ),
        "Blau 1977, Inequality and Heterogeneity",
    ),
    Measure(
        "partner-concentration",
        partners.concentration,
        "concentration of its links on few partners, by Herfindahl and Hirschman",
        "concentration of its links on few partners, by Herfindahl and Hirschman",
        Label(
            "The sum of the squared shares of its partners in its links: 1 for one partner, 1/n for n alike.",
            "各伙伴在其联系中份额的平方和：只有一个伙伴为1，n个均等者为1/n。",
        ),
        "Herfindahl 1950; Hirschman 1964, Am. Econ. Rev. 54, 761",
    ),
    Measure(
        "repeat-rate",
        partners.repeat_rate,
        "share of its partners with whom it has two links or more",
        "share of its partners with whom it has two links or more",
        Label(
            "The share of its partners with whom it has two links or more. It grows with the time looked at.",
            "与其有不少于两条共同联系的伙伴所占比例。观察期越长越高。",
        ),
        "Gulati 1995, Acad. Manage. J. 38, 85-112",
    ),
    Measure(
        "uic-intensity",
        partners.intensity,
        "share of a university's links that have a firm",
        "share of a university's links that have a firm",
        Label(
            "The share of a university's links in which a firm is a named party; not defined for other sectors.",
            "高校的联系中有具名企业参与者所占比例；其他部门不作定义。",
        ),
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
