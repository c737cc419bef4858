"""Validation: evidence rules and the content of findings."""

from __future__ import annotations

import re
from dataclasses import replace
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
PACT = '<id/link/pact> a hx:Link, hx:Partnership ; skos:prefLabel "Pact"@en ; hx:kind <scheme/kind/Partnership> ;'
MISSPELT = ("hx:regoin 'Shaanxi'@en", "a hx:Frim")
OUTSIDE = {
    FIRM: "id/firm",
    "<id/firm> hx:region 'Shaanxi'@en .": "id/firm",
    "<id/link/pact> hx:participation <id/link/pact/party/firm> .": "id/link/pact",
    f"{FIRM} <id/firm> a hx:Source .": "id/firm",
    f"{in_evidence(FIRM)} <id/firm> a skos:Concept ; hx:region 'Shaanxi'@en .": "id/firm",
    f"<ontology> {{ {FIRM} }}": "id/firm",
    f"{in_evidence(FIRM)} <ontology> {{ <id/firm> hx:region 'Shaanxi'@en }}": "id/firm",
}
"""Forms of a statement outside evidence, with its node."""

WRONG = {
    **{form: in_evidence("<id/other> a hx:Actor, hx:Person ; skos:prefLabel 'Li'@en .") + form for form in OUTSIDE},
    **{statement: in_evidence(f"{FIRM} <id/firm> {statement} .") for statement in MISSPELT},
    "an undescribed graph": in_evidence(FIRM) + in_evidence(FIRM, 2),
    "a description in the graph itself": in_evidence(FIRM)
    + in_evidence(
        f"{FIRM} <evidence/paper/2> a hx:Evidence ; hx:source <source/paper> ; hx:reading <scheme/reading/record> .", 2
    ),
    "evidence of nothing": "",
    "a blank node": in_evidence(
        f"""{FIRM} {PACT} hx:participation
        [ a hx:Participation ; hx:participant <id/firm> ; hx:role <scheme/role/party> ] ."""
    ),
    "an actor without a name": in_evidence("[] a hx:Actor, hx:Organisation, hx:Firm ."),
    "a node without a class": in_evidence(f"{FIRM} <id/link/pact> skos:prefLabel 'Pact'@en ."),
    "bounds out of order": in_evidence(
        """<id/event/fair> a hx:Event ; skos:prefLabel "Fair"@en ;
        hx:startEarliest "2025-11-09"^^xsd:date ; hx:startLatest "2025-11-08"^^xsd:date ."""
    ),
    "an unknown role": in_evidence(
        f"""{FIRM} {PACT} hx:participation <id/link/pact/party/firm> .
        <id/link/pact/party/firm> a hx:Participation ; hx:participant <id/firm> ; hx:role <scheme/role/partner> ."""
    ),
    "a source without a publisher": in_evidence(FIRM)
    + "<source/page> a hx:Source ; hx:quality <scheme/quality/agency> .",
    "an unnamed firm": in_evidence("<id/x> a hx:Actor, hx:Organisation, hx:Firm ; hx:region 'Shaanxi'@en ."),
    "many errors": SOURCE.replace('dct:publisher "The Paper" ;', "")
    + in_evidence(f"{FIRM} <id/firm> hx:sector <scheme/sector/moon>, <scheme/sector/firm> ; hx:webDomain 'HTTP://X' .")
    + in_evidence(FIRM, 2)
    + "<id/stray> hx:city 'Baoji'@en .",
}
"""Wrong graphs of evidence of `SOURCE`."""

_OWN = re.compile("<(id/link/|id/event/|id/|evidence/|source/)")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Finding]]:
    """The findings of one run about WRONG, each in a file and with names of its own, which are removed again.

    A finding about a blank node has no file.
    """
    folder = tmp_path_factory.mktemp("wrong")
    files = [
        graph_file(
            folder,
            _OWN.sub(rf"<\g<1>n{number}-", text if text.startswith("<source/") else SOURCE + text),
            f"n{number}.trig",
        )
        for number, text in enumerate(WRONG.values())
    ]
    findings = build.check(files).findings
    assert {finding.file for finding in findings} == {None, *map(str, files)}
    return {
        what: [_alone(finding, f"{file.stem}-") for finding in findings if finding.file == str(file)]
        for what, file in zip(WRONG, files, strict=True)
    } | {"": [finding for finding in findings if finding.file is None]}


