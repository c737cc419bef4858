"""Cards of links and of evidence."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from helpers.stores import make
from helpers.turtle import SOURCE, graph_file, in_evidence, iri

from kg.model import Text
from kg.network.incidence.load import load_incidence
from kg.query import cards
from kg.store.local import LocalStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.query.cards import LinkCard
    from kg.store.view import View


@pytest.fixture(scope="module")
def view(built: Path) -> Iterator[View]:
    with LocalStore(built).view() as opened:
        yield opened


def card(view: View, key: str) -> LinkCard:
    return cards.links(view, [iri(f"id/link/{key}")])[iri(f"id/link/{key}")]


def test_a_link_shows_its_names_kind_stage_and_day(view: View) -> None:
    summary = card(view, "xaut-sxiit")
    assert summary.label.en is not None
    assert summary.label.en.startswith("Strategic cooperation agreement")
    assert summary.label.zh == "战略合作协议：西安理工大学与陕西省工业和信息化厅"
    assert (summary.kind, summary.stage, summary.start) == (
        "StrategicCooperationAgreement",
        "signed",
        date(2025, 11, 8),
    )


def test_a_counted_group_is_shown_as_a_count_and_not_as_an_actor(view: View) -> None:
    summary = card(view, "xaut-36")
    parties = {(party.role, party.actor, party.count, party.count_kind, party.named) for party in summary.parties}
    assert parties == {("party", iri("id/xaut"), None, None, 0), ("party", None, 36, "exact", 0)}
    assert [party.label.zh for party in summary.parties if party.actor is None] == ["36家企业"]
    assert (summary.named, summary.declared, summary.is_lower_bound) == (1, 37, False)
    assert summary.stated_as == "--11-08"


def test_counted_things_other_than_parties_are_shown(view: View) -> None:
    (counted,) = [party for party in card(view, "xaut-13").parties if party.role == "counts"]
    assert (counted.actor, counted.count, counted.count_kind, counted.named) == (None, 13, "exact", 5)
    assert card(view, "xaut-13").named == 1


def test_all_evidence_about_a_link_and_its_parts_is_shown(view: View) -> None:
    cited = [one.iri.removeprefix(iri("evidence/")) for one in card(view, "xaut-13").evidence]
    assert cited == [
        "big5.cri.cn-7e616066-aa02-4c95-9897-7500b9bf9941/xaut-13",
        "chinadaily-2025-11-11/s390-598",
        "chinadaily-2025-11-11/s599-717",
        "editors/inference/xaut-2025-date",
        "stdaily.com-431169/xaut-13",
        "tianjindaily.com.cn-168806/xaut-13",
    ]


def test_evidence_about_the_counted_group_alone_is_shown(tmp_path: Path) -> None:
    second = "<evidence/paper/2> a hx:Evidence ; hx:source <source/paper> ; hx:reading <scheme/reading/record> .\n"
    text = """<id/u> a hx:Actor, hx:Organisation, hx:University ; skos:prefLabel "U"@en .
    <id/link/x> a hx:Link, hx:Founding ; skos:prefLabel "X"@en ; hx:kind <scheme/kind/UnitFounding> ;
      hx:counts <id/g> ; hx:participation <id/p> .
    <id/p> a hx:Participation ; hx:participant <id/u> ; hx:role <scheme/role/initiator> .
    <id/g> a hx:CountedGroup ; hx:count 3 ; hx:countKind <scheme/count-kind/exact> ;
      hx:countedThing <scheme/counted-thing/units> ."""
    file = graph_file(tmp_path, SOURCE + second + in_evidence(text) + in_evidence("<id/g> hx:namedMember <id/u> .", 2))
    make(tmp_path / "store", file)
    with LocalStore(tmp_path / "store").view() as opened:
        summary = card(opened, "x")
    assert [one.iri for one in summary.evidence] == [iri("evidence/paper/1"), iri("evidence/paper/2")]
    assert summary.stated_as is None
    assert summary.description == Text()


def test_evidence_shows_its_source_place_and_digest(view: View) -> None:
    key = iri("evidence/chinadaily-2025-11-11/s1258-1419")
    summary = cards.evidence(view, [key])[key]
    assert (summary.source, summary.publisher) == (iri("source/chinadaily-2025-11-11"), "China Daily")
    assert (summary.published, summary.quality, summary.reading) == ("2025-11-11", "newspaper", "sentence")
    assert (summary.start, summary.end) == (1258, 1419)
    assert summary.digest is not None
    assert summary.digest.startswith("sha256:")
    assert summary.derived_from == ()


def test_an_inference_shows_what_it_combines(view: View) -> None:
    key = iri("evidence/editors/inference/xaut-2025-date")
    summary = cards.evidence(view, [key])[key]
    expected = ("chinadaily-2025-11-11/address", "chinadaily-2025-11-11/s0-168")
    assert summary.derived_from == tuple(iri(f"evidence/{part}") for part in expected)
    assert (summary.reading, summary.start, summary.digest) == ("inference", None, None)


def test_other_nodes_have_no_evidence_card(view: View) -> None:
    assert cards.evidence(view, [iri("id/huawei"), iri("source/editors"), iri("nowhere")]) == {}


def test_the_choice_between_two_titles_is_stable(tmp_path: Path) -> None:
    person = "<id/p> a hx:Actor, hx:Person ; skos:prefLabel 'P'@en ."
    titles = "<source/paper> dct:title 'B'@en, 'A'@en, 'C'@zh ."
    make(tmp_path / "store", graph_file(tmp_path, SOURCE + titles + in_evidence(person)))
    with LocalStore(tmp_path / "store").view() as opened:
        assert cards.evidence(opened, [iri("evidence/paper/1")])[iri("evidence/paper/1")].title.pair == ("A", "C")


def test_every_link_has_a_card_with_parties_and_evidence(view: View) -> None:
    keys = load_incidence(view).links["iri"].to_pylist()
    summaries = cards.links(view, keys)
    assert list(summaries) == keys
    assert [
        key for key, one in summaries.items() if not one.parties or not one.evidence or not one.label.localise("en")
    ] == []


def test_a_name_without_a_language_is_shown_as_in_tables(tmp_path: Path) -> None:
    works = "<id/w> a hx:Actor, hx:Organisation, hx:Firm ; skos:prefLabel 'Werke'@de, 'WORKS' ."
    link = "<id/link/l> a hx:Link ; skos:prefLabel 'A link'@en ; hx:participation <id/link/l/w> . "
    part = "<id/link/l/w> a hx:Participation ; hx:participant <id/w> ; hx:role <scheme/role/party> ."
    make(tmp_path / "store", graph_file(tmp_path, SOURCE + in_evidence(works + link + part)))
    with LocalStore(tmp_path / "store").view() as opened:
        (party,) = cards.links(opened, [iri("id/link/l")])[iri("id/link/l")].parties
    assert party.label == Text("WORKS")


def test_preferred_names_come_before_others(view: View) -> None:
    names = cards.names(view)
    assert names[iri("id/xaut-ftc")][-2:] == (("en", "Future Technology College"), ("zh", "知行学院"))
    assert ("zh", "未来技术学院") in names[iri("id/xaut-ftc")][:3]
    assert len(names) == view.size().actors


def test_concepts_have_the_labels_of_the_ontology(view: View) -> None:
    terms = cards.terms(view)
    assert terms["role/coBuilder"] == Text("co-builder", "共建单位")
    assert terms["class/University"].en == "university"
