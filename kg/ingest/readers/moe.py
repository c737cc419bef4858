"""The list of higher-education institutions of the Chinese Ministry of Education, and what changed since 2017.

Two kinds of CSV, told apart by their header. The **list**: name, ten-digit code, department in charge (主管部门),
province, city, level; a row is an institution and its link with the department. The **changes**: institutions by code
under their name of 2017 and of 2025; a row is a change event where the name differs. The former institution then has a
key of its own and no code, which has gone on to the one that came of it.

The list calls a department by its name and by nothing else, so that the name is its key. A cell that names two has them
with a space between. Line breaks within a name come from the page that was copied; Chinese names have no spaces.

A vocational college is one of the level 专科 (below a degree), or called 职业… or …专科学校; where the changes give no
level, the name alone decides. A 职业技术师范大学 trains teachers and is a university.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from kg.ingest.readers.input_files import header_of
from kg.ingest.readers.reader import Reader
from kg.ingest.readers.records import (
    Actor,
    Change,
    Dates,
    Identifier,
    Link,
    Name,
    Participation,
    Record,
    Refused,
    Skipped,
    Source,
    key,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ingest.readers.input_files import Inputs
    from kg.ingest.readers.records import Row, RowLocation

LIST = ("name", "code", "dept", "province", "city", "level")
CHANGES = ("code", "name_2017", "name_2025")

_CODE = re.compile(r"[0-9]{10}")
_VOCATIONAL = re.compile(r"职业(?!(技术)?师范)|专科学校")
_NO_DEPARTMENTS = {
    "中国科学院": "ResearchInstitute",
    "中国社会科学院": "ResearchInstitute",
    "中华妇女联合会": "Association",
    "中华全国总工会": "Association",
    "共青团中央": "Association",
}
_BETWEEN = Dates(date(2017, 1, 1), date(2025, 6, 20), precision="year", stated_as="2017–2025")

_MINISTRY = "Ministry of Education of the People's Republic of China"
_HEIS = Source(
    "moe",
    _MINISTRY,
    "official",
    (Name("List of higher-education institutions", "en"), Name("全国高等学校名单", "zh")),
    language="zh",
)
_COMPARED = Source(
    "moe-changes",
    _MINISTRY,
    "official",
    (
        Name("Lists of higher-education institutions of 2017 and 2025, compared by code", "en"),
        Name("全国高等学校名单（2017年与2025年按标识码比对）", "zh"),
    ),
    language="zh",
)


def read(inputs: Inputs) -> Iterator[Row]:
    """The rows of the list or of the changes, whichever each file holds.

    Raises:
        InputError: a file is neither, or cannot be read.
    """
    for path in inputs.paths:
        changes = "name_2017" in header_of(inputs, path)
        for location, row in inputs.table(path, CHANGES if changes else LIST):
            cells = {name: "".join(cell.splitlines()) for name, cell in row.items()}
            wrong = _wrong(location, cells, CHANGES if changes else LIST)
            yield wrong or (_change(location, cells) if changes else _listed(location, cells))


def _wrong(location: RowLocation, cells: dict[str, str], needs: tuple[str, ...]) -> Refused | None:
    for column in needs:
        if not cells[column]:
            return Refused(_in_column(location, column), "the cell is empty; fill it in")
    if not _CODE.fullmatch(cells["code"]):
        return Refused(_in_column(location, "code"), "a code has ten digits", cells["code"])
    if cells.get("level", "本科") not in {"本科", "专科"}:
        return Refused(_in_column(location, "level"), "a level is 本科 or 专科", cells["level"])
    return None


def _listed(location: RowLocation, cells: dict[str, str]) -> Record:
    code, name, departments = cells["code"], cells["name"], cells["dept"].split()
    vocational = cells["level"] == "专科" or _VOCATIONAL.search(name) is not None
    institution = Actor(
        key("moe", code),
        "VocationalCollege" if vocational else "University",
        (Name(name, "zh"),),
        (Identifier("moeCode", code),),
        region=(Name(cells["province"], "zh"),),
        city=(Name(cells["city"], "zh"),),
    )
    in_charge = [_department(department) for department in departments]
    link = Link(
        key("moe", code),
        "Supervision",
        "CompetentDepartment",
        (Name(f"Competent department of {name}", "en"), Name(f"{name}的主管部门", "zh")),
        (
            Participation(institution.key, "supervised"),
            *(Participation(actor.key, "competentDepartment") for actor in in_charge),
        ),
        stage="effective",
    )
    note = "An institution of higher education with its code, its seat and the department in charge."
    return Record(key(code), location, _HEIS, note, (institution, *in_charge), (link,))


def _department(name: str) -> Actor:
    kind = _NO_DEPARTMENTS.get(name, "GovernmentDepartment")
    return Actor(key("moe", "department", name), kind, (Name(name, "zh"),))


def _change(location: RowLocation, cells: dict[str, str]) -> Row:
    code, before, after = cells["code"], cells["name_2017"], cells["name_2025"]
    if before == after:
        return Skipped(location, "same-name")
    kind, former = ("VocationalCollege" if _VOCATIONAL.search(name) else "University" for name in (after, before))
    now = Actor(key("moe", code), kind, (Name(after, "zh"), Name(before, "zh", preferred=False)))
    then = Actor(key("moe", code, "2017"), former, (Name(before, "zh"),))
    change = Change(
        key("moe", code, "2017"),
        (Name(f"{before} becomes {after}", "en"), Name(f"{before}更名为{after}", "zh")),
        (then.key,),
        (now.key,),
        _BETWEEN,
    )
    note = "The institution of this code has one name in the list of 2017 and another in that of 2025."
    return Record(key(code), location, _COMPARED, note, (then, now), changes=(change,))


def _in_column(location: RowLocation, column: str) -> RowLocation:
    return type(location)(location.file, location.row, column)


MOE = Reader(
    "moe",
    "the list of higher-education institutions of the Chinese Ministry of Education, or its changes since 2017, as CSV",
    LIST,
    (100, 10_000),
    "outside copyright: an official document of the People's Republic of China (Copyright Law, article 5)",
    "Ministry of Education of the People's Republic of China, 全国高等学校名单",
    read,
)
