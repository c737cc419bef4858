"""Measures of actors in a network: pure functions, and the plain tuple that lists them.

To add one: write ``(Network, Mode) -> Scores`` in the file of its family, and a row here.
"""

from kg.errors import UsageError
from kg.measure import brokerage, holes, partners, paths, reach, walks
from kg.measure.scores import Measure, Scores
from kg.model import Label

__all__ = ["MEASURES", "Measure", "Scores", "find"]

MEASURES: tuple[Measure, ...] = (
    Measure(
        "degree",
        reach.degree,
        "number of links",
        "number of actors it shares a link with",
        Label(
            "How many links an actor takes part in (two-mode), or with how many actors it shares one (one-mode).",
            "行动者参与的联系数（双模），或与其有共同联系的行动者数（单模）。",
        ),
        "Freeman 1978, Social Networks 1, 215-239; Borgatti & Everett 1997, Social Networks 19, 243-269",
    ),
    Measure(
        "strength",
        reach.strength,
        "links, each counted 1/N for N declared parties",
        "sum of the weights of ties, 1/(N-1) for each link of N declared parties",
        Label(
            "Each link has 1 to give and shares it among all parties that it declares, named or not; an actor's score "
            "is what it gets of all its links. Where a size is only a lower bound, low leaves that link out. --weight "
            "says otherwise: by named parties, by count, or by money.",
            "每条联系的分值为1，由其声明的全部参与方（无论是否具名）均分；得分为行动者从各联系所得之和。规模仅为下限时，"
            "low不计该联系。--weight可改为按具名方、按次数或按金额。",
        ),
        "Perianes-Rodriguez, Waltman & van Eck 2016, J. Informetrics 10, 1178-1195; Newman 2001, Phys. Rev. E 64, "
        "016132",
    ),
    Measure(
        "betweenness",
        paths.betweenness,
        "share of shortest paths that pass through it, by Borgatti and Everett",
        "share of shortest paths that pass through it, by Freeman",
        Label(
            "Of the shortest paths between all pairs of others, the share that leads through the actor, divided by the "
            "most that there can be. Large networks are sampled, and a note says by how much a score may be off.",
            "其他各对节点间的最短路径中经过该行动者的比例，除以可能的最大值。网络很大时抽样计算，并注明误差界。",
        ),
        "Freeman 1977, Sociometry 40, 35-41; Brandes 2001, J. Math. Sociol. 25, 163-177; Borgatti & Everett 1997, "
        "Social Networks 19, 243-269; sampled: Riondato & Kornaropoulos 2016, Data Min. Knowl. Discov. 30, 438-475",
    ),
    Measure(
        "closeness",
        paths.closeness,
        "nearness to all actors and links, by Borgatti and Everett",
        "nearness to all actors, by Wasserman and Faust",
        Label(
            "One over the mean number of steps to those that the actor reaches, times the share that it reaches.",
            "到所能到达者的平均步数之倒数，乘以能到达者占全体的比例。",
        ),
        "Freeman 1978, Social Networks 1, 215-239; Wasserman & Faust 1994, p. 201; Borgatti & Everett 1997",
    ),
    Measure(
        "harmonic",
        paths.harmonic,
        "mean of 1 over the steps to all actors and links, of the most there can be",
        "mean of 1 over the steps to all actors",
        Label(
            "All others, each counted by one over the steps to it (0 if out of reach), by the most there can be.",
            "其他各节点按到达步数的倒数计分（不可达为0）之和，除以可能的最大值。",
        ),
        "Marchiori & Latora 2000, Physica A 285, 539-546; Boldi & Vigna 2014, Internet Math. 10, 222-262",
    ),
    Measure(
        "pagerank",
        walks.pagerank,
        "PageRank among actors and links",
        "PageRank along the weights of ties",
        Label(
            "How often a walker is at the actor who goes along ties and, in 15 of 100 steps, starts again anywhere.",
            "沿联系随机游走者（每步有15%的概率从任意节点重新开始）停留于该行动者的频率。",
        ),
        "Brin & Page 1998, Comput. Netw. ISDN Syst. 30, 107-117",
    ),
    Measure(
        "eigenvector",
        walks.eigenvector,
        "eigenvector centrality among actors and links",
        "eigenvector centrality along the weights of ties",
        Label(
            "An actor scores by the scores of those it is tied to: the main eigenvector, within the largest component.",
            "行动者的得分与其相连者的得分成正比：最大连通分量的主特征向量。",
        ),
        "Bonacich 1972, J. Math. Sociol. 2, 113-120; Bonacich 1991, Social Networks 13, 155-168",
    ),
    Measure(
        "katz",
        walks.katz,
        "Katz centrality among actors and links",
        "Katz centrality along the weights of ties",
        Label(
            "All walks that lead to the actor, each step counted alpha less; alpha is 0.85 of the most it may be.",
            "通向该行动者的所有游走之和，每多一步按alpha衰减；alpha取其上限的0.85倍。",
        ),
        "Katz 1953, Psychometrika 18, 39-43",
    ),
    Measure(
        "core",
        reach.core,
        "core number: in so many links or more of so many actors or more",
        "core number: tied to so many who are tied to so many",
        Label(
            "The largest k for which the actor is in a part of the network in which all have k neighbours or more.",
            "使该行动者处于某一子网络（其中各节点都有不少于k个邻居）的最大k值。",
        ),
        "Seidman 1983, Social Networks 5, 269-287; Batagelj & Zaversnik 2003, arXiv:cs/0310049",
    ),
    Measure(
        "birank",
        walks.birank,
        "BiRank among actors and links",
        "BiRank, which one-mode does not have",
        Label(
            "Actors gain by their links and links by their actors, shared by the roots of degrees; all start alike.",
            "行动者因其联系、联系因其行动者而得分，按双方度数的平方根分摊；起点相同。",
        ),
        "He, Gao, Kan & Wang 2017, IEEE Trans. Knowl. Data Eng. 29, 57-71",
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
