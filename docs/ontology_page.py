"""Writes the ontology as one page in English and Chinese: ``python docs/ontology_page.py out/docs/ontology.html``.

Every term has an anchor of its own name (``#CoConstruction``), every concept one of scheme and notation
(``#role-coBuilder``). Same ontology, same page, to the byte; it asks nothing of any network.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment
from rdflib import OWL, RDF, RDFS, SKOS, Graph, URIRef

from kg import resources
from kg.terms import shorten

PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Helix KG ontology</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
section { border-top: 1px solid; margin: 1.5rem 0; }
dt { font-weight: bold; margin-top: 1rem; }
dt:target { background: Mark; color: MarkText; }
dd { margin: 0 0 0 1.5rem; }
code { font-weight: normal; }
</style>
</head>
<body>
<h1>Helix KG ontology <span lang="zh">螺旋知识图谱本体</span></h1>
{% for title, entries in sections %}<section>
<h2>{{ title }}</h2>
<dl>
{% for entry in entries %}<dt id="{{ entry.anchor }}">{{ entry.en }} <span lang="zh">{{ entry.zh }}</span> \
<code>{{ entry.name }}</code></dt>
{% for language, text in entry.texts %}<dd lang="{{ language }}">{{ text }}</dd>
{% endfor %}{% for word, names in entry.relations %}<dd>{{ word }}: {{ names }}</dd>
{% endfor %}{% endfor %}</dl>
</section>
{% endfor %}</body>
</html>
"""

RELATIONS = (
    ("kind of", RDFS.subClassOf),
    ("special case of", RDFS.subPropertyOf),
    ("of", RDFS.domain),
    ("is", RDFS.range),
    ("not", OWL.disjointWith),
)


class Entry(NamedTuple):
    """What the page says of one term or concept."""

    anchor: str
    name: str
    en: str
    zh: str
    texts: tuple[tuple[str, str], ...]
    relations: tuple[tuple[str, str], ...]


def read(folder: Path) -> Graph:
    """All Turtle files of the ontology in `folder` as one graph, the shapes aside."""
    graph = Graph()
    for path in sorted(folder.glob("*.ttl")):
        graph.parse(path)
    return graph


def sections(graph: Graph) -> list[tuple[str, list[Entry]]]:
    """The terms under "Classes" and "Properties", then the concepts of each scheme under its name, all by name."""
    classes = _named(graph, OWL.Class)
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    properties = [one for kind in kinds for one in _named(graph, kind)]
    found = [("Classes", _terms(graph, classes)), ("Properties", _terms(graph, properties))]
    for scheme in _named(graph, SKOS.ConceptScheme):
        concepts = [one for one in graph.subjects(SKOS.inScheme, scheme) if isinstance(one, URIRef)]
        title = f"Concepts: {_text(graph, scheme, SKOS.prefLabel, 'en')}"
        found.append((title, [_concept(graph, one) for one in sorted(concepts)]))
    return found


def page(folder: Path) -> str:
    """The ontology in `folder` as HTML."""
    environment = Environment(autoescape=True)
    return environment.from_string(PAGE).render(sections=sections(read(folder))) + "\n"


def main(target: Path) -> None:
    """Write the page of the shipped ontology to `target`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page(resources.ontology()), encoding="utf-8")


def _named(graph: Graph, kind: URIRef) -> list[URIRef]:
    return sorted(one for one in graph.subjects(RDF.type, kind) if isinstance(one, URIRef))


def _terms(graph: Graph, terms: list[URIRef]) -> list[Entry]:
    return sorted(_term(graph, term) for term in terms)


def _term(graph: Graph, term: URIRef) -> Entry:
    relations = tuple(
        (word, ", ".join(sorted(shorten(str(one)) for one in objects)))
        for word, predicate in RELATIONS
        if (objects := [one for one in graph.objects(term, predicate) if isinstance(one, URIRef)])
    )
    en, zh = (_text(graph, term, RDFS.label, language) for language in ("en", "zh"))
    name = shorten(str(term))
    return Entry(name.removeprefix("hx:"), name, en, zh, _texts(graph, term), relations)


def _concept(graph: Graph, concept: URIRef) -> Entry:
    scheme, _, notation = str(concept).partition("/scheme/")[2].partition("/")
    en, zh = (_text(graph, concept, SKOS.prefLabel, language) for language in ("en", "zh"))
    return Entry(f"{scheme}-{notation}", notation, en, zh, _texts(graph, concept), ())


def _texts(graph: Graph, subject: URIRef) -> tuple[tuple[str, str], ...]:
    pairs = ((p, language) for p in (SKOS.definition, SKOS.scopeNote, SKOS.example) for language in ("en", "zh"))
    return tuple((language, text) for p, language in pairs if (text := _text(graph, subject, p, language)))


def _text(graph: Graph, subject: URIRef, predicate: URIRef, language: str) -> str:
    """The text in one language; of several the first in code-point order, of none nothing."""
    texts = sorted(str(one) for one in graph.objects(subject, predicate) if getattr(one, "language", None) == language)
    return texts[0] if texts else ""


if __name__ == "__main__":
    main(Path(sys.argv[1]))
