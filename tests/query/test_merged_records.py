"""Questions about organisations: records that count as one are one organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.questions import rows
from helpers.stores import make
from helpers.texts import english
from helpers.turtle import SOURCE, graph_file, in_evidence, iri

from kg.query import cards, run
from kg.query.questions import find
from kg.store.local import LocalStore
from kg.terms import BASE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.store.view import View

TWICE = """<id/u> a hx:Actor, hx:Organisation, hx:University ; skos:prefLabel 'U'@en .
<id/list/u> a hx:Actor, hx:Organisation, hx:University ; skos:prefLabel 'U'@en ; hx:countsAs <id/u> ;
  org:identifier 'Q16954'^^hx:wikidataId ; hx:seat <id/place/p> .
<id/place/p> a hx:Place ; skos:prefLabel 'P'@en ; hx:latitude 34.25 ; hx:longitude 108.9 .
<id/v> a hx:Actor, hx:Organisation, hx:University ; skos:prefLabel 'V'@en .
<scheme/field/steel> a skos:Concept ; skos:inScheme <scheme/field> ; skos:prefLabel 'steel'@en .
<id/link/a> a hx:Link, hx:Agreement ; hx:kind <scheme/kind/CooperationAgreement> ; hx:topic <scheme/field/steel> ;
  hx:participation <id/link/a/u> .
<id/link/a/u> a hx:Participation ; hx:role <scheme/role/party> ; hx:participant <id/list/u> .
"""


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    folder = tmp_path_factory.mktemp("merged")
    make(folder / "store", graph_file(folder, SOURCE + in_evidence(TWICE)))
    with LocalStore(folder / "store").view() as opened:
        yield opened


def test_a_link_of_another_record_closes_the_gap_of_a_university(view: View) -> None:
    assert [row["university"] for row in rows(view, "gaps-in-chain", chain=iri("scheme/field/steel"))] == ["id/v"]


def test_an_organisation_has_the_identifiers_of_its_records(view: View) -> None:
    assert [row["organisation"] for row in rows(view, "missing-identifiers")] == ["id/v"]


def test_a_frame_counts_an_organisation_once(view: View) -> None:
    table = run.answer_question(view, find("links-by-education-level"), {}, "en")
    assert english(table.notes[0]) == "0 of 2 universities and colleges have a level of education."


def test_an_organisation_has_the_seat_of_its_record(view: View) -> None:
    assert cards.seats(view, [BASE + "id/u"])[BASE + "id/u"].latitude == 34.25
