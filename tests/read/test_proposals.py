"""The file of proposals: written and read without loss, strict, and described by the schema of the docs."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import jsonschema
import pytest

from kg.errors import InputError
from kg.read import proposals, records
from kg.read.model import Attributes, Count, Document, Mention, Party, Proposal, Reading, Refusal, Span, When, digest

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "reference" / "proposals.schema.json"
TEXT = "Lake University and Peak Steel Co., Ltd. signed an agreement on May 3. Over 20 firms attended."


def reading() -> Reading:
    """Return a reading with every kind of content."""
    document = Document("lake", TEXT, digest(TEXT), "en", date="2024-05-04")
    sentence = Span.of(TEXT, 0, 70)
    when = When("2024-05-03", "May 3", inferred=True, reason="date of the page")
    signed = Proposal(
        id="a1",
        relation="signed",
        head=Party("Lake University", "University"),
        tail=Party("Peak Steel Co., Ltd.", "Firm"),
        evidence=(sentence,),
        reader="rules",
        version="1",
        attributes=Attributes(stage="signed", date=when, count=Count(20, None, "firms", approximate=True)),
        confidence=0.9,
        preaccepted=True,
    )
    refusal = Refusal("partOf", "A", "B", "no quote", "quote-not-in-text", "the text has no such words", "rules")
    return Reading(document, (Mention("University", "Lake University", TEXT[:15], 0, 15),), (signed,), (refusal,))


def test_a_file_is_read_as_written(tmp_path: Path) -> None:
    path = tmp_path / "lake.proposals.json"
    proposals.write_proposals(path, [reading()])
    assert proposals.read_proposals(path) == (reading(),)


def test_the_schema_of_the_docs_describes_the_file(tmp_path: Path) -> None:
    path = tmp_path / "lake.proposals.json"
    proposals.write_proposals(path, [reading()])
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert schema == records.schema(proposals.ProposalFile, "Helix KG proposals")
    jsonschema.Draft202012Validator(schema).validate(json.loads(path.read_text(encoding="utf-8")))


def changed(**values: object) -> Reading:
    """Return the reading whose one proposal has other values."""
    one = reading()
    return dataclasses.replace(one, proposals=(dataclasses.replace(one.proposals[0], **values),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (changed(relation="marriedTo"), "'marriedTo' must be one of: signed"),
        (changed(attributes=Attributes(modality="maybe")), "'maybe' must be one of: asserted"),
        (changed(evidence=()), "the proposal has no evidence"),
        (changed(evidence=(Span("Peak", 0, 4, digest("Peak")),)), "the text differs from 'Peak' at offsets 0 to 4"),
        (dataclasses.replace(reading(), document=Document("a", TEXT, "0" * 64, "en")), "another digest"),
    ],
)
def test_a_file_that_does_not_conform_is_refused(tmp_path: Path, wrong: Reading, message: str) -> None:
    path = tmp_path / "lake.proposals.json"
    proposals.write_proposals(path, [wrong])
    with pytest.raises(InputError, match=message):
        proposals.read_proposals(path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", "cannot be read"),
        ('{"readings": []}', "is not a file of proposals of format"),
        ('{"format": "helix-kg proposals 1", "readings": [], "x": 1}', "there is no field 'x'"),
        ('{"format": "helix-kg proposals 1"}', "the field 'readings' is missing"),
        ('{"format": "helix-kg proposals 1", "readings": {}}', "a list is required"),
        ('{"format": "helix-kg proposals 1", "readings": [{"document": {"name": 1}}]}', "is missing"),
    ],
)
def test_a_malformed_file_is_refused_with_its_place(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "x.proposals.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        proposals.read_proposals(path)