def _alone(finding: Finding, name: str) -> Finding:
    """Return `finding` with the names that its graph had alone."""
    evidence = tuple(one.replace(name, "") for one in finding.evidence)
    return replace(finding, node=finding.node.replace(name, ""), evidence=evidence)


def rules_and_nodes(findings: Iterable[Finding]) -> list[tuple[str, str]]:
    """Return rule and node of each finding."""
    return [(finding.rule, finding.node) for finding in findings]


def findings(folder: Path, text: str) -> tuple[Finding, ...]:
    return build.check([graph_file(folder, text)]).findings


def test_the_shipped_graphs_conform() -> None:
    assert build.check([]).findings == ()


def test_a_small_graph_conforms(tmp_path: Path) -> None:
    assert findings(tmp_path, SOURCE + in_evidence(FIRM)) == ()


@pytest.mark.parametrize("form", OUTSIDE)
def test_a_statement_outside_evidence_is_found_in_every_form(form: str, found: dict[str, list[Finding]]) -> None:
    (finding,) = (finding for finding in found[form] if finding.rule == "evidence")
    assert finding.node == iri(OUTSIDE[form])
    assert "is stated outside any evidence graph; move it into" in english(finding.message)


def test_sources_concepts_and_the_catalogue_may_stand_outside(tmp_path: Path) -> None:
    text = """<scheme/field> a skos:ConceptScheme ; skos:prefLabel "fields"@en .
    <scheme/field/x> a skos:Concept ; skos:inScheme <scheme/field> .
    <graphs/catalog> a dcat:Catalog ; dcat:dataset <graphs/x> . <graphs/x> a dcat:Dataset ; dct:title "X"@en .
    """
    assert findings(tmp_path, SOURCE + text + in_evidence(FIRM)) == ()


def test_an_undescribed_graph_is_found(found: dict[str, list[Finding]]) -> None:
    (finding,) = found["an undescribed graph"]
    assert (finding.rule, finding.node, finding.evidence) == (
        "evidence",
        iri("evidence/paper/2"),
        (iri("evidence/paper/2"),),
    )
    assert "not described as hx:Evidence" in english(finding.message)


def test_a_description_inside_the_graph_itself_does_not_count(found: dict[str, list[Finding]]) -> None:
    assert ("evidence", iri("evidence/paper/2")) in rules_and_nodes(found["a description in the graph itself"])


def test_evidence_that_supports_nothing_is_found_with_its_file(found: dict[str, list[Finding]]) -> None:
    (finding,) = found["evidence of nothing"]
    assert (finding.rule, finding.node) == ("evidence", iri("evidence/paper/1"))
    assert finding.message == "this evidence supports no statement; put the statements into its graph, or remove it"


def test_a_blank_node_is_found(found: dict[str, list[Finding]]) -> None:
    (finding,) = found["a blank node"]
    assert (finding.rule, finding.node) == ("name", iri("evidence/paper/1"))
    assert english(finding.message).endswith(
        "is stated with a blank node, which other evidence cannot refer to; use an IRI"
    )


def test_a_finding_about_a_blank_node_is_the_same_each_time(found: dict[str, list[Finding]], tmp_path: Path) -> None:
    what = "an actor without a name"
    alone = findings(tmp_path, SOURCE + WRONG[what])
    assert (
        rules_and_nodes([*found[what], *found[""]])
        == rules_and_nodes(alone)
        == [
            ("name", iri("evidence/paper/1")),
            ("Organisation/prefLabel", "[]"),
        ]
    )


@pytest.mark.parametrize("statement", MISSPELT)
def test_a_misspelt_term_is_found_and_named(statement: str, found: dict[str, list[Finding]]) -> None:
    (finding,) = found[statement]
    assert (finding.rule, finding.node, finding.evidence) == ("term", iri("id/firm"), (iri("evidence/paper/1"),))
    assert (
        finding.message
        == f"{statement.split()[statement.startswith('a ')]} is not a term of the ontology; check its spelling"
    )


