"""The JSON-LD context: short names for the terms of the ontology, so that an export reads like plain JSON.

It is generated from the ontology and published, as ``ontology/context.jsonld``, at https://w3id.org/helix-kg/context
(``KG_CONTEXT=write pytest tests/rdf/test_jsonld.py`` writes it; otherwise the test compares). The ontology determines
the terms of the context:

* a class, and a property with plain text, is a short name;
* an object property has IRIs, and a datatype property literals of that type;
* a property with range ``rdfs:Literal`` has texts by language, like labels and titles of other vocabularies;
* a datatype of identifiers is a property: ``"rorId": "038avdt50"`` is an ``org:identifier`` of that type.

An undefined name belongs to our namespace. So ``kg validate`` reports a misspelled name, which JSON-LD alone would drop
silently.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.terms import PREFIXES, TYPE, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Quad

Definition = str | dict[str, str]
"""A term of a context: a compact IRI, or one with the type of its values (``@type``) or its ``@container``."""

_TEXTS = ("dct:description", "dct:rights", "dct:title", "skos:altLabel", "skos:definition", "skos:prefLabel")
_LINKS = (
    *("dcat:dataset", "dcat:distribution", "dct:conformsTo", "dct:format", "dct:license", "dct:spatial"),
    *("org:member", "org:organization", "org:subOrganizationOf", "org:unitOf", "prov:wasDerivedFrom"),
    *("skos:broader", "skos:closeMatch", "skos:exactMatch", "skos:inScheme"),
)
_DAYS = ("dct:created", "dct:date", "dct:issued", "dct:modified")
_PLAIN = ("dct:creator", "dct:language", "dct:publisher", "dct:source", "skos:notation")
_CLASSES = ("dcat:Catalog", "dcat:Dataset", "dcat:Distribution", "skos:Concept", "skos:ConceptScheme")
_FOREIGN: dict[str, Definition] = {
    **{name: {"@id": name, "@container": "@language"} for name in _TEXTS},
    **{name: {"@id": name, "@type": "@id"} for name in _LINKS},
    **{name: {"@id": name, "@type": "xsd:date"} for name in _DAYS},
    **{name: name for name in (*_PLAIN, *_CLASSES)},
}

_OURS = PREFIXES["hx"]
_RDFS, _OWL = PREFIXES["rdfs"], "http://www.w3.org/2002/07/owl#"


def context(ontology: Iterable[Quad]) -> dict[str, object]:
    """Return the value of ``@context`` for `ontology`: version, prefixes, then the terms by name.

    The prefixes are those of `kg.terms.PREFIXES`. Our terms have their own names, and terms of other vocabularies their
    local names. If both claim a name, ours gets it, and the other one is written with its prefix.
    """
    kinds: dict[str, set[str]] = {}
    ranges: dict[str, str] = {}
    for quad in ontology:
        if not isinstance(quad.subject, NamedNode) or not isinstance(quad.object, NamedNode):
            continue
        if quad.subject.value.startswith(_OURS) and quad.predicate.value == TYPE:
            kinds.setdefault(quad.subject.value, set()).add(quad.object.value)
        if quad.predicate.value == _RDFS + "range":
            ranges[quad.subject.value] = quad.object.value
    foreign = {name.partition(":")[2]: definition for name, definition in _FOREIGN.items()}
    ours = {iri.removeprefix(_OURS): _definition(iri, kinds[iri], ranges) for iri in kinds}
    terms = {name: definition for name, definition in {**foreign, **ours}.items() if name not in PREFIXES}
    return {"@version": 1.1, "@vocab": _OURS, **PREFIXES, **dict(sorted(terms.items()))}


def _definition(iri: str, kinds: set[str], ranges: Mapping[str, str]) -> Definition:
    """Return the definition of our term `iri`."""
    name, values = shorten(iri), ranges.get(iri, "")
    if _RDFS + "Datatype" in kinds:
        return {"@id": "org:identifier", "@type": name}
    if _OWL + "ObjectProperty" in kinds:
        return {"@id": name, "@type": "@id"}
    if values == _RDFS + "Literal":
        return {"@id": name, "@container": "@language"}
    if _OWL + "DatatypeProperty" in kinds and values not in {"", PREFIXES["xsd"] + "string"}:
        return {"@id": name, "@type": shorten(values)}
    return name
