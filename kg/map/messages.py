"""Texts of the pages and pictures in English and Chinese, and names of notations that the ontology does not name.

Names from the ontology (`SceneDetails.terms`) take precedence over the names here.
"""

from collections.abc import Mapping

from kg.map.picture_messages import PICTURES
from kg.map.sharing_messages import SHARING
from kg.texts import Text

_UI = """
findings | Findings | 主要发现
moreFindings | {n} more | 另{n}条
fewerFindings | Fewer | 收起
search | Search by name | 按名称检索
tools | Search and legend | 检索与图例
searchHint | Chinese, English, pinyin | 中文、英文或拼音
found | {n} found | 找到{n}个
nothingFound | No organisation has this name | 没有这个名称
match/name | same name | 名称相同
match/short name | usual short name (editors’ list) | 通用简称（编者整理）
match/beginning | beginning of the name | 名称开头
match/abbreviation | abbreviation | 简称
match/part | part of the name | 名称的一部分
match/pinyin | pinyin | 拼音
match/typing error | one typing error | 一处输入有误
legend | Legend | 图例
all | all | 全选
none | none | 全不选
showAll | Show all again | 全部恢复
hyperedge | A link with four or more parties | 四方及以上的一项合作事项
ring | One dash per party that is counted but not named | 每一短划代表一个只计数而未列名的参与方
size | Area: {measure} | 面积：{measure}
sizeOf | Area: {measure}; {name}: {score} | 面积：{measure}；{name}：{score}
cityDot | A city; area and number show its organisations | 城市；面积与数字为其单位数
linkDot | A link; larger with more named parties | 一项合作事项；越大则列名参与方越多
spanBar | Possible start dates | 开始日期所在的区间
table | Show as table | 以表格查看
rank | Rank | 位次
name | Name | 名称
parties | Parties | 参与方
links | Links | 合作事项
link | Link | 合作事项
partners | Partners named | 已列名合作方
unnamed | Not named | 未列名
close | Close | 关闭
zoomIn | Zoom in | 放大
zoomOut | Zoom out | 缩小
fit | Whole map | 全图
map | Map of the network. The table below has the same content. | 网络图；其内容亦见下方表格。
score | {measure}: {score}, rank {rank} of {n} | {measure}：{score}，在{n}个中居第{rank}位
scoreOfAll | {measure}: {score}, rank {rank} of {n} in the whole network \
| {measure}：{score}，在整个网络{n}个中居第{rank}位
scoreHere | {measure}: {score}, rank {rank} of {n} on this map | {measure}：{score}，在图中{n}个中居第{rank}位
rankInterval | If all parties were named: rank {lower} to {upper} in nine of ten trials \
| 若参与方全部列名：九成试算中居第{lower}至{upper}位
rankIntervalOne | If all parties were named: rank {lower} in nine of ten trials \
| 若参与方全部列名：九成试算中居第{lower}位
noScore | {measure}: not defined here | {measure}：在此无定义
coverage | {named} partners named, {unnamed} more counted without a name \
| 已列名合作方{named}个，另有{unnamed}个只计数而未列名
coverageOne | 1 partner named, {unnamed} more counted without a name \
| 已列名合作方1个，另有{unnamed}个只计数而未列名
coverageBound | {named} partners named, at least {unnamed} more counted without a name \
| 已列名合作方{named}个，另有至少{unnamed}个只计数而未列名
coverageBoundOne | 1 partner named, at least {unnamed} more counted without a name \
| 已列名合作方1个，另有至少{unnamed}个只计数而未列名
coverageFull | {named} partners, all named | 合作方{named}个，均已列名
coverageFullOne | 1 partner, named | 合作方1个，已列名
exact | {n} unnamed organisations (exactly) | {n}个未列名单位（确数）
exactOne | 1 unnamed organisation (exactly) | 1个未列名单位（确数）
moreThan | more than {n} unnamed organisations | 超过{n}个未列名单位
moreThanOne | more than 1 unnamed organisation | 超过1个未列名单位
atLeast | at least {n} unnamed organisations | 至少{n}个未列名单位
atLeastOne | at least 1 unnamed organisation | 至少1个未列名单位
approximate | about {n} unnamed organisations | 约{n}个未列名单位
approximateOne | about 1 unnamed organisation | 约1个未列名单位
uncounted | unnamed organisations, number not stated | 未列名单位，数目未说明
exactPart | {n} organisations (exactly), {named} of them named | {n}个单位（确数），其中{named}个已列名
moreThanPart | more than {n} organisations, {named} of them named | 超过{n}个单位，其中{named}个已列名
atLeastPart | at least {n} organisations, {named} of them named | 至少{n}个单位，其中{named}个已列名
approximatePart | about {n} organisations, {named} of them named | 约{n}个单位，其中{named}个已列名
noYear | {date}, year not stated | {date}，年份未说明
noDate | date not stated | 日期未说明
evidence | Evidence | 证据
noEvidence | No evidence available | 没有可用的证据
position | characters {start}–{end} | 第{start}–{end}字符
derived | combines | 综合自
untitled | untitled page | 无标题页面
nameless | without a name | 无名称
between | {n} links between {a} and {b} | {a}与{b}之间的{n}项合作事项
betweenOne | 1 link between {a} and {b} | {a}与{b}之间的1项合作事项
ofParties | {named} of {declared} parties named | {declared}个参与方中已列名{named}个
ofPartiesBound | {named} of at least {declared} parties named | 至少{declared}个参与方中已列名{named}个
empty | Nothing to draw: the lens includes no link with a named party. \
| 没有可绘制的内容：在此口径下没有任何含列名参与方的合作事项。
views | Views | 视图
viewMap | Map | 网络图
viewTwoMode | With all links | 单位与合作事项
viewBands | By sector | 按主体类型分层
viewGeo | By city | 按城市
viewTimeline | Timeline | 时间线
viewYears | Year by year | 逐年
undatedOnes | {n} links without a date are not shown | 另有{n}项未注明日期的合作事项未在图上标出
undatedOnesOne | 1 link without a date is not shown | 另有1项未注明日期的合作事项未在图上标出
denseArea | Most organisations are in this area; “Whole map” shows every city. \
| 此处为单位最集中的区域；“全图”可显示全部城市。
unplaced | {n} organisations are not shown: their city or its position is unknown \
| 另有{n}个单位因所在城市或其坐标未知而未在图上标出
unplacedOne | 1 organisation is not shown: its city or its position is unknown \
| 另有1个单位因所在城市或其坐标未知而未在图上标出
unplacedTitle | Not on the map: {n} organisations | 未在图上标出的单位：{n}个
unplacedTitleOne | Not on the map: 1 organisation | 未在图上标出的单位：1个
theme | Light or dark theme | 浅色或深色
filters | Filters | 筛选
sector | Sector | 主体类型
place | Place | 地点
form | Kind of link | 事项形式
layer | Layer | 关系层
stage | Stage | 阶段
source | Source | 来源
unknown | not stated | 未说明
others | others | 其他
date | Date | 日期
class | Kind | 类型
namedOf | Named of declared | 列名／来源所载
actors | Organisations | 单位
tiesTitle | Links between sectors | 主体类型之间的合作事项数
tied | {n} links between {a} and {b}; press to filter by them | {a}与{b}之间{n}项合作事项；按下仅看这些
tiedOne | 1 link between {a} and {b}; press to filter by it | {a}与{b}之间1项合作事项；按下仅看此项
sizeBy | Size | 大小
colourBy | Colour | 颜色
bySector | by sector | 按主体类型
byCommunity | by community | 按社群
howMany | Show | 显示
topAll | all {n} | 全部{n}个
topN | the top {n} | 前{n}个
limitNote | Only the {n} of {all} organisations with the highest score ({measure}) are shown; choose more above. \
| 仅显示（{measure}）最高的{n}个单位，共{all}个；可在上方选择更多。
shown | shown: {actors}, {links} | 当前显示：{actors}、{links}
around | Around {name} | {name}周围
members | {n} organisations | {n}个单位
membersOne | 1 organisation | 1个单位
bar | Map tools | 网络图操作
undo | Undo | 撤销
redo | Redo | 重做
foldAll | Fold communities | 折叠社群
unfoldAll | Unfold communities | 展开社群
fold | Fold its community | 折叠所在社群
unfold | Unfold | 展开
lasso | Lasso | 圈选
save | Save | 保存
png | Picture (PNG) | 图片（PNG）
svg | Drawing (SVG) | 矢量图（SVG）
actorsCsv | Organisations (CSV) | 单位（CSV）
linksCsv | Links (CSV) | 合作事项（CSV）
print | Print | 打印
selectedCount | {n} selected | 已标记{n}个
only | Only these | 仅看这些
pinAll | Pin | 固定
clearSelection | Clear selection | 取消标记
select | Select | 标记
deselect | Deselect | 取消标记
pin | Pin | 固定位置
unpin | Unpin | 取消固定
focus | Show neighbourhood | 仅看周围
focusEnd | Show all | 恢复全部
hops | steps | 步数
path | Path to … | 到……的路径
pathAsk | Choose the end of the path from {name}: search, or press a point. Escape cancels. \
| 请选择从{name}出发的路径终点：检索或在图上点选；按 Esc 取消。
pathTitle | From {a} to {b} | 从{a}到{b}
pathNone | No path over the visible links. | 在当前显示的合作事项中没有相通的路径。
partnersBySector | Partners by sector | 各类主体的合作方
linksByKind | Links by kind and year | 按类型与年份的合作事项
undatedShort | {n} undated | {n}项未注明日期
evidenceCount | Evidence: {n} pieces | 证据：{n}条
evidenceCountOne | Evidence: 1 piece | 证据：1条
linksN | Links: {n} | 合作事项：{n}项
moreMeasures | Other measures | 其他指标
units | Units counted with it: {n} | 计入该单位的二级单位：{n}个
possible | possibly in this period | 可能在此时间范围内
time | Dates | 时间
play | Play | 播放
from | From | 起
to | To | 止
inWindow | {n} links | {n}项合作事项
inWindowOne | 1 link | 1项合作事项
perhaps | {n} more possibly | 另有{n}项可能
undatedLinks | undated ({n}) | 未注明日期（{n}）
moreRows | Show more rows ({n} left) | 显示更多（余{n}行）
addressUnclear | Part of this address is invalid and was ignored. | 地址中有一部分无法识别，已忽略。
shortcuts | Keyboard shortcuts | 快捷键
keysHelp | / search · n, p next and previous by size · m select · arrows move the map, Alt + arrows move the chosen \
point · + − zoom · 0 whole map · Ctrl + Z undo, with Shift redo · Escape close \
| / 检索 · n、p 依大小选下一个、上一个 · m 标记 · 方向键移动网络图，Alt + 方向键移动所选单位 · \
+ − 缩放 · 0 全图 · Ctrl + Z 撤销，加 Shift 重做 · Esc 关闭
about | About this map | 关于此图
language | Language | 语言
"""

