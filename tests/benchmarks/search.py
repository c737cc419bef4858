"""Benchmark of the search: processor time of queries on a made index of many actors, each with two names.

``python tests/benchmarks --search`` takes minutes and 5 GB for a million actors.
"""

from __future__ import annotations

import time
from random import Random
from statistics import median

from kg.search.build import arrays
from kg.search.find import hits
from kg.search.index import SearchIndex
from kg.texts import Text

ACTORS, LIMIT, ROUNDS = 1_000_000, 10, 3
GOAL = 20
"""Milliseconds of processor time of a query."""

QUERIES = (
    "华 x hu hua huaw univers 大学 西安 华为 西交大 xajtdx xianjiaoda hauwei unxversity 科技集团 北大 有限公司 "
    "材料研究 oceanstar qqqq anin 西科电 深圳新材 zzzz sxn shenzhenxin szxn bjdz electronics ing "
    "beijnig 西学 西司 zhxi zhongke"
)
_CITIES = (
    *(("西安", "Xi'an"), ("北京", "Beijing"), ("上海", "Shanghai"), ("深圳", "Shenzhen"), ("武汉", "Wuhan")),
    *(("成都", "Chengdu"), ("重庆", "Chongqing"), ("南京", "Nanjing"), ("杭州", "Hangzhou"), ("宝鸡", "Baoji")),
)
_CHARACTERS = "华中科新天海东方信安达通力源盛泰恒瑞金宏博创联众智云星辰光宇航飞龙凯德嘉利美康健绿洲江河山川明远志诚兴业"
_SYLLABLES = "hua zhong ke xin tian hai dong fang ocean star green micro nano data quant bio sino euro pan alpha"
_FIELDS = (
    *(("电子", "Electronics"), ("机械", "Machinery"), ("材料", "Materials"), ("软件", "Software")),
    *(("人工智能", "Artificial Intelligence"), ("新能源", "New Energy"), ("航空", "Aviation"), ("农业", "Agriculture")),
)
_KINDS = (
    *(("有限公司", "Co., Ltd."), ("大学", "University"), ("职业技术学院", "Polytechnic"), ("研究院", "Institute")),
    *(("产业联盟", "Alliance"), ("科技集团", "Technology Group")),
)


def made(actors: int) -> SearchIndex:
    """Return the index of `actors` made actors, and of two that people look for."""
    random = Random(20251108)  # noqa: S311 - equal names each time
    labels = {
        "urn:xjtu": Text("Xi'an Jiaotong University", "西安交通大学"),
        "urn:huawei": Text("Huawei Technologies Co., Ltd.", "华为技术有限公司"),
    }
    for number in range(actors):
        city, field, kind = random.choice(_CITIES), random.choice(_FIELDS), random.choice(_KINDS)
        own = "".join(random.choices(_CHARACTERS, k=random.choice((2, 2, 3))))
        word = "".join(random.choices(_SYLLABLES.split(), k=random.choice((1, 2, 3)))).title()
        labels[f"urn:{number}"] = Text(f"{city[1]} {word} {field[1]} {kind[1]}", f"{city[0]}{own}{field[0]}{kind[0]}")
    names = ((iri, name) for iri, label in labels.items() for name in label.pair if name)
    return SearchIndex(arrays(names, labels, {iri: int(random.paretovariate(1)) for iri in labels}))


def run(actors: int = ACTORS) -> str:
    """Return the times as text."""
    start = time.process_time()
    index = made(actors)
    built = time.process_time() - start
    times = {query: min(_seconds(index, query) for _ in range(ROUNDS)) * 1000 for query in QUERIES.split()}
    slowest = max(times, key=lambda query: times[query])
    size = sum(array.nbytes for array in index.arrays.values()) / 1e6
    return (
        f"{len(index):,} names, {size:,.0f} MB, built in {built:,.0f} s\n"
        f"median {median(times.values()):.1f} ms, slowest {times[slowest]:.1f} ms ({slowest}); "
        f"{sum(one <= GOAL for one in times.values())} of {len(times)} within {GOAL} ms\n"
    )


def _seconds(index: SearchIndex, query: str) -> float:
    start = time.process_time()
    hits(index, query, LIMIT)
    return time.process_time() - start
