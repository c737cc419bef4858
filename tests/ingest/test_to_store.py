"""Ingesting into a store equals ingesting into a graph file and building it, is atomic, and can be resumed."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import time
from datetime import date
from typing import TYPE_CHECKING

import pytest
from helpers.moe_lists import listing
from helpers.sharing import shared_folder
from helpers.stores import KG, SMALL, environment, error_of, everything, kg, quads
from helpers.turtle import graph_file

from kg.ingest import batches, build, to_file, to_store
from kg.ingest.readers.input_files import Inputs
from kg.ingest.readers.moe import MOE
from kg.network.incidence.load import load_incidence
from kg.query import questions
from kg.query import run as query
from kg.store.local import LocalStore
from kg.terms import EVIDENCE, ID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from kg.ingest.readers.records import Row


def current(store: Path) -> str:
    return (store / "current").read_text().strip()


def counts(*words: str | Path, store: Path | None = None) -> dict[str, int]:
    done = kg("ingest", *words, "--format", "json", "--quiet", store=store)
    assert done.status == 0, done.err
    return {row["what"]: row["count"] for row in json.loads(done.out)}


@pytest.fixture
def store(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A writable copy of the store that a build of tests/helpers/small.trig writes."""
    built = shared_folder(
        tmp_path_factory,
        "small-build",
        lambda folder: build.build([SMALL], LocalStore(folder / "store"), lambda _: None),
    )
    return shutil.copytree(built / "store", tmp_path / "store")


@pytest.fixture
def listed(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, store: Path) -> Path:
    """A writable copy of such a store with the list of `edition_of_2025`."""
    with_list = shared_folder(
        tmp_path_factory,
        "small-build-with-list",
        lambda folder: counts("moe", edition_of_2025(folder), store=shutil.copytree(store, folder / "store")),
    )
    return shutil.copytree(with_list / "store", tmp_path / "listed")


def edition_of_2025(folder: Path) -> Path:
    return listing(folder / "a-2025-06-20.csv")


# Equality with an ingest into a file.


def editions(folder: Path) -> tuple[Path, ...]:
    """Write four editions: new, removed and changed rows, a removed row that returns, and a corrected edition."""
    return (
        listing(folder / "a-2021-06-20.csv", 100),
        listing(folder / "b-2022-06-20.csv", 101, without=5, renamed=7),
        listing(folder / "c-2023-06-20.csv", 101, renamed=5),
        listing(folder / "d-2023-06-20.csv", 100, renamed=9),
    )