_LARGE = """
largeAbout | {n} organisations are too many for the full map. This page has the parties, kind, dates and sources of \
each link. The commands in the panel print what each source states. \
| {n}个单位超出完整网络图的承载：此处载有各合作事项的参与方、形式、日期和来源；\
来源的具体内容与位置可用面板中的命令查看。
largeKeys | Press an organisation, then one of its lines, for its links and their sources. / search · n, p next and \
previous by size · arrows move · + − zoom · 0 whole map · Escape close \
| 点选单位，再点选其连线，即见各项合作事项及证据。/ 检索 · n、p 依大小选下一个、上一个 · \
方向键移动 · + − 缩放 · 0 全图 · Esc 关闭
largeMap | Map of the network; arrows move it, + and − zoom. The table below lists the most central organisations. \
| 网络图；方向键移动，+ 与 − 缩放；中心性最高的单位见下表。
largeTable | The first {n} by {measure} as a table | 以表格查看前{n}个单位（{measure}）
noWebgl | This browser has no WebGL 2, so the map cannot be drawn; the table below lists the first thousand \
organisations. \
| 此浏览器不支持 WebGL 2，无法绘图；前一千个单位见下表。
inShell | All statements about it, with evidence: | 关于它的全部陈述及证据：
inMap | A full map around it, with the evidence of each line: | 其周围的完整网络图，含每条连线的证据：
linkInShell | Statements of each source: | 各来源对此的逐条说明：
sourcesNone | This page has no source for it. | 此页未载其来源。
copy | Copy | 复制
copied | Copied | 已复制
partnersTitle | Partners: {n} | 合作方：{n}个
"""

