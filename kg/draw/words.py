"""What the page says, in English and Chinese: its own words, and the names of notations where none are handed in.

The ontology names its concepts itself; those names, handed in as `Look.terms`, win over the ones here.
"""

from collections.abc import Mapping

from kg.model import Label

_UI = """
search | Search by name | 按名称检索
tools | Search and legend | 检索与图例
searchHint | Chinese, English, pinyin | 中文、英文或拼音
found | {n} found | 找到 {n} 个
nothingFound | Nobody of that name | 没有这个名称
legend | Who | 图例
all | Show all | 全部显示
knot | One link of four or more parties | 四方及以上的一项联系
halo | One stroke for each party that is counted and not named | 每一短划代表一个只计数而未具名的参与方
size | Area: {measure} | 面积：{measure}
table | The same as a table | 以表格查看
rank | Rank | 位次
name | Name | 名称
kind | Kind | 类型
parties | Parties | 参与方
links | Links | 联系
link | Link | 联系
partners | Partners named | 已具名的合作方
unnamed | Not named | 未具名
close | Close | 关闭
zoomIn | Closer | 放大
zoomOut | Farther | 缩小
fit | Whole map | 全图
map | Map of the network. The same content is in the table below it. | 网络图；其内容亦见下方表格。
score | {measure}: {score}, rank {rank} of {n} | {measure}：{score}，在 {n} 个中居第 {rank} 位
noScore | {measure}: not defined here | {measure}：在此无定义
coverage | {named} partners named, {unnamed} more counted without a name \
| 已具名合作方 {named} 个，另有 {unnamed} 个只计数而未具名
coverageBound | {named} partners named, at least {unnamed} more counted without a name \
| 已具名合作方 {named} 个，另有至少 {unnamed} 个只计数而未具名
coverageFull | {named} partners, all named | 合作方 {named} 个，均已具名
exact | {n} unnamed organisations (exactly) | {n} 个未具名单位（确数）
moreThan | more than {n} unnamed organisations | 超过 {n} 个未具名单位
atLeast | at least {n} unnamed organisations | 至少 {n} 个未具名单位
approximate | about {n} unnamed organisations | 约 {n} 个未具名单位
uncounted | unnamed organisations, how many is not stated | 未具名单位，数目未说明
exactPart | {n} organisations (exactly), {named} of them named | {n} 个单位（确数），其中 {named} 个已具名
moreThanPart | more than {n} organisations, {named} of them named | 超过 {n} 个单位，其中 {named} 个已具名
atLeastPart | at least {n} organisations, {named} of them named | 至少 {n} 个单位，其中 {named} 个已具名
approximatePart | about {n} organisations, {named} of them named | 约 {n} 个单位，其中 {named} 个已具名
noDate | date not stated | 日期未说明
evidence | Who says so | 出处
noEvidence | No evidence is at hand | 没有可用的出处
position | characters {start}–{end} | 第 {start}–{end} 字符
derived | combines | 综合自
untitled | untitled page | 无标题页面
nameless | without a name | 无名称
between | {n} links between {a} and {b} | {a} 与 {b} 之间的 {n} 项联系
betweenOne | 1 link between {a} and {b} | {a} 与 {b} 之间的 1 项联系
ofParties | {named} of {declared} parties named | {declared} 个参与方中已具名 {named} 个
ofPartiesBound | {named} of at least {declared} parties named | 至少 {declared} 个参与方中已具名 {named} 个
empty | There is nothing to draw: no link with a named party passes this lens. \
| 没有可绘制的内容：在此视角下没有任何含具名参与方的联系。
about | About this map | 关于此图
language | Language | 语言
"""

_TERMS = """
role/counts | counts | 计数
measure/degree | degree | 度中心性
measure/strength | strength | 强度
measure/betweenness | betweenness | 中介中心性
measure/closeness | closeness | 接近中心性
measure/pagerank | PageRank | PageRank
measure/eigenvector | eigenvector centrality | 特征向量中心性
"""


def _read(lines: str) -> dict[str, Label]:
    rows = (line.split(" | ") for line in lines.strip().splitlines())
    return {key: Label(en=en, zh=zh) for key, en, zh in rows}


UI: Mapping[str, Label] = _read(_UI)
"""The texts of the page; ``{name}`` is a place to be filled."""

TERMS: Mapping[str, Label] = _read(_TERMS)
"""What the ontology has no concept for, by scheme and notation: measures, and what is counted beside the parties."""


def term(scheme: str, notation: str, terms: Mapping[str, Label]) -> Label:
    """What `terms` calls a notation of a scheme, else what we do, else its words apart ("JointLab" is "joint lab")."""
    key = f"{scheme}/{notation}"
    known = terms.get(key) or TERMS.get(key)
    if known:
        return known
    apart = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in notation)
    return Label(en=apart.strip())
