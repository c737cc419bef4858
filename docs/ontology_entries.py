"""Entries of the ontology page, read from its files: terms by module, concepts by scheme, shapes, alignments.

Everything is sorted, so equal ontologies give equal pages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rdflib import DCTERMS, OWL, RDF, RDFS, SDO, SH, SKOS, Graph, Literal, Namespace, URIRef

from kg.terms import PREFIXES, SCHEME, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from rdflib.term import Node

HX = Namespace(PREFIXES["hx"])
WHOLE = URIRef(PREFIXES["hx"].removesuffix("#"))
BORROWED = {
    "http://data.europa.eu/m8g/": "cpov",
    "http://data.europa.eu/s66#": "eurio",
    "http://purl.org/cerif/frapo/": "frapo",
    "http://vivoweb.org/ontology/core#": "vivo",
    "http://www.w3.org/2002/07/owl#": "owl",
    "http://www.w3.org/2003/01/geo/wgs84_pos#": "geo",
    "http://www.w3.org/ns/oa#": "oa",
    "http://www.w3.org/ns/regorg#": "rov",
    "http://www.wikidata.org/entity/": "wd",
    "http://xmlns.com/foaf/0.1/": "foaf",
    "https://schema.org/": "schema",
    "https://spec.edmcouncil.org/fibo/ontology/FND/Agreements/Agreements/": "fibo",
}
"""Prefixes of related vocabularies that queries do not need."""

KINDS = {
    OWL.Class: ("class", "类"),
    OWL.ObjectProperty: ("property, leads to a node", "属性（指向节点）"),
    OWL.DatatypeProperty: ("property, has a literal", "属性（取字面量）"),
    OWL.AnnotationProperty: ("annotation of terms and concepts", "注释属性"),
    RDFS.Datatype: ("type of an identifier", "标识符类型"),
}
# label, Chinese label, predicates, whether they are inverse
RELATIONS = (
    ("kind of", "上位", (RDFS.subClassOf,), False),
    ("kinds", "下位", (RDFS.subClassOf,), True),
    ("of", "定义域", (RDFS.domain, SDO.domainIncludes), False),
    ("is", "值域", (RDFS.range, SDO.rangeIncludes), False),
    ("has", "属性", (RDFS.domain, SDO.domainIncludes), True),
    ("value of", "作为值", (RDFS.range, SDO.rangeIncludes), True),
    ("sector", "主体类型", (HX.sectorOfClass,), False),
    ("layer", "关系层", (HX.layer,), False),
    ("roles", "角色", (HX.layer,), True),
    ("shortcut", "快捷关系", (HX.shortcut,), False),
    ("shortcut of", "所属关系层", (HX.shortcut,), True),
    ("close to", "相近术语", (HX.closeTerm,), False),
    ("broader term", "上位术语", (HX.broaderTerm,), False),
    ("narrower term", "下位术语", (HX.narrowerTerm,), False),
    ("related term", "相关术语", (HX.relatedTerm,), False),
)
MODULES = (
    *("core", "education", "industry", "science", "government"),
    *("links", "agreements", "evidence", "alignments"),
)
ALIGNED = (*RELATIONS[-4:], ("see also", "参见", (RDFS.seeAlso,), False))


class Reference(NamedTuple):
    """A name with its target, on the page (``#Link``) or outside."""

    text: str
    href: str


class Fact(NamedTuple):
    """One line about an entry, in two languages, with its names."""

    en: str
    zh: str
    names: tuple[Reference, ...]


class Text(NamedTuple):
    """A definition, note or example (`kind` is a class of the style sheet) in one language."""

    kind: str
    language: str
    text: str


class Entry(NamedTuple):
    """The entry of one term, concept, module, scheme or shape."""

    anchor: str
    name: str
    en: str
    zh: str
    kind: tuple[str, str] = ("", "")
    texts: tuple[Text, ...] = ()
    facts: tuple[Fact, ...] = ()


class Section(NamedTuple):
    """An entry with its members: a module with its terms, or a scheme with its concepts."""

    head: Entry
    entries: tuple[Entry, ...]


class Check(NamedTuple):
    """A rule of a shape: its target and its message, in two languages."""

    path: Reference | None
    en: str
    zh: str


class Reader:
    """The ontology with its shapes, as sections of the page."""

    def __init__(self, folder: Path) -> None:
        self.ontology, self.shapes = Graph(), Graph()
        for graph, pattern in ((self.ontology, "*.ttl"), (self.shapes, "shapes/*.ttl")):
            for path in sorted(folder.glob(pattern)):
                graph.parse(path)
        self.rules = tuple((path.stem, *_line(path).split(" | ")) for path in sorted(folder.glob("rules/*.rq")))

    def whole(self) -> Entry:
        """Return the header of the ontology, with citation and licence."""
        statements = self.ontology.predicate_objects(WHOLE)
        facts = {p: o for p, o in statements if not isinstance(o, Literal) or o.language in (None, "en")}
        rows = (
            ("version", "版本", facts[OWL.versionInfo]),
            ("namespace", "命名空间", HX),
            ("prefix", "前缀", "hx"),
            ("licence", "许可", facts[DCTERMS.license]),
            ("publisher", "发布者", facts[DCTERMS.publisher]),
            ("created", "创建日期", facts[DCTERMS.created]),
            ("cite as", "引用", facts[DCTERMS.bibliographicCitation]),
        )
        lines = tuple(Fact(en, zh, (Reference(str(value), _address(value)),)) for en, zh, value in rows)
        return self._entry(WHOLE, "top", DCTERMS.title)._replace(facts=lines)

    def modules(self) -> tuple[Section, ...]:
        """Return the modules that define terms, in the order of the flow, classes before properties."""
        return tuple(self._module(URIRef(f"{WHOLE}/{name}")) for name in MODULES)

    def schemes(self) -> tuple[Section, ...]:
        """Return the schemes by name, each with its concepts sorted by IRI."""
        schemes = sorted(one for one in self.ontology.subjects(RDF.type, SKOS.ConceptScheme) if isinstance(one, URIRef))
        return tuple(Section(self._concept(one), self._concepts(one)) for one in schemes)

    def checks(self) -> tuple[tuple[Entry, tuple[Check, ...]], ...]:
        """Return the shapes by name, each with its rules sorted by target."""
        shapes = sorted(one for one in self.shapes.subjects(RDF.type, SH.NodeShape) if isinstance(one, URIRef))
        return tuple((self._shape(one), tuple(sorted(self._rules(one), key=str))) for one in shapes)

    def alignments(self) -> tuple[tuple[Reference, tuple[Fact, ...]], ...]:
        """Return our terms by name, each with the terms of other vocabularies by relation."""
        related = (predicate for _, _, predicates, _ in ALIGNED for predicate in predicates)
        ours = {one for predicate in related for one in self.ontology.subjects(predicate) if str(one).startswith(HX)}
        return tuple(
            (
                self.refer(one),
                tuple(
                    Fact(en, zh, self._names(self.ontology.objects(one, predicates[0])))
                    for en, zh, predicates, _ in ALIGNED
                    if (one, predicates[0], None) in self.ontology
                ),
            )
            for one in sorted(ours, key=str)
        )

    def refer(self, node: object) -> Reference:
        """Return the address of a node: on this page if it is ours, otherwise its IRI."""
        text = str(node)
        if text.startswith(SCHEME):
            return Reference(text.rpartition("/")[2], f"#{_anchor(text)}")
        if (URIRef(text), RDFS.isDefinedBy, None) in self.ontology:
            return Reference(shorten(text), f"#{_anchor(text)}")
        for start, prefix in BORROWED.items():
            if text.startswith(start):
                return Reference(f"{prefix}:{text.removeprefix(start)}", text)
        return Reference(shorten(text), text)

    def _module(self, module: URIRef) -> Section:
        terms = [one for one in self.ontology.subjects(RDFS.isDefinedBy, module) if isinstance(one, URIRef)]
        entries = sorted((self._term(one) for one in terms), key=lambda one: (one.kind != KINDS[OWL.Class], one.name))
        return Section(self._entry(module, f"module-{module.rpartition('/')[2]}", DCTERMS.title), tuple(entries))

    def _term(self, term: URIRef) -> Entry:
        kind = next(words for one, words in KINDS.items() if (term, RDF.type, one) in self.ontology)
        return self._entry(term, _anchor(term), RDFS.label)._replace(kind=kind, facts=self._facts(term))

    def _concept(self, concept: URIRef) -> Entry:
        return self._entry(concept, _anchor(concept), SKOS.prefLabel)._replace(facts=self._facts(concept))

    def _concepts(self, scheme: URIRef) -> tuple[Entry, ...]:
        concepts = sorted(one for one in self.ontology.subjects(SKOS.inScheme, scheme) if isinstance(one, URIRef))
        return tuple(self._concept(one) for one in concepts)

    def _shape(self, shape: URIRef) -> Entry:
        name = shape.rpartition("/")[2]
        targets = [*self.shapes.objects(shape, SH.targetClass), *self.shapes.objects(shape, SH.targetSubjectsOf)]
        return Entry(f"shape-{name}", name, name, "", facts=(Fact("target", "检查对象", self._names(targets)),))

    def _rules(self, shape: URIRef) -> list[Check]:
        rules = [*self.shapes.objects(shape, SH.property), *self.shapes.objects(shape, SH.sparql)]
        paths = [self.shapes.value(rule, SH.path) for rule in rules]
        return [
            Check(
                self.refer(path) if path else None, *(_text(self.shapes, rule, SH.message, one) for one in ("en", "zh"))
            )
            for rule, path in zip(rules, paths, strict=True)
        ]

    def _facts(self, term: URIRef) -> tuple[Fact, ...]:
        facts = [
            Fact(en, zh, names)
            for en, zh, predicates, backwards in RELATIONS
            if (names := self._names(one for p in predicates for one in self._others(term, p, backwards=backwards)))
        ]
        apart = {*self.ontology.objects(term, OWL.disjointWith), *self.ontology.subjects(OWL.disjointWith, term)}
        shapes = self.shapes.subjects(SH.targetClass, term)
        checked = tuple(
            Reference(one.rpartition("/")[2], f"#shape-{one.rpartition('/')[2]}") for one in sorted(map(str, shapes))
        )
        extra = (
            ("concepts of", "取自概念表", self._names(self._schemes(term))),
            ("never", "互斥", self._names(apart)),
            ("checked by", "检查", checked),
        )
        lens = self.ontology.value(term, HX.inDefaultLens)
        answer = {"true": (Reference("yes 是", ""),), "false": (Reference("no 否", ""),)}.get(str(lens), ())
        return tuple(
            fact
            for fact in (*facts, Fact("in the default lens", "默认口径", answer), *(Fact(*one) for one in extra))
            if fact.names
        )

    def _schemes(self, term: URIRef) -> set[Node]:
        """Return the schemes from which a property takes its values, according to the shapes."""
        rules = self.shapes.subjects(SH.path, term)
        return {one for rule in rules for one in self.shapes.objects(rule, SH.node / SH.property / SH.hasValue)}

    def _others(self, term: URIRef, predicate: URIRef, *, backwards: bool) -> list[Node]:
        return [*(self.ontology.subjects(predicate, term) if backwards else self.ontology.objects(term, predicate))]

    def _names(self, nodes: Iterable[Node]) -> tuple[Reference, ...]:
        return tuple(sorted({self.refer(one) for one in nodes}))

    def _entry(self, node: URIRef, anchor: str, naming: URIRef) -> Entry:
        en, zh = (_text(self.ontology, node, naming, language) for language in ("en", "zh"))
        properties = (
            (DCTERMS.description, "definition"),
            (SKOS.definition, "definition"),
            (SKOS.scopeNote, "note"),
            (SKOS.example, "example"),
        )
        texts = (
            (kind, language, _text(self.ontology, node, p, language))
            for p, kind in properties
            for language in ("en", "zh")
        )
        name = self.refer(node).text
        return Entry(anchor, name, en, zh, texts=tuple(Text(*one) for one in texts if one[2]))


def _anchor(iri: str) -> str:
    """Return the anchor: ``CoConstruction`` for a term, ``scheme-role`` for a scheme, ``role-coBuilder`` else."""
    if iri.startswith(SCHEME):
        path = iri.removeprefix(SCHEME)
        return path.replace("/", "-") if "/" in path else f"scheme-{path}"
    return iri.rpartition("#")[2]


def _address(value: object) -> str:
    return str(value) if isinstance(value, URIRef) else ""


def _line(path: Path) -> str:
    return path.read_text(encoding="utf-8").partition("\n")[0].removeprefix("# ")


def _text(graph: Graph, subject: Node, predicate: URIRef, language: str) -> str:
    """Return the text in one language: the first in code-point order, or an empty one."""
    texts = sorted(str(one) for one in graph.objects(subject, predicate) if getattr(one, "language", None) == language)
    return texts[0] if texts else ""
