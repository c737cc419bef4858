"""`kg.query.regions`: the Chinese name of a region is that of the place, else that which the organisation has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.stores import make
from helpers.turtle import SOURCE, graph_file, in_evidence

from kg.query.regions import regions
from kg.store.local import LocalStore
from kg.terms import ID
from kg.texts import Text

if TYPE_CHECKING:
    from pathlib import Path


def test_a_region_has_the_name_of_the_place_or_of_the_organisation(tmp_path: Path) -> None:
    text = in_evidence(
        """<id/a> a hx:Organisation ; hx:region "Shaanxi"@en .
        <id/b> a hx:Organisation ; hx:region "Spain"@en, "西班牙"@zh .
        <id/c> a hx:Organisation ; hx:region "Nowhere" .
        <id/place/shaanxi> a hx:Place ; skos:prefLabel "Shaanxi"@en, "陕西省"@zh ."""
    )
    make(tmp_path / "store", graph_file(tmp_path, SOURCE + text))
    with LocalStore(tmp_path / "store").view() as view:
        found = {iri.removeprefix(ID): name for iri, name in regions(view).items()}
    assert found == {"a": Text("Shaanxi", "陕西省"), "b": Text("Spain", "西班牙"), "c": Text("Nowhere", None)}
