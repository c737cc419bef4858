"""Building a store from graph files, and validation of graph files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers.stores import SMALL, everything

from kg.errors import InputError
from kg.export.graph import serialise
from kg.ingest import build
from kg.network.incidence.load import load_incidence
from kg.store.local import LocalStore

if TYPE_CHECKING:
    from pathlib import Path


def test_a_build_logs_its_steps_and_counts_the_contents_of_files(tmp_path: Path) -> None:
    steps: list[str] = []
    result = build.build([SMALL], LocalStore(tmp_path / "store"), steps.append)
    assert steps == [
        "step 1 of 3: reading the graph files",
        "step 2 of 3: validating against the shapes",
        "step 3 of 3: writing the store",
    ]
    assert result.report.conforms
    assert result.size == (105, 7, 3, 5, 1)
    assert result.files.columns == ("graph", "links", "organisations", "evidence", "sources")
    assert result.files.rows == (("small.trig", 3, 7, 5, 1),)
    with LocalStore(tmp_path / "store").view() as view:
        assert build.summary(view).en == (
            "3 links among 7 organisations from 1 sources; 8 of 13 declared parties are named (62%)"
        )


@pytest.mark.parametrize("suffix", [".nq", ".jsonld"])
def test_every_format_that_can_contain_evidence_is_counted(small: Path, tmp_path: Path, suffix: str) -> None:
    with LocalStore(small).view() as view:
        (tmp_path / f"a{suffix}").write_bytes(serialise(view, suffix))
    result = build.build([tmp_path / f"a{suffix}"], LocalStore(tmp_path / "store"), lambda _: None)
    assert result.files.rows == ((f"a{suffix}", 3, 7, 5, 1),)


def test_files_that_do_not_conform_leave_the_store_unchanged(tmp_path: Path) -> None:
    store = tmp_path / "store"
    build.build([SMALL], LocalStore(store), lambda _: None)
    before = everything(store)
    bad = tmp_path / "bad.trig"
    bad.write_text(SMALL.read_text(encoding="utf-8").replace("hx:stage stage:signed ;", "", 1), encoding="utf-8")
    bad.write_text(bad.read_text(encoding="utf-8").replace("hx:arity arity:multilateral ;", ""), encoding="utf-8")
    result = build.build([bad], LocalStore(store), lambda _: None)
    assert result.size is None
    assert [finding.rule for finding in result.report.findings] == ["Agreement/arity"]
    assert result.report == build.check([bad])
    assert everything(store) == before


def test_a_check_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert build.check([SMALL]).conforms
    with pytest.raises(InputError, match="there is no such file or folder"):
        build.check([tmp_path / "missing"])
    assert list(tmp_path.iterdir()) == []


def test_the_same_graphs_give_the_same_store_in_any_order(tmp_path: Path) -> None:
    more = tmp_path / "more.trig"
    text = SMALL.read_text(encoding="utf-8")
    more.write_text(text.replace("/pact", "/pact2").replace("link:pact", "link:pact2"), encoding="utf-8")
    results = []
    for place, files in enumerate(([SMALL, more], [more, SMALL])):
        build.build(files, LocalStore(tmp_path / str(place)), lambda _: None)
        with LocalStore(tmp_path / str(place)).view() as view:
            tables = load_incidence(view)
            results.append((serialise(view, ".trig"), *(t.to_pylist() for t in (tables.links, tables.parties))))
    assert results[0] == results[1]
