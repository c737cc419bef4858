"""One table of queries and of what people mean by them, for the command line, the map and the static site."""

from __future__ import annotations

EXPECTED = (
    ("西交大", "id:xjtu", "short name"),
    ("哈工大", "id:hit", "short name"),
    ("北航", "id:buaa", "short name"),
    ("上交大", "id:sjtu", "abbreviation"),
    ("北大", "id:pku", "short name"),
    ("西理工", "id:xaut", "abbreviation"),
    ("發改委", "id:ndrc", "abbreviation"),
    ("西大", "id:nwu", "short name"),
    ("交大", "id:xjtu", "short name"),
    ("西安交通大學", "id:xjtu", "name"),
    ("華為", "id:huawei", "name"),
    ("xian jiaoda", "id:xjtu", "pinyin"),
    ("xajtdx", "id:xjtu", "pinyin"),
    ("hebgydx", "id:hit", "pinyin"),
    ("hauwei", "id:huawei", "typing error"),
    ("huaw", "id:huawei", "beginning"),
    ("XJTU", "id:xjtu", "name"),
    ("xi’an jiaotong", "id:xjtu", "beginning"),
)
"""A query, the first hit, and how it matches."""
