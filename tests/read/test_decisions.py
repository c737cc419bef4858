"""The file of decisions: written and read without loss, strict, and described by the schema of the docs."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from kg.errors import InputError
from kg.read import decisions, records
from kg.read.decisions import Change, Decision, DocumentDecisions, NameDecision

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "reference" / "decisions.schema.json"
DECIDED = DocumentDecisions(
    "0" * 64,
    "Zhang San",
    "2026-11-29",
    (Decision("a", "accepted"), Decision("b", "changed", Change(stage="planned")), Decision("c", "refused")),
    (NameDecision("Firm", "Peak Steel", actor="https://w3id.org/helix-kg/id/peak-steel"),),
    quality="newspaper",
    steps=12,
)


def test_a_file_is_read_as_written_and_as_the_schema_describes(tmp_path: Path) -> None:
    path = tmp_path / "a.decisions.json"
    decisions.write_decisions(path, (DECIDED,))
    assert decisions.read_decisions(path) == (DECIDED,)
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert schema == records.schema(decisions.DecisionFile, "Helix KG decisions")
    jsonschema.Draft202012Validator(schema).validate(json.loads(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("day", "29.11.2026", "the day '29.11.2026' is not YYYY-MM-DD"),
        ("reviewer", " ", "the reviewer has no name"),
        ("decisions", [{"proposal": "a", "verdict": "maybe"}], "the verdict 'maybe' must be accepted"),
        ("decisions", [{"proposal": "a", "verdict": "changed"}], "the verdict 'changed' must be accepted"),
        ("decisions", [{"proposal": "a", "verdict": "refused"}] * 2, "two verdicts about a"),
        ("sure", True, "there is no field 'sure'"),
    ],
)
def test_a_file_that_does_not_conform_is_refused(tmp_path: Path, field: str, value: object, message: str) -> None:
    path = tmp_path / "a.decisions.json"
    decisions.write_decisions(path, (DECIDED,))
    content = json.loads(path.read_text(encoding="utf-8"))
    content["documents"][0][field] = value
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(InputError, match=message):
        decisions.read_decisions(path)


@pytest.mark.parametrize("text", ["{", "[" * 100_000, '{"format": "other"}', "[]"])
def test_another_file_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.decisions.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"cannot be read|is not a file of decisions"):
        decisions.read_decisions(path)
