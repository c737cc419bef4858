"""Digests, and the verification of documents against evidence."""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from helpers.stores import kg
from helpers.turtle import iri
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DataError, InputError
from kg.query import evidence
from kg.query.cards import EvidenceCard
from kg.store.local import LocalStore

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.store.view import View

SENTENCE = "Norðurál og\u00a0 Háskóli  Íslands\tundirrituðu samning."
CARD = EvidenceCard(
    iri("evidence/x/1"), iri("source/x"), start=7, end=7 + len(SENTENCE), digest=evidence.digest(SENTENCE)
)
BLANKS = st.text(" \t\n\r\u00a0\u3000", min_size=1, max_size=3)


@pytest.fixture(scope="module")
def view(built: Path) -> Iterator[View]:
    with LocalStore(built).view() as opened:
        yield opened


def test_a_digest_is_the_sha256_of_the_normalised_sentence() -> None:
    words = "Norðurál og Háskóli Íslands undirrituðu samning."
    assert evidence.digest(SENTENCE) == "sha256:" + hashlib.sha256(words.encode()).hexdigest()


@given(st.text())
def test_normalising_twice_changes_nothing_more(text: str) -> None:
    once = evidence.normalise(text)
    assert evidence.normalise(once) == once


@given(st.text())
def test_normalised_text_is_composed_with_single_spaces(text: str) -> None:
    normalised = evidence.normalise(text)
    assert unicodedata.is_normalized("NFC", normalised)
    assert normalised == " ".join(normalised.split())


@given(st.text())
def test_composed_and_decomposed_letters_have_one_digest(text: str) -> None:
    assert evidence.digest(unicodedata.normalize("NFD", text)) == evidence.digest(unicodedata.normalize("NFC", text))


@given(st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1), min_size=1), st.data())
def test_the_width_of_white_space_does_not_matter(words: list[str], data: st.DataObject) -> None:
    spaced = data.draw(BLANKS).join(words)
    assert evidence.digest(data.draw(BLANKS) + spaced) == evidence.digest(" ".join(words))


@given(st.text(min_size=1), st.text(min_size=1))
def test_other_words_have_another_digest(one: str, other: str) -> None:
    same = evidence.normalise(one) == evidence.normalise(other)
    assert (evidence.digest(one) == evidence.digest(other)) == same


def test_a_matching_document_yields_the_sentence() -> None:
    assert evidence.check(CARD, f"First. {SENTENCE} Last.", Path("x.txt")) == SENTENCE


@pytest.mark.parametrize(
    "text",
    [f"Second. {SENTENCE} Last.", f"First. {SENTENCE.replace('og', 'eða')} Last.", "First. ", ""],
    ids=["moved", "changed", "cut off", "empty"],
)
def test_another_version_of_the_document_is_refused(text: str) -> None:
    with pytest.raises(
        DataError, match=r"x\.txt: characters 7 to \d+ do not have the digest of ev:x/1; pass the version"
    ):
        evidence.check(CARD, text, Path("x.txt"))


@pytest.mark.parametrize(
    "card",
    [replace(CARD, start=None), replace(CARD, end=None), replace(CARD, digest=None)],
    ids=["start", "end", "digest"],
)
def test_evidence_without_a_place_or_a_digest_cannot_be_checked(card: EvidenceCard) -> None:
    with pytest.raises(DataError, match="has no position or digest"):
        evidence.check(card, SENTENCE, Path("x.txt"))


SENTENCES = [
    (0, 168, "On November 8, Xi'an University of Technology"),
    (599, 717, "A notable addition is"),
    (1258, 1419, "The conference also included the signing"),
    (1903, 2135, "The event concluded with"),
]


@pytest.mark.parametrize(("start", "end", "opening"), SENTENCES)
def test_the_first_source_matches_its_evidence(built: Path, shared: Path, start: int, end: int, opening: str) -> None:
    document = shared / "corpus" / "first-source.txt"
    done = kg("evidence", f"ev:chinadaily-2025-11-11/s{start}-{end}", "--document", document, store=built)
    assert done.status == 0
    assert done.out.startswith(opening)
    assert len(done.out.rstrip("\n")) == end - start


def test_a_changed_first_source_is_refused(built: Path, shared: Path, tmp_path: Path) -> None:
    text = (shared / "corpus" / "first-source.txt").read_text(encoding="utf-8")
    changed = tmp_path / "changed.txt"
    changed.write_text(text.replace("36 enterprises", "63 enterprises"), encoding="utf-8")
    done = kg("evidence", "ev:chinadaily-2025-11-11/s1258-1419", "--document", changed, store=built)
    assert (done.status, done.out) == (1, "")
    assert "characters 1258 to 1419 do not have the digest of ev:chinadaily-2025-11-11/s1258-1419" in done.err


@pytest.mark.parametrize(
    "text",
    [
        "ev:chinadaily-2025-11-11/address",
        "chinadaily-2025-11-11/address",
        iri("evidence/chinadaily-2025-11-11/address"),
    ],
)
def test_evidence_is_found_by_each_form_of_its_iri(view: View, text: str) -> None:
    assert evidence.find(view, text).iri == iri("evidence/chinadaily-2025-11-11/address")


@pytest.mark.parametrize("text", ["ev:nowhere/1", "id:huawei", iri("id/huawei"), "ev:a b", "<ev>", ""])
def test_an_unknown_evidence_iri_is_reported(view: View, text: str) -> None:
    with pytest.raises(InputError, match=r"copy an IRI from the evidence column|is not an IRI"):
        evidence.find(view, text)


def test_a_description_lists_fields_origin_and_every_statement(view: View) -> None:
    table = evidence.describe(view, evidence.find(view, "ev:editors/inference/li-zhijun-xaut-2025-11-08")).localise(
        "en"
    )
    rows = [(field, value) for _, field, value in table.rows]
    assert ("reading", "inference") in rows
    assert ("publisher", "Helix KG editors") in rows
    assert [value for field, value in rows if field == "derived from"] == [
        iri("evidence/chinadaily-2025-11-11/s890-1095"),
        iri("evidence/editors/inference/xaut-2025-date"),
    ]
    holding, day = "id:holding/li-zhijun-xaut-2025-11-08", '"2025-11-08"^^<http://www.w3.org/2001/XMLSchema#date>'
    assert [value for field, value in rows if field == "statement"] == [
        f"{holding} hx:attestedEarliest {day}",
        f"{holding} hx:attestedLatest {day}",
    ]