def test_a_node_without_a_class_is_found(found: dict[str, list[Finding]]) -> None:
    assert rules_and_nodes(found["a node without a class"]) == [("class", iri("id/link/pact"))]


def test_bounds_out_of_order_are_found_where_one_source_states_them(found: dict[str, list[Finding]]) -> None:
    (finding,) = found["bounds out of order"]
    assert (finding.rule, finding.node, finding.evidence) == ("dates", iri("id/event/fair"), (iri("evidence/paper/1"),))
    assert finding.message == (
        "hx:startEarliest (2025-11-09) is after hx:startLatest (2025-11-08); correct one of the two dates"
    )


def test_sources_may_disagree_about_a_date(tmp_path: Path) -> None:
    event = """<id/event/fair> a hx:Event ; skos:prefLabel "Fair"@en ;
      hx:startEarliest "2025-{0}"^^xsd:date ; hx:startLatest "2025-{0}"^^xsd:date ."""
    second = "<evidence/paper/2> a hx:Evidence ; hx:source <source/paper> ; hx:reading <scheme/reading/record> ."
    text = SOURCE + second + in_evidence(event.format("11-08")) + in_evidence(event.format("03-12"), 2)
    assert findings(tmp_path, text) == ()


def test_an_end_in_the_year_of_a_known_start_is_in_order(tmp_path: Path) -> None:
    event = """<id/event/fair> a hx:Event ; skos:prefLabel "Fair"@en ;
      hx:startEarliest "2025-05-01"^^xsd:date ; hx:startLatest "2025-05-31"^^xsd:date ;
      hx:endEarliest "2025-01-01"^^xsd:date ; hx:endLatest "2025-12-31"^^xsd:date ."""
    assert findings(tmp_path, SOURCE + in_evidence(event)) == ()


def test_a_finding_about_a_participation_leads_to_the_evidence_and_the_file(found: dict[str, list[Finding]]) -> None:
    (finding,) = found["an unknown role"]
    assert finding.rule == "Participation/role"
    assert finding.node == iri("id/link/pact/party/firm")
    assert english(finding.message).endswith("such as sch:role/party (found: sch:role/partner)")
    assert finding.evidence == (iri("evidence/paper/1"),)


def test_a_finding_about_a_source_leads_to_the_file_that_describes_it(found: dict[str, list[Finding]]) -> None:
    (finding,) = found["a source without a publisher"]
    assert (finding.rule, finding.node) == ("Source/publisher", iri("source/page"))


def test_one_run_finds_everything(found: dict[str, list[Finding]]) -> None:
    assert rules_and_nodes(found["many errors"]) == [
        ("evidence", iri("id/stray")),
        ("evidence", iri("evidence/paper/2")),
        ("Organisation/sector", iri("id/firm")),
        ("Organisation/sector", iri("id/firm")),
        ("Organisation/webDomain", iri("id/firm")),
        ("Source/publisher", iri("source/paper")),
    ]


def test_messages_of_shapes_are_in_the_requested_language(found: dict[str, list[Finding]], tmp_path: Path) -> None:
    (first,) = found["an unnamed firm"]
    (second,) = build.check([graph_file(tmp_path, SOURCE + WRONG["an unnamed firm"])], "zh").findings
    assert (first.rule, first.node) == (second.rule, second.node)
    assert localise(first.message, "en").startswith("give it a preferred name")
    assert "首选名称" in localise(second.message, "zh")


def test_the_progress_counts_each_query_once(tmp_path: Path) -> None:
    counted: list[int] = []

    def progress(numbers: Iterable[int]) -> Iterable[int]:
        for number in numbers:
            yield number
            counted.append(number)

    assert build.check([graph_file(tmp_path, SOURCE + in_evidence(FIRM))], "en", progress).conforms
    assert len(counted) > 10
    assert counted == list(range(len(counted)))
