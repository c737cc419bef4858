"""Maps of a store: pages, scenes, sources and rank intervals."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from helpers.texts import notes_of

from kg.errors import UsageError
from kg.map import build as map_build
from kg.map import formats
from kg.map.build import scene
from kg.map.compose import NO_VIEWS
from kg.map.options import MapOptions
from kg.measure.uncertainty.intervals import rank_intervals
from kg.measure.uncertainty.sampling import SamplingOptions
from kg.model import Text, localise
from kg.network import Lens, build
from kg.network.incidence.load import load_incidence
from kg.store.local import LocalStore

if TYPE_CHECKING:
    from pathlib import Path


def test_map_contains_the_network_of_the_lens_or_of_the_focus(small: Path) -> None:
    with LocalStore(small).view() as view:
        page = map_build.draw(view, Lens(), MapOptions(samples=2)).content
        assert page == map_build.draw(view, Lens(), MapOptions(samples=2)).content
        assert isinstance(page, str)
        assert page.startswith("<!")
        crucible = MapOptions(focus="https://w3id.org/helix-kg/id/crucible", hops=1, samples=2)
        neighbourhood = map_build.draw(view, Lens(), crucible).content
    assert "Bellows" in page
    assert "Crucible" in neighbourhood
    assert "Bellows" not in neighbourhood


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (MapOptions(suffix=".tif"), r"^there is no format '\.tif'; there are: \.html, \.htm, \.svg, \.png, \.pdf$"),
        (MapOptions(initial_view="band"), r"^there is no view 'band'; did you mean bands\?$"),
        (MapOptions(theme="blue"), r"^there is no theme 'blue'; there are: light, dark$"),
        (MapOptions(measure="luck"), r"^there is no measure 'luck'; there are: degree, "),
        (MapOptions(hops=0), r"^the number of hops must be 1 or more, not 0$"),
        (MapOptions(samples=-1), r"^the number of samples must be 0 or more, not -1$"),
    ],
)
def test_unknown_options_are_errors(small: Path, options: MapOptions, message: str) -> None:
    with LocalStore(small).view() as view, pytest.raises(UsageError, match=message):
        map_build.draw(view, Lens(), options)


def test_only_a_large_page_contains_sources(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with LocalStore(small).view() as view:
        network = build(load_incidence(view), Lens())
        assert scene(view, network, MapOptions(samples=0)).sources == {}
        monkeypatch.setattr(formats, "FULL_UP_TO", 3)
        assert scene(view, network, MapOptions(samples=0)).sources


def test_large_page_contains_all_sources_and_bilingual_notes(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(formats, "FULL_UP_TO", 3)
    with LocalStore(built).view() as view:
        network = build(load_incidence(view), Lens())
        large = scene(view, network, MapOptions(lang="zh", samples=2))
        iris = load_incidence(view).sources["iri"].to_pylist()
    links = zip(network.links.table["iri"].to_pylist(), network.links.table["sources"].to_pylist(), strict=True)
    assert {link: [source.iri for source in sources] for link, sources in large.sources.items()} == {
        link: [iris[row] for row in rows] for link, rows in links
    }
    assert all(large.sources.values())
    assert {source.publisher for sources in large.sources.values() for source in sources} >= {"China Daily"}
    assert all(isinstance(note, Text) for note in large.notes)
    assert large.notes[-1] == NO_VIEWS
    assert {role for kinds in large.roles.values() for kind in kinds for role in kind} >= {"party", "coBuilder"}


def test_rank_intervals_are_those_of_the_measures(small: Path) -> None:
    with LocalStore(small).view() as view:
        network = build(load_incidence(view), Lens())
        options = MapOptions(measure="degree", samples=20)
        degree, *others = scene(view, network, options).measures
        lower, upper = rank_intervals(network, "degree", "two-mode", None, SamplingOptions(20)).rank_interval()
        assert localise(scene(view, network, options).notes[0], "zh").startswith("口径：关系层：共建、合作、")
        without_samples = scene(view, network, replace(options, samples=0))
        picture = scene(view, network, replace(options, suffix=".svg"))
    assert sorted(filter(None, degree.rank_intervals)) == sorted(zip(lower.tolist(), upper.tolist(), strict=True))
    assert {one.name for one in others if one.rank_intervals} == {"betweenness", "strength", "pagerank"}
    for one in (without_samples, picture):
        assert not any(measure.rank_intervals for measure in one.measures)
        assert not any("samples (seed" in note for note in notes_of(one))


def test_tables_give_the_map_of_the_store_with_sources_as_evidence(small: Path) -> None:
    with LocalStore(small).view() as view:
        tables = load_incidence(view)
        network = build(tables, Lens())
        stored, listed = (scene(origin, network, MapOptions(samples=0)) for origin in (view, tables))
    assert [(node.iri, node.x, node.y) for node in listed.nodes] == [
        (node.iri, node.x, node.y) for node in stored.nodes
    ]
    keys = {name: {piece.source for piece in card.evidence} for name, card in listed.links.items()}
    assert keys == {
        name: {piece.source for piece in card.evidence if piece.reading != "rule"}
        for name, card in stored.links.items()
    }


def test_a_map_of_the_strongest_has_their_scores_in_the_whole_network(small: Path) -> None:
    with LocalStore(small).view() as view:
        network = build(load_incidence(view), Lens())
        whole, top = (scene(view, network, MapOptions(samples=0, top=n)) for n in (None, 2))
    best = sorted(whole.nodes, key=lambda node: -(node.score or 0))[:2]
    assert {(node.iri, node.score) for node in top.nodes} == {(node.iri, node.score) for node in best}
    assert {one.name for one in top.findings} == {one.name for one in whole.findings}
