"""The index of the search in a static site, and its script."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.map.html import modules, template
from kg.pages.facts import ALIAS, NAME, TITLE
from kg.pages.words import WORDS
from kg.search.keys import keys
from kg.search.match import ORDER
from kg.terms import HX
from kg.texts import localise

if TYPE_CHECKING:
    from kg.pages.index import Index

MAIN, COMPLETE = "script/site/search.js", "script/site/complete.js"


def entries(index: Index) -> str:
    """Return the index as a script that defines ``searchIndex``, for both languages; it contains JSON only.

    Each thing is a row: its English and its Chinese name, its other names, path, sector, kind, and number of links.
    Names of merged actors are those of the actor as which they count.
    """
    rows: list[list[object]] = []
    every: list[str] = []
    short: dict[str, list[str]] = {}
    kinds: dict[tuple[str | None, str | None], int] = {}
    for iri in sorted(index.with_page):
        if index.is_named(iri):
            label, others = index.ref(iri).label, _others(index, iri)
            names = [name for name in (*label.pair, *others) if name]
            every += names
            stated = [str(one.value.value) for one in index.facts.values(iri, str(HX.shortName))]
            short.update((name, stated) for name in names[:1])  # a name may be an empty text
            kind = kinds.setdefault(index.kind_of(iri).pair, len(kinds))
            links = len(index.seats.get(iri, ()))
            rows.append([*label.pair, others, index.ref(iri).path, index.sector(iri), kind, links])
    content = {"rows": rows, "kinds": list(kinds), "keys": keys(every, short)._asdict()}
    return f"var searchIndex={template.embed(content)};\n"


def script() -> str:
    """Return the script of the search, which shares its matching with the map."""
    return modules.script(MAIN)


def completion() -> str:
    """Return the script of the search field of a server."""
    return modules.script(COMPLETE)


def words(lang: str) -> str:
    """Return the texts of the search as JSON that is safe inside a ``<script>`` element."""
    own = {key: localise(WORDS[key], lang) for key in ("resultCount", "noResult")}
    return template.embed({**own, "matches": [localise(WORDS[f"match/{kind}"], lang) for kind in ORDER], "lang": lang})


def _others(index: Index, iri: str) -> list[str]:
    """Return the names of a thing except its label, each once."""
    nodes = (iri, *index.facts.merged.get(iri, ()))
    names = (one.value.value for node in nodes for one in index.facts.values(node, NAME, ALIAS, TITLE))
    return list(dict.fromkeys(name for name in names if name not in index.ref(iri).label.pair))
