"""Inputs of public reports, in ``../shared/cases``: each is read rightly, or refused where it goes wrong."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from helpers.stores import Done, kg
from helpers.terms import value_of

from kg.terms import HX, PREFIXES

if TYPE_CHECKING:
    from pathlib import Path

NAME = PREFIXES["skos"] + "prefLabel"
COUNT = PREFIXES["hx"] + "count"


@pytest.fixture
def here(shared: Path, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the folder of the case that the test names, as the working directory."""
    folder = shared / "cases" / request.node.name.split("[")[0].split("_")[1]
    if not folder.is_dir():
        pytest.skip("needs ../shared/cases, which is not part of the repository")
    shutil.copytree(folder, tmp_path / "case")
    monkeypatch.chdir(tmp_path / "case")
    return tmp_path / "case"


def ingested(name: str, reader: str = "table") -> tuple[Done, set[ox.Quad]]:
    """Return the result and the quads of an ingest into a file."""
    mapping = ("mapping.yaml",) if reader == "table" else ()
    done = kg("ingest", reader, *mapping, name, "-o", "out.trig")
    return done, set(ox.parse(path="out.trig")) if done.status == 0 else set()


def values(quads: set[ox.Quad], predicate: str) -> set[str]:
    return {value_of(quad.object) for quad in quads if quad.predicate.value == predicate}


def names(name: str, reader: str = "table") -> set[str]:
    """Return all names in the statements of a file, without those of agreements."""
    done, quads = ingested(name, reader)
    assert done.status == 0, done.err
    links = {quad.subject for quad in quads if quad.object == ox.NamedNode(HX.Link)}
    return values({quad for quad in quads if quad.subject not in links}, NAME)


