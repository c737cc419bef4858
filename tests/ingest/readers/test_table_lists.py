"""Long lists: a table of links and a table of the actors in them, with pages of records and days of lists."""

from __future__ import annotations

import gzip
from datetime import date
from typing import TYPE_CHECKING

import pytest
from helpers.samples import refused, rows, used

from kg.errors import InputError
from kg.ingest.readers.records import Participation
from kg.ingest.readers.table import TABLE

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = "source: {key: list, publisher: A, quality: official, licence: CC0-1.0, language: en}\n"
MEMBERS = f"""{SOURCE}row: {{key: key}}
actors: {{member: {{key: key, names: {{en: name}}, kind: Firm}}}}
"""
LINKS = f"""{SOURCE}row: {{key: key, page: page}}
actors:
  body: {{id: alliance}}
  members: {{listed: members, split: "|"}}
link:
  form: Affiliation
  kind: Membership
  as_of: day
  about: body
  parties: [{{actor: body, role: joined}}, {{actor: members, role: member}}]
"""


def files(folder: Path, *, page: str = "https://example.org/1", members: str = "a|b") -> list[Path]:
    (folder / "members.yaml").write_text(MEMBERS, encoding="utf-8")
    (folder / "links.yaml").write_text(LINKS, encoding="utf-8")
    (folder / "members.csv.gz").write_bytes(gzip.compress(b"key,name\na,Alpha\nb,Beta\n"))
    (folder / "links.csv").write_text(f"key,page,day,members\n1,{page},2020-03-26,{members}\n", encoding="utf-8")
    return [folder / name for name in ("members.yaml", "members.csv.gz", "links.yaml", "links.csv")]


def test_each_table_is_read_with_the_mapping_before_it(tmp_path: Path) -> None:
    first, second, link = used(rows(TABLE, *files(tmp_path)))
    assert [actor.key for one in (first, second) for actor in one.actors] == ["list/a", "list/b"]
    assert link.actors == ()
    assert link.links[0].participations == (
        Participation("alliance", "joined"),
        Participation("list/a", "member"),
        Participation("list/b", "member"),
    )


def test_the_day_of_a_list_bounds_start_and_end_and_is_neither(tmp_path: Path) -> None:
    dates = used(rows(TABLE, *files(tmp_path)))[-1].links[0].dates
    assert (dates.start_earliest, dates.end_latest) == (None, None)
    assert dates.start_latest == dates.end_earliest == date(2020, 3, 26)


def test_a_record_has_its_page_and_the_actors_that_it_is_about(tmp_path: Path) -> None:
    record = used(rows(TABLE, *files(tmp_path)))[-1]
    assert (record.page, record.links[0].about) == ("https://example.org/1", ("alliance",))


def test_a_page_that_is_not_a_web_address_is_refused(tmp_path: Path) -> None:
    assert refused(rows(TABLE, *files(tmp_path, page="javascript:x"))) == [(2, "page", "javascript:x")]


def test_a_table_before_the_first_of_two_mappings_is_refused(tmp_path: Path) -> None:
    first, *others = files(tmp_path)
    with pytest.raises(InputError, match="pass a mapping"):
        rows(TABLE, *others, first)


def test_a_day_of_a_list_beside_a_start_is_refused(tmp_path: Path) -> None:
    paths = files(tmp_path)
    paths[2].write_text(LINKS.replace("as_of: day", "as_of: day\n  start: day"), encoding="utf-8")
    with pytest.raises(InputError, match="as_of leaves start and end unknown"):
        rows(TABLE, *paths)
