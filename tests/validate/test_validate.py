"""Validation: evidence rules, the catalogue, and the content of findings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from helpers.texts import english
from helpers.turtle import SOURCE, graph_file, in_evidence, iri

from kg.ingest import build
from kg.texts import localise

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from kg.validate.report import Finding

FIRM = '<id/firm> a hx:Actor, hx:Organisation, hx:Firm ; skos:prefLabel "The Firm"@en .'


def findings(folder: Path, text: str) -> list[Finding]:
    return list(build.check([graph_file(folder, text)]).findings)


def rules_and_nodes(folder: Path, text: str) -> list[tuple[str, str]]:
    """Return rule and node of each finding."""
    return [(finding.rule, finding.node) for finding in findings(folder, text)]


def test_the_shipped_graphs_conform() -> None:
    assert build.check([]).findings == ()


def test_a_small_graph_conforms(tmp_path: Path) -> None:
    assert rules_and_nodes(tmp_path, SOURCE + in_evidence(FIRM)) == []


def test_a_statement_outside_evidence_is_found_in_every_form(tmp_path: Path) -> None:
    forms = [
        (FIRM, "id/firm"),
        ("<id/firm> hx:region 'Shaanxi'@en .", "id/firm"),
        ("<id/link/pact> hx:participation <id/link/pact/party/firm> .", "id/link/pact"),
        (f"{FIRM} <id/firm> a hx:Source .", "id/firm"),
        (f"{in_evidence(FIRM)} <id/firm> a skos:Concept ; hx:region 'Shaanxi'@en .", "id/firm"),
        (f"<ontology> {{ {FIRM} }}", "id/firm"),
        (f"{in_evidence(FIRM)} <ontology> {{ <id/firm> hx:region 'Shaanxi'@en }}", "id/firm"),
    ]
    rest = in_evidence("<id/other> a hx:Actor, hx:Person ; skos:prefLabel 'Li'@en .")
    files = [
        graph_file(
            tmp_path, re.sub("(firm|pact|paper)(?=[>/])", rf"\1-{number}", SOURCE + rest + text), f"{number}.trig"
        )
        for number, (text, _) in enumerate(forms)
    ]
    outside = [finding for finding in build.check(files).findings if finding.rule == "evidence"]
    assert {(finding.node, finding.file) for finding in outside} == {
        (iri(f"{node}-{number}"), str(files[number])) for number, (_, node) in enumerate(forms)
    }
    assert len(outside) == len(forms)
    assert all("is stated outside any evidence graph; move it into" in english(one.message) for one in outside)


def test_sources_concepts_and_the_catalogue_may_stand_outside(tmp_path: Path) -> None:
    text = """<scheme/field> a skos:ConceptScheme ; skos:prefLabel "fields"@en .
    <scheme/field/x> a skos:Concept ; skos:inScheme <scheme/field> .
    <graphs/catalog> a dcat:Catalog ; dcat:dataset <graphs/x> . <graphs/x> a dcat:Dataset ; dct:title "X"@en .
    """
    assert rules_and_nodes(tmp_path, SOURCE + text + in_evidence(FIRM)) == []


def test_an_undescribed_graph_is_found(tmp_path: Path) -> None:
    (finding,) = findings(tmp_path, SOURCE + in_evidence(FIRM) + in_evidence(FIRM, 2))
    assert (finding.rule, finding.node, finding.evidence) == (
        "evidence",
        iri("evidence/paper/2"),
        (iri("evidence/paper/2"),),
    )
    assert "not described as hx:Evidence" in english(finding.message)


def test_a_description_inside_the_graph_itself_does_not_count(tmp_path: Path) -> None:
    inside = (
        f"{FIRM} <evidence/paper/2> a hx:Evidence ; hx:source <source/paper> ; hx:reading <scheme/reading/record> ."
    )
    assert ("evidence", iri("evidence/paper/2")) in rules_and_nodes(
        tmp_path, SOURCE + in_evidence(FIRM) + in_evidence(inside, 2)
    )


def test_evidence_that_supports_nothing_is_found_with_its_file(tmp_path: Path) -> None:
    (finding,) = findings(tmp_path, SOURCE)
    assert (finding.rule, finding.node) == ("evidence", iri("evidence/paper/1"))
    assert finding.message == "this evidence supports no statement; put the statements into its graph, or remove it"
    assert finding.file == str(tmp_path / "little.trig")


def test_a_blank_node_is_found(tmp_path: Path) -> None:
    text = SOURCE + in_evidence(
        FIRM
        + """ <id/link/pact> a hx:Link, hx:Partnership ; skos:prefLabel "Pact"@en ; hx:kind <scheme/kind/Partnership> ;
        hx:participation [ a hx:Participation ; hx:participant <id/firm> ; hx:role <scheme/role/party> ] ."""
    )
    (finding,) = findings(tmp_path, text)
    assert (finding.rule, finding.node) == ("name", iri("evidence/paper/1"))
    assert english(finding.message).endswith(
        "is stated with a blank node, which other evidence cannot refer to; use an IRI"
    )


def test_a_finding_about_a_blank_node_is_the_same_each_time(tmp_path: Path) -> None:
    text = SOURCE + in_evidence("[] a hx:Actor, hx:Organisation, hx:Firm .")
    assert (
        rules_and_nodes(tmp_path, text)
        == rules_and_nodes(tmp_path, text)
        == [
            ("name", iri("evidence/paper/1")),
            ("Organisation/prefLabel", "[]"),
        ]
    )


@pytest.mark.parametrize("statement", ["hx:regoin 'Shaanxi'@en", "a hx:Frim"])
def test_a_misspelt_term_is_found_and_named(tmp_path: Path, statement: str) -> None:
    (finding,) = findings(tmp_path, SOURCE + in_evidence(f"{FIRM} <id/firm> {statement} ."))
    assert (finding.rule, finding.node, finding.evidence) == ("term", iri("id/firm"), (iri("evidence/paper/1"),))
    assert (
        finding.message
        == f"{statement.split()[statement.startswith('a ')]} is not a term of the ontology; check its spelling"
    )


def test_a_node_without_a_class_is_found(tmp_path: Path) -> None:
    text = in_evidence(f"{FIRM} <id/link/pact> skos:prefLabel 'Pact'@en .")
    assert rules_and_nodes(tmp_path, SOURCE + text) == [("class", iri("id/link/pact"))]


def test_bounds_out_of_order_are_found_where_one_source_states_them(tmp_path: Path) -> None:
    event = """<id/event/fair> a hx:Event ; skos:prefLabel "Fair"@en ;
      hx:startEarliest "2025-11-09"^^xsd:date ; hx:startLatest "2025-11-08"^^xsd:date ."""
    (finding,) = findings(tmp_path, SOURCE + in_evidence(event))
    assert (finding.rule, finding.node, finding.evidence) == ("dates", iri("id/event/fair"), (iri("evidence/paper/1"),))
    assert finding.message == (
        "hx:startEarliest (2025-11-09) is after hx:startLatest (2025-11-08); correct one of the two dates"
    )


def test_sources_may_disagree_about_a_date(tmp_path: Path) -> None:
    event = """<id/event/fair> a hx:Event ; skos:prefLabel "Fair"@en ;
      hx:startEarliest "2025-{0}"^^xsd:date ; hx:startLatest "2025-{0}"^^xsd:date ."""
    second = "<evidence/paper/2> a hx:Evidence ; hx:source <source/paper> ; hx:reading <scheme/reading/record> ."
    text = SOURCE + second + in_evidence(event.format("11-08")) + in_evidence(event.format("03-12"), 2)
    assert rules_and_nodes(tmp_path, text) == []


def test_an_end_in_the_year_of_a_known_start_is_in_order(tmp_path: Path) -> None:
    event = """<id/event/fair> a hx:Event ; skos:prefLabel "Fair"@en ;
      hx:startEarliest "2025-05-01"^^xsd:date ; hx:startLatest "2025-05-31"^^xsd:date ;
      hx:endEarliest "2025-01-01"^^xsd:date ; hx:endLatest "2025-12-31"^^xsd:date ."""
    assert rules_and_nodes(tmp_path, SOURCE + in_evidence(event)) == []


def test_a_finding_about_a_participation_leads_to_the_evidence_and_the_file(tmp_path: Path) -> None:
    text = SOURCE + in_evidence(
        FIRM
        + """ <id/link/pact> a hx:Link, hx:Partnership ; skos:prefLabel "Pact"@en ; hx:kind <scheme/kind/Partnership> ;
        hx:participation <id/link/pact/party/firm> .
        <id/link/pact/party/firm> a hx:Participation ; hx:participant <id/firm> ; hx:role <scheme/role/partner> ."""
    )
    (finding,) = findings(tmp_path, text)
    assert finding.rule == "Participation/role"
    assert finding.node == iri("id/link/pact/party/firm")
    assert english(finding.message).endswith("such as sch:role/party (found: sch:role/partner)")
    assert finding.evidence == (iri("evidence/paper/1"),)
    assert finding.file == str(tmp_path / "little.trig")


def test_a_finding_about_a_source_leads_to_the_file_that_describes_it(tmp_path: Path) -> None:
    good = graph_file(tmp_path, SOURCE + in_evidence(FIRM), "good.trig")
    bad = graph_file(tmp_path, "<source/page> a hx:Source ; hx:quality <scheme/quality/agency> .", "bad.trig")
    (finding,) = build.check([good, bad]).findings
    assert (finding.rule, finding.file) == ("Source/publisher", str(bad))


def test_one_run_finds_everything(tmp_path: Path) -> None:
    text = (
        "<source/paper> a hx:Source ; hx:quality <scheme/quality/newspaper> .\n"
        + SOURCE.partition("\n")[2]
        + in_evidence(
            f"{FIRM} <id/firm> hx:sector <scheme/sector/moon>, <scheme/sector/firm> ; hx:webDomain 'HTTP://X' ."
        )
        + in_evidence(FIRM, 2)
        + "<id/stray> hx:city 'Baoji'@en ."
    )
    assert rules_and_nodes(tmp_path, text) == [
        ("evidence", iri("id/stray")),
        ("evidence", iri("evidence/paper/2")),
        ("Organisation/sector", iri("id/firm")),
        ("Organisation/sector", iri("id/firm")),
        ("Organisation/webDomain", iri("id/firm")),
        ("Source/publisher", iri("source/paper")),
    ]


CATALOG = """<graphs/catalog> a dcat:Catalog .
<graphs/little> a dcat:Dataset ; hx:fileName "little.trig" ;
  hx:expectedLinks {0} ; hx:expectedActors 1 ; hx:expectedEvidence 1 ; hx:expectedSources 1 .
