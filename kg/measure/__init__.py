"""Measures of actors in a network: pure functions, and the plain tuple that lists them.

To add one: write ``(Network, Mode) -> Scores`` in the file of its family, and a row here.
"""

from kg.errors import UsageError
from kg.measure import paths, reach, walks
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
