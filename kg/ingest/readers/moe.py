"""The list of higher-education institutions of the Chinese Ministry of Education, and the changes since 2017.

There are two kinds of CSV file, identified by their header. In the **list** (name, ten-digit code, 主管部门, province,
city, level), a row is an institution and its link with the competent department. In the **changes**, a row gives the
name of one code in 2017 and in 2025, and becomes a change event if the names differ. The former institution then has
its own key and no code, because the code has passed to its successor.

The list identifies departments by name only, so the name is the key. A cell with two departments separates them by a
space. Chinese names contain no spaces, and line breaks within names come from the page that was copied.

A vocational college has the level 专科 (below a degree) or a name with 职业… or …专科学校. The changes have no level,
so the name decides, also if a level is unknown. A 职业技术师范大学 trains teachers and is a university.
"""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from kg.ingest.readers import records
from kg.ingest.readers.fields import Fields, parse_row
from kg.ingest.readers.input_files import header_of
from kg.ingest.readers.reader import Reader
from kg.ingest.readers.records import Actor, Identifier, Name, Record, Source, key
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.ingest.readers.input_files import Inputs
    from kg.ingest.readers.records import Row, RowLocation

LIST = ("name", "code", "dept", "province", "city", "level")
CHANGES = ("code", "name_2017", "name_2025")

_CODE = re.compile(r"[0-9]{10}")
_LEVELS = {"本科": "University", "专科": "VocationalCollege"}
_VOCATIONAL = re.compile(r"职业(?!(技术)?师范)|专科学校")
_OTHER_BODIES = {
    "中国科学院": "ResearchInstitute",
    "中国社会科学院": "ResearchInstitute",
    **dict.fromkeys(("中华妇女联合会", "中华全国总工会", "共青团中央"), "Association"),
}
_BETWEEN = records.Dates(date(2017, 1, 1), date(2025, 6, 20), precision="year", stated_as="2017–2025")
_MINISTRY = "Ministry of Education of the People's Republic of China"
_LIST_SOURCE = Source(
    "moe",
    _MINISTRY,
    "official",
    (Name("List of higher-education institutions", "en"), Name("全国高等学校名单", "zh")),
    language="zh",
)
_CHANGES_SOURCE = Source(
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
    """Yield the rows of the list or of the changes, depending on the header of each file.

    Raises:
        InputError: a file is neither, or cannot be read.
    """
    for path in inputs.paths:
        is_changes = "name_2017" in header_of(inputs, path)
        columns, parse = (CHANGES, _change) if is_changes else (LIST, _institution)
        for location, row in inputs.table(path, columns):
            cells = {name: "".join(cell.splitlines()) for name, cell in row.items()}
            yield parse_row(location, _row, columns, parse, cells)


def _row(
    location: RowLocation,
    columns: tuple[str, ...],
    parse: Callable[[RowLocation, str, Fields], Row],
    cells: dict[str, str],
) -> Row:
    row = Fields(cells)
    for column in columns[:3]:  # names, codes and departments; other cells may be empty
        row.required(column)
    return parse(location, row.match("code", _CODE, "a code has ten digits"), row)


def _institution(location: RowLocation, code: str, row: Fields) -> Record:
    name, kind = row.text("name"), row.choice("level", _LEVELS, "University")
    institution = Actor(
        key("moe", code),
        "VocationalCollege" if _VOCATIONAL.search(name) else kind,
        (Name(name, "zh"),),
        (Identifier("moeCode", code),),
        region=tuple(Name(one, "zh") for one in row.texts("province")),
        city=tuple(Name(one, "zh") for one in row.texts("city")),
    )
    departments = [_department(department) for department in row.text("dept").split()]
    link = records.Link(
        key("moe", code),
        "Supervision",
        "CompetentDepartment",
        (Name(f"Competent department of {name}", "en"), Name(f"{name}的主管部门", "zh")),
        (
            records.Participation(institution.key, "supervised"),
            *(records.Participation(department.key, "competentDepartment") for department in departments),
        ),
        stage="effective",
    )
    note = Message("An institution of higher education with its code, its seat and its competent department.")
    actors = (institution, *departments)
    return Record(key(code), location, _LIST_SOURCE, note, actors, (link,), left_open=tuple(row.left_open))


def _department(name: str) -> Actor:
    return Actor(key("moe", "department", name), _OTHER_BODIES.get(name, "GovernmentDepartment"), (Name(name, "zh"),))


def _change(location: RowLocation, code: str, row: Fields) -> Row:
    before, after = row.text("name_2017"), row.text("name_2025")
    if before == after:
        return records.Skipped(location, "same-name")
    kind, former = ("VocationalCollege" if _VOCATIONAL.search(name) else "University" for name in (after, before))
    now = Actor(key("moe", code), kind, (Name(after, "zh"), Name(before, "zh", preferred=False)))
    then = Actor(key("moe", code, "2017"), former, (Name(before, "zh"),))
    change = records.Change(
        key("moe", code, "2017"),
        (Name(f"{before} becomes {after}", "en"), Name(f"{before}更名为{after}", "zh")),
        (then.key,),
        (now.key,),
        _BETWEEN,
        kind="renaming",
    )
    note = Message("The institution with this code has one name in the list of 2017 and another in that of 2025.")
    return Record(key(code), location, _CHANGES_SOURCE, note, (then, now), changes=(change,))


MOE = Reader(
    "moe",
    "the list of higher-education institutions of the Chinese Ministry of Education, or its changes since 2017, as CSV",
    LIST,
    (100, 10_000),
    "outside copyright: an official document of the People's Republic of China (Copyright Law, article 5)",
    "Ministry of Education of the People's Republic of China, 全国高等学校名单",
    read,
)
