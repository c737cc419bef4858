"""What the scores of actors are and how they are measured, in English and Chinese, by the names of the measures.

A line is ``name | English | Chinese``: under the name what the score is, in half a sentence; under ``name/one-mode``
the same of ties, where that differs; under ``name/explained`` how it is measured.
"""

from collections.abc import Mapping

from kg.model import Text

_TEXT = """
degree | number of links | 参与的联系数
degree/one-mode | number of actors it shares a link with | 与其有共同联系的行动者数
degree/explained | How many links an actor takes part in (two-mode), or with how many actors it shares one \
(one-mode). | \
行动者参与的联系数（双模），或与其有共同联系的行动者数（单模）。
strength | links, each counted 1/N for N declared parties | 各联系按1/N计分之和，N为声明的参与方数
strength/one-mode | sum of the weights of ties, 1/(N-1) for each link of N declared parties | \
连接权重之和，每条联系计1/(N-1)，N为声明的参与方数
strength/explained | Each link has 1 to give and shares it among all parties that it declares, named or not; an \
actor's score is what it gets of all its links. Where a size is only a lower bound, lower leaves that link out. \
--weight says otherwise: by named parties, by count, or by money. | \
每条联系的分值为1，由其声明的全部参与方（无论是否具名）均分；得分为行动者从各联系所得之和。规模仅为下限时，\
lower不计该联系。--weight可改为按具名方、按次数或按金额。
betweenness | share of shortest paths that pass through it, by Borgatti and Everett | \
经过它的最短路径所占比例（Borgatti与Everett）
betweenness/one-mode | share of shortest paths that pass through it, by Freeman | 经过它的最短路径所占比例（Freeman）
betweenness/explained | Of the shortest paths between all pairs of others, the share that leads through the \
actor, divided by the most that there can be. Large networks are sampled, and a note says by how much a score \
may be off. | \
其他各对节点间的最短路径中经过该行动者的比例，除以可能的最大值。网络很大时抽样计算，并注明误差界。
closeness | nearness to all actors and links, by Borgatti and Everett | \
与所有行动者及联系的接近程度（Borgatti与Everett）
closeness/one-mode | nearness to all actors, by Wasserman and Faust | 与所有行动者的接近程度（Wasserman与Faust）
closeness/explained | One over the mean number of steps to those that the actor reaches, times the share that it \
reaches. | \
到所能到达者的平均步数之倒数，乘以能到达者占全体的比例。
harmonic | mean of 1 over the steps to all actors and links, of the most there can be | \
到所有行动者及联系步数倒数之和，除以可能的最大值
harmonic/one-mode | mean of 1 over the steps to all actors | 到所有行动者步数倒数的均值
harmonic/explained | All others, each counted by one over the steps to it (0 if out of reach), by the most there \
can be. | \
其他各节点按到达步数的倒数计分（不可达为0）之和，除以可能的最大值。
pagerank | PageRank among actors and links | 行动者与联系间的PageRank
pagerank/one-mode | PageRank along the weights of ties | 沿连接权重的PageRank
pagerank/explained | How often a walker is at the actor who goes along ties and, in 15 of 100 steps, starts \
again anywhere. | \
沿联系随机游走者（每步有15%的概率从任意节点重新开始）停留于该行动者的频率。
eigenvector | eigenvector centrality among actors and links | 行动者与联系间的特征向量中心性
eigenvector/one-mode | eigenvector centrality along the weights of ties | 沿连接权重的特征向量中心性
eigenvector/explained | An actor scores by the scores of those it is tied to: the main eigenvector, within the \
largest component. | \
行动者的得分与其相连者的得分成正比：最大连通分量的主特征向量。
katz | Katz centrality among actors and links | 行动者与联系间的Katz中心性
katz/one-mode | Katz centrality along the weights of ties | 沿连接权重的Katz中心性
katz/explained | All walks that lead to the actor, each step counted alpha less; alpha is 0.85 of the most it \
may be. | \
通向该行动者的所有游走之和，每多一步按alpha衰减；alpha取其上限的0.85倍。
core | core number: in so many links or more of so many actors or more | \
核数：处于至少这么多条各有至少这么多行动者的联系之中
core/one-mode | core number: tied to so many who are tied to so many | 核数：与这么多同样各与这么多者相连的行动者相连
core/explained | The largest k for which the actor is in a part of the network in which all have k neighbours or \
more. | \
使该行动者处于某一子网络（其中各节点都有不少于k个邻居）的最大k值。
birank | BiRank among actors and links | 行动者与联系间的BiRank
birank/one-mode | BiRank, which one-mode does not have | BiRank，单模下无定义
birank/explained | Actors gain by their links and links by their actors, shared by the roots of degrees; all \
start alike. | \
行动者因其联系、联系因其行动者而得分，按双方度数的平方根分摊；起点相同。
constraint | constraint by few and close partners, by Burt; the lower, the more structural holes | \
伙伴少而彼此相连所致的约束度（Burt）；越低则结构洞越多
constraint/explained | How far an actor's ties lead back to one partner: its partners are few, or tied to each \
other. Ties have the Newman weight. Who has a low constraint spans structural holes. | \
行动者的联系在多大程度上归于同一伙伴：伙伴少，或彼此相连。联系按纽曼权重计。约束低者跨越结构洞。
effective-size | partners, less what they are tied to each other, by Burt | 伙伴数减去其彼此相连的程度（Burt）
effective-size/explained | The number of an actor's partners, less their redundancy: how far each is tied to the \
others anyway. Ties have the Newman weight. | \
行动者的伙伴数减去冗余（各伙伴本已彼此相连的程度）。联系按纽曼权重计。
brokerage | pairs of its links that have no other named actor in common | 除它之外无其他共同具名行动者的联系对数
brokerage/one-mode | pairs of actors that share no link and each share one with it, by Gould and Fernandez | \
彼此无共同联系、但各与其有共同联系的行动者对数（Gould与Fernandez）
brokerage/explained | Two-mode: how many pairs of its links have nobody else in common, so that it alone joins \
them. One-mode: how many pairs of actors share no link, but each share one with it. | \
双模：其联系中除它之外无共同行动者的联系对数。单模：彼此无共同联系、但各与其有共同联系的行动者对数。
brokerage-coordinator | pairs without a shared link between which it stands as coordinator: all three are of one \
sector | \
其作为协调者所连接的无共同联系的对数（三者同属一个部门）
brokerage-coordinator/explained | How many pairs of actors that share no link each share one with it, where all \
three are of one sector, each pair once. | \
彼此无共同联系、但各与其有共同联系的行动者对数，其中三者同属一个部门。每对只计一次。
brokerage-itinerant | pairs without a shared link between which it stands as itinerant: both are of one other \
sector | \
其作为巡游者所连接的无共同联系的对数（两端同属另一部门）
brokerage-itinerant/explained | How many pairs of actors that share no link each share one with it, where both \
are of one other sector, each pair once. | \
彼此无共同联系、但各与其有共同联系的行动者对数，其中两端同属另一部门。每对只计一次。
brokerage-gatekeeper | pairs without a shared link between which it stands as gatekeeper: one is of its own \
sector, one of another | \
其作为把关者所连接的无共同联系的对数（仅一端与其同部门）
brokerage-gatekeeper/explained | How many pairs of actors that share no link each share one with it, where one \
is of its own sector, one of another, each pair once. | \
彼此无共同联系、但各与其有共同联系的行动者对数，其中仅一端与其同部门。每对只计一次。
brokerage-liaison | pairs without a shared link between which it stands as liaison: the three are of three \
sectors | \
其作为联络者所连接的无共同联系的对数（三者部门各异）
brokerage-liaison/explained | How many pairs of actors that share no link each share one with it, where the \
three are of three sectors, each pair once. | \
彼此无共同联系、但各与其有共同联系的行动者对数，其中三者部门各异。每对只计一次。
heterogeneity | variety of the sectors of its partners, each once for each link shared, by Blau | \
伙伴所属部门的多样性，每条共同联系各计一次（Blau）
heterogeneity/one-mode | variety of the sectors of its partners, by Blau | 伙伴所属部门的多样性（Blau）
heterogeneity/explained | The chance that two of its partners, drawn at random, are of different sectors. | \
随机抽取其两个伙伴而部门不同的概率。
partner-concentration | concentration of its links on few partners, by Herfindahl and Hirschman | \
联系集中于少数伙伴的程度（Herfindahl与Hirschman）
partner-concentration/explained | The sum of the squared shares of its partners in its links: 1 for one partner, \
1/n for n alike. | \
各伙伴在其联系中份额的平方和：只有一个伙伴为1，n个均等者为1/n。
repeat-rate | share of its partners with whom it has two links or more | 与其有不少于两条共同联系的伙伴所占比例
repeat-rate/explained | The share of its partners with whom it has two links or more. It grows with the time \
looked at. | \
与其有不少于两条共同联系的伙伴所占比例。观察期越长越高。
uic-intensity | share of a university's links that have a firm | 高校的联系中有企业参与者所占比例
uic-intensity/explained | The share of a university's links in which a firm is a named party; not defined for \
other sectors. | \
高校的联系中有具名企业参与者所占比例；其他部门不作定义。
"""

_LINES = (line.split(" | ") for line in _TEXT.strip().splitlines())

WORDS: Mapping[str, Text] = {name: Text(english, chinese) for name, english, chinese in _LINES}
