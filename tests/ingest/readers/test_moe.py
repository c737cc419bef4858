"""The list of the Ministry of Education: institutions, competent departments, renamings."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from helpers.moe_lists import HEADER
from helpers.samples import ingested, refused, rows, skipped, used
from helpers.terms import value_of

from kg.errors import InputError
from kg.ingest import build
from kg.ingest.readers.moe import MOE

if TYPE_CHECKING:
    from pathlib import Path

CHANGES = "code,name_2017,name_2025,dept_2017,dept_2025,city_2017,city_2025\n"


def listed(folder: Path, *lines: str, header: str = HEADER) -> Path:
    path = folder / "list.csv"
    path.write_text(header + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return path


def test_an_institution_has_a_code_and_a_link_with_its_department(tmp_path: Path) -> None:
    (record,) = used(rows(MOE, listed(tmp_path, "1,北京大学,4111010001,教育部,北京市,北京市,本科,")))
    university, ministry = record.actors
    assert (university.key, university.kind) == ("moe/4111010001", "University")
    assert [(one.scheme, one.value) for one in university.identifiers] == [("moeCode", "4111010001")]
    assert (ministry.key, ministry.kind) == ("moe/department/教育部", "GovernmentDepartment")
    (link,) = record.links
    assert [(part.actor, part.role) for part in link.participations] == [
        ("moe/4111010001", "supervised"),
        ("moe/department/教育部", "competentDepartment"),
    ]


@pytest.mark.parametrize(
    ("name", "level", "kind"),
    [
        ("北京大学", "本科", "University"),
        ("北京科技职业大学", "本科", "VocationalCollege"),
        ("天津职业技术师范大学", "本科", "University"),
        ("河北外国语学院", "专科", "VocationalCollege"),
    ],
)
def test_vocational_colleges_are_recognised(tmp_path: Path, name: str, level: str, kind: str) -> None:
    (record,) = used(rows(MOE, listed(tmp_path, f"1,{name},4111010001,教育部,北京市,北京市,{level},")))
    assert record.actors[0].kind == kind


def test_two_departments_in_one_cell_are_separated(tmp_path: Path) -> None:
    (record,) = used(rows(MOE, listed(tmp_path, "1,上海科技大学,4131014423,上海市 中国科学院,上海市,上海市,本科,")))
    assert [(actor.key, actor.kind) for actor in record.actors[1:]] == [
        ("moe/department/上海市", "GovernmentDepartment"),
        ("moe/department/中国科学院", "ResearchInstitute"),
    ]


def test_a_renaming_is_a_change_event_but_a_line_break_is_not(tmp_path: Path) -> None:
    path = listed(
        tmp_path,
        "4111010858,北京电子科技职业学院,北京科技职业大学,北京市,北京市,北京市,北京市",
        '4113010101,"河北职业\n学院",河北职业学院,河北省,河北省教育厅,x,x',
        header=CHANGES,
    )
    parsed = rows(MOE, path)
    (record,) = used(parsed)
    (change,) = record.changes
    assert (change.original, change.resulting) == (("moe/4111010858/2017",), ("moe/4111010858",))
    assert skipped(parsed) == [(3, "same-name")]
    now = record.actors[1]
    assert [(name.text, name.preferred) for name in now.names] == [
        ("北京科技职业大学", True),
        ("北京电子科技职业学院", False),
    ]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("1,北京大学,411101,教育部,北京市,北京市,本科,", (2, "code", "411101")),
        ("1,,4111010001,教育部,北京市,北京市,本科,", (2, "name", "")),
    ],
)
def test_an_invalid_row_is_refused(tmp_path: Path, line: str, expected: tuple[int, str, str]) -> None:
    assert refused(rows(MOE, listed(tmp_path, line))) == [expected]


def test_an_unknown_level_is_left_open(tmp_path: Path) -> None:
    (record,) = used(rows(MOE, listed(tmp_path, "1,北京大学,4111010001,教育部,,北京市,研究生,")))
    assert (record.left_open, record.actors[0].kind, record.actors[0].region) == (
        (("level", "研究生"),),
        "University",
        (),
    )


def test_a_file_without_the_columns_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"list\.csv:1: the column dept is missing"):
        rows(MOE, listed(tmp_path, header="name,code,department,province,city,level\n"))


def test_the_real_lists(shared: Path) -> None:
    folder = shared / "data" / "cn_moe_heis"
    quads, tally = ingested(
        MOE, folder / "moe_2025-06-20.csv", folder / "changes_2017_2025.csv", edition=date(2025, 6, 20)
    )
    assert (tally.read, tally.used, tally.skipped, tally.refused, tally.aside) == (
        2919 + 123,
        2919 + 108,  # 113 names differ, five of them only by a line break
        (("same-name", 15),),
        0,
        (),
    )
    stated = {(quad.predicate.value.rpartition("/")[2], str(quad.object).rpartition("/")[2]) for quad in quads}
    assert ("ontology#role", "competentDepartment>") in stated
    departments = {
        value_of(quad.subject)
        for quad in quads
        if "/moe/department/" in str(quad.subject) and "link" not in str(quad.subject)
    }
    # 86 different cells; one of them names two departments that other cells name alone
    assert len(departments) == 85
    assert sum(value_of(quad.object).endswith("#ChangeEvent") for quad in quads) == 108
    assert tally.statements == len(quads)


def test_the_result_conforms(shared: Path, tmp_path: Path) -> None:
    """Only a part of the list, because validating all of it is slow."""
    lines = (shared / "data/cn_moe_heis/moe_2025-06-20.csv").read_text(encoding="utf-8").splitlines()
    changes = shared / "data/cn_moe_heis/changes_2017_2025.csv"
    (tmp_path / "part.csv").write_text("\n".join(lines[:150]), encoding="utf-8")
    quads, _ = ingested(MOE, tmp_path / "part.csv", changes, edition=date(2025, 6, 20))
    (tmp_path / "part.nq").write_bytes(ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b"")
    assert build.check([tmp_path / "part.nq"]).findings == ()
