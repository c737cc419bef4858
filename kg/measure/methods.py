"""Explanations and citations of the methods that measure whole networks."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from kg.measure.scores import cited
from kg.model import Table, Text


@dataclass(frozen=True, slots=True)
class Method:
    """An explanation of a method for readers of its results."""

    name: str
    explanation: Text
    citation: str

    def explain(self) -> Text:
        """Return the explanation with the name and the citation."""
        return cited(self.name, self.explanation, self.citation)


METHODS: tuple[Method, ...] = (
    Method(
        "mutual-information",
        Text(
            "The mutual information of the helices over links, in bits. Below 0, all helices together reduce "
            "uncertainty that no two of them reduce (synergy); above 0, they are redundant. If every link has a helix, "
            "it is below 0 by chance, so compare it with expected. p is the share of draws that are as low.",
            "各螺旋在联系中共同透露的信息量（比特）：小于0表示三者合起来减少了任何两者都减少不了的不确定性（协同）"
            "，大于0表示彼此重复。每条联系至少含一个螺旋的样本本身就会小于0；故应与expected比较，p为随机情形同样低"
            "的频率。",
        ),
        "McGill 1954, Psychometrika 19, 97-116; Leydesdorff 2003, Scientometrics 58, 445-467",
    ),
    Method(
        "mutual-information-corrected",
        Text(
            "The mutual information minus its small-sample bias. In a frame where every link has a helix, the parts of "
            "the bias cancel.",
            "同上，扣除样本过少造成的偏差：在每条联系至少含一个螺旋的框架内，各部分的偏差相互抵消。",
        ),
        "Miller 1955, in Quastler, Information Theory in Psychology, 95-100",
    ),
    Method(
        "entropy",
        Text(
            "The uncertainty, in bits, of whether a link has a party of these helices.",
            "某条联系是否含有这些螺旋的不确定程度（比特）。",
        ),
        "Shannon 1948, Bell Syst. Tech. J. 27, 379-423",
    ),
    Method(
        "synergy-within",
        Text(
            "The contribution of the links of one kind to the total mutual information; the rest arises between kinds.",
            "某一类联系对总互信息的贡献；余下部分产生于各类之间。",
        ),
        "Leydesdorff & Strand 2013, J. Am. Soc. Inf. Sci. Technol. 64, 1890-1902",
    ),
    Method(
        "share",
        Text(
            "The share of links whose named parties belong to exactly these helices.",
            "具名参与方恰好属于这些螺旋的联系所占比例。",
        ),
        "counted as stated; the cells of the table of the mutual information",
    ),
    Method(
        "intensity",
        Text(
            "The share of the links with one helix that have the other too, among links of two parties or more (for "
            "university and firm: UIC intensity).",
            "不少于两方且含某一螺旋的联系中，同时含另一螺旋的比例（高校联系中含企业者即校企合作强度）。",
        ),
        "Tijssen, van Leeuwen & van Wijk 2009, Res. Eval. 18, 13-24",
    ),
    Method(
        "repeat-rate",
        Text(
            "The share of the pairs of actors with a shared link that share two or more.",
            "有共同联系的各对行动者中，共同联系不少于两条者所占比例。",
        ),
        "Gulati 1995, Acad. Manage. J. 38, 85-112",
    ),
    Method(
        "partner-concentration",
        Text(
            "The mean concentration of an actor's links on few partners: 1 for one partner, 1/n for n equal ones.",
            "行动者的联系集中于少数伙伴的程度之均值：只有一个伙伴为1，n个均等者为1/n。",
        ),
        "Herfindahl 1950; Hirschman 1964, Am. Econ. Rev. 54, 761",
    ),
    Method(
        "under-plan",
        Text(
            "The share of links that a source states to be carried out under a policy plan.",
            "据来源所述依某政策规划实施的联系所占比例。",
        ),
        "counted as stated",
    ),
    Method(
        "under-plan-in-force",
        Text(
            "The share of links under a plan that was certainly (lower) or possibly (upper) in force at their start.",
            "所依规划在联系起始时确定（lower）或可能（upper）有效的联系所占比例。",
        ),
        "counted as stated",
    ),
    Method(
        "named-coverage",
        Text(
            "The share of declared parties that are named.",
            "具名参与方占所声明参与方的比例。",
        ),
        "counted as stated",
    ),
    Method(
        "ei-index",
        Text(
            "Ties between sectors minus ties within them, divided by all ties: from -1 (all within) to 1 (all "
            "between). Sector sizes limit its range; rescaled, -1 and 1 are the extremes for this number of ties.",
            "部门间联系数减去部门内联系数，再除以联系总数：-1为全在内部，1为全在之间。其范围受部门规模限制；rescale"
            "d将可达到的最小与最大值定为-1与1。",
        ),
        "Krackhardt & Stern 1988, Soc. Psychol. Q. 51, 123-140",
    ),
    Method(
        "assortativity",
        Text(
            "The tendency of ties to stay within sectors, corrected for the number of ties of each sector: 1 for all, "
            "0 by chance. Weighted, a tie in a large agreement is weak.",
            "联系留在部门内的程度，扣除各部门联系数所致部分：1为全部，0为随机；weighted中大型协议内的联系权重较小。",
        ),
        "Newman 2003, Phys. Rev. E 67, 026126",
    ),
    Method(
        "coleman-index",
        Text(
            "For one sector, internal ties compared with its share of actors: 1 for all, 0 by chance, -1 for none.",
            "就单个部门而言：留在内部的联系与其成员占比所致者之比较；1为全部，0为随机，-1为无。",
        ),
        "Coleman 1958, Human Organization 17 (4), 28-36",
    ),
    Method(
        "share-of-ties",
        Text(
            "The share of all ties that join two sectors: the mixing matrix.",
            "连接两个部门的联系占全部联系的比例：混合矩阵。",
        ),
        "Newman 2003, Phys. Rev. E 67, 026126",
    ),
    Method(
        "brokerage",
        Text(
            "Two actors that share no link, and a third that shares one with each. Coordinator: all three in one "
            "sector; itinerant: both ends in one other sector; gatekeeper or representative: one end in the broker's "
            "sector; liaison: three sectors.",
            "两个无共同联系的行动者，经由与二者各有联系的第三者相连。协调者：三者同部门；巡游者：两端同属另一部门；"
            "把关者或代表：一端与中间者同部门；联络者：三者部门各异。",
        ),
        "Gould & Fernandez 1989, Sociol. Methodol. 19, 89-126",
    ),
    Method(
        "communities",
        Text(
            "Groups of actors with more internal tie weight than their strengths predict (modularity).",
            "内部联系权重多于仅由各自强度所致者的行动者群体（模块度）。",
        ),
        "Newman & Girvan 2004, Phys. Rev. E 69, 026113; Traag, Waltman & van Eck 2019, Sci. Rep. 9, 5233; "
        "Blondel et al. 2008, J. Stat. Mech. P10008",
    ),
    Method(
        "components",
        Text(
            "Actors joined by a chain of shared links.",
            "由任意共同联系之链相连的行动者。",
        ),
        "Wasserman & Faust 1994, Social Network Analysis, 109",
    ),
    Method(
        "sdsm",
        Text(
            "Ties with significantly more shared links than in random networks in which actors keep their number of "
            "links, and links their number of parties, on average; corrected for the number of pairs.",
            "在每个行动者的联系数与每条联系的参与方数平均不变的随机情形下，共同联系数显著偏多者；已按对数校正。",
        ),
        "Neal 2014, Social Networks 39, 84-97; Neal, Domagalski & Sagan 2021, Sci. Rep. 11, 23929; "
        "Benjamini & Hochberg 1995, J. R. Stat. Soc. B 57, 289-300",
    ),
    Method(
        "disparity",
        Text(
            "Ties with a larger share of an actor's weight than a uniform distribution predicts; not suited to "
            "projections.",
            "在某行动者的权重中所占份额多于均匀随机者的联系；不适用于投影网络。",
        ),
        "Serrano, Boguñá & Vespignani 2009, PNAS 106, 6483-6488",
    ),
    Method(
        "nodf",
        Text(
            "The extent to which the partners of actors with few partners are a subset of the partners of those with "
            "more: 0 to 100. expected follows from the numbers of partners alone.",
            "伙伴少者的伙伴包含于伙伴多者之伙伴的程度：0至100；expected为仅由伙伴数所致者。",
        ),
        "Almeida-Neto et al. 2008, Oikos 117, 1227-1239; Strona et al. 2014, Nat. Commun. 5, 4114",
    ),
    Method(
        "rca",
        Text(
            "The share of a field in an actor's links, divided by its share in all links; 1 or more is a "
            "specialisation.",
            "某领域在行动者联系中的份额与其在全部联系中份额之比：不小于1即为专长。",
        ),
        "Balassa 1965, Manchester School 33, 99-123",
    ),
    Method(
        "relatedness",
        Text(
            "The proximity of a field to the actor's other specialisations; fields are near if the same actors "
            "specialise in both.",
            "某领域与该行动者其他专长领域的接近程度：同一批行动者兼有专长的领域彼此接近。",
        ),
        "Hidalgo, Klinger, Barabási & Hausmann 2007, Science 317, 482-487",
    ),
    Method(
        "complexity",
        Text(
            "An ordering of actors by similar specialisations, with actors of many rare fields at the top.",
            "按专长领域相近程度排列行动者，专长多而稀有者居上。",
        ),
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
