"""Chinese agreements, events, plans, fields, places, and quoted names."""

from __future__ import annotations

import functools
import re

from kg.read.lexicon import alternation, load, words
from kg.read.mentions import zh_names
from kg.read.mentions.scene import Occurrence

_TITLE = re.compile(r"《([^《》]{3,60})》")
_PLAN = re.compile(r"意见|方案|规划|纲要|指南|办法|通知|计划|条例|决定|若干措施|行动")
_STRATEGY = re.compile(r"[“\"]([^“”\"]{2,12})[”\"](?=(?:发展)?战略|规划|计划|行动)")
_QUOTED = re.compile(r"“([^“”]{4,40})”")


def titles(text: str) -> list[Occurrence]:
    """Return plans and agreements in title marks, and strategies in quotes."""
    found = []
    for match in _TITLE.finditer(text):
        if re.search("协议|合同|备忘录", match[1]):
            found.append(Occurrence("Agreement", match[1], match.start(1), match.end(1), "title"))
        elif _PLAN.search(match[1]):
            found.append(Occurrence("PolicyPlan", match[1], match.start(1), match.end(1), "title"))
    found += [
        Occurrence("PolicyPlan", one[1], one.start(1), one.end(1), "strategy") for one in _STRATEGY.finditer(text)
    ]
    return found


def listed(text: str) -> list[Occurrence]:
    """Return the members of a list of firms that have no suffix: 甲、乙、丙等企业."""
    found = []
    item = "[^、，。；：（）“”和与及等\\s]{2,8}"
    pattern = re.compile(
        f"((?:{item}、)+{item}(?:[和与及]{item})?)等(?:多家|\\d+家|[一二两三四五六七八九十]+家)?(?:知名|龙头|行业|头部)?(?:企业|公司)"
    )
    for match in pattern.finditer(text):
        for one in re.finditer(item, match[1]):
            name = re.sub("^(?:包括|还有|其中|由|在|对)", "", one.group())
            start = match.start(1) + one.end() - len(name)
            if not re.search("企业|公司|高校|院校|机构|组织|单位|学院|大学|行业", name):
                found.append(Occurrence("Firm", name, start, start + len(name), "list"))
    return found


def programmes(text: str) -> list[Occurrence]:
    """Return lists that an office publishes, such as 首批现代产业学院名单."""
    pattern = re.compile("((?:首批|第[一二三四五六]批)[^，。；《》“”、]{2,16})(?=名单|项目名单|建设名单)")
    return [Occurrence("Programme", one[1], one.start(1), one.end(1), "list") for one in pattern.finditer(text)]


def quoted(text: str) -> list[Occurrence]:
    """Return names of units, facilities, alliances and events in quotes, which give their exact ends."""
    found = []
    for match in _QUOTED.finditer(text):
        last = [one for one in zh_names.suffix_pattern().finditer(match[1]) if one.end() == len(match[1])]
        kind = next((kind for word, kind in zh_names.suffixes() if last and word == last[-1].group()), None)
        if kind in {"Unit", "Facility", "Alliance", "OtherOrg", "Firm"} and not match[1].startswith("战略联盟"):
            kind = "Unit" if kind == "Firm" else kind
            found.append(Occurrence(kind, match[1], match.start(1), match.end(1), "quoted"))
        elif _event_core().search(match[1]) and len(match[1]) > 10 and match[1].endswith(("会", "仪式", "论坛")):
            found.append(Occurrence("Event", match[1], match.start(1), match.end(1), "quoted"))
    return found


@functools.cache
def _agreement() -> re.Pattern[str]:
    lexicon = load("zh")["agreements"]
    return re.compile(f"(?:{alternation(words(lexicon['modifiers']))})*(?:{alternation(words(lexicon['core']))})")


@functools.cache
def _event_core() -> re.Pattern[str]:
    return re.compile(alternation(words(load("zh")["events"]["core"])))


@functools.cache
def _event() -> re.Pattern[str]:
    lexicon = load("zh")["events"]
    return re.compile(f"(?:{alternation(words(lexicon['modifiers']))})*(?:{alternation(words(lexicon['core']))})")


def agreements(text: str) -> list[Occurrence]:
    """Return agreements by their kind, with the unit that they found if it stands before it."""
    found = []
    for match in _agreement().finditer(text):
        name, start = match.group(), match.start()
        if text[match.end() : match.end() + 1] in {"约", "定"} and name in {"协议", "合同"}:
            continue
        if name.startswith(("学生", "、")):
            continue
        founded = re.search(r"共建([^，。；、和与“”《》]{4,20})的?$", text[max(0, start - 25) : start])
        if founded and zh_names.suffix_pattern().search(founded[1]):
            start -= len(founded[0])
            name = text[start : match.end()]
        form = "word" if name in {"协议", "合同", "协议书"} else "name"
        found.append(Occurrence("Agreement", name, start, match.end(), "agreement", form))
    return found


