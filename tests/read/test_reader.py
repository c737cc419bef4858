"""The rules on invented reports: names, offices, counts, statements, dates and stages."""

from __future__ import annotations

import functools

import pytest

from kg.read import known, mentions, reader
from kg.read.model import Document, Reading, digest
from kg.read.statements import split
from kg.read.statements.candidates import candidates

ZH = (
    "3月5日，宁江理工大学与宁江市云峰精密机械有限公司（以下简称“云峰精密”）签署战略合作协议。"
    "签约仪式在图书馆报告厅举行，校长周立平、云峰精密董事长何文远出席。"
    "会上，宁江省教育厅、科学技术厅联合指导的装备产业联盟成立。"
    "学校还与42家企业签署共建协议。学校希望与宁江银行签署合作协议。"
)
EN = (
    "On March 5, Lakeside University (LSU) and Peak Steel Co., Ltd. signed a strategic cooperation agreement. "
    "Zhang Liping, president of Lakeside University, and He Wenyuan, chairman of Peak Steel, attended the ceremony. "
    "The university signed a joint construction agreement with over 40 enterprises. "
    "The university hopes to sign an agreement with Harbour Bank Group."
)


@functools.cache
def reading(text: str, lang: str, date: str | None = "2024-03-06") -> Reading:
    """Return the reading of a text."""
    return reader.read(Document("invented", text, digest(text), lang, date=date))


def statements(one: Reading) -> set[tuple[str, str, str]]:
    """Return the relation, head and tail of each proposal."""
    return {(item.relation, item.head.name, item.tail.name) for item in one.proposals}


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        (ZH, "zh", ("University", "宁江理工大学")),
        (ZH, "zh", ("Firm", "宁江市云峰精密机械有限公司")),
        (ZH, "zh", ("GovernmentDepartment", "宁江省教育厅")),
        (ZH, "zh", ("Agreement", "战略合作协议")),
        (ZH, "zh", ("Person", "何文远")),
        (EN, "en", ("University", "Lakeside University")),
        (EN, "en", ("Firm", "Peak Steel Co., Ltd.")),
        (EN, "en", ("Agreement", "strategic cooperation agreement")),
        (EN, "en", ("Person", "Zhang Liping")),
    ],
)
def test_names_are_found(text: str, lang: str, expected: tuple[str, str]) -> None:
    assert expected in {(one.type, one.name) for one in reading(text, lang).mentions}


@pytest.mark.parametrize(
    ("text", "lang", "expected"),
    [
        (ZH, "zh", ("signed", "宁江理工大学", "宁江市云峰精密机械有限公司")),
        (ZH, "zh", ("partnerIn", "宁江理工大学", "战略合作协议")),
        (ZH, "zh", ("hasRole", "何文远", "宁江市云峰精密机械有限公司")),
        (ZH, "zh", ("countOf", "共建协议", "42家企业")),
        (EN, "en", ("signed", "Lakeside University", "Peak Steel Co., Ltd.")),
        (EN, "en", ("hasRole", "Zhang Liping", "Lakeside University")),
        (EN, "en", ("countOf", "joint construction agreement", "over 40 enterprises")),
    ],
)
def test_statements_are_proposed(text: str, lang: str, expected: tuple[str, str, str]) -> None:
    assert expected in statements(reading(text, lang))


@pytest.mark.parametrize(("text", "lang"), [(ZH, "zh"), (EN, "en")])
def test_hopes_are_not_proposed(text: str, lang: str) -> None:
    assert not any("银行" in tail or "Harbour" in tail for _, _, tail in statements(reading(text, lang)))


@pytest.mark.parametrize(("text", "lang"), [(ZH, "zh"), (EN, "en")])
def test_every_quote_is_verbatim(text: str, lang: str) -> None:
    spans = [span for one in reading(text, lang).proposals for span in one.evidence]
    assert spans
    assert all(text[span.start : span.end] == span.quote and digest(span.quote) == span.sha256 for span in spans)


def test_unnamed_parties_are_a_count_with_bounds() -> None:
    counts = {one.tail.name: one.attributes.count for one in reading(EN, "en").proposals if one.relation == "countOf"}
    count = counts["over 40 enterprises"]
    assert count is not None
    assert (count.lower, count.upper, count.of) == (40, None, "enterprises")


@pytest.mark.parametrize(
    ("date", "value", "inferred"),
    [("2024-03-06", "2024-03-05", True), ("2024-01-10", "2023-03-05", True), (None, "--03-05", False)],
)
def test_the_year_comes_from_the_page_and_is_marked(date: str | None, value: str, *, inferred: bool) -> None:
    (when,) = {one.attributes.date for one in reading(ZH, "zh", date).proposals if one.relation == "signed"}
    assert when is not None
    assert (when.value, when.words, when.inferred) == (value, "3月5日", inferred)


def test_a_name_of_the_store_links_to_its_actor() -> None:
    names = known.index([("http://x/huaxin", "Huaxin", "Firm")])
    text = "Lakeside University opened a laboratory in partnership with Huaxin."
    found = reader.read(Document("a", text, digest(text), "en"), names)
    assert ("Huaxin", "http://x/huaxin") in {(one.name, one.known) for one in found.mentions}


def test_a_name_of_two_actors_links_to_none() -> None:
    names = known.index([("http://x/1", "Huaxin", "Firm"), ("http://x/2", "Huaxin", "Firm")])
    assert names.iri("Huaxin") is None
    assert known.index([("http://x/1", "Huaxin", "Firm")]).find("Huaxinyuan and Huaxin")[0].start == len(
        "Huaxinyuan and "
    )


def test_pairs_of_a_long_list_grow_with_its_length() -> None:
    def pairs(length: int) -> int:
        names = "、".join(f"江苏{chr(0x4E00 + 7 * one)}{chr(0x5E00 + 3 * one)}职业技术学院" for one in range(length))
        text = f"5月6日，西安理工大学与{names}签署协议。"
        scene = mentions.scene(Document("list", text, digest(text), "zh"))
        return sum(1 for _ in candidates(scene, split(scene)))

    assert pairs(200) < 3 * pairs(100)


def test_names_of_every_shipped_collection_are_known_without_a_store() -> None:
    assert known.shipped().types["First Affiliated Hospital of Xiamen University"] == "OtherOrg"
