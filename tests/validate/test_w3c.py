"""The W3C test suite of SHACL: supported cases pass, and all others are refused; docs/validation.md has the table.

``KG_ANSWERS=write pytest tests/validate/test_w3c.py`` records the table; read the difference.
"""

from __future__ import annotations

import os
import tarfile
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

import pytest
from helpers import shacl_oracle
from rdflib import Graph, Namespace
from rdflib.collection import Collection

from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rdflib import Node

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = Namespace("http://www.w3.org/ns/shacl-test#")
START, END = "<!-- w3c -->\n", "<!-- /w3c -->\n"


class Case(NamedTuple):
    """A case: its name, its data and shapes, and the expected report (``None`` if it must be refused)."""

    name: str
    data: Graph
    shapes: Graph
    expected: set[shacl_oracle.Violation] | None


class Outcome(NamedTuple):
    """The outcome of a case."""

    name: str
    outcome: str
    reason: str = ""


@pytest.fixture(scope="module")
def cases(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Case]:
    folder = tmp_path_factory.mktemp("w3c")
    with tarfile.open(shared / "data" / "suites" / "w3c_shacl.tar.gz") as archive:
        archive.extractall(folder, filter="data")
    tests = folder / "data-shapes-test-suite" / "tests"
    return list(_cases(tests / "manifest.ttl", tests))


def _cases(manifest: Path, tests: Path) -> Iterator[Case]:
    graph = _read(manifest)
    for included in sorted(map(str, graph.objects(None, MF.include))):
        yield from _cases(_file(included, tests), tests)
    for entries in graph.objects(None, MF.entries):
        for case in Collection(graph, entries):
            action, expected = graph.value(case, MF.action), graph.value(case, MF.result)
            files = [_file(graph.value(action, term), tests) for term in (SHT.dataGraph, SHT.shapesGraph)]
            data, shapes = (graph if file == manifest else _read(file) for file in files)
            report = None if expected == SHT.Failure else shacl_oracle.read_report(graph, graph, expected)
            yield Case(str(case).removeprefix(tests.as_uri() + "/"), data, shapes, report)


def _read(file: Path) -> Graph:
    return shacl_oracle.parse(source=file, format="turtle", publicID=file.as_uri())


def _file(iri: Node | str | None, tests: Path) -> Path:
    return tests / str(iri).removeprefix(tests.as_uri() + "/")


def outcome(case: Case) -> Outcome:
    try:
        results = shacl_oracle.run_compiled(shacl_oracle.to_store(case.data), case.shapes)
    except InputError as error:
        return Outcome(case.name, "passed" if case.expected is None else "refused", str(error))
    return Outcome(case.name, "passed" if results == case.expected else "failed")


@pytest.fixture(scope="module")
def outcomes(cases: list[Case]) -> list[Outcome]:
    return [outcome(case) for case in cases]


def test_supported_cases_pass(outcomes: list[Outcome]) -> None:
    assert [case.name for case in outcomes if case.outcome == "failed"] == []
    assert sum(case.outcome == "passed" for case in outcomes) >= 115


def test_unsupported_cases_are_refused_in_one_sentence(outcomes: list[Outcome]) -> None:
    for case in outcomes:
        assert "\n" not in case.reason
        assert not case.reason or case.reason.endswith("; docs/validation.md lists the supported shapes")


def table(outcomes: list[Outcome]) -> str:
    """Return the outcomes by part of the suite, and the reasons of refusals."""
    counts = Counter(("/".join(case.name.split("/")[:2]), case.outcome) for case in outcomes)
    lines = ["| part of the suite | cases | passed | refused |", "| --- | ---: | ---: | ---: |"]
    for part in sorted({part for part, _ in counts}):
        numbers = [sum(counts[part, one] for one in ("passed", "refused", "failed"))]
        numbers += [counts[part, one] for one in ("passed", "refused")]
        lines.append(f"| {part} | {' | '.join(map(str, numbers))} |")
    total = Counter(case.outcome for case in outcomes)
    lines.append(f"| **all** | **{len(outcomes)}** | **{total['passed']}** | **{total['refused']}** |")
    lines.append("")
    refused = [case for case in outcomes if case.outcome == "refused"]
    lines += [f"- `{case.name}`: {case.reason.partition(': ')[2].partition('; docs/')[0]}" for case in refused]
    return "\n".join(lines) + "\n"


def test_the_page_has_the_table(outcomes: list[Outcome], root: Path) -> None:
    page = root / "docs" / "validation.md"
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(START)
    after = rest.split(END)[1]
    updated = f"{before}{START}{table(outcomes)}{END}{after}"
    if os.environ.get("KG_ANSWERS") == "write":
        page.write_text(updated, encoding="utf-8")
    assert page.read_text(encoding="utf-8") == updated
