"""Names of the store in a text: actors and plans by labels, aliases and short names of all languages."""

from __future__ import annotations

import csv
import gzip
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from kg.rdf import resources
from kg.read.mentions.scene import Occurrence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.store.view import View

_QUERY = """SELECT DISTINCT (COALESCE(?first, ?own) AS ?one) ?name ?type {
  VALUES ?kind { hx:Organisation hx:PolicyPlan }
  ?own a ?kind, ?type ; skos:prefLabel|skos:altLabel ?name OPTIONAL { ?own hx:countsAs ?first } }"""
_TYPES = {
    "University": "University",
    "VocationalCollege": "University",
    "Firm": "Firm",
    "GovernmentDepartment": "GovernmentDepartment",
    "Unit": "Unit",
    "Alliance": "Alliance",
    "Association": "OtherOrg",
    "ResearchInstitute": "OtherOrg",
    "OtherOrganisation": "OtherOrg",
    "PolicyPlan": "PolicyPlan",
}
_HAN = re.compile("[\u4e00-\u9fff]")
_SHORTEST = {True: 2, False: 5}
"""Shortest names that are looked for, Han or other; a shorter one is too often another word."""
_PREFIX = 2
_BEFORE, _AFTER = re.compile("[与和由同、，。：（“及]|^"), re.compile("[与和等、，。；）”及公集共签联合]|$")
"""Neighbours of a firm's name of two Han characters; between others, the characters are a word."""


@dataclass(frozen=True, slots=True)
class Names:
    """Names by their first two characters, each with its IRIs and type.

    A prefix index gives the same matches as an Aho–Corasick automaton, and it is built in a tenth of the time.
    """

    by_prefix: Mapping[str, tuple[str, ...]]
    iris: Mapping[str, tuple[str, ...]]
    types: Mapping[str, str]

    def find(self, text: str) -> list[Occurrence]:
        """Return the longest name at each place of a text."""
        found, place = [], 0
        while place < len(text):
            some = self.by_prefix.get(text[place : place + _PREFIX], ())
            name = next((one for one in some if _is_at(text, one, place)), None)
            if name is None:
                place += 1
                continue
            found.append(Occurrence(self.types[name], name, place, place + len(name), "known"))
            place += len(name)
        return found

    def iri(self, name: str) -> str | None:
        """Return the IRI of the only actor or plan with this name, if there is one."""
        iris = self.iris.get(name, ())
        return iris[0] if len(iris) == 1 else None


NONE = Names({}, {}, {})


def _is_at(text: str, name: str, place: int) -> bool:
    if not text.startswith(name, place):
        return False
    after = text[place + len(name) : place + len(name) + 1]
    if _HAN.match(name[0]):
        return len(name) > 2 or bool(_BEFORE.match(text[place - 1 : place]) and _AFTER.match(after))
    return not (text[place - 1 : place].isalnum() or after.isalnum() or after == "-")


_LOADED: WeakKeyDictionary[View, Names] = WeakKeyDictionary()


def load(view: View) -> Names:
    """Return the names of a view, which is read-only, so they are kept for as long as it exists."""
    if view not in _LOADED:
        rows = ((row["one"].value, row["name"].value, row["type"].value) for row in view.select(_QUERY))
        _LOADED[view] = index(
            (iri, name, _TYPES[kind.rpartition("#")[2]])
            for iri, name, kind in rows
            if kind.rpartition("#")[2] in _TYPES
        )
    return _LOADED[view]


_SECTORS = {
    "university": "University",
    "firm": "Firm",
    "government": "GovernmentDepartment",
    "institute": "OtherOrg",
    "intermediary": "OtherOrg",
}


def shipped() -> Names:
    """Return the names of the shipped collections, for a reading without a store; they link to no actor."""
    rows: list[tuple[str, str, str]] = []
    for path in sorted(resources.graphs().glob("*/organisations.csv.gz")):
        with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                kind = _TYPES.get(row["kind"]) if "kind" in row else _SECTORS.get(row["sector"])
                rows += [("", name, kind) for name in (row.get("en"), row.get("zh")) if name and kind]
    return index(rows)


def index(rows: Iterable[tuple[str, str, str]]) -> Names:
    """Return the index of names, each with its IRI and type."""
    iris: defaultdict[str, set[str]] = defaultdict(set)
    types: dict[str, str] = {}
    for iri, name, kind in rows:
        if iri:
            iris[name].add(iri)
        types[name] = kind
    prefixes: defaultdict[str, list[str]] = defaultdict(list)
    for name, kind in types.items():
        is_long = len(name) > 2 or kind == "Firm"
        if is_long and len(name) >= _SHORTEST[bool(_HAN.match(name))]:
            prefixes[name[:_PREFIX]].append(name)
    ordered = {prefix: tuple(sorted(some, key=lambda name: (-len(name), name))) for prefix, some in prefixes.items()}
    return Names(ordered, {name: tuple(sorted(some)) for name, some in iris.items()}, types)
