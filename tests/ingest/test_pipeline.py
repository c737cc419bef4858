"""The order of the steps: what conforms becomes the store, what does not replaces nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from helpers.stores import SMALL, everything
from helpers.texts import notes_of

from kg.errors import InputError
from kg.export.graph import serialise
from kg.ingest import build as ingest_build
from kg.map import build as map_build
from kg.map import formats
from kg.map.build import scene
from kg.map.compose import NO_VIEWS
from kg.measure.uncertainty.intervals import rank_intervals
from kg.measure.uncertainty.sampling import SamplingOptions
from kg.model import Text, localise
from kg.network import Lens, build
from kg.network.incidence.load import load_incidence
from kg.store.local import Store

if TYPE_CHECKING:
    from pathlib import Path


def test_a_build_says_what_it_does_and_what_went_in(tmp_path: Path) -> None:
    said: list[str] = []
    built = ingest_build.build([SMALL], Store(tmp_path / "store"), said.append)
    assert said == ["reading 1 files", "checking them against the shapes", "writing the store"]
    assert built.report.conforms
    assert built.size == (105, 7, 3, 5, 1)
    assert built.files.columns == ("graph", "links", "organisations", "evidence", "sources")
    assert built.files.rows == (("small.trig", 3, 7, 5, 1),)
    with Store(tmp_path / "store").view() as view:
        assert ingest_build.summary(view) == (
            "3 links among 7 organisations from 1 sources; 8 of 13 declared parties are named (62%)"
        )


@pytest.mark.parametrize("suffix", [".nq", ".jsonld"])
def test_what_went_in_is_told_of_every_format_that_holds_evidence(small: Path, tmp_path: Path, suffix: str) -> None:
    with Store(small).view() as view:
        (tmp_path / f"a{suffix}").write_bytes(serialise(view, suffix))
    built = ingest_build.build([tmp_path / f"a{suffix}"], Store(tmp_path / "store"), lambda _: None)
    assert built.files.rows == ((f"a{suffix}", 3, 7, 5, 1),)


def test_what_does_not_conform_replaces_nothing(tmp_path: Path) -> None:
    store = tmp_path / "store"
    ingest_build.build([SMALL], Store(store), lambda _: None)
    before = everything(store)
    bad = tmp_path / "bad.trig"
    bad.write_text(SMALL.read_text(encoding="utf-8").replace("hx:stage stage:signed ;", "", 1), encoding="utf-8")
    bad.write_text(bad.read_text(encoding="utf-8").replace("hx:arity arity:multilateral ;", ""), encoding="utf-8")
    built = ingest_build.build([bad], Store(store), lambda _: None)
    assert built.size is None
    assert [finding.rule for finding in built.report.findings] == ["Agreement/arity"]
    assert built.report == ingest_build.check([bad])
    assert everything(store) == before


def test_a_check_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert ingest_build.check([SMALL]).conforms
    with pytest.raises(InputError, match="there is no such file or folder"):
        ingest_build.check([tmp_path / "missing"])
    assert list(tmp_path.iterdir()) == []


def test_the_same_graphs_make_the_same_store(tmp_path: Path) -> None:
    """Whatever the order in which they are named: the same statements, the same incidence table."""
    more = tmp_path / "more.trig"
    text = SMALL.read_text(encoding="utf-8")
    more.write_text(text.replace("/pact", "/pact2").replace("link:pact", "link:pact2"), encoding="utf-8")
    made = []
    for place, files in enumerate(([SMALL, more], [more, SMALL])):
        ingest_build.build(files, Store(tmp_path / str(place)), lambda _: None)
        with Store(tmp_path / str(place)).view() as view:
            tables = load_incidence(view)
            made.append((serialise(view, ".trig"), *(t.to_pylist() for t in (tables.links, tables.parties))))
    assert made[0] == made[1]


def test_a_map_is_drawn_of_what_the_lens_shows(small: Path) -> None:
    with Store(small).view() as view:
        page = map_build.draw(view, Lens(), map_build.MapOptions()).content
        assert page == map_build.draw(view, Lens(), map_build.MapOptions()).content
        assert page.startswith("<!")
        crucible = map_build.MapOptions(focus="https://w3id.org/helix-kg/id/crucible", hops=1)
        near = map_build.draw(view, Lens(), crucible).content
    assert "Bellows" in page
    assert "Crucible" in near
    assert "Bellows" not in near


def test_a_large_page_names_the_sources_of_each_link_and_says_its_notes_in_both_languages(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(built).view() as view:
        shown = build(load_incidence(view), Lens())
        assert scene(view, shown, map_build.MapOptions()).sources == {}
        monkeypatch.setattr(formats, "FULL_UP_TO", 3)
        made = scene(view, shown, map_build.MapOptions(lang="zh"))
        rows = load_incidence(view).sources["iri"].to_pylist()
    told = zip(shown.links.table["iri"].to_pylist(), shown.links.table["sources"].to_pylist(), strict=True)
    assert {iri: [source.iri for source in said] for iri, said in made.sources.items()} == {
        iri: [rows[row] for row in said] for iri, said in told
    }
    assert all(made.sources.values())
    assert {source.publisher for said in made.sources.values() for source in said} >= {"China Daily"}
    assert all(isinstance(note, Text) for note in made.notes)
    assert made.notes[-1] == NO_VIEWS
    assert {role for kinds in made.roles.values() for kind in kinds for role in kind} >= {"party", "coBuilder"}


def test_a_map_tells_between_which_ranks_actors_would_be_were_all_named(small: Path) -> None:
    with Store(small).view() as view:
        made = build(load_incidence(view), Lens())
        picture = map_build.MapOptions(measure="degree", samples=20)
        degree, *others = scene(view, made, picture).measures
        low, high = rank_intervals(made, "degree", "two-mode", None, SamplingOptions(20)).rank_interval()
        assert localise(scene(view, made, picture).notes[0], "zh").startswith("视角：层：共建、合作、")
        bare = scene(view, made, replace(picture, samples=0))
        drawing = scene(view, made, replace(picture, suffix=".svg"))
    assert sorted(filter(None, degree.rank_intervals)) == sorted(zip(low.tolist(), high.tolist(), strict=True))
    assert {one.name for one in others if one.rank_intervals} == {"strength", "pagerank"}
    for one in (bare, drawing):
        assert not any(measure.rank_intervals for measure in one.measures)
        assert not any("samples (seed" in note for note in notes_of(one))
