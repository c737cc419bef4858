"""What the report says beside the words of the map, in English and Chinese."""

from collections.abc import Mapping

from kg.map import messages
from kg.model import Text

_OWN = """
contents | Contents | 目录
picture | The picture | 网络图
pictureHelp | Each shape is an organisation and leads to its links; its area is its {measure}. \
A dot is one link of four or more parties, dashes around a shape are parties that are counted and not named. \
| 每个图形为一个单位，点按可查看其各项联系；面积表示{measure}。\
小圆点为四方及以上的一项联系，图形外的短划表示只计数而未具名的参与方。
pictureTop | The {n} of {all} organisations with the highest score are drawn; all are listed below. \
| 图中仅绘出得分最高的 {n} 个单位，共 {all} 个；下文列出全部。
ranking | Who stands where | 排名
rankingHelp | Each name leads to the links that the score is made of. | 点按名称可查看得分所依据的各项联系。
helix | How the helices meet | 螺旋指标
mixing | Whether sectors keep to themselves | 部门间的混合
missing | What is missing | 尚缺的信息
missingHelp | Of the whole store, whatever the lens. | 针对整个库，与所选视角无关。
unnamedHelp | These links have parties that are counted and not named: {n} of {all}. \
| 下列联系中有只计数而未具名的参与方：{all} 项中的 {n} 项。
over | over | 所计联系
cases | Which links are counted where | 各指标所计的联系
casesHelp | The numbers are those of the links below. | 编号即下文联系的编号。
allLinks | all links | 全部联系
overAny | links of any helix | 任一螺旋的联系
overOnly | links of exactly these | 恰为这些螺旋的联系
overWith | links with {of} | 有 {of} 的联系
anyHelix | links with a party of {of} | 有{of}参与的联系
onlyHelix | of these helices exactly {of} | 上述螺旋中恰有{of}
withSectors | links with {of} | 有{of}的联系
organisations | Organisations and their links | 各单位及其联系
linksTitle | Links and who says so | 各项联系及出处
sources | Sources | 来源
rule | rule by which it is inferred | 推断规则
method | How it is measured, and over what | 计算方法与范围
with | with | 合作方
moreParties | {n} more | 另 {n} 个
brief | These are many links, so each is told with its parties and sources; the number beside a source is that of its \
pieces of evidence, which this tells one by one: \
| 联系较多，故每项仅列参与方与来源；来源旁的数字为出处条数，各条出处可由此命令查看：
linkNumbers | Links | 联系编号
morePieces | {n} more pieces of evidence from this source: | 该来源另有 {n} 条出处：
morePiecesOne | 1 more piece of evidence from this source: | 该来源另有 1 条出处：
figureActors | organisations | 单位
figureLinks | links | 联系
figureSources | sources | 来源
figureLacking | links with parties not named | 有未具名参与方的联系
notNamed | {n} not named | 未具名 {n} 个
notNamedBound | at least {n} not named | 未具名至少 {n} 个
none | There is nothing here: no link passes this lens. | 此处为空：没有联系符合该视角。
back | to the top | 返回顶部
column/rank | rank | 位次
column/label | name | 名称
column/sector | sector | 部门
column/score | score | 得分
column/lower | lower | 下界
column/upper | upper | 上界
column/named | named | 已具名
column/declared | declared | 已申报
column/coverage | coverage | 覆盖率
column/indicator | indicator | 指标
column/group | group | 对象
column/value | value | 值
column/expected | by chance | 随机期望
column/p | p | p
column/observations | observations | n
undefined | not defined, because {reason} | 无定义，因为 {reason}
column/have | known | 已知
column/missing | missing | 缺
column/gapOf | of | 共
column/gapLabel | what | 内容
"""

WORDS: Mapping[str, Text] = {**messages.UI, **messages.read(_OWN)}
"""The texts of the page; ``{name}`` is a place to be filled."""