@pytest.mark.slow
def test_each_later_edition_gives_the_same_store_as_a_build_from_a_file(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The batches are much smaller than the default.

    The first edition is compared in `test_confirmed_batches_are_not_written_again`.
    """
    monkeypatch.setattr(batches, "SIZE", 500)
    graph, built = tmp_path / "graph.nq", tmp_path / "built"
    first, *later = editions(tmp_path)
    for edition in (first, *later):
        by_file = counts("moe", edition, "-o", graph)
        by_store = counts("moe", edition, store=store)
        assert {name: number for name, number in by_store.items() if name != "statements"} == {
            name: number for name, number in by_file.items() if name != "statements"
        }
        if edition != first:
            assert build.build([SMALL, graph], LocalStore(built), lambda _: None).report.findings == ()
            assert quads(store) == quads(built)
    with LocalStore(store).view() as ours, LocalStore(built).view() as theirs:
        assert ours.size() == theirs.size()
        assert load_incidence(ours).links.equals(load_incidence(theirs).links)
        assert ours.ask(f"ASK {{ GRAPH <{EVIDENCE}moe/4100000007/until/2021-06-20> {{ ?s ?p ?o }} }}")


def test_a_new_store_includes_the_ontology(tmp_path: Path) -> None:
    source, graph = listing(tmp_path / "a.csv"), tmp_path / "graph.nq"
    counts("moe", source, store=tmp_path / "new")
    counts("moe", source, "-o", graph)
    build.build([graph], LocalStore(tmp_path / "built"), lambda _: None)
    assert quads(tmp_path / "new") == quads(tmp_path / "built")


def test_ingesting_a_source_twice_changes_nothing(listed: Path, tmp_path: Path) -> None:
    before = everything(listed)
    done = kg("ingest", "moe", edition_of_2025(tmp_path), store=listed)
    assert (done.status, done.err.splitlines()[0]) == (0, "the store already contains all of this")
    assert everything(listed) == before


# Refusals.


def test_data_that_do_not_conform_leave_the_store_unchanged(listed: Path, tmp_path: Path) -> None:
    """Two sources give one institution different preferred names in Chinese; each conforms alone."""
    before = everything(listed)
    changes = tmp_path / "changes.csv"
    lines = "".join(f"{4100000000 + number},旧{number},学院{number}\n" for number in range(2, 121))
    changes.write_text(f"code,name_2017,name_2025\n4100000001,旧院,别院\n{lines}", encoding="utf-8")
    done = kg("ingest", "moe", changes, store=listed)
    assert done.status == 1
    assert f"{ID}moe/4100000001: " in done.err.splitlines()[0]
    assert done.err.splitlines()[-1] == "kg: the data do not conform: 1 finding; the store is unchanged"
    assert everything(listed) == before
    changes.write_text(changes.read_text(encoding="utf-8").replace("别院", "学院1"), encoding="utf-8")
    assert counts("moe", changes, store=listed)["used"] == 120


def test_refused_rows_leave_the_store_unchanged_without_keep_going(store: Path, tmp_path: Path) -> None:
    source = listing(tmp_path / "list.csv")
    with source.open("a", encoding="utf-8") as file:
        file.write("121,学院,4100000001x,教育部,北京市,北京市,本科,\n")
    before = everything(store)
    done = kg("ingest", "moe", source, "--rejects", tmp_path / "refused.csv", store=store)
    assert done.err.splitlines()[-1] == (
        "kg: 1 of 121 rows were refused; correct them, or pass --keep-going; nothing was written"
    )
    assert "list.csv,122,code" in (tmp_path / "refused.csv").read_text(encoding="utf-8")
    assert everything(store) == before
    assert counts("moe", source, "--keep-going", store=store)["used"] == 120


def test_an_earlier_edition_cannot_follow_a_later_one(listed: Path, tmp_path: Path) -> None:
    before = everything(listed)
    earlier = listing(tmp_path / "b-2024-06-20.csv")
    assert "a later edition of moe, of 2025-06-20" in error_of(kg("ingest", "moe", earlier, store=listed), status=2)
    assert everything(listed) == before


def test_files_that_change_while_they_are_read_are_refused(store: Path, tmp_path: Path) -> None:
    source = listing(tmp_path / "a.csv")
    before = everything(store)

    def changing(rows: Iterator[Row], _: Inputs) -> Iterator[Row]:
        yield from rows
        listing(source, 121)

    with pytest.raises(Exception, match="the files changed while they were read"):
        to_store.ingest_into(
            MOE, Inputs([source]), LocalStore(store), to_file.IngestOptions(), changing, lambda _: None
        )
    assert everything(store) == before


def test_an_ingest_counts_organisations_that_resemble_known_ones(store: Path, tmp_path: Path) -> None:
    mapping, table = agreements(tmp_path)
    table.write_text(table.read_text(encoding="utf-8").replace("华为;中兴", "铁砧公司;中兴"), encoding="utf-8")
    done = kg("ingest", "table", mapping, table, store=store)
    assert "1 of 3 organisations resemble others in the store (score 0.9 or more)" in done.err
    assert (
        kg(
            "resolve",
            "judge",
            "-o",
            tmp_path / "j.ttl",
            "liaison-office/铁砧公司",
            "anvil",
            "same",
            "--reason",
            "x",
            store=store,
        ).status
        == 0
    )


# Builds after an ingest.


def test_a_build_keeps_ingested_data_without_discard(listed: Path, tmp_path: Path) -> None:
    graph = tmp_path / "graph.nq"
    before = quads(listed)
    message = error_of(kg("build", SMALL, store=listed))
    assert "none of these files contains 120 pieces of evidence (src:moe) of the store" in message
    assert quads(listed) == before
    counts("moe", edition_of_2025(tmp_path), "-o", graph)
    assert kg("build", SMALL, graph, store=listed).status == 0
    assert quads(listed) == before
    assert "(src:moe)" in error_of(kg("build", SMALL, store=listed))  # built from files, and guarded alike
    assert kg("build", SMALL, "--discard", store=listed).status == 0
    assert kg("build", SMALL, store=listed).status == 0


def test_every_ingested_source_is_recorded(listed: Path, tmp_path: Path) -> None:
    counts("table", *agreements(tmp_path), store=listed)
    assert {source.rpartition("/")[2] for source in LocalStore(listed).ingested()} == {"moe", "liaison-office"}


def agreements(folder: Path) -> tuple[Path, Path]:
    mapping, table = folder / "mapping.yaml", folder / "agreements.csv"
    mapping.write_text(kg("ingest", "table", "--example").out, encoding="utf-8")
    head = "No.,University,Partner,Website,Others,Agreement,Type,Status,Signed,Funds\n"
    table.write_text(head + "1,西安理工大学,华为;中兴,,over 30,协议,共建,已签,2025-11-08,\n", encoding="utf-8")
    return mapping, table


# Interruptions.


def killed(words: Sequence[str | Path], store: Path, batch: str, seconds: float) -> bool:
    """Kill `kg` some seconds after the journal of the new generation has `batch`; return whether it was running."""
    run = subprocess.Popen([*KG, *map(str, words)], env=environment(store), stdout=subprocess.DEVNULL)
    while run.poll() is None:
        if any(f'"{batch}"' in journal.read_text() for journal in (store / "generations").glob("*.pending/journal")):
            time.sleep(seconds)
            run.kill()
            break
        time.sleep(0.01)
    return run.wait() == -signal.SIGKILL


@pytest.mark.slow
def test_an_ingest_killed_repeatedly_gives_the_same_store(listed: Path, tmp_path: Path) -> None:
    """A concurrent reader sees the old state or the new one."""
    interrupted = shutil.copytree(listed, tmp_path / "interrupted")
    later = listing(tmp_path / "b-2026-06-20.csv", 119, renamed=7)
    counts("moe", later, store=listed)
    before, after, kills = quads(interrupted), quads(listed), 0
    assert before != after
    with LocalStore(interrupted).view() as reader:
        for batch, seconds in (("0 119", 0.0), ("validated", 0.05)):
            kills += killed(["ingest", "moe", later], interrupted, batch, seconds)
            assert quads(interrupted) in (before, after)
        assert set(reader.graph) == before
    assert kills
    counts("moe", later, store=interrupted)
    assert quads(interrupted) == after


def stopping(after: int) -> Callable[[Iterator[Row], Inputs], Iterator[Row]]:
    """Return a function that passes `after` rows and then interrupts."""

    def watch(rows: Iterator[Row], _: Inputs) -> Iterator[Row]:
        for number, row in enumerate(rows):
            if number == after:
                raise KeyboardInterrupt
            yield row

    return watch


def test_confirmed_batches_are_not_written_again(store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "SIZE", 500)
    source = listing(tmp_path / "a-2025-06-20.csv")
    steps: list[str] = []

    def run(rows: int) -> None:
        options = to_file.IngestOptions(date(2025, 6, 20))
        to_store.ingest_into(MOE, Inputs([source]), LocalStore(store), options, stopping(rows), steps.append)

    with pytest.raises(KeyboardInterrupt):
        run(80)
    (pending,) = (store / "generations").glob("*.pending")
    confirmed = (pending / "journal").read_text().splitlines()[1:]
    assert len(confirmed) > 2
    with pytest.raises(KeyboardInterrupt):
        run(100)
    rows = json.loads(confirmed[-1])[0].split()[1]
    assert f"resuming an interrupted ingest after {rows} rows" in steps
    assert (pending / "journal").read_text().splitlines()[1 : len(confirmed) + 1] == confirmed
    run(1000)
    graph = tmp_path / "graph.nq"
    counts("moe", source, "-o", graph)
    build.build([SMALL, graph], LocalStore(tmp_path / "built"), lambda _: None)
    assert quads(store) == quads(tmp_path / "built")


def test_batches_confirmed_before_an_interruption_are_validated(
    listed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A row of the first batch does not conform; the run that validates it, on disk, writes no batch itself."""
    monkeypatch.setattr(to_store, "IN_MEMORY", 0)
    monkeypatch.setattr(batches, "SIZE", 200)
    lines = "".join(f"{4100000000 + number},旧{number},学院{number}\n" for number in range(2, 121))
    changes = tmp_path / "changes.csv"
    changes.write_text(f"code,name_2017,name_2025\n4100000001,旧院,别院\n{lines}", encoding="utf-8")

    def run(rows: int, until: str = "") -> to_file.IngestResult:
        def log(step: str) -> None:
            if until and step.startswith(until):
                raise KeyboardInterrupt

        return to_store.ingest_into(
            MOE, Inputs([changes]), LocalStore(listed), to_file.IngestOptions(), stopping(rows), log
        )

    with pytest.raises(KeyboardInterrupt):
        run(80)
    with pytest.raises(KeyboardInterrupt):
        run(1000, until="validating")
    (finding,) = run(1000).report.findings
    assert finding.node == f"{ID}moe/4100000001"


# Retired evidence.


def test_a_retired_name_violates_no_shape(tmp_path: Path) -> None:
    """The former name is kept in the file in the same language, but shapes and coverage ignore it."""
    graph = tmp_path / "graph.nq"
    counts("moe", listing(tmp_path / "a-2024-06-20.csv"), "-o", graph)
    fresh = {row[0]: row[2:5] for row in build.gaps([graph], "en").rows}
    counts("moe", listing(tmp_path / "b-2025-06-20.csv", renamed=7), "-o", graph)
    assert build.check([graph]).findings == ()
    assert {row[0]: row[2:5] for row in build.gaps([graph], "en").rows} == fresh
    assert kg("build", graph, store=tmp_path / "store").status == 0
    with LocalStore(tmp_path / "store").view() as view:
        names = view.select(f"SELECT ?name {{ <{ID}moe/4100000007> skos:prefLabel ?name }}")
        assert [row["name"].value for row in names] == ["新学院7"]


def test_retired_identifiers_join_no_actors(tmp_path: Path) -> None:
    firm = (
        '<id/{0}> a hx:Actor, hx:Organisation, hx:Firm ; skos:prefLabel "{0}"@en ; org:identifier "Q1"^^hx:wikidataId .'
    )
    text = "<source/p> a hx:Source ; dct:publisher 'P' ; hx:quality <scheme/quality/newspaper> .\n"
    for number, name in enumerate(("one", "two")):
        evidence = f"<evidence/p/{number}>"
        text += f"{evidence} a hx:Evidence ; hx:source <source/p> ; hx:reading <scheme/reading/record> .\n"
        text += f"{evidence} {{ {firm.format(name)} }}\n"
    query = "ASK { ?one hx:countsAs ?other }"
    for end, expected in (("", True), ("<evidence/p/1> hx:lastSeen '2024-01-01'^^xsd:date .\n", False)):
        result = build.build([graph_file(tmp_path, text + end)], LocalStore(tmp_path / "store"), lambda _: None)
        assert result.report.findings == ()
        with LocalStore(tmp_path / "store").view() as view:
            assert view.ask(query) is expected


def test_the_question_changes_lists_new_changed_and_removed_evidence(store: Path, tmp_path: Path) -> None:
    for edition in editions(tmp_path)[:2]:
        counts("moe", edition, store=store)
    changes = {}
    with LocalStore(store).view() as view:
        for day in ("2022-06-20", "2022-06-21"):
            requested = questions.bind(questions.find("changes"), {"date": day}, "zh")
            rows = [row for row in query.run_query(view, requested).rows if str(row[4]).endswith("source/moe")]
            changes[day] = {(row[0], str(row[1]), str(row[3])) for row in rows if str(row[3])[-1:].isdigit()}
    assert changes["2022-06-21"] == set()
    assert ("new", "2022-06-20", "学院101") in changes["2022-06-20"]
    assert ("gone", "2021-06-20", "学院5") in changes["2022-06-20"]
    assert [day for change, day, _ in changes["2022-06-20"] if change == "changed"] == ["2021-06-20"]
    assert len(changes["2022-06-20"]) == 3
