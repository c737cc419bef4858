"""The search of the map finds what people mean, as `kg find` does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.searches import EXPECTED

from kg import network
from kg.map import build
from kg.map.html import page
from kg.map.options import MapOptions
from kg.network.incidence.load import load_incidence
from kg.store.local import LocalStore
from kg.terms import expand

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from helpers.browser import Visit


def test_people_find_whom_they_mean(built: Path, visit: Callable[..., Visit]) -> None:
    with LocalStore(built).view() as view:
        whole = network.build(load_incidence(view), network.Lens())
        scene = build.scene(view, whole, MapOptions("en", measure="degree"), panel=False)
    labels = {node.iri: node.label.localise("en") for node in scene.nodes}
    tab = visit(page.render(scene)).page
    first = tab.locator("#results button").first
    for query, actor, kind in EXPECTED:
        tab.locator("#search").fill(query)
        assert (labels[expand(actor)] or "") in first.inner_text(), query
        assert first.locator(".why").inner_text().startswith(WORDS[kind]), query


WORDS = {
    "name": "same name",
    "short name": "usual short name (editors’ list)",
    "beginning": "beginning of the name",
    "abbreviation": "abbreviation",
    "pinyin": "pinyin",
    "typing error": "one typing error",
}
