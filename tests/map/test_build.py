"""Maps of a store: pages, scenes and their notes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from helpers.texts import notes_of

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

    import pytest


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
