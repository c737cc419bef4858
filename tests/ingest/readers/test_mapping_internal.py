"""Internal columns of a mapping, and the statements of a row that they make internal."""

from __future__ import annotations

import pytest
from helpers.secrets import MAPPING

from kg.errors import InputError
from kg.ingest import statements
from kg.ingest.readers import mapping_parser, table_rows
from kg.ingest.readers.records import Record, RowLocation

CELLS = dict.fromkeys(("No.", "标题", "单位", "类型", "签订", "备注", "负责人", "签约人", "经费", "出资"), "") | {
    "No.": "1",
    "单位": "乙电子技术有限公司",
    "类型": "共建",
    "备注": "续签",
    "负责人": "张某",
    "签约人": "李某",
    "经费": "50",
}


def read(text: str) -> Record:
    row = table_rows.row(mapping_parser.read(text, "m.yaml"), RowLocation("台账.csv", 2), CELLS)
    assert isinstance(row, Record), row
    return row


def divided(record: Record) -> tuple[str, str]:
    """Return the public and the internal statements as text, each with its description."""
    public = list(statements.evidence_statements(record))
    internal = statements.internal_statements(record, public)
    described = (statements.evidence_description(record, internal=flag) for flag in (False, True))
    return tuple(  # type: ignore[return-value]
        "\n".join(" ".join(one) for one in (*stated, *description))
        for stated, description in zip((public, internal), described, strict=True)
    )


@pytest.mark.parametrize("value", ["续签", "张某", "李某", '"50"', "Row 2 of 台账.csv"])
def test_a_value_is_internal(value: str) -> None:
    public, internal = divided(read(MAPPING))
    assert value not in public
    assert value in internal


@pytest.mark.parametrize(
    ("value", "change"),
    [
        ("续签", ("internal: [", "public: [备注]\ninternal: [")),
        ("李某", ("internal: [", "public: [签约人]\ninternal: [")),
        ('"50"', ("internal: [经费, ", "internal: [")),
        ("Row 2 of 台账.csv", (", location: internal", "")),
    ],
)
def test_a_value_is_public_by_choice(value: str, change: tuple[str, str]) -> None:
    public, internal = divided(read(MAPPING.replace(*change)))
    assert value in public
    assert "张某" in internal


def test_the_row_is_evidence_of_its_public_statements_only() -> None:
    record = read(MAPPING)
    assert statements.evidence(record, internal=True) == statements.evidence(record)[:-1] + "/internal>"
    public, internal = divided(record)
    assert "乙电子技术有限公司" in public
    assert "prefLabel" not in "".join(line for line in internal.splitlines() if "乙电子" in line)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("internal: [经费", "internal: [单位"), "m.yaml:4:12: 单位 cannot be internal"),
        (("internal: [经费", "internal: [签订"), "签订 cannot be internal"),
        (("internal: [经费", "internal: [类型"), "类型 cannot be internal"),
        (("internal: [", "public: [经费]\ninternal: ["), "经费 is not internal by default"),
        (("internal: [", "public: [单位]\ninternal: ["), "单位 is not internal by default"),
        (("location: internal", "location: secret"), "secret"),
    ],
)
def test_a_mapping_is_refused(change: tuple[str, str], message: str) -> None:
    with pytest.raises(InputError) as error:
        mapping_parser.read(MAPPING.replace(*change), "m.yaml")
    assert message in str(error.value)
