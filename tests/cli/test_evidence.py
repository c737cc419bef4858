"""`kg evidence`: sources, positions, statements and digests."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from helpers.stores import SMALL, Done, error_of, kg, make

from kg.query.evidence import digest
from kg.terms import EVIDENCE

SENTENCE = "The North and Anvil Works signed in May."
DOCUMENT = f"Nowhere, 1 June. {SENTENCE} Others too."
START = DOCUMENT.index(SENTENCE)


@pytest.mark.parametrize("word", ["ev:signed", "signed", EVIDENCE + "signed"])
def test_evidence_is_found_by_prefix_key_or_iri(small: Path, word: str) -> None:
    done = kg("evidence", word, "--format", "json", store=small)
    assert (done.status, done.err) == (0, "")
    rows = json.loads(done.out)
    assert list(rows[0]) == ["evidence", "field", "value"]
    fields = {row["field"]: row["value"] for row in rows}
    assert fields["publisher"] == "The Gazette of Nowhere"
    assert fields["address"] == "https://gazette.example/2025/1"
    assert fields["note"] == "Signed in May."
    assert any("id:link/pact hx:stage sch:stage/signed" in row["value"] for row in rows if row["field"] == "statement")


def test_several_iris_may_be_passed_as_an_answer_lists_them(small: Path) -> None:
    done = kg("evidence", f"{EVIDENCE}again {EVIDENCE}plan", "ev:built", "--format", "json", store=small)
    named = dict.fromkeys(row["evidence"].rpartition("/")[2] for row in json.loads(done.out))
    assert list(named) == ["again", "plan", "built"]


README = Path(__file__).resolve().parents[2] / "README.md"


@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (("unknown",), 1, "kg: there is no evidence 'unknown' in this store"),
        (("<x>",), 1, "kg: '<x>' is not an IRI"),
        (("ev:plan", "--document", "missing.txt"), 1, "kg: missing.txt: there is no such file"),
        (("ev:plan", "ev:again", "--document", "x"), 2, "kg: --document requires exactly one evidence IRI"),
        (("ev:plan", "--document", str(README)), 1, "kg: ev:plan has no position or digest"),
    ],
)
def test_an_error_is_one_sentence(small: Path, words: tuple[str, ...], status: int, message: str) -> None:
    assert error_of(kg("evidence", *words, store=small), status=status).startswith(message)


@pytest.fixture
def placed(tmp_path: Path) -> Path:
    """A store in which one piece of evidence has a position and a digest."""
    graph = tmp_path / "placed.trig"
    position = f'hx:start {START} ; hx:end {START + len(SENTENCE)} ; hx:digest "{digest(SENTENCE)}"'
    text = SMALL.read_text(encoding="utf-8").replace('dct:description "Signed in May."@en', position)
    graph.write_text(text, encoding="utf-8")
    make(tmp_path / "store", graph)
    return tmp_path / "store"


def test_a_document_is_verified_against_the_digest(placed: Path, tmp_path: Path) -> None:
    document = tmp_path / "gazette.txt"
    document.write_text(DOCUMENT, encoding="utf-8")
    assert kg("evidence", "ev:signed", "--document", document, store=placed) == Done(0, SENTENCE + "\n", "")
    document.write_text(DOCUMENT.replace("May", "June"), encoding="utf-8")
    message = error_of(kg("evidence", "ev:signed", "--document", document, store=placed))
    assert message.startswith(
        f"kg: {document}: characters {START} to {START + len(SENTENCE)} do not have the digest of"
    )
    document.write_bytes("签约".encode() + b"\xff")
    assert "no encoding fits; save it as UTF-8" in error_of(
        kg("evidence", "ev:signed", "--document", document, store=placed)
    )
