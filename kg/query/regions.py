"""Regions of organisations: a province in China, elsewhere a country."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from kg.query.actor_filter import only
from kg.texts import Text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.store.view import View

_REGIONS = """SELECT ?s ?name (LANG(?name) AS ?lang) { %s ?s a hx:Organisation ; hx:region ?name } ORDER BY ?s ?name"""
_PLACES = """SELECT DISTINCT ?en ?zh { ?place a hx:Place ; skos:prefLabel ?en, ?zh
  FILTER(LANG(?en) = "en" && LANG(?zh) = "zh") } ORDER BY ?en ?zh"""


def regions(view: View, actors: Sequence[str] = ()) -> dict[str, Text]:
    """Return the province or country of each organisation by its IRI, if known; of several the first in order.

    At least those of `actors` (IRIs) are returned; those of all organisations if none are given.
    Its Chinese name is that of the organisation's region, else that of the place with the same English name.
    """
    places: dict[str, str] = {}
    for row in view.select(_PLACES):
        places.setdefault(row["en"].value, row["zh"].value)
    named: dict[str, dict[str, str]] = defaultdict(dict)
    for row in view.select(_REGIONS % only(actors)):
        named[row["s"].value].setdefault(row["lang"].value, row["name"].value)
    return {iri: _region(texts, places) for iri, texts in named.items()}


def _region(texts: Mapping[str, str], places: Mapping[str, str]) -> Text:
    english = texts.get("en") or texts.get("") or next(iter(texts.values()))
    return Text(english, places.get(english) or texts.get("zh"))
