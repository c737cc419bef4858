"""Descriptions of nodes, each statement with its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.stores import make
from helpers.turtle import SOURCE, graph_file, in_evidence, iri

from kg.errors import InputError
from kg.query import describe, evidence, lookup, questions
from kg.store.local import LocalStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.store.view import View


@pytest.fixture(scope="module")
def view(built: Path) -> Iterator[View]:
    with LocalStore(built).view() as opened:
        yield opened


def rows(view: View, text: str, lang: str = "en") -> list[tuple[str, str, str | None]]:
    """Return property, value as a key, and label of each row."""
    table = describe.describe(view, lookup.lookup(view, text), lang)
    assert table.columns == ("property", "value", "label", "evidence")
    return [
        (str(row[0]), str(row[1]).removeprefix(iri("id/")), None if row[2] is None else str(row[2]))
        for row in table.rows
    ]


def values(view: View, text: str, word: str) -> set[str]:
    return {value for name, value, _ in rows(view, text) if name == word}


@pytest.mark.parametrize("text", ["huawei", "id:huawei", iri("id/huawei"), f"<{iri('id/huawei')}>", "HUAWEI", "华为"])
def test_an_actor_is_found_by_key_iri_or_name(view: View, text: str) -> None:
    assert lookup.lookup(view, text) == iri("id/huawei")


def test_a_usual_short_name_identifies_one_actor(view: View) -> None:
    assert [lookup.lookup(view, text) for text in ("西交大", "華為")] == [iri("id/xjtu"), iri("id/huawei")]
    with pytest.raises(InputError, match=r"there is no actor '交大' in this store; the nearest are"):
        lookup.lookup(view, "交大")


def test_an_unknown_actor_is_reported_with_the_nearest_names(view: View) -> None:
    with pytest.raises(InputError, match=r"there is no actor 'huwaei' in this store; the nearest are .*id:huawei"):
        lookup.lookup(view, "huwaei")
    with pytest.raises(InputError, match="there is no actor '∅∅∅∅'"):
        lookup.lookup(view, "∅∅∅∅")


def test_nearest_names_include_links_plans_and_events(view: View) -> None:
    for key in ("link/xaut-36", "plan/jyqs-sx", "event/xaut-2025"):
        with pytest.raises(InputError, match=rf"the nearest are id:{key}\b"):
            lookup.lookup(view, key.partition("/")[2])
    with pytest.raises(InputError, match=r"the nearest are .*id:sx-(edu|st|iit)\b"):
        lookup.lookup(view, "Provincial Department")


def test_white_space_around_a_name_is_ignored(view: View) -> None:
    assert lookup.lookup(view, " 华为 ") == lookup.lookup(view, "\thuawei ") == iri("id/huawei")


def test_a_parameter_accepts_any_node_by_key_or_name(view: View) -> None:
    question = questions.find("gaps-in-chain")
    for text in ("sch:field/titanium", "titanium", "钛"):
        assert lookup.resolve_parameters(view, question, {"chain": text, "region": "Shaanxi"}) == {
            "chain": iri("scheme/field/titanium"), "region": iri("id/place/shaanxi"),
        }  # fmt: skip
    assert lookup.resolve_parameters(view, questions.find("new-units"), {"year": "2025"}) == {"year": "2025"}
    with pytest.raises(InputError, match=r"--param chain=titanum: there is no 'titanum' in this store; .*titanium"):
        lookup.resolve_parameters(view, question, {"chain": "titanum"})


def test_an_ambiguous_name_is_reported_with_both_actors(tmp_path: Path) -> None:
    two = " ".join(f"<id/{key}> a hx:Actor, hx:Organisation, hx:Firm ; skos:prefLabel 'Forge'@en ." for key in "ab")
    make(tmp_path / "store", graph_file(tmp_path, SOURCE + in_evidence(two)))
    with LocalStore(tmp_path / "store").view() as opened, pytest.raises(InputError, match="id:a and id:b; use the key"):
        lookup.lookup(opened, "forge")


@pytest.mark.parametrize("text", ["'", '"', "\\", "a b", "<x", "{?x}", "ev:x>"])
def test_text_that_cannot_be_a_key_is_reported_as_unknown(small: Path, text: str) -> None:
    with LocalStore(small).view() as opened, pytest.raises(InputError, match="there is no actor"):
        lookup.lookup(opened, text)


def test_a_university_shows_names_units_and_links_in_each_role(view: View) -> None:
    assert values(view, "xaut", "name (zh)") == {"西安理工大学"}
    assert {"xaut-ai", "xaut-ftc", "xaut-eec"} <= values(view, "xaut", "unit")
    assert "link/xaut-36" in values(view, "xaut", "link as party")
    assert "link/xaut-huawei-ai" in values(view, "xaut", "link as host")
    assert "link/xaut-guid" in values(view, "xaut", "link as organiser")


def test_a_unit_shows_its_host_and_what_built_it(view: View) -> None:
    assert values(view, "xaut-ai", "host") == {"xaut"}
    assert {"link/xaut-huawei-ai", "link/xaut-13"} <= values(view, "xaut-ai", "link about it")


def test_a_link_shows_its_parties_by_role(view: View) -> None:
    assert values(view, "link/xaut-huawei-ai", "party: host") == {"xaut"}
    assert values(view, "link/xaut-huawei-ai", "party: co-builder") == {"huawei"}


def test_a_person_shows_the_office_and_a_plan_the_claims_on_it(view: View) -> None:
    assert values(view, "person/li-zhijun-xaut", "office held") == {"holding/li-zhijun-xaut-2025-11-08"}
    assert ("office held", "holding/li-zhijun-xaut-2025-11-08", "Secretary of the Party Committee") in rows(
        view, "person/li-zhijun-xaut"
    )
    assert values(view, "plan/jyqs-sx", "claim on it") == {"claim/chinadaily-2025-11-11-supports-jyqs-sx"}


def test_an_identifier_has_the_label_of_its_register(view: View) -> None:
    assert values(view, "huawei", "ROR ID") == {"00cmhce21"}
    assert values(view, "huawei", "org:identifier") == set()


def test_labels_follow_the_language(view: View) -> None:
    labels = {(value, label) for _, value, label in rows(view, "link/xaut-huawei-ai", "zh")}
    assert ("xaut", "西安理工大学") in labels
    assert ("共建单位" in str(labels), "依托单位" in str(rows(view, "xaut-ai", "zh"))) == (False, True)


def test_a_text_in_the_other_language_is_left_out_where_there_is_one_in_this(view: View) -> None:
    for lang, expected in (("en", {"Xi'an", "Xi'an High-tech Zone"}), ("zh", {"西安市", "西安市高新区"})):
        stated = rows(view, "link/xawl-xintong", lang)
        assert {value for word, value, _ in stated if word.startswith(("place name", "地点"))} == expected


def test_each_row_leads_to_evidence(view: View) -> None:
    for text in ("xaut", "huawei", "link/xaut-13", "event/xaut-2025", "plan/jyqs-sx", "person/li-zhijun-xaut"):
        for row in describe.describe(view, lookup.lookup(view, text), "en").rows:
            graphs = str(row[3]).split()
            assert graphs == sorted(set(graphs))
            assert graphs
            assert all(evidence.find(view, graph).source for graph in graphs)
