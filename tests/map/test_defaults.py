"""The language and the focus of a map follow from its data."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from helpers import ledgers
from helpers.stores import kg

from kg import network
from kg.map import defaults
from kg.map.options import MapOptions
from kg.measure.star import hub
from kg.network import Lens
from kg.network.incidence.load import load_incidence
from kg.network.nodes import Actors
from kg.store.local import LocalStore

if TYPE_CHECKING:
    from pathlib import Path

    from kg.network import Network


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store of the six agreements of one university."""
    folder = tmp_path_factory.mktemp("star")
    path = ledgers.star(folder / "台账.csv")
    store = folder / "store"
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert kg("ingest", path, "--lang", "zh", store=store).status == 0
        graph = folder / "ledger.trig"
        assert kg("ingest", "table", folder / "mapping.yaml", path, "-o", graph).status == 0
        assert kg("build", graph, store=store).status == 0
    return folder


@pytest.fixture(scope="module")
def star(folder: Path) -> Network:
    """The network of the agreements."""
    with LocalStore(folder / "store").view() as view:
        return network.build(load_incidence(view), Lens())


def test_a_chinese_ledger_of_one_university_has_its_language_and_centre(star: Network) -> None:
    options = defaults.completed(star, MapOptions(lang="", from_data=True))
    assert options.lang == "zh"
    assert options.focus is not None
    assert options.focus.endswith("/甲大学")


def test_the_label_of_the_focus_decides_the_language(star: Network) -> None:
    centre = hub(star)
    assert centre is not None
    table, ours = star.actors.table, star.actors[centre].iri
    column = table.schema.get_field_index("label_en")
    names = [None if iri.as_py() == ours else "Acme" for iri in table["iri"]]
    mixed = replace(star, actors=Actors(table.set_column(column, "label_en", pa.array(names, pa.string()))))
    assert (defaults.language(mixed, None), defaults.language(mixed, ours)) == ("en", "zh")


def test_a_given_language_is_kept(star: Network) -> None:
    assert defaults.completed(star, MapOptions(lang="en", from_data=True)).lang == "en"


def test_the_shipped_network_has_neither(built: Path) -> None:
    with LocalStore(built).view() as view:
        whole = network.build(load_incidence(view), Lens())
    assert (defaults.language(whole, None), hub(whole)) == ("en", None)


@pytest.mark.parametrize(("more", "title"), [((), "甲大学：谁与之合作"), (("--title", "我校地图"), "我校地图")])
def test_a_map_of_a_ledger_needs_no_options(folder: Path, tmp_path: Path, more: tuple[str, ...], title: str) -> None:
    drawn = tmp_path / "map.svg"
    assert kg("map", "-o", drawn, *more, store=folder / "store").status == 0
    assert title in drawn.read_text(encoding="utf-8")


def test_the_ledger_has_six_links(star: Network) -> None:
    assert len(star.links) == 6
