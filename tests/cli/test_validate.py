"""`kg validate`: findings and coverage."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

import pytest
from helpers.stores import SMALL, Done, error_of, kg

from kg.terms import EVIDENCE, ID

if TYPE_CHECKING:
    from pathlib import Path

COLUMNS = ["rule", "node", "message", "file", "evidence"]


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("broken") / "broken.trig"
    text = SMALL.read_text(encoding="utf-8").replace("hx:arity arity:multilateral ;", "")
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def found(broken: Path) -> Done:
    """The findings in `broken` as JSON."""
    return kg("validate", broken, "--format", "json")


def test_conforming_files_have_an_empty_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert kg("validate", SMALL, "--format", "csv") == Done(0, ",".join(COLUMNS) + "\n", "all files conform\n")
    assert kg("validate", SMALL, "--quiet", "--format", "json") == Done(0, "[]\n", "")
    assert list(tmp_path.iterdir()) == []


def test_the_shipped_files_conform() -> None:
    assert kg("validate", "--format", "json") == Done(0, "[]\n", "all files conform\n")


def test_findings_are_a_table_with_exit_status_1(broken: Path, found: Done) -> None:
    assert (found.status, found.err) == (1, "kg: the data do not conform: 1 finding\n")
    (row,) = json.loads(found.out)
    assert list(row) == COLUMNS
    assert (row["rule"], row["node"], row["file"]) == ("Agreement/arity", ID + "link/pact", str(broken))
    assert "hx:arity" in row["message"]
    assert EVIDENCE + "signed" in row["evidence"].split()


def test_all_formats_contain_the_same_findings(broken: Path, found: Done) -> None:
    (row,) = json.loads(found.out)
    for fmt, delimiter in (("csv", ","), ("tsv", "\t")):
        printed = kg("validate", broken, "--format", fmt).out
        assert list(csv.DictReader(io.StringIO(printed), delimiter=delimiter)) == [row]
    assert "Agreement/arity  id:link/pact" in kg("validate", broken).out


@pytest.mark.parametrize(("lang", "label"), [("en", "units with a host"), ("zh", "有依托单位的二级单位")])
def test_coverage_counts_missing_facts(lang: str, label: str) -> None:
    done = kg("validate", SMALL, "--coverage", "--format", "json", "--lang", lang)
    assert done.status == 0
    rows = {row["what"]: row for row in json.loads(done.out)}
    assert list(rows["host"]) == ["what", "label", "of", "have", "missing", "coverage", "question"]
    assert rows["host"]["label"] == label
    assert (rows["link-date"]["of"], rows["link-date"]["missing"]) == (3, 2)
    assert rows["coordinates"]["coverage"] is None
    assert "kg validate --show-missing" in done.err


def test_coverage_without_files_is_about_the_store(small: Path) -> None:
    done = kg("validate", "--coverage", "--format", "json", store=small)
    rows = {row["what"]: row for row in json.loads(done.out)}
    assert (rows["link-date"]["of"], rows["link-date"]["missing"]) == (3, 2)


def test_missing_cases_are_listed() -> None:
    done = kg("validate", SMALL, "--show-missing", "name-zh", "--format", "json")
    assert done.status == 0
    assert json.loads(done.out) == [
        {"node": f"{ID}{key}", "label": label, "evidence": f"{EVIDENCE}actors"}
        for key, label in (("bellows", "Bellows & Sons"), ("mines", "Department of Mines"))
    ]


def test_coverage_requires_conforming_files(broken: Path) -> None:
    done = kg("validate", broken, "--coverage")
    assert (done.status, done.out) == (1, "")
    assert "Agreement/arity" in done.err
    assert done.err.endswith("kg: the data do not conform: 1 finding\n")


def test_an_unknown_row_is_a_usage_error() -> None:
    assert "there is no row 'xyzzy'; there are: link-date, " in error_of(
        kg("validate", SMALL, "--show-missing", "xyzzy"), status=2
    )
