"""The order of the steps: what conforms becomes the store, what does not replaces nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from stores import SMALL, everything

from kg import pipeline
from kg.draw import forms
from kg.draw.compose import NO_VIEWS
from kg.errors import InputError
from kg.export.rdf import serialise
from kg.measure.missing import Draws, stand
from kg.model import Note, spoken
from kg.network import Lens, build
from kg.pipeline.draw import scene
from kg.store import Store

if TYPE_CHECKING:
    from pathlib import Path


def test_a_build_says_what_it_does_and_what_went_in(tmp_path: Path) -> None:
    said: list[str] = []
    built = pipeline.build([SMALL], Store(tmp_path / "store"), said.append)
    assert said == ["reading 1 files", "checking them against the shapes", "writing the store"]
    assert built.report.conforms
    assert built.size == (105, 7, 3, 5, 1)
    assert built.files.columns == ("graph", "links", "organisations", "evidence", "sources")
    assert built.files.rows == (("small.trig", 3, 7, 5, 1),)
    with Store(tmp_path / "store").view() as view:
        assert pipeline.summary(view) == (
            "3 links among 7 organisations from 1 sources; 8 of 13 declared parties are named (62%)"
        )


@pytest.mark.parametrize("suffix", [".nq", ".jsonld"])
def test_what_went_in_is_told_of_every_format_that_holds_evidence(small: Path, tmp_path: Path, suffix: str) -> None:
    with Store(small).view() as view:
        (tmp_path / f"a{suffix}").write_bytes(serialise(view, suffix))
    built = pipeline.build([tmp_path / f"a{suffix}"], Store(tmp_path / "store"), lambda _: None)
    assert built.files.rows == ((f"a{suffix}", 3, 7, 5, 1),)


def test_what_does_not_conform_replaces_nothing(tmp_path: Path) -> None:
    store = tmp_path / "store"
    pipeline.build([SMALL], Store(store), lambda _: None)
    before = everything(store)
    bad = tmp_path / "bad.trig"
    bad.write_text(SMALL.read_text(encoding="utf-8").replace("hx:stage stage:signed ;", "", 1), encoding="utf-8")
    bad.write_text(bad.read_text(encoding="utf-8").replace("hx:arity arity:multilateral ;", ""), encoding="utf-8")
    built = pipeline.build([bad], Store(store), lambda _: None)
    assert built.size is None
    assert [finding.rule for finding in built.report.findings] == ["Agreement/arity"]
    assert built.report == pipeline.check([bad])
    assert everything(store) == before


def test_a_check_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert pipeline.check([SMALL]).conforms
    with pytest.raises(InputError, match="there is no such file or folder"):
        pipeline.check([tmp_path / "missing"])
    assert list(tmp_path.iterdir()) == []


def test_the_same_graphs_make_the_same_store(tmp_path: Path) -> None:
    """Whatever the order in which they are named: the same statements, the same incidence table."""
    more = tmp_path / "more.trig"
    text = SMALL.read_text(encoding="utf-8")
    more.write_text(text.replace("/pact", "/pact2").replace("link:pact", "link:pact2"), encoding="utf-8")
    made = []
    for place, files in enumerate(([SMALL, more], [more, SMALL])):
        pipeline.build(files, Store(tmp_path / str(place)), lambda _: None)
        with Store(tmp_path / str(place)).view() as view:
            tables = view.incidence()
            made.append((serialise(view, ".trig"), *(t.to_pylist() for t in (tables.links, tables.parties))))
    assert made[0] == made[1]


def test_a_map_is_drawn_of_what_the_lens_shows(small: Path) -> None:
    with Store(small).view() as view:
        page = pipeline.draw(view, Lens(), pipeline.Picture()).content
        assert page == pipeline.draw(view, Lens(), pipeline.Picture()).content
        assert page.startswith("<!")
        crucible = pipeline.Picture(focus="https://w3id.org/helix-kg/id/crucible", hops=1)
        near = pipeline.draw(view, Lens(), crucible).content
    assert "Bellows" in page
    assert "Crucible" in near
    assert "Bellows" not in near


def test_a_large_page_names_the_sources_of_each_link_and_says_its_notes_in_both_languages(
    built: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store(built).view() as view:
        shown = build(view.incidence(), Lens())
        assert scene(view, shown, pipeline.Picture()).sources == {}
        monkeypatch.setattr(forms, "FULL_UP_TO", 3)
        made = scene(view, shown, pipeline.Picture(lang="zh"))
        rows = view.incidence().sources["iri"].to_pylist()
    told = zip(shown.links.table["iri"].to_pylist(), shown.links.table["sources"].to_pylist(), strict=True)
    assert {iri: [source.iri for source in said] for iri, said in made.sources.items()} == {
        iri: [rows[row] for row in said] for iri, said in told
    }
    assert all(made.sources.values())
    assert {source.publisher for said in made.sources.values() for source in said} >= {"China Daily"}
    assert all(isinstance(note, Note) for note in made.notes)
    assert made.notes[-1] == NO_VIEWS
    assert {role for kinds in made.roles.values() for kind in kinds for role in kind} >= {"party", "coBuilder"}


def test_a_map_tells_between_which_ranks_actors_would_be_were_all_named(small: Path) -> None:
    with Store(small).view() as view:
        made = build(view.incidence(), Lens())
        picture = pipeline.Picture(by="degree", completions=20)
        degree, *others = scene(view, made, picture).measures
        low, high = stand(made, "degree", "two-mode", None, Draws(20)).ranks_between()
        assert spoken(scene(view, made, picture).notes[0], "zh").startswith("视角：层：共建、合作、")
        bare = scene(view, made, replace(picture, completions=0))
        drawing = scene(view, made, replace(picture, form=".svg"))
    assert sorted(filter(None, degree.between)) == sorted(zip(low.tolist(), high.tolist(), strict=True))
    assert {one.name for one in others if one.between} == {"strength", "pagerank"}
    for one in (bare, drawing):
        assert not any(measure.between for measure in one.measures)
        assert not any("completions (seed" in note for note in one.notes)
