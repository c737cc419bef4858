"""Coverage: counts are right, and each missing thing can be listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from helpers.stores import SMALL

from kg.errors import UsageError
from kg.query import questions
from kg.query import run as query
from kg.rdf import files as graph_files
from kg.rdf import sparql
from kg.store.local import LocalStore
from kg.terms import BASE, ID, ONTOLOGY_GRAPH, PREFIXES
from kg.validate import coverage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kg.store.view import View

HEAD = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items()) + "BASE <" + BASE + ">\n"


def merged(more: str = "") -> ox.Store:
    """Return tests/helpers/small.trig and `more` (the body of an INSERT DATA), merged for coverage."""
    graph = ox.Store()
    graph_files.load_all(graph, graph_files.ontology_files(), ONTOLOGY_GRAPH)
    graph_files.load(graph, SMALL)
    graph.update(f"{HEAD}INSERT DATA {{ {more} }}")
    graph.bulk_extend([ox.Quad(*quad.triple) for quad in graph])
    return graph


def rows(graph: sparql.Endpoint, lang: str = "en") -> dict[str, dict[str, object]]:
    table = coverage.coverage(graph, lang)
    assert table.columns == coverage.COLUMNS
    return {str(row[0]): dict(zip(table.columns, row, strict=True)) for row in table.rows}


def listed(graph: sparql.Endpoint, what: str) -> list[str]:
    table = coverage.cases(graph, what, "en")
    assert table.columns == coverage.CASES
    return [str(row[0]).removeprefix(ID) for row in table.rows]


@pytest.fixture(scope="module")
def graph() -> ox.Store:
    """The merged small graph, which is read-only."""
    return merged()


@pytest.fixture(scope="module")
def counted(graph: ox.Store) -> dict[str, dict[str, object]]:
    """The rows of the merged small graph."""
    return rows(graph)


@pytest.fixture(scope="module")
def view(built: Path) -> Iterator[View]:
    with LocalStore(built).view() as opened:
        yield opened


@pytest.mark.parametrize(
    ("what", "of", "have", "missing"),
    [
        ("link-date", 3, 1, ["link/forge", "link/lab"]),
        ("link-year", 1, 1, []),
        ("link-month", 1, 1, []),
        ("link-day", 1, 0, ["link/pact"]),
        ("link-end", 3, 0, ["link/forge", "link/lab", "link/pact"]),
        ("link-stage", 3, 3, []),
        ("link-sources", 3, 0, ["link/forge", "link/lab", "link/pact"]),
        ("link-parties", 3, 2, ["link/pact"]),
        ("name-en", 7, 7, []),
        ("name-zh", 7, 5, ["bellows", "mines"]),
        ("name-pinyin", 5, 0, ["anvil", "crucible", "north", "north-forge", "south"]),
        ("seat", 6, 0, ["anvil", "bellows", "crucible", "mines", "north", "south"]),
        ("host", 1, 1, []),
        ("coordinates", 0, 0, []),
        ("plan-start", 1, 1, []),
        ("plan-issued", 1, 0, ["plan/ore"]),
        ("source-address", 1, 1, []),
    ],
)
def test_a_row_counts_and_lists(
    what: str, of: int, have: int, missing: list[str], graph: ox.Store, counted: dict[str, dict[str, object]]
) -> None:
    row = counted[what]
    assert (row["of"], row["have"], row["missing"]) == (of, have, len(missing))
    assert row["coverage"] == (have / of if of else None)
    assert listed(graph, what) == missing


def test_parties_are_counted_as_declared(graph: ox.Store, counted: dict[str, dict[str, object]]) -> None:
    """The pact has 8 parties, 3 of them named; the forge has 2 and the laboratory 3."""
    row = counted["parties"]
    assert (row["of"], row["have"], row["missing"], row["question"]) == (13, 8, 5, "declared-parties")
    assert listed(graph, "parties") == ["link/pact"]


@pytest.mark.parametrize(
    ("what", "statement"),
    [
        ("link-date", '<id/link/forge> hx:statedAs "--11-08"'),
        ("link-day", '<id/link/pact> hx:startEarliest "2025-05-08"^^xsd:date ; hx:startLatest "2025-05-08"^^xsd:date'),
        ("link-end", '<id/link/pact> hx:endLatest "2030-12-31"^^xsd:date'),
        ("name-zh", '<id/mines> skos:altLabel "矿业部"@zh'),
        ("name-pinyin", '<id/north> skos:prefLabel "Běifāng Dàxué"@zh-Latn-pinyin'),
        ("identifier", '<id/north> org:identifier "038avdt50"^^hx:rorId'),
        ("seat", "<id/north> hx:seat <id/place/north>"),
    ],
)
def test_added_evidence_reduces_the_missing_count(
    what: str, statement: str, counted: dict[str, dict[str, object]]
) -> None:
    before, after = counted[what], rows(merged(f"GRAPH <evidence/again> {{ {statement} }}"))[what]
    assert after["of"] == before["of"]
    assert after["missing"] == int(str(before["missing"])) - 1


def test_a_date_without_a_year_lacks_the_year() -> None:
    graph = merged('GRAPH <evidence/built> { <id/link/forge> hx:statedAs "--11-08" }')
    assert listed(graph, "link-year") == ["link/forge"]
    assert rows(graph)["link-day"]["of"] == 1


def test_two_pieces_of_evidence_can_have_one_source() -> None:
    second = """<source/mirror> a hx:Source . <evidence/mirror> a hx:Evidence ; hx:source <source/mirror> .
      GRAPH <evidence/mirror> { <id/link/pact> a hx:Link }"""
    same = "GRAPH <evidence/again> { <id/link/pact> a hx:Link }"
    assert "link/pact" in listed(merged(same), "link-sources")
    assert "link/pact" not in listed(merged(second), "link-sources")


ABROAD = """GRAPH <evidence/actors> {
  <id/place/a> a hx:Place . <id/place/b> a hx:Place . <id/place/a-city> a hx:Place ; hx:within <id/place/a> .
  <id/north> hx:seat <id/place/a-city> ; org:identifier "4161010700"^^hx:moeCode . """


@pytest.mark.parametrize(
    ("south", "missing"),
    [("hx:seat <id/place/a>", ["south"]), ("hx:seat <id/place/b>", []), ('hx:city "Nowhere"@en', ["south"])],
)
def test_a_registry_concerns_its_own_kinds_and_countries(south: str, missing: list[str]) -> None:
    """The registry concerns universities and no firms, and no country without entries."""
    graph = merged(f"{ABROAD} <id/south> {south} . }}")
    assert (
        rows(graph)["moeCode"]["label"] == "with a code of a higher-education institution (of the kinds that have any)"
    )
    assert listed(graph, "moeCode") == missing
    assert "rorId" not in rows(graph)


def test_positions_are_expected_of_text_evidence_only(graph: ox.Store, counted: dict[str, dict[str, object]]) -> None:
    more = "<evidence/x> a hx:Evidence ; hx:reading <scheme/reading/{}> ; hx:source <source/gazette>"
    assert counted["position"]["of"] == 5
    assert rows(merged(more.format("editorial")))["position"]["of"] == 5
    assert rows(merged(more.format("sentence")))["position"]["of"] == 6
    table = coverage.cases(graph, "position", "en")
    assert {row[0] for row in table.rows} == {row[2] for row in table.rows}


def test_the_language_changes_only_the_labels(graph: ox.Store, counted: dict[str, dict[str, object]]) -> None:
    english, chinese = counted, rows(graph, "zh")
    assert chinese["host"]["label"] == "有依托单位的二级单位"
    assert [{**row, "label": ""} for row in english.values()] == [{**row, "label": ""} for row in chinese.values()]
    assert not {row["label"] for row in english.values()} & {row["label"] for row in chinese.values()}


def test_an_unknown_row_is_reported(graph: ox.Store) -> None:
    with pytest.raises(UsageError, match="there is no row 'xyzzy'; there are: link-date, "):
        coverage.cases(graph, "xyzzy", "en")


def test_over_the_shipped_graphs_each_row_adds_up(view: View) -> None:
    for what, row in rows(view.graph).items():
        of, have, missing = (int(str(row[name])) for name in ("of", "have", "missing"))
        assert of == have + missing
        assert of >= have >= 0
        if what != "parties":
            assert len(set(listed(view.graph, what))) == missing, what


def test_questions_list_the_missing_things(view: View) -> None:
    """The last column names shipped questions, which list the same links and organisations."""
    listed_by = {str(row["question"]): what for what, row in rows(view.graph).items() if row["question"]}
    assert set(listed_by) == {"single-source", "declared-parties", "missing-identifiers"}
    for name, what in listed_by.items():
        answer = query.run_query(view, questions.bind(questions.find(name), {}, "en"))
        answered = {str(row[0]).removeprefix(ID) for row in answer.rows}
        assert (
            answered >= set(listed(view.graph, what))
            if name == "declared-parties"
            else answered == set(listed(view.graph, what))
        )
