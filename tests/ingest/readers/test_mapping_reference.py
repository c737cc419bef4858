"""The reference of the mapping is true: every example parses, and the schema accepts what the parser accepts."""

from __future__ import annotations

import jsonschema
import pytest
import yaml

from kg.errors import InputError
from kg.ingest.readers import mapping_parser, mapping_reference
from kg.ingest.readers.mapping_keys import SECTIONS, TYPES
from kg.ingest.readers.table import TABLE

CONSTANT = """
source: {key: s, publisher: P, quality: university, licence: none, language: zh}
sheet: 台账
header: {contains: [序号]}
row: {key: 序号}
skip: {totals: {rows: totals}, draft: {column: 状态, is: 草稿}}
fill_down: 学院
empty: [/, 无]
actors:
  us: {kind: University, name: {zh: 甲大学}}
  school: {key: 学院, kind: Unit, unit_of: us}
  partner: {key: [单位], kind: {column: 性质, of: {企业: Firm}, otherwise: by name}}
  ministry: {id: moe}
link:
  kind: {column: 类型, of: {捐赠: Donation}}
  parties: [{actor: school, otherwise: us}, {actor: partner}]
  common: school
  term: 期限
  open: [长期]
  money: [{column: 经费, currency: CNY, in: 万元, kind: donation}]
  person: [{column: 负责人}]
  remark: 备注
"""


def is_valid(text: str) -> bool:
    return bool(jsonschema.Draft202012Validator(mapping_reference.schema()).is_valid(yaml.safe_load(text)))


def test_every_key_has_a_type_and_an_example() -> None:
    for keys in SECTIONS.values():
        for key in keys:
            assert key.type in TYPES
            assert key.example.startswith(f"{key.name}: ")
            yaml.safe_load(key.example.replace("…", "x: y"))


@pytest.mark.parametrize("text", [TABLE.example, CONSTANT])
def test_the_schema_accepts_mappings_that_the_parser_accepts(text: str) -> None:
    mapping_parser.read(text, "m.yaml")
    assert is_valid(text)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("header:", "headers:"),
        ("kind: University", "kind: Uni"),
        ("row: {key: 序号}", "row: {}"),
        ("in: 万元", "in: 万"),
    ],
)
def test_the_schema_refuses_mappings_that_the_parser_refuses(old: str, new: str) -> None:
    text = CONSTANT.replace(old, new)
    with pytest.raises(InputError):
        mapping_parser.read(text, "m.yaml")
    assert not is_valid(text)


@pytest.mark.parametrize(
    ("section", "name"), [(section, key.name) for section, keys in SECTIONS.items() for key in keys]
)
def test_the_page_has_every_key(section: str, name: str) -> None:
    after = mapping_reference.page().partition(f"## {mapping_reference.TITLES[section]}\n")[2]
    assert f"| `{name}: " in after.partition("\n## ")[0]
