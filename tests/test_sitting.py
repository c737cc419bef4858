"""The sitting of a liaison officer with a ledger: few commands, and the right statements in the end."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from helpers import ledgers
from helpers.stores import Done, kg

import kg as api

if TYPE_CHECKING:
    from pathlib import Path

US, DAY = "甲市理工大学", "2025-11-30"


class Sitting:
    """Commands on one store, counted by goal."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.goal = folder, ""
        self.steps: dict[str, int] = {}

    def edit(self, file: str, before: str, after: str) -> None:
        """Change a file by hand, which is a step."""
        self.count()
        path = self.folder / file
        text = path.read_text(encoding="utf-8-sig")
        assert before in text, text
        path.write_text(text.replace(before, after), encoding="utf-8")

    def run(self, *words: str) -> Done:
        self.count()
        done = kg(*words, "--lang", "zh", store=self.folder / "store")
        assert done.status == 0, done.err
        return done

    def rows(self, *words: str) -> list[dict[str, Any]]:
        return list(json.loads(self.run(*words, "--format", "json").out))

    def look(self, *words: str) -> list[dict[str, Any]]:
        """Return the rows of a command that only this test runs; it does not count as a step."""
        done = kg(*words, "--format", "json", store=self.folder / "store")
        return list(json.loads(done.out))

    def pairs(self, file: str) -> list[dict[str, str]]:
        text = (self.folder / file).read_text(encoding="utf-8-sig")
        return list(csv.DictReader(io.StringIO(text)))

    def count(self) -> None:
        self.steps[self.goal] = self.steps.get(self.goal, 0) + 1


@pytest.fixture
def sitting(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Sitting:
    """A store with the ledger of a rival, and a workbook beside it that is never edited before it is ingested."""
    folder = tmp_path
    monkeypatch.chdir(folder)
    (folder / "rival.csv").write_text(
        "序号,学校,合作单位,签订日期\n1,乙大学,甲电子技术有限公司,2024\n2,乙大学,乙物流集团股份公司,2024\n",
        encoding="utf-8",
    )
    assert kg("ingest", "rival.csv", store=folder / "store").status == 0
    assert kg("ingest", "table", "mapping.yaml", "rival.csv", store=folder / "store").status == 0
    for name in ("mapping.yaml", "pairs.csv"):
        (folder / name).unlink(missing_ok=True)
    ledgers.workbook(folder / "台账.xlsx")
    return Sitting(folder)


def test_a_liaison_officer_requires_few_commands(sitting: Sitting) -> None:
    ingest_and_ask(sitting)
    correct(sitting)
    judge(sitting)
    add_facts(sitting)
    assert sitting.steps == {"A1": 3, "A2": 1, "A3": 1, "A4a": 1, "A4b": 1, "A4c": 1, "A5": 2, "A6": 2, "B7": 2}


def ingest_and_ask(sitting: Sitting) -> None:
    """Reach goals A1 to A4: the ledger in the graph, a ranking, a map and three questions."""
    ledger = (sitting.folder / "台账.xlsx").read_bytes()

    sitting.goal = "A1"
    assert "协议台账" in sitting.run("ingest", "台账.xlsx").err
    pairs = sitting.pairs("pairs.csv")
    assert [pair["decision"] for pair in pairs] == [""] * len(pairs)
    (same,) = (pair for pair in pairs if "甲电子" in pair["left"])
    sitting.edit("pairs.csv", f"{same['reason']},", f"{same['reason']},same")
    sitting.run("ingest", "table", "mapping.yaml", "台账.xlsx", "--pairs", "pairs.csv")
    assert (sitting.folder / "台账.xlsx").read_bytes() == ledger

    sitting.goal = "A2"
    ranking = sitting.rows("rank", "--sector", "firm", "--source", US, "--measure", "degree")
    assert {row["label"]: row["missing"] for row in ranking}["丙软件有限公司"] == "place"

    sitting.goal = "A3"
    sitting.run("map", "--focus", US, "--samples", "3", "-o", "map.html")
    assert US in (sitting.folder / "map.html").read_text(encoding="utf-8")

    sitting.goal = "A4a"
    ending = sitting.rows("query", "expiring", "--of", US, "--param", "months=12", "--param", f"from={DAY}")
    assert [(row["end"], row["months"], row["certain"]) for row in ending] == [
        ("2026-08-31", 9, True),
        ("2026-12-30", 13, False),  # of 2021 for five years
    ]

    sitting.goal = "A4b"
    partners = {row["partner_label"] for row in sitting.rows("query", "partners", "--of", "机械工程学院")}
    assert partners == {"甲电子技术有限公司", "乙物流有限公司"}

    sitting.goal = "A4c"
    (shared,) = sitting.rows("query", "shared-partners", "--of", US)
    assert (shared["partner_label"], shared["ours"], shared["theirs"]) == ("甲电子技术有限公司", 1, 1)


def correct(sitting: Sitting) -> None:
    """Reach goal A5: a corrected row replaces its statements."""
    sitting.goal = "A5"
    book = openpyxl.load_workbook(sitting.folder / "台账.xlsx")
    book["协议台账"]["D5"] = "丙汽车集团、戊研究所"
    book.save(sitting.folder / "台账.xlsx")
    sitting.count()
    counts = {row["what"]: row["count"] for row in sitting.rows("ingest", "table", "mapping.yaml", "台账.xlsx")}
    assert max(counts.values()) > 0
    names = {row["partner_label"] for row in sitting.look("query", "partners", "--of", "交通学院")}
    assert names == {"丙汽车集团", "戊研究所"}


def judge(sitting: Sitting) -> None:
    """Reach goal A6: decide pairs in a table."""
    sitting.goal = "A6"
    sitting.run("resolve", "suggest", "-o", "more.csv")
    pairs = sitting.pairs("more.csv")
    with (sitting.folder / "more.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, pairs[0])
        writer.writeheader()
        writer.writerows(pair | {"decision": "different"} for pair in pairs)
    sitting.run("resolve", "judge", "more.csv")
    assert len(sitting.look("query", "-e", "SELECT ?j { ?j a hx:Judgement ; dct:date ?day }")) == len(pairs) + 1


def add_facts(sitting: Sitting) -> None:
    """Reach goal B7: state three facts with their source."""
    sitting.goal = "B7"
    with api.open(sitting.folder / "store") as g:
        links = [
            api.Link(
                f"合作协议{n}",
                [US, api.Actor(f"{name}有限公司")],
                api.Source("甲报", address="https://example.org/1"),
                on="2025",
            )
            for n, name in enumerate("庚辛壬")
        ]
        sitting.count()
        g.add(*links)
        sitting.count()
        found = g.query(
            "SELECT ?l { ?l a hx:Agreement ; hx:participation/hx:participant/skos:prefLabel ?name "
            'FILTER(STR(?name) IN ("庚有限公司", "辛有限公司", "壬有限公司")) }'
        )
    assert len(found) == 3
