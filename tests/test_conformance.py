"""The W3C's suites, on our own road; docs/conformance.md says how many pass, and why the others do not.

``KG_ANSWERS=write pytest tests/test_conformance.py`` writes down what happens now; read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from conformance import outcomes, page, suites

from kg.errors import QueryError
from kg.query import run as query
from kg.store.query_result import encode
from kg.store.view import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.model import Table

PAGE = Path(__file__).resolve().parent.parent / "docs" / "conformance.md"


@pytest.fixture(scope="module")
def folder(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The suites, unpacked."""
    place = tmp_path_factory.mktemp("suites")
    suites.unpack(shared / "data/suites", place)
    return place


def test_what_becomes_of_each_case_is_written_down_with_its_reason(folder: Path) -> None:
    read = [*suites.rdf_cases(folder), *suites.jsonld_cases(folder)]
    found = [*map(outcomes.read, read), *map(outcomes.ask, suites.query_cases(folder))]
    unexplained = [one for one in found if one.verdict != "passed" and page.reason(one) is None]
    assert [(one.case.suite, one.case.name, one.verdict, one.said) for one in unexplained] == []
    failed = {f"{one.case.suite}:{one.case.name}" for one in found if one.verdict == "failed"}
    assert {case for cases in page.FAILURES.values() for case in cases.split()} == failed
    text = page.render(found)
    if os.environ.get("KG_ANSWERS") == "write":
        PAGE.write_text(text, encoding="utf-8")
    assert text == PAGE.read_text(encoding="utf-8")


SAMPLE = {
    *("agg01", "exists03", "pp01", "subquery01", "constructwhere01", "service1"),
    *("dawg-optional-001", "dawg-sort-1", "dawg-lang-1", "ask-1"),
}


def test_the_process_of_kg_query_answers_the_same(folder: Path, tmp_path: Path) -> None:
    asked = [case for case in suites.query_cases(folder) if case.name in SAMPLE and "Evaluation" in case.kind]
    assert sorted(case.name for case in asked) == sorted(SAMPLE)
    for case in asked:
        text = f"BASE <{case.base}{case.action.name}> {case.action.read_text(encoding='utf-8')}"
        with _stored(case, tmp_path / case.name) as view:
            assert _told(lambda text: query.run_query(view, text), text) == _told(lambda text: _here(view, text), text)


def _stored(case: suites.Case, home: Path) -> Snapshot:
    """The data of a case on the disk."""
    home.mkdir()
    store = ox.Store(str(home / "oxigraph"))
    for file, name in (*((file, None) for file in case.data), *case.named):
        store.extend(outcomes._placed(file, name, case.base))
    store.flush()
    (home / "readers").touch()
    return Snapshot(home)


def _here(view: Snapshot, text: str) -> Table:
    """The answer of the road that the suites are run on."""
    return query.table(encode(outcomes.answered(view.graph, text), query.MAX_ROWS))


def _told(ask: Callable[[str], Table], text: str) -> object:
    """The columns and rows of an answer, or why it is refused."""
    try:
        table = ask(text)
    except QueryError as error:
        return str(error)
    return table.columns, sorted(map(repr, table.rows))
