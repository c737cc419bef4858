"""Texts of the report in English and Chinese, in addition to those of the map."""

from collections.abc import Mapping

from kg.map import messages
from kg.texts import Text

_OWN = """
contents | Contents | 目录
findings | Findings | 主要发现
findingLinks | Links | 所据合作事项
findingCount | {n} links | 所据合作事项{n}项
findingCountOne | 1 link | 所据合作事项1项
changes | What changed | 变化情况
change | Change | 变化
before | Before | 此前
after | After | 此后
moreChanges | {n} more changes: | 另有{n}项变化：
moreChangesOne | 1 more change: | 另有1项变化：
change/begun | begun | 开始
change/added | added | 新增
change/ended | ended | 终止
change/renewed | renewed | 续签
change/changed | changed | 变更
change/retired | retired | 来源不再列出
change/removed | removed | 移除
change/merged | merged | 合并
change/rank | rank moved | 位次变动
annex | Annex: links and their evidence | 附件：各项合作事项及证据
briefTitle | Brief | 简报
issued | Issued {day} | 发布日期：{day}
madeBy | Made by {author} | 制作：{author}
dataLicence | Data: {licences} | 数据许可：{licences}
cite | Cite as: {author}{title}. {day}. Helix KG {version}, {links} links from {sources} sources. \
| 引用格式：{author}{title}，{day}。螺旋知识图谱 {version}，{sources}个来源中的{links}项合作事项。
chart | Chart | 图示
details | Methods in detail | 计算方法详述
range | range | 范围
namedOf | parties named | 列名参与方
sectors | Sectors: who works with whom | 主体类型：谁与谁合作
sectorsHelp | Share of all ties between two organisations. The line in a bar is the share that chance gives. \
| 占全部两两合作关系的比例；条中竖线为随机情形下的比例。
pair | Sectors | 主体类型
share | Share | 占比
chance | By chance | 随机情形
verdict | Compared with chance | 与随机情形相比
more | more often | 明显较多
fewer | less often | 明显较少
asChance | no clear difference | 无明显差异
andSector | {first} and {second} | {first}与{second}
within | within {one} | {one}之间
years | Years | 年份
yearsHelp | Links by the year in which they certainly began. | 按确定的开始年份计。
yearsUncertain | The year of {n} further links is uncertain. | 另有{n}项的年份不确定。
yearsUncertainOne | The year of 1 further link is uncertain. | 另有1项的年份不确定。
yearsEarlier | {n} links began before {year}. | {year}年之前开始的有{n}项。
places | Places | 地区
placesHelp | Organisations by region. | 按地区计的单位数。
placesOthers | {n} are in other regions. | 另有{n}个在其他地区。
placesOthersOne | 1 is in another region. | 另有1个在其他地区。
placesUnknown | The region of {n} is unknown. | {n}个所在地区不明。
placesUnknownOne | The region of 1 is unknown. | 1个所在地区不明。
knownOf | known | 已知
knownCount | {have} of {all} | {have} / {all}
methodUnnamed | Sources count parties that they do not name. Such parties are in no picture and no rank; the ranges \
state what they could change. | 来源中只计数而未列名的参与方不在图中，也不参与排名；“范围”说明其可能造成的变化。
methodChance | Shares by chance are means over random exchanges of the sectors among organisations. “More” and “less” \
hold at a false discovery rate of 5%. | 随机情形为各单位主体类型随机互换后的均值；“明显”指错误发现率不高于5%。
methodAnnex | The evidence of each link is in the annex: | 各项合作事项的证据见附件：
pictureHelpBrief | Each shape is an organisation; its area is its {measure}. A dot is a link with four or more \
parties, and dashes around a shape are parties that are counted but not named. \
| 每个图形为一个单位，面积表示{measure}；小圆点为四方及以上的一项合作事项，图形外的短划表示只计数而未列名的参与方。
pictureTopBrief | The map shows the {n} of {all} organisations with the highest score. \
| 图中仅绘出得分最高的{n}个单位，共{all}个。
rankingOf | By {measure}. | 按{measure}排列。
rankingDot | The dot is the score. | 圆点为得分。
rankingDots | The dot is the score; the line is where it would lie in nine of ten completions of the unnamed parties. \
| 圆点为得分；横线为未列名参与方补全后（十次中的九次）得分所在的范围。
unnamedCount | {n} of {all} links have parties that are counted but not named. \
| {all}项合作事项中有{n}项含有只计数而未列名的参与方。
andMore | and {n} more | 另有{n}项
picture | Map | 网络图
pictureHelp | Each shape is an organisation and links to its section; its area is its {measure}. A dot is a link \
with four or more parties, and dashes around a shape are parties that are counted but not named. \
| 每个图形为一个单位，点按可查看其各项合作事项；面积表示{measure}。\
小圆点为四方及以上的一项合作事项，图形外的短划表示只计数而未列名的参与方。
pictureTop | The map shows the {n} of {all} organisations with the highest score; the page lists all. \
| 图中仅绘出得分最高的{n}个单位，共{all}个；下文列出全部。
ranking | Ranking | 排名
rankingHelp | Each name links to the links behind the score. | 点按名称可查看得分所依据的各项合作事项。
helix | Helix indicators | 三螺旋指标
mixing | Mixing of sectors | 主体类型间的混合（同配性）
missing | Gaps | 数据缺口
missingHelp | For the whole store, independent of the lens. | 针对整个数据库，与所选口径无关。
unnamedHelp | These links have parties that are counted but not named: {n} of {all}. \
| 下列合作事项中有只计数而未列名的参与方：{all}项中的{n}项。
over | counted links | 所计合作事项
cases | Links behind the indicators | 各指标所计的合作事项
casesHelp | Numbers refer to the list of links. | 编号即下文合作事项的编号。
allLinks | all links | 全部合作事项
overAny | links of any helix | 任一螺旋的合作事项
overOnly | links of exactly these | 恰为这些螺旋的合作事项
anyHelix | links with a party of {of} | 有{of}参与的合作事项
onlyHelix | exactly {of} of these helices | 上述螺旋中恰有{of}
withSectors | links with {of} | 有{of}的合作事项
organisations | Organisations and their links | 各单位及其合作事项
linksTitle | Links and their evidence | 各项合作事项及证据
sources | Sources | 来源
rule | rule of inference | 推导规则
method | Methods and scope | 计算方法与范围
with | with | 合作方
moreParties | {n} more | 另{n}个
compact | The report has many links, so it lists only their parties and sources. The number beside a source counts its \
pieces of evidence, which this command prints: \
| 合作事项较多，故每项仅列参与方与来源；来源旁的数字为证据项数，各项证据可由此命令查看：
linkNumbers | Links | 事项编号
morePieces | {n} more pieces of evidence from this source: | 该来源另有{n}项证据：
morePiecesOne | 1 more piece of evidence from this source: | 该来源另有1项证据：
figureActors | organisations | 单位
figureLinks | links | 合作事项
figureSources | sources | 来源
figureUnnamed | links with unnamed parties | 有未列名参与方的合作事项
notNamed | {n} not named | 未列名{n}个
notNamedPerhaps | perhaps others not named | 或另有未列名者
notNamedBound | at least {n} not named | 未列名至少{n}个
noLinks | No link passes this lens. | 此处为空：没有合作事项符合该口径。
back | to the top | 返回顶部
column/rank | rank | 位次
column/label | name | 名称
column/sector | sector | 主体类型
column/score | score | 得分
column/lower | lower | 下限
column/upper | upper | 上限
column/named | named | 列名数
column/declared | declared | 来源所载数
column/coverage | coverage | 列名率
column/indicator | indicator | 指标
column/group | group | 分组
column/value | value | 值
column/expected | by chance | 期望值
column/p | p | p 值
column/observations | observations | 样本数
undefined | not defined, because {reason} | 无定义，因为{reason}
column/have | known | 已有
column/missing | missing | 缺失
column/gapOf | total | 总数
column/gapLabel | property | 项目
"""

WORDS: Mapping[str, Text] = {**messages.UI, **messages.read(_OWN)}
"""Texts of the page; ``{name}`` is a placeholder."""
