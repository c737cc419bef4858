"""Descriptions and explanations of measures in English and Chinese.

A line of the table is ``name | English | Chinese``. The key ``name`` has a description of the score in two-mode, and in
one-mode too unless ``name/one-mode`` exists; ``name/explained`` has an explanation of the method.
"""

from collections.abc import Mapping

from kg.texts import Text

_TEXT = """
degree | number of links | 参与的合作事项数
degree/one-mode | number of actors with a shared link | 与其有共同合作事项的主体数
degree/explained | The number of links of an actor (two-mode), or of actors that share a link with it (one-mode). | \
主体参与的合作事项数（二模），或与其有共同合作事项的主体数（一模）。
partners | number of named partners | 已列名合作方数
partners/explained | The number of other actors that share a link with the actor. Each party of a link of n parties \
has n-1 partners in it. | \
与该主体有共同合作事项的其他主体数；一项有n个参与方的合作事项使各方互有n-1个合作方。
strength | links, each weighted 1/N for N declared parties | 各合作事项按1/N计分之和，N为来源所载参与方数
strength/one-mode | sum of tie weights, 1/(N-1) for each link of N declared parties | \
合作关系权重之和，每项合作事项计1/(N-1)，N为来源所载参与方数
strength/explained | Each link has weight 1, which is divided equally among its declared parties, named or not. The \
score is the sum of the actor's shares. If a size is only a lower bound, lower omits the link. Set --weight to \
divide by named parties, count links, or sum money. | \
每项合作事项的分值为1，由其来源所载全部参与方（无论是否列名）均分；得分为主体从各合作事项所得之和。规模仅为下限\
时，下限不计该合作事项。--weight 可改为按列名方、按次数或按金额。
betweenness | share of shortest paths through the actor (Borgatti and Everett) | \
经过它的最短路径所占比例（Borgatti与Everett）
betweenness/one-mode | share of shortest paths through the actor (Freeman) | 经过它的最短路径所占比例（Freeman）
betweenness/explained | The share of the shortest paths between all other pairs that pass through the actor, divided \
by its maximum. Large networks are sampled, and a note states the error bound. | \
其他各对节点间的最短路径中经过该主体的比例，除以可能的最大值。网络很大时抽样计算，并注明误差界。
closeness | closeness to the actors and links of the largest component (Borgatti and Everett) | \
与最大连通分量中各主体及合作事项的接近程度（Borgatti与Everett）
closeness/one-mode | closeness to the actors of the largest component (Freeman) | \
与最大连通分量中各主体的接近程度（Freeman）
closeness/explained | The inverse of the mean number of steps to the other nodes of the largest component. Actors \
outside it have no score, because distances in components of different size are not comparable. | \
到最大连通分量中其他各节点的平均步数之倒数。大小不同的分量之间距离不可比，故分量之外者无得分。
harmonic | mean inverse distance to all actors and links, divided by its maximum | \
到所有主体及合作事项步数倒数之和，除以可能的最大值
harmonic/one-mode | mean inverse distance to all actors | 到所有主体步数倒数的均值
harmonic/explained | The sum of inverse distances to all other nodes (0 if unreachable), divided by its maximum. | \
其他各节点按到达步数的倒数计分（不可达为0）之和，除以可能的最大值。
pagerank | PageRank over actors and links | 主体与合作事项间的PageRank
pagerank/one-mode | PageRank over weighted ties | 沿合作关系权重的PageRank
pagerank/explained | The share of time that a random walk spends at the actor; in 15 % of its steps it restarts at a \
random node. | \
沿合作事项随机游走者（每步有15%的概率从任意节点重新开始）停留于该主体的频率。
eigenvector | eigenvector centrality over actors and links | 主体与合作事项间的特征向量中心性
eigenvector/one-mode | eigenvector centrality over weighted ties | 沿合作关系权重的特征向量中心性
eigenvector/explained | The actor's score is proportional to the scores of its neighbours: the leading eigenvector \
of the largest component. | \
主体的得分与其相连者的得分成正比：最大连通分量的主特征向量。
katz | Katz centrality over actors and links | 主体与合作事项间的Katz中心性
katz/one-mode | Katz centrality over weighted ties | 沿合作关系权重的Katz中心性
katz/explained | The number of walks that end at the actor, with each step attenuated by alpha; alpha is 0.85 of its \
maximum. | \
通向该主体的所有游走之和，每多一步按α衰减；α取其上限的0.85倍。
core | core number over actors and links | 核数：处于至少这么多项各有至少这么多主体的合作事项之中
core/one-mode | core number over ties | 核数：与这么多同样各与这么多者相连的主体相连
core/explained | The largest k for which the actor belongs to a subnetwork in which all nodes have k or more \
neighbours. | \
使该主体处于某一子网络（其中各节点都有不少于k个邻居）的最大k值。
birank | BiRank over actors and links | 主体与合作事项间的BiRank
birank/one-mode | BiRank (not defined in one-mode) | BiRank，一模下无定义
birank/explained | Actors receive score from their links, and links from their actors, normalised by the square \
roots of degrees; the start is uniform. | \
主体因其合作事项、合作事项因其主体而得分，按双方度数的平方根分摊；起点相同。
constraint | constraint by few and interconnected partners (Burt); lower means more structural holes | \
合作方少而彼此相连所致的限制度（Burt）；越低则结构洞越多
constraint/explained | The extent to which an actor's ties lead back to the same partner, because it has few \
partners or they are tied to each other. Ties have Newman weights. A low constraint indicates structural holes. | \
主体的合作关系在多大程度上归于同一合作方：合作方少，或彼此相连。合作关系按 Newman 权重计。限制度低者跨越结构洞。
effective-size | number of partners minus their redundancy (Burt) | 合作方数减去其彼此相连的程度（Burt）
effective-size/explained | The number of an actor's partners minus their redundancy, the extent to which each is \
tied to the others. The redundancy sums over all other partners, as Burt defined it; networkx gives other values for \
weighted ties. Ties have Newman weights. | \
主体的合作方数减去冗余（各合作方本已彼此相连的程度）。合作关系按 Newman 权重计。
brokerage | pairs of its links without another named actor in common | 除它之外无其他共同列名主体的合作事项对数
brokerage/one-mode | pairs of actors that share no link but each share one with it (Gould and Fernandez) | \
彼此无共同合作事项、但各与其有共同合作事项的主体对数（Gould与Fernandez）
brokerage/explained | Two-mode: the number of pairs of its links that have no other actor in common. One-mode: the \
number of pairs of actors that share no link but each share one with it. | \
二模：其合作事项中除它之外无共同主体的合作事项对数。一模：彼此无共同合作事项、但各与其有共同合作事项的主体对数。
brokerage-coordinator | open pairs that it joins as coordinator: all three belong to one sector | \
其作为协调人所连接的无共同合作事项的对数（三者同属一类）
brokerage-coordinator/explained | The number of pairs of actors that share no link but each share one with it, where \
all three belong to one sector. Each pair counts once. | \
彼此无共同合作事项、但各与其有共同合作事项的主体对数，其中三者同属一类。每对只计一次。
brokerage-itinerant | open pairs that it joins as itinerant: both ends belong to one other sector | \
其作为顾问所连接的无共同合作事项的对数（两端同属另一类型）
brokerage-itinerant/explained | The number of pairs of actors that share no link but each share one with it, where \
both ends belong to one other sector. Each pair counts once. | \
彼此无共同合作事项、但各与其有共同合作事项的主体对数，其中两端同属另一类型。每对只计一次。
brokerage-gatekeeper | open pairs that it joins as gatekeeper: one end belongs to its own sector, one to another | \
其作为守门人所连接的无共同合作事项的对数（仅一端与其同类型）
brokerage-gatekeeper/explained | The number of pairs of actors that share no link but each share one with it, where \
one end belongs to its own sector and one to another. Each pair counts once. | \
彼此无共同合作事项、但各与其有共同合作事项的主体对数，其中仅一端与其同类型。每对只计一次。
brokerage-liaison | open pairs that it joins as liaison: all three belong to different sectors | \
其作为联络人所连接的无共同合作事项的对数（三者类型各异）
brokerage-liaison/explained | The number of pairs of actors that share no link but each share one with it, where all \
three belong to different sectors. Each pair counts once. | \
彼此无共同合作事项、但各与其有共同合作事项的主体对数，其中三者类型各异。每对只计一次。
heterogeneity | diversity of the sectors of its partners, weighted by shared links (Blau) | \
合作方所属类型的多样性，每项共同合作事项各计一次（Blau）
heterogeneity/one-mode | diversity of the sectors of its partners (Blau) | 合作方所属类型的多样性（Blau）
heterogeneity/explained | The probability that two random partners belong to different sectors. | \
随机抽取其两个合作方而类型不同的概率。
partner-concentration | concentration of its links on few partners (Herfindahl and Hirschman) | \
合作事项集中于少数合作方的程度（Herfindahl与Hirschman）
partner-concentration/explained | The sum of the squared shares of its partners in its links: 1 for one partner, 1/n \
for n equal ones. | \
各合作方在其合作事项中份额的平方和：只有一个合作方为1，n个均等者为1/n。
repeat-rate | share of its partners with two or more shared links | 与其有不少于两项共同合作事项的合作方所占比例
repeat-rate/explained | The share of its partners with which it has two or more links. It grows with the length of \
the period. | \
与其有不少于两项共同合作事项的合作方所占比例。观察期越长越高。
uic-intensity | share of a university's links of two or more parties that include a firm | \
高校的多方合作事项中有企业参与者所占比例
uic-intensity/explained | The share of a university's links of two or more parties, named or declared, in which a firm \
is a named party; not defined for other sectors. | \
高校的（列名或来源所载）不少于两方的合作事项中有列名企业参与者所占比例；其他类型不作定义。
"""

_LINES = (line.split(" | ") for line in _TEXT.strip().splitlines())

TEXTS: Mapping[str, Text] = {name: Text(english, chinese) for name, english, chinese in _LINES}
