"""Texts of the legends and notes of pictures, in the format of `kg.map.messages`."""

PICTURES = """
partiesText | “A – B +2”: two parties of the link, and the number of the others \
| “甲 – 乙 +2”：该合作事项的两个参与方及其余参与方数
newNames | In colour: parties of links that began in the year; pale: possibly. \
Named: up to three of those without an earlier link \
| 彩色：当年开始的合作事项的参与方；浅色：可能于当年开始。所列名称：此前无合作事项者，至多三个
byPlace | Organisations by province or country | 各省（区、市）或国家的单位数
otherPlaces | and {n} more places | 另有{n}个省（区、市）或国家
otherPlacesOne | and 1 more place | 另有1个省（区、市）或国家
countryOnly | {name}, province not stated | {name}（未细分到省）
unnamedCities | Cities without a name above: {names} | 图上未标名称的城市：{names}
unbundled | {n} links have no ribbon: their two sectors share less than 2% of the links \
| 另有{n}项合作事项未绘出连接带：所涉两类主体间的合作事项不足2%
unbundledOne | 1 link has no ribbon: its two sectors share less than 2% of the links \
| 另有1项合作事项未绘出连接带：所涉两类主体间的合作事项不足2%
beyond | {n} organisations are in cities outside this picture | 另有{n}个单位所在城市在图外
beyondOne | 1 organisation is in a city outside this picture | 另有1个单位所在城市在图外
exits | Number of links to cities outside this picture | 通往图外城市的合作事项数
"""