_TERMS = """
role/counts | counts | 计数
measure/degree | number of links | 合作事项数
measure/partners | number of partners | 合作方数
measure/strength | strength | 强度
measure/betweenness | bridges (betweenness) | 桥梁作用（中介中心性）
measure/closeness | closeness | 接近中心性
measure/harmonic | harmonic closeness | 调和接近中心性
measure/pagerank | PageRank | PageRank
measure/eigenvector | eigenvector centrality | 特征向量中心性
measure/katz | Katz centrality | Katz 中心性
measure/core | core number | 核数
measure/birank | BiRank | BiRank
measure/constraint | constraint (Burt) | 限制度（Burt）
measure/effective-size | effective size (Burt) | 有效规模（Burt）
measure/brokerage | brokerage | 中介次数
measure/brokerage-coordinator | brokerage as coordinator | 中介次数：协调人
measure/brokerage-itinerant | brokerage as itinerant | 中介次数：顾问
measure/brokerage-gatekeeper | brokerage as gatekeeper | 中介次数：守门人
measure/brokerage-liaison | brokerage as liaison | 中介次数：联络人
measure/heterogeneity | variety of its partners | 合作方多样性
measure/partner-concentration | concentration on few partners | 合作方集中度
measure/repeat-rate | share of repeated partners | 重复合作比例
measure/uic-intensity | links with a firm, of a university's | 高校合作事项中有企业参与的比例
"""


