"""Records with arbitrary values in arbitrary fields are used, skipped or refused without a crash."""

from __future__ import annotations

import copy
import json
from functools import cache
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ingest.readers import test_cordis, test_openaire, test_openalex, test_ror, test_techport

from kg.ingest.editions import Ingest
from kg.ingest.readers.catalogue import find
from kg.ingest.readers.input_files import Inputs
from kg.ingest.scratch_db import ScratchDb

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

RECORDS: dict[str, list[dict[str, Any]]] = {
    "cordis": [test_cordis.PARTICIPATION, test_cordis.PROJECT, test_cordis.FIELD],
    "ror": [test_ror.record(relationships=[test_ror.related("child", test_ror.B)]), test_ror.OLD],
    "openalex": [test_openalex.WORK, test_openalex.INSTITUTION],
    "techport": [test_techport.OLDER, test_techport.NEWER],
    "openaire": [test_openaire.PUBLICATION],
}
VALUES: st.SearchStrategy[object] = st.sampled_from(
    [
        *(None, True, 0, -1, 10**60, 0.5, 1e300, "", " ", "0", "..", "../../etc/passwd", "javascript:alert(1)"),
        *("<script>", "=1+1", "http://[", "a b", "\u0000", "\u202e", "\ud800", "é" * 300, "0001-01-01", "99999-01-01"),
        *([], {}, [[]], [None], [{}], {"id": {}}, [""], ["x"] * 3),
    ]
)


def places(record: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every value in a record."""
    yield path
    if isinstance(record, dict | list):
        for name, inner in record.items() if isinstance(record, dict) else enumerate(record):
            yield from places(inner, (*path, name))


@cache
def reachable(reader: str) -> list[tuple[int, tuple[Any, ...]]]:
    return [(number, path) for number, record in enumerate(RECORDS[reader]) for path in places(record) if path]


def changed(record: dict[str, Any], path: tuple[Any, ...], value: object) -> dict[str, Any]:
    mutated = copy.deepcopy(record)
    inner: Any = mutated
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = value
    return mutated


@pytest.mark.parametrize("reader", RECORDS)
@given(data=st.data())
def test_any_value_in_any_field_of_a_record(
    reader: str, data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    number, path = data.draw(st.sampled_from(reachable(reader)))
    mutated = changed(RECORDS[reader][number], path, data.draw(VALUES))
    file = written(tmp_path_factory.getbasetemp() / f"{reader}.json", mutated)
    with ScratchDb() as scratch:
        run = Ingest(find(reader), None, scratch)
        text = "".join(run.lines(find(reader).read(Inputs([file]))))
        tally = run.tally()
    assert len(list(ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS))) == tally.statements
    assert tally.read == tally.used + tally.refused + sum(count for _, count in tally.skipped)


def written(path: Path, record: dict[str, Any]) -> Path:
    path.write_text(json.dumps([record]), encoding="utf-8")
    return path
