"""The W3C suites; docs/conformance.md lists the passed cases and the reasons of the others.

``KG_ANSWERS=write pytest tests/test_conformance.py`` records the present outcomes; read the difference.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from conformance import outcomes, page, protocols, suites
from helpers.serving import serving, write_store

from kg.errors import QueryError
from kg.query import run as query
from kg.store import inventory
from kg.store.query_result import join, parts
from kg.store.view import Snapshot

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.model import Table

PAGE = Path(__file__).resolve().parent.parent / "docs" / "conformance.md"


@pytest.fixture(scope="module")
def folder(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked suites."""
    place = tmp_path_factory.mktemp("suites")
    suites.unpack(shared / "data/suites", place)
    return place


SERVED = ("protocol", "graph-store-protocol", "service-description")
SUITES = (*(suite.rpartition("/")[2] for suite in suites.RDF_SUITES), "json-ld-toRdf", "sparql11", "sparql10", *SERVED)


@pytest.fixture(scope="module")
def outcomes_of(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[outcomes.Outcome]]:
    """A function that runs the cases of a suite once."""
    read = [*suites.rdf_cases(folder), *suites.jsonld_cases(folder)]
    runs = [(outcomes.read, case) for case in read] + [(outcomes.ask, case) for case in suites.query_cases(folder)]

    @cache
    def served() -> list[outcomes.Outcome]:
        quads, requests = protocols.states(folder)
        store = write_store(tmp_path_factory.mktemp("served") / "store", [*protocols.protocol_data(folder), *quads])
        with serving(store, "--no-pages", "--public-url", protocols.SITE) as server:
            cases = protocols.protocol_cases(folder)
            return [
                *(protocols.exchanged(server, case, exchanges) for case, exchanges in cases),
                *(protocols.stored(server, case, request) for case, request in requests),
                *protocols.described(server, folder),
            ]

    @cache
    def run_all(suite: str) -> list[outcomes.Outcome]:
        if suite in SERVED:
            return [one for one in served() if one.case.suite == suite]
        return [run(case) for run, case in runs if case.suite.partition("/")[0] == suite]

    return run_all


@pytest.mark.parametrize("suite", SUITES)
def test_each_case_has_a_recorded_outcome_with_its_reason(
    outcomes_of: Callable[[str], list[outcomes.Outcome]], suite: str
) -> None:
    actual = outcomes_of(suite)
    assert actual
    unexplained = [one for one in actual if one.verdict != "passed" and page.reason(one) is None]
    assert [(one.case.suite, one.case.name, one.verdict, one.message) for one in unexplained] == []
    failed = {f"{one.case.suite}:{one.case.name}" for one in actual if one.verdict == "failed"}
    recorded = {case for cases in page.FAILURES.values() for case in cases.split()}
    assert {case for case in recorded if re.split("[/:]", case)[0] == suite} == failed


def test_the_page_lists_the_outcomes_of_all_suites(outcomes_of: Callable[[str], list[outcomes.Outcome]]) -> None:
    text = page.render(one for suite in SUITES for one in outcomes_of(suite))
    if os.environ.get("KG_ANSWERS") == "write":
        PAGE.write_text(text, encoding="utf-8")
    assert text == PAGE.read_text(encoding="utf-8")


SAMPLE = {
    *("agg01", "exists03", "pp01", "subquery01", "constructwhere01", "service1"),
    *("dawg-optional-001", "dawg-sort-1", "dawg-lang-1", "ask-1"),
}


def test_the_subprocess_of_kg_query_gives_the_same_answers(folder: Path, tmp_path: Path) -> None:
    requested = [case for case in suites.query_cases(folder) if case.name in SAMPLE and "Evaluation" in case.kind]
    assert sorted(case.name for case in requested) == sorted(SAMPLE)
    for case in requested:
        text = f"BASE <{case.base}{case.action.name}> {case.action.read_text(encoding='utf-8')}"
        with _stored(case, tmp_path / case.name) as view:
            assert _outcome(lambda text: query.run_query(view, text), text) == _outcome(
                lambda text: _here(view, text), text
            )


def _stored(case: suites.Case, home: Path) -> Snapshot:
    """Write the data of a case to disk."""
    home.mkdir()
    store = ox.Store(str(home / "oxigraph"))
    for file, name in (*((file, None) for file in case.data), *case.named):
        store.extend(outcomes._placed(file, name, case.base))
    store.flush()
    del store  # closes its files
    (home / "readers").touch()
    inventory.write(home)
    return Snapshot(home)


def _here(view: Snapshot, text: str) -> Table:
    """Return the answer of the code that runs the suites."""
    return query.table(join(parts(outcomes.answered(view.graph, text), query.MAX_ROWS)))


def _outcome(ask: Callable[[str], Table], text: str) -> object:
    """Return the columns and rows of an answer, or the reason of its refusal."""
    try:
        table = ask(text)
    except QueryError as error:
        return str(error)
    return table.columns, sorted(map(repr, table.rows))