"""


def catalogued(folder: Path, catalog: str) -> list[tuple[str, str, str | None]]:
    folder.mkdir(exist_ok=True)
    graph_file(folder, SOURCE + in_evidence(FIRM))
    graph_file(folder, catalog, "catalog.ttl")
    return [(finding.rule, english(finding.message), finding.file) for finding in build.check([folder]).findings]


def test_a_satisfied_catalogue_has_no_findings(tmp_path: Path) -> None:
    assert catalogued(tmp_path, CATALOG.format(0)) == []


def test_a_file_with_less_than_declared_is_found(tmp_path: Path) -> None:
    content = "little.trig contains 0 links, 1 organisations, 1 pieces of evidence and 1 sources"
    declaration = "the catalogue declares 2 links, 1 organisations, 1 pieces of evidence and 1 sources"
    assert catalogued(tmp_path, CATALOG.format(2)) == [
        ("catalog", f"{content}, but {declaration}", str(tmp_path / "little.trig"))
    ]


def test_a_declared_yield_that_is_not_a_number_is_found(tmp_path: Path) -> None:
    ((rule, message, _),) = catalogued(tmp_path, CATALOG.format('"two"'))
    assert (rule, message.partition("declares ")[2][:9]) == ("catalog", "two links")


def test_a_file_that_is_missing_or_not_listed_is_found(tmp_path: Path) -> None:
    assert catalogued(tmp_path, CATALOG.format(0).replace("little.trig", "other.trig")) == [
        (
            "catalog",
            "the catalogue has no complete entry for this file; add one",
            str(tmp_path / "catalog.ttl"),
        ),
        (
            "catalog",
            "the catalogue lists other.trig, but the file is missing",
            str(tmp_path / "catalog.ttl"),
        ),
    ]


def test_each_catalogue_describes_its_own_folder(tmp_path: Path) -> None:
    for name in ("one", "two"):
        catalogued(tmp_path / name, CATALOG.format(0))
    assert build.check([tmp_path / "one", tmp_path / "two"]).findings == ()


def test_messages_of_shapes_are_in_the_requested_language(tmp_path: Path) -> None:
    file = graph_file(
        tmp_path, SOURCE + in_evidence("<id/x> a hx:Actor, hx:Organisation, hx:Firm ; hx:region 'Shaanxi'@en .")
    )
    (first,), (second,) = (build.check([file], lang).findings for lang in ("en", "zh"))
    assert (first.rule, first.node) == (second.rule, second.node)
    assert localise(first.message, "en").startswith("give it a preferred name")
    assert "首选名称" in localise(second.message, "zh")


def test_the_progress_counts_each_rule_once(tmp_path: Path) -> None:
    counted: list[int] = []

    def progress(numbers: Iterable[int]) -> Iterable[int]:
        for number in numbers:
            yield number
            counted.append(number)

    assert build.check([graph_file(tmp_path, SOURCE + in_evidence(FIRM))], "en", progress).conforms
    assert len(counted) > 200
    assert counted == list(range(len(counted)))