def events(text: str) -> list[Occurrence]:
    """Return events by their kind, with the words before it that belong to the kind."""
    lexicon = load("zh")["events"]
    found = []
    for match in _event().finditer(text):
        name = match.group().lstrip("、暨")
        start = match.end() - len(name)
        if name in words(lexicon["generic"]) or text[match.end() : match.end() + 1] in {"室", "员", "长", "中", "厅"}:
            continue
        founding = re.search("成立大会|启动大会", name)
        if founding:
            left = zh_names.left_end(text, match.end(), match.start() + founding.start(), frozenset())
            start, name = left, text[left : match.end()]
        if len(name) >= 2:
            found.append(Occurrence("Event", name, start, match.end(), "event"))
    for match in re.finditer("(?:完成|举行|进行)((?:战略合作|校企合作|合作|项目)签约)(?!仪式)", text):
        found.append(Occurrence("Event", match[1], match.start(1), match.end(1), "signing"))
    return found


@functools.cache
def _field_list() -> re.Pattern[str]:
    lexicon = load("zh")["fields"]
    item = "[^，。；：！？、“”‘’《》（）和与及\\s]{2,14}"
    return re.compile(
        f"(?:{alternation(words(lexicon['before']))})({item}(?:[、和与及]{item}|以及{item}){{0,9}}?)"
        f"(?:{alternation(words(lexicon['after']))}|[上中](?=深|的))"
    )


_ITEMS = re.compile(
    "((?:[^，。；：！？、“”‘’《》（）\\s]{2,14}、)+[^，。；：！？、“”‘’《》（）\\s]{2,14}?)"
    "(?:等(?:领域|方向|产业|战略性|重点|新兴|生活|高新|前沿|关键|先进)|[三四五六七八九十两]+?[个大](?:方向|领域|核心技术|产业|板块)|领域|方向)"
)
_EDGES = re.compile(
    "^(?:以及|以|在|等|建设|形成|对准|围绕|重点|涉及|主攻|瞄准|聚焦|包括|就)+"
    "|(?:等|产业|领域|方面|方向|上|扩大|深入|深度|开展|展开|全面|进行|完成|战略|的|为主攻|等领域的|三个|工程化应用为主攻|等环节)+$"
)
_NO_FIELD = re.compile(
    "[我你他该双]|希望|合作|学校|企业|公司|会议室|校区|签约|资源|机制|体系|学院|经验|起点|质量|各个|攻关|接收"
)


def fields(text: str) -> list[Occurrence]:
    """Return fields in lists that a preposition or a noun such as 领域 ends."""
    generic, found = set(words(load("zh")["fields"]["generic"])), {}
    for match in [*_field_list().finditer(text), *_ITEMS.finditer(text)]:
        for item in re.finditer("[^、]+" if match[1].count("、") > 1 else "[^、和与及]+", match[1]):
            name = _EDGES.sub("", _EDGES.sub("", item.group()))
            start = match.start(1) + item.start() + item.group().find(name)
            if 2 <= len(name) <= 12 and name not in generic and not _NO_FIELD.search(name):
                found[start] = Occurrence("Field", name, start, start + len(name), "field")
    for match in re.finditer(
        "(?:[院校集团司“]|^)([\u4e00-\u9fff]{2,10}?)(?=研发中心|研究所|产业学院|研究院|重点实验室|联合实验室)", text
    ):
        name = re.sub("^.*(?:大学|学院|公司|共建|现代|联合|集团|学校|建设)", "", match[1])
        if 2 <= len(name) <= 8 and match.end(1) - len(name) not in found and not zh_names.places().search(name):
            start = match.end(1) - len(name)
            found[start] = Occurrence("Field", name, start, match.end(1), "in-name")
    return list(found.values())


@functools.cache
def _venue() -> re.Pattern[str]:
    return re.compile(f"在([^，。；：、“”《》在]{{1,24}}(?:{alternation(words(load('zh')['venues']['suffix']))}))")


@functools.cache
def _place() -> re.Pattern[str]:
    place = alternation(words(load("zh")["places"]))
    return re.compile(f"(?:在|于|位于|来自)({place})(?:市|省)?(?=[，。、举召签启成设开与的]|正式|揭牌|落)")


def places(text: str) -> list[Occurrence]:
    """Return places where something is held or lies."""
    found = []
    for match in _venue().finditer(text):
        name = re.sub("^(?:我校|学校|该校|该公司|公司)", "", match[1])
        tower = re.match("[^，。]{2,10}?大厦(?=.{1,3}楼)", name)
        name = tower.group() if tower else name
        found.append(
            Occurrence(
                "Place",
                name,
                match.start(1) + match[1].find(name),
                match.start(1) + match[1].find(name) + len(name),
                "venue",
            )
        )
    found += [Occurrence("Place", one[1], one.start(1), one.end(1), "place") for one in _place().finditer(text)]
    for one in re.finditer(f"({zh_names.places().pattern})(?=电　|电 |讯　)", text):
        found.append(Occurrence("Place", one[1], one.start(1), one.end(1), "dateline"))
    return found