@pytest.mark.usefixtures("here")
class TestCases:
    """One test for each case, named after its folder."""

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("cp1252.csv", {"Hochschule Münster", "Müller GmbH", "Süßkind AG"}),
            ("big5.csv", {"國立成功大學", "台達電子"}),
            ("sjis.csv", {"東京大学", "日立製作所"}),
        ],
    )
    def test_a01_legacy_encodings(self, name: str, expected: set[str]) -> None:
        assert names(name) == expected

    @pytest.mark.parametrize(("name", "part"), [("euckr.csv", "EUC-KR: 1,서울대학교"), ("one-bad-byte.csv", ":2:8:")])
    def test_a01_doubtful_bytes(self, name: str, part: str) -> None:
        done, _ = ingested(name)
        assert done.status == 1
        assert part in done.err

    @pytest.mark.parametrize(("name", "column"), [("formula.xlsx", "Funds"), ("formula2.xlsx", "Partner")])
    def test_a02_a_formula_without_a_value(self, name: str, column: str) -> None:
        done, _ = ingested(name)
        assert done.status == 1
        assert f"{name}:2: {column}: a formula without a value" in done.err

    def test_a03_a_month_shown_by_its_format(self) -> None:
        _, quads = ingested("october.xlsx")
        assert values(quads, HX.startEarliest) == {"2023-10-01", "2023-12-01"}

    def test_a05_a_unit_in_the_format(self) -> None:
        _, quads = ingested("unit-in-format.xlsx")
        assert values(quads, HX.contribution) == {"1250000"}

    def test_a07_separators_in_brackets(self) -> None:
        assert names("brackets.csv") == {"A大学", "西安仪表集团（电控、液压事业部）", "B公司"}

    def test_a08_counts_among_names(self) -> None:
        _, quads = ingested("etc.csv")
        assert values(quads, NAME) - {"A大学", "协议"} == {"甲公司", "乙公司", "丙公司"}
        assert {int(value) for value in values(quads, COUNT)} == {5, 1}

    @pytest.mark.parametrize("name", ["totals.csv", "totals-empty-cells.csv"])
    def test_a09_totals_and_notes(self, name: str) -> None:
        done, _ = ingested(name)
        assert done.status == 1
        assert f"{name}:4: the row looks like a total" in done.err
        assert f"{name}:5: the row looks like a note" in done.err

    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("invisible.csv", {"A大学", "华为技术有限公司", "华为技术 有限公司"}),
            ("nfd.csv", {"Universidad de León", "Café SA"}),
        ],
    )
    def test_a11_invisible_characters(self, name: str, expected: set[str]) -> None:
        assert names(name) == expected

    def test_a11_invisible_characters_in_a_record(self) -> None:
        assert "Mercy College" in names("ror-zero-width.json", "ror")

    @pytest.mark.parametrize("name", ["unused-struct", "unused-duration", "unused-bytes"])
    def test_a12_columns_without_a_use(self, name: str) -> None:
        assert ingested(f"{name}.parquet")[0].status == 0

    def test_a12_one_amount_for_a_list(self) -> None:
        done, _ = ingested("list.parquet")
        assert "list.parquet:1: Funds: one amount for several actors" in done.err

    def test_a14_strict_workbooks(self) -> None:
        assert ingested("strict.xlsx")[0].status == 0

    def test_a15_trailing_columns(self) -> None:
        assert ingested("trailing.csv")[0].status == 0

    def test_a18_amounts_below_zero(self, here: Path) -> None:
        done = kg("ingest", "table", "mapping.yaml", "money.csv", "-o", "m.trig", "--keep-going")
        assert (done.status, kg("validate", here / "m.trig").status) == (0, 0)
        assert "money.csv:6: Funds: is not an amount of 0 or more" in done.err

    @pytest.mark.parametrize("name", ["t.csv.gz", "t.zip"])
    def test_a19_packed_tables(self, name: str) -> None:
        assert ingested(name)[0].status == 0

    @pytest.mark.parametrize(("name", "header"), [("title", "2"), ("two-rows", "[1, 2]"), ("merged", "1")])
    def test_a20_headers_and_merged_cells(self, here: Path, name: str, header: str) -> None:
        mapping = (here / "mapping.yaml").read_text(encoding="utf-8")
        if name == "two-rows":
            for part in ("University", "Partner"):
                mapping = mapping.replace(f"zh: {part}", f"zh: 双方/{part}").replace(f"[{part}]", f"[双方/{part}]")
        (here / "mapping.yaml").write_text(f"header: {header}\n{mapping}", encoding="utf-8")
        done, _ = ingested(f"{name}.xlsx")
        assert done.status == 0, done.err

    def test_b01_a_record_that_counts_more_than_it_names(self) -> None:
        _, quads = ingested("truncated.jsonl", "openalex")
        assert values(quads, COUNT) == {"90"}

    @pytest.mark.parametrize("name", ["null-id", "null-type"])
    def test_b02_an_institution_without_an_id_or_type(self, name: str) -> None:
        _, quads = ingested(f"{name}.jsonl", "openalex")
        assert values(quads, NAME) >= {"North University", "Acme Motors"}
        assert values(quads, COUNT) == {"3"}

    def test_c01_days_with_a_time_zone(self, here: Path) -> None:
        done = kg("validate", here / "zone.trig", "--format", "csv")
        assert done.status == 1
        assert "2023-03-01+08:00; a day has no time zone" in done.out

    def test_c04_languages_as_ranges(self, here: Path) -> None:
        assert kg("--store", "st", "build", here / "hans.trig").status == 0
        done = kg("--store", "st", "--lang", "zh", "rank", "--measure", "degree", "--format", "csv")
        assert "北方大学" in done.out

    def test_g01_csv_for_spreadsheets(self, here: Path, built: Path) -> None:
        done = kg("--store", built, "--lang", "zh", "export", "--question", "declared-parties", "-o", "d.csv")
        assert done.status == 0
        assert (here / "d.csv").read_bytes().startswith(b"\xef\xbb\xbf")