def read(lines: str) -> dict[str, Text]:
    """Return the texts by key from lines of the form ``key | English | Chinese``."""
    rows = (line.split(" | ") for line in lines.strip().splitlines())
    return {key: Text(en=en, zh=zh) for key, en, zh in rows}


UI: Mapping[str, Text] = read(_UI + PICTURES.lstrip() + SHARING.lstrip())
"""Texts of the page; ``{name}`` is a placeholder."""
LARGE: Mapping[str, Text] = {**UI, **read(_LARGE)}
"""Texts of the page of a large network."""


def numbered(words: Mapping[str, Text], key: str, n: int) -> str:
    """Return the key of the text for `n` things: the singular if there is one and `n` is 1."""
    one = f"{key}One"
    return one if n == 1 and one in words else key


TERMS: Mapping[str, Text] = read(_TERMS)
"""Names of notations that are not in the ontology, as "scheme/notation": measures and counted groups."""


def term(scheme: str, notation: str, terms: Mapping[str, Text]) -> Text:
    """Return the name of a notation: from `terms`, from `TERMS`, or its words ("JointLab" is "joint lab")."""
    key = f"{scheme}/{notation}"
    known = terms.get(key) or TERMS.get(key)
    if known:
        return known
    words = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in notation)
    return Text(en=words.strip())
