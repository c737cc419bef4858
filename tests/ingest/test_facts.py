"""Links and tables that a person adds in Python, and the graph file of the same fact in the documentation."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
from helpers.stores import kg as command

import kg

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAPER = kg.Source("Example Daily", address="https://example.org/news/1")
MAPPING = {
    "source": {"key": "mine", "publisher": "Us", "quality": "university", "licence": "none", "language": "zh"},
    "row": {"key": ["No."]},
    "actors": {"us": {"name": {"zh": "甲大学"}, "kind": "University"}, "partner": {"key": ["单位"]}},
    "link": {
        "start": "签订",
        "duration": {"column": "年", "in": "years"},
        "parties": [{"actor": "us"}, {"actor": "partner"}],
    },
}


@pytest.fixture
def g(small: Path, tmp_path: Path) -> Iterator[kg.Graph]:
    shutil.copytree(small, tmp_path / "store")
    with kg.open(tmp_path / "store") as graph:
        yield graph


def page(root: Path) -> str:
    return (root / "docs" / "how-to" / "own-facts.md").read_text(encoding="utf-8")


def test_a_link_with_its_source_is_in_the_store(g: kg.Graph) -> None:
    link = kg.Link("共建实验室协议", ["bellows", kg.Actor("乙大学")], PAPER, on="2025-03", until="2027")
    g.add(link)
    answer = g.query(
        """SELECT ?first ?last ?name {
          ?link skos:prefLabel "共建实验室协议"@zh ; hx:startLatest ?first ; hx:endLatest ?last ;
            hx:arity/skos:notation "bilateral" ; hx:participation/hx:participant ?actor .
          ?actor skos:prefLabel ?name ; a ?class FILTER(?class IN (hx:University, hx:Firm)) } ORDER BY ?name""",
        labels=False,
    )
    assert [(str(row["first"]), str(row["last"]), row["name"]) for row in answer] == [
        ("2025-03-31", "2027-12-31", "Bellows & Sons"),
        ("2025-03-31", "2027-12-31", "乙大学"),
    ]
    before = len(g.query("SELECT ?l { ?l a hx:Link }"))
    g.add(link)  # the same link again
    assert len(g.query("SELECT ?l { ?l a hx:Link }")) == before


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"parties": ["an unknown firm", "bellows"]}, "there is no actor 'an unknown firm'"),
        ({"on": "soon"}, "on 'soon' is not a day, month or year"),
        ({"kind": "Marriage"}, "Marriage"),
        ({"parties": []}, "has no party"),
    ],
)
def test_a_wrong_link_is_refused(g: kg.Graph, changed: dict[str, object], message: str) -> None:
    values: dict[str, Any] = {"name": "X", "parties": ["bellows"], "source": PAPER} | changed
    with pytest.raises(kg.Error, match=message):
        g.add(kg.Link(**values))


def test_a_frame_is_ingested_as_its_cells_are_shown(g: kg.Graph) -> None:
    frame = pd.DataFrame(
        {"No.": [1, 2], "单位": ["乙公司", "丙公司"], "签订": [pd.Timestamp("2023-05-01"), None], "年": [3.0, None]}
    )
    counts = {row["what"]: row["count"] for row in g.ingest(frame, MAPPING)}
    assert (counts["used"], counts["evidence, new"]) == (2, 2)
    (row,) = g.query("SELECT ?end { ?link hx:termMonths 36 ; hx:endLatest ?end }")
    assert str(row["end"]) == "2026-04-30"


def test_a_refused_row_of_a_frame_is_a_note_of_the_error(g: kg.Graph) -> None:
    frame = pd.DataFrame({"No.": [1], "单位": ["乙公司"], "签订": ["soon"], "年": [""]})
    with pytest.raises(kg.DataError) as raised:
        g.ingest(frame, MAPPING)
    assert raised.value.__notes__[0].startswith("frame.csv:2: 签订: is not a day")


def test_the_graph_file_of_the_page_conforms_as_printed(root: Path, tmp_path: Path) -> None:
    (text,) = re.findall(r"```turtle\n(.*?)```", page(root), re.DOTALL)
    path = tmp_path / "mine.trig"
    path.write_text(text, encoding="utf-8")
    assert command("validate", path).status == 0
    path.write_text(text.replace("id:xaut", "id:no-such-university"), encoding="utf-8")
    done = command("validate", path, "--format", "csv")
    assert done.status == 1
    assert "id:no-such-university" in done.out


def test_the_program_of_the_page_runs(root: Path, small: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", page(root), re.DOTALL)
    monkeypatch.setenv("KG_STORE", str(tmp_path / "store"))
    shutil.copytree(small, tmp_path / "store")
    scope: dict[str, object] = {}
    exec(program.replace("xaut", "bellows"), scope)  # noqa: S102 - the program of our own page
    graph = scope["g"]
    assert isinstance(graph, kg.Graph)
    with graph:
        assert len(graph.query('SELECT ?l { ?l skos:prefLabel "Agreement on a joint laboratory"@en }')) == 1
