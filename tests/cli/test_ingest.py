"""`kg ingest`: graph files, editions, and refused rows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from helpers import ledgers
from helpers.moe_lists import listing
from helpers.stores import error_of, kg
from helpers.terms import value_of

from kg.terms import EVIDENCE, HX, ID

if TYPE_CHECKING:
    from pathlib import Path


STAR = "甲大学合作协议台账"
"""Key that the draft for `ledgers.star` gives."""


def counts(*words: str | Path) -> dict[str, int]:
    done = kg("ingest", *words, "--format", "json", "--quiet")
    assert done.status == 0, done.err
    return {row["what"]: row["count"] for row in json.loads(done.out)}


def quads(path: Path) -> set[ox.Quad]:
    return set(ox.parse(path=str(path)))


@pytest.mark.parametrize("suffix", [".nq", ".trig"])
def test_reading_twice_changes_nothing(tmp_path: Path, suffix: str) -> None:
    source, graph = listing(tmp_path / "list-2025-06-20.csv"), tmp_path / f"graph{suffix}"
    first = counts("moe", source, "-o", graph)
    assert (first["rows read"], first["used"], first["refused"], first["evidence, new"]) == (120, 120, 0, 120)
    before = graph.read_bytes()
    second = counts("moe", source, "-o", graph)
    assert (second["evidence, new"], second["evidence, unchanged"]) == (0, 120)
    assert graph.read_bytes() == before
    assert first["statements"] == second["statements"] == len(quads(graph))


@pytest.mark.parametrize("suffix", [".nq", ".trig"])
def test_a_later_edition_retires_and_keeps_missing_rows(tmp_path: Path, suffix: str) -> None:
    graph = tmp_path / f"graph{suffix}"
    counts("moe", listing(tmp_path / "a-2024-06-20.csv"), "-o", graph)
    before = quads(graph)
    later = listing(tmp_path / "b-2025-06-20.csv", 121, without=5, renamed=7)
    result = counts("moe", later, "-o", graph)
    assert {name: result[f"evidence, {name}"] for name in ("new", "unchanged", "changed", "retired")} == {
        "new": 1,
        "unchanged": 118,
        "changed": 1,
        "retired": 1,
    }
    last = {
        value_of(quad.subject).removeprefix(EVIDENCE): value_of(quad.object)
        for quad in quads(graph)
        if quad.predicate.value == HX.lastSeen
    }
    assert last == {"moe/4100000005": "2024-06-20", "moe/4100000007/until/2024-06-20": "2024-06-20"}
    for number, key in ((5, "moe/4100000005"), (7, "moe/4100000007/until/2024-06-20")):
        kept = {quad.triple for quad in quads(graph) if quad.graph_name == ox.NamedNode(EVIDENCE + key)}
        was = {quad.triple for quad in before if quad.graph_name == ox.NamedNode(f"{EVIDENCE}moe/410000000{number}")}
        assert kept == was != set()
    first = {
        value_of(quad.subject): value_of(quad.object) for quad in quads(graph) if quad.predicate.value == HX.firstSeen
    }
    assert first[EVIDENCE + "moe/4100000007"] == first[EVIDENCE + "moe/4100000005"] == "2024-06-20"
    assert first[EVIDENCE + "moe/4100000121"] == "2025-06-20"
    again = graph.read_bytes()
    assert counts("moe", later, "-o", graph)["evidence, unchanged"] == 120
    assert graph.read_bytes() == again


def test_a_row_that_returns_is_restored(tmp_path: Path) -> None:
    graph = tmp_path / "graph.nq"
    for name, without in (("a-2023-06-20.csv", None), ("b-2024-06-20.csv", 5), ("c-2025-06-20.csv", None)):
        counts("moe", listing(tmp_path / name, without=without), "-o", graph)
    assert not any(quad.predicate.value == HX.lastSeen for quad in quads(graph))


def test_rereading_an_edition_replaces_it(tmp_path: Path) -> None:
    graph = tmp_path / "graph.nq"
    counts("moe", listing(tmp_path / "a-2025-06-20.csv"), "-o", graph)
    counts("moe", listing(tmp_path / "a-2025-06-20.csv", without=5), "-o", graph)
    assert ox.NamedNode(ID + "moe/4100000005") not in {quad.subject for quad in quads(graph)}


def test_an_earlier_edition_is_refused_after_a_later_one(tmp_path: Path) -> None:
    graph = tmp_path / "graph.nq"
    counts("moe", listing(tmp_path / "a-2025-06-20.csv"), "-o", graph)
    before = graph.read_bytes()
    earlier = listing(tmp_path / "b-2024-06-20.csv")
    assert "a later edition of moe, of 2025-06-20" in error_of(kg("ingest", "moe", earlier, "-o", graph), status=2)
    undated = listing(tmp_path / "b.csv")
    assert "pass --as-of YYYY-MM-DD" in error_of(kg("ingest", "moe", undated, "-o", graph), status=2)
    assert graph.read_bytes() == before


def test_named_graphs_of_other_sources_are_kept(tmp_path: Path) -> None:
    graph = tmp_path / "graph.trig"
    other = '<urn:a> <urn:b> "c\\u2028d"@en <urn:g> .\n<urn:g> <urn:b> <urn:c> .\n'
    graph.write_bytes(ox.serialize(ox.parse(other, format=ox.RdfFormat.N_QUADS), format=ox.RdfFormat.TRIG) or b"")
    before = quads(graph)
    counts("moe", listing(tmp_path / "a.csv"), "-o", graph)
    assert before <= quads(graph)


def test_refused_rows_prevent_writing_unless_keep_going_is_set(tmp_path: Path) -> None:
    source = listing(tmp_path / "list.csv")
    with source.open("a", encoding="utf-8") as file:
        file.write("121,=1+1,4100000001x,教育部,北京市,北京市,本科,\n")
    graph, listed = tmp_path / "graph.nq", tmp_path / "refused.csv"
    done = kg("ingest", "moe", source, "-o", graph, "--rejects", listed)
    assert done.status == 1
    assert done.err.splitlines() == [
        "list.csv:122: code: a code has ten digits (found: 4100000001x)",
        "kg: 1 of 121 rows were refused; correct them, or pass --keep-going; nothing was written",
    ]
    assert not graph.exists()
    assert listed.read_text(encoding="utf-8").splitlines()[1:] == [
        "list.csv,122,code,4100000001x,a code has ten digits"
    ]
    result = counts("moe", source, "-o", graph, "--keep-going")
    assert (result["rows read"], result["used"], result["refused"]) == (121, 120, 1)
    assert graph.exists()


def test_reasons_for_refused_rows_are_in_the_language_asked(tmp_path: Path) -> None:
    mapping = tmp_path / "mapping.yaml"
    mapping.write_text(
        "source: {key: l, title: {zh: 台账}, publisher: P, quality: university, licence: CC0-1.0, language: zh}\n"
        "row: {key: No.}\n"
        "actors: {them: {key: Partner, names: {zh: Partner}, kind: Firm}}\n"
        "link: {parties: [{actor: them}], start: Signed}\n",
        encoding="utf-8",
    )
    table, listed = tmp_path / "l.csv", tmp_path / "refused.csv"
    table.write_text("No.,Partner,Signed\n1,甲公司,2025-02-30\n", encoding="utf-8")
    done = kg("--lang", "zh", "ingest", "table", mapping, table, "-o", tmp_path / "l.trig", "--rejects", listed)
    assert "l.csv:2：Signed：该日期不存在；请更正（原值：2025-02-30）" in done.err.splitlines()
    assert "该日期不存在；请更正" in listed.read_text(encoding="utf-8")


def test_an_unexpected_number_of_rows_is_refused(tmp_path: Path) -> None:
    done = kg("ingest", "moe", listing(tmp_path / "list.csv", 3), "-o", tmp_path / "graph.nq")
    assert done.status == 1
    assert "3 of 3 rows were used, but the reader moe expects 100 to 10000" in done.err
    assert not (tmp_path / "graph.nq").exists()


def test_repeated_rows_are_skipped_if_equal_and_refused_otherwise(tmp_path: Path) -> None:
    source = listing(tmp_path / "list.csv")
    with source.open("a", encoding="utf-8") as file:
        file.write("121,学院1,4100000001,教育部,北京市,北京市,本科,\n122,别的,4100000001,教育部,北京市,北京市,本科,\n")
    result = counts("moe", source, "-o", tmp_path / "graph.nq", "--keep-going")
    assert (result["used"], result["skipped: repeated"], result["refused"]) == (120, 1, 1)


@pytest.mark.parametrize(
    ("words", "message", "status"),
    [
        (("other", "list.csv", "-o", "g.nq"), "there is no reader 'other'; there are: moe", 2),
        (("moe", "list.csv", "-o", "g.ttl"), "a source is written as .trig or .nq", 2),
        (("moe", "missing.csv", "-o", "g.nq"), "missing.csv: there is no such file", 1),
        (("moe", "list.csv", "-o", "no/g.nq"), "the folder no does not exist", 1),
        (
            ("moe", "a-2024-01-01.csv", "b-2025-01-01.csv", "-o", "g.nq"),
            "several dates, 2024-01-01 and 2025-01-01; pass --as-of",
            2,
        ),
    ],
)
def test_invalid_arguments_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], message: str, status: int
) -> None:
    monkeypatch.chdir(tmp_path)
    listing(tmp_path / "list.csv")
    assert message in error_of(kg("ingest", *words), status=status)
    assert [path.name for path in tmp_path.iterdir()] == ["list.csv"]


def test_a_table_alone_is_inspected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    ledgers.workbook(tmp_path / "台账.xlsx")
    done = kg("ingest", "台账.xlsx", "--lang", "zh", store=tmp_path / "none")
    assert done.status == 0, done.err
    assert "协议金额，单位：万元" in done.out
    assert "台账似属甲市理工大学。" in done.err
    assert "按此映射，可用4行，略过2行，拒绝0行。" in done.err
    assert counts("table", "mapping.yaml", "台账.xlsx", "-o", "o.trig")["used"] == 4
    assert kg("validate", tmp_path / "o.trig").status == 0


def test_a_draft_does_not_replace_a_mapping(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mapping.yaml").write_text("mine", encoding="utf-8")
    ledgers.text(tmp_path / "t.csv")
    assert "mapping.yaml exists; move or delete it" in kg("ingest", "t.csv").err
    assert (tmp_path / "mapping.yaml").read_text(encoding="utf-8") == "mine"


def test_the_answer_is_in_the_language_of_the_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "C")
    path = ledgers.star(tmp_path / "台账.csv")
    spaced = path.rename(tmp_path / "台账 2024.csv")
    answer = kg("ingest", spaced, store=tmp_path / "none").err
    assert "请核对标有" in answer
    assert f'kg ingest table mapping.yaml "{spaced}"' in answer
    assert "读取行数" in kg("ingest", "table", "mapping.yaml", spaced, "-o", "o.trig").out


def test_decided_pairs_are_judged_after_the_ingest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path, store = ledgers.star(tmp_path / "台账.csv"), tmp_path / "store"
    kg("ingest", path, store=store)
    (tmp_path / "pairs.csv").write_text(
        f"left,right,score,reason,decision\n{STAR}/乙有限公司,{STAR}/丙有限公司,0.8,renamed,same\n", encoding="utf-8"
    )
    done = kg("ingest", "table", "mapping.yaml", path, "--pairs", "pairs.csv", "--format", "csv", store=store)
    assert done.status == 0, done.err
    assert "same,1" in done.out
    assert "applied to the store" in done.err


def test_an_unknown_pair_leaves_the_rows_in_the_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path, store = ledgers.star(tmp_path / "台账.csv"), tmp_path / "store"
    kg("ingest", path, store=store)
    head = f"left,right,score,reason,decision\n{STAR}/乙有限公司,"
    for pair, message in ((",0.8,renamed,same\n", "right is empty"), ("nobody,0.8,renamed,same\n", "rows are in the")):
        (tmp_path / "pairs.csv").write_text(head + pair, encoding="utf-8")
        done = kg("ingest", "table", "mapping.yaml", path, "--pairs", "pairs.csv", "--lang", "en", store=store)
        assert (done.status, message in done.err, store.exists()) == (1, True, message != "right is empty"), done.err


def test_pairs_belong_to_the_store(tmp_path: Path) -> None:
    done = kg("ingest", "table", "m.yaml", "t.csv", "--pairs", "p.csv", "-o", tmp_path / "g.trig")
    assert "--pairs judges actors of the store; leave out -o" in done.err
