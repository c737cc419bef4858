"""A shapes graph as values: each shape with its targets, path and constraints.

SHACL Core and the SELECT constraints of SHACL-SPARQL are supported. A shape with anything else is refused by name, so
that no rule is skipped silently: custom constraint components, SHACL Advanced, blank nodes as targets and values,
recursive shapes, and literal types that the store does not distinguish (docs/validation.md).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyoxigraph as ox
from rdflib import OWL, RDF, RDFS, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection

from kg.errors import InputError
from kg.rdf.sparql import select
from kg.validate import subselects

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from rdflib.term import Node

TARGETS = (SH.targetClass, SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf)

_TERM = {"class", "nodeKind", "hasValue", "equals", "disjoint", "lessThan", "lessThanOrEquals"}
_TERM |= {"minInclusive", "minExclusive", "maxInclusive", "maxExclusive", "minLength", "maxLength"}
_IRI = {"class", "datatype", "nodeKind", "equals", "disjoint", "lessThan", "lessThanOrEquals"}
_IRI |= {"targetClass", "targetSubjectsOf", "targetObjectsOf"}
_NODE_KINDS = {SH.IRI, SH.BlankNode, SH.Literal, SH.BlankNodeOrIRI, SH.BlankNodeOrLiteral, SH.IRIOrLiteral}
_TERMS = {"in", "languageIn"}
_SHAPE = {"not", "node", "property"}
_SHAPES = {"and", "or", "xone"}
_FLAG = {"uniqueLang", "closed"}
_OTHER = {"minCount", "maxCount", "pattern", "datatype", "sparql", "qualifiedValueShape"}
_CONSTRAINTS = _TERM | _TERMS | _SHAPE | _SHAPES | _FLAG | _OTHER

_WITH = {"flags", "ignoredProperties", "qualifiedMinCount", "qualifiedMaxCount", "qualifiedValueShapesDisjoint"}
_ASIDE = {"path", "severity", "deactivated", "message", "name", "description", "order", "group", "defaultValue"}
_ASIDE |= {"targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "declare", "select", "prefixes"}
_OF_PATHS = {"minCount", "maxCount", "uniqueLang", "qualifiedValueShape", "lessThan", "lessThanOrEquals"}
_BEYOND = {
    SH.target: "targets by SPARQL or script",
    SH.rule: "rules",
    SH.entailment: "entailments",
    SH.parameter: "custom constraint components",
}
_LOST = {"long", "int", "short", "byte", "nonNegativeInteger", "positiveInteger", "nonPositiveInteger"}
_LOST |= {"negativeInteger", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte", "dateTimeStamp"}
"""Types of ``xsd:`` that Oxigraph stores as the type that they are derived from."""


@dataclass(frozen=True, slots=True)
class Path:
    """A property path: its SPARQL, and its property if it is a single one."""

    text: str
    property: str | None = None


@dataclass(frozen=True, slots=True)
class Constraint:
    """One constraint of a shape.

    Attributes:
        kind: the parameter, such as ``minCount``.
        terms: its value or list of values; for a pattern, the pattern and its flags.
        shapes: the referenced shapes; for qualified counts, followed by the siblings.
        least, most: for qualified counts, the allowed numbers.
        node, prefixes: for ``sparql``, the constraint itself and the prefixes of its SELECT.
    """

    kind: str
    terms: tuple[Node, ...] = ()
    shapes: tuple[Shape, ...] = ()
    least: int | None = None
    most: int | None = None
    node: Node | None = None
    prefixes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shape:
    """A node shape, or with a `path` a property shape; a deactivated shape has no constraints.

    Attributes:
        targets: pairs of the kind of target (``targetClass`` ...) and the term.
        severity: IRI.
    """

    node: Node
    path: Path | None
    targets: tuple[tuple[str, Node], ...]
    constraints: tuple[Constraint, ...]
    severity: str


def read(graph: Graph) -> tuple[Shape, ...]:
    """Return the shapes of `graph` that have a target.

    Raises:
        InputError: a shape contains something unsupported; the message names both.
    """
    for term, what in _BEYOND.items():
        for shape in graph.subjects(term):
            raise _refused(shape, f"{what} (sh:{_local(term)}) are not supported")
    roots = {node for term in TARGETS for node in graph.subjects(term)}
    classes: set[Node] = {node for node in graph.transitive_subjects(RDFS.subClassOf, RDFS.Class) if node is not None}
    roots |= {node for kind in classes for node in graph.subjects(RDF.type, kind) if _is_shape(graph, node)}
    return tuple(_Reader(graph, classes).shape(node, ()) for node in sorted(roots, key=str))


def _is_shape(graph: Graph, node: Node) -> bool:
    kinds = {SH.NodeShape, SH.PropertyShape}
    return not kinds.isdisjoint(graph.objects(node, RDF.type))


@dataclass(frozen=True, slots=True)
class _Reader:
    """A reader of the shapes in `graph`; `classes` are the classes of classes."""

    graph: Graph
    classes: set[Node]

    def shape(self, node: Node, within: tuple[Node, ...]) -> Shape:
        """Return the shape `node`; `within` are the shapes that refer to it."""
        if node in within:
            raise _refused(node, "it refers to itself, and recursion is not supported")
        start = self.graph.value(node, SH.path)
        path = None if start is None else _path(self.graph, start)
        severity = str(self.graph.value(node, SH.severity) or SH.Violation)
        off = self._is(node, SH.deactivated)
        constraints = () if off else tuple(self._constraints(node, path, (*within, node)))
        return Shape(node, path, tuple(sorted(self._targets(node))), constraints, severity)

    def _targets(self, node: Node) -> Iterator[tuple[str, Node]]:
        for kind in TARGETS:
            for term in self.graph.objects(node, kind):
                yield _local(kind), _fitting(node, _local(kind), term)
        if isinstance(node, URIRef) and not self.classes.isdisjoint(self.graph.objects(node, RDF.type)):
            yield _local(SH.targetClass), node

    def _constraints(self, node: Node, path: Path | None, within: tuple[Node, ...]) -> Iterator[Constraint]:
        statements = sorted((str(p), str(o), o) for p, o in self.graph.predicate_objects(node))
        for predicate, _, value in statements:
            kind = predicate.removeprefix(str(SH))
            if kind == predicate:
                continue
            if kind in _OF_PATHS and path is None:
                raise _refused(node, f"sh:{kind} requires a sh:path")
            if kind in _CONSTRAINTS:
                yield from self._constraint(node, kind, value, within)
            elif kind not in _WITH | _ASIDE:
                raise _refused(node, f"sh:{kind} is not supported")

    def _constraint(self, node: Node, kind: str, value: Node, within: tuple[Node, ...]) -> Iterator[Constraint]:
        if kind in _TERM:
            yield Constraint(kind, (_fitting(node, kind, value),))
        elif kind in _TERMS:
            yield Constraint(kind, tuple(_named(node, one) for one in Collection(self.graph, value)))
        elif kind in _SHAPE:
            yield Constraint(kind, shapes=(self.shape(value, within),))
        elif kind in _SHAPES:
            yield Constraint(kind, shapes=tuple(self.shape(one, within) for one in Collection(self.graph, value)))
        elif kind in _FLAG:
            if str(value) == "true":
                yield Constraint(kind, tuple(self._known(node)) if kind == "closed" else ())
        elif kind == "qualifiedValueShape":
            yield from self._qualified(node, value, within)
        else:
            yield from self._other(node, kind, value)

    def _other(self, node: Node, kind: str, value: Node) -> Iterator[Constraint]:
        if kind == "minCount":
            yield Constraint(kind, least=_number(node, kind, value))
        elif kind == "maxCount":
            yield Constraint(kind, most=_number(node, kind, value))
        elif kind == "pattern":
            flags = self.graph.value(node, SH.flags) or Literal("")
            if not _matches(value, flags):
                raise _refused(node, f"the engine does not accept the pattern {value}")
            yield Constraint(kind, (value, flags))
        elif kind == "datatype":
            if str(value).removeprefix(str(XSD)) in _LOST:
                raise _refused(node, f"{value} is stored as the type that it is derived from")
            yield Constraint(kind, (_fitting(node, kind, value),))
        elif not self._is(value, SH.deactivated):
            yield self._select(node, value)

    def _known(self, node: Node) -> Iterator[Node]:
        """Return the properties that a closed shape allows."""
        for rule in self.graph.objects(node, SH.property):
            yield from (path for path in self.graph.objects(rule, SH.path) if isinstance(path, URIRef))
        for ignored in self.graph.objects(node, SH.ignoredProperties):
            yield from Collection(self.graph, ignored)

    def _qualified(self, node: Node, value: Node, within: tuple[Node, ...]) -> Iterator[Constraint]:
        siblings: set[Node] = set()
        if self._is(node, SH.qualifiedValueShapesDisjoint):
            for parent in self.graph.subjects(SH.property, node):
                for rule in self.graph.objects(parent, SH.property):
                    siblings |= set(self.graph.objects(rule, SH.qualifiedValueShape))
        others = sorted(siblings - {value}, key=str)
        shapes = tuple(self.shape(one, within) for one in (value, *others))
        for least in self.graph.objects(node, SH.qualifiedMinCount):
            yield Constraint("qualifiedMinCount", shapes=shapes, least=_number(node, "qualifiedMinCount", least))
        for most in self.graph.objects(node, SH.qualifiedMaxCount):
            yield Constraint("qualifiedMaxCount", shapes=shapes, most=_number(node, "qualifiedMaxCount", most))

    def _select(self, node: Node, constraint: Node) -> Constraint:
        text = self.graph.value(constraint, SH.select)
        reason = "its sh:sparql has no sh:select" if text is None else subselects.unfit(str(text))
        if text is None or reason is not None:
            raise _refused(node, str(reason))
        prefixes = {
            str(self.graph.value(one, SH.prefix)): str(self.graph.value(one, SH.namespace))
            for start in self.graph.objects(constraint, SH.prefixes)
            for place in self.graph.transitive_objects(start, OWL.imports)
            for one in self.graph.objects(place, SH.declare)
        }
        try:
            ox.Store().query(subselects.embedded(str(text), prefixes, {}))
        except SyntaxError as error:
            raise _refused(node, f"its sh:select does not parse ({error.msg.partition(chr(10))[0]})") from error
        return Constraint("sparql", (text,), node=constraint, prefixes=prefixes)

    def _is(self, node: Node, term: Node) -> bool:
        value = self.graph.value(node, term)
        return isinstance(value, Literal) and bool(value.toPython())


def _path(graph: Graph, node: Node) -> Path:
    """Return the property path that starts at `node` as SPARQL."""
    if isinstance(node, URIRef):
        return Path(node.n3(), str(node))
    if (node, RDF.first, None) in graph:
        return Path(f"({'/'.join(_path(graph, one).text for one in Collection(graph, node))})")
    for term, form in _PATHS.items():
        for value in graph.objects(node, term):
            if term == SH.alternativePath:
                return Path(f"({'|'.join(_path(graph, one).text for one in Collection(graph, value))})")
            return Path(form.format(_path(graph, value).text))
    raise _refused(node, "this is not a sh:path")


_PATHS = {
    SH.inversePath: "(^{})",
    SH.alternativePath: "",
    SH.zeroOrMorePath: "({}*)",
    SH.oneOrMorePath: "({}+)",
    SH.zeroOrOnePath: "({}?)",
}


def _matches(pattern: Node, flags: Node) -> bool:
    """Return whether the engine accepts `pattern`."""
    text = f"SELECT (REGEX('', {Literal(str(pattern)).n3()}, {Literal(str(flags)).n3()}) AS ?known) {{}}"
    return all(row["known"] is not None for row in select(ox.Store(), text))


def _fitting(shape: Node, kind: str, term: Node) -> Node:
    """Return `term` after checking that it has the form of the parameter `kind`."""
    if kind in _IRI and not isinstance(term, URIRef):
        raise _refused(shape, f"sh:{kind} takes an IRI")
    if kind == "nodeKind" and term not in _NODE_KINDS:
        raise _refused(shape, f"{term} is not a sh:nodeKind")
    if kind in {"minLength", "maxLength"}:
        _number(shape, kind, term)
    return _named(shape, term)


def _number(shape: Node, kind: str, term: Node) -> int:
    if not str(term).isdecimal():
        raise _refused(shape, f"sh:{kind} takes a whole number")
    return int(str(term))


def _named(shape: Node, term: Node) -> Node:
    """Return `term` after checking that a query can name it."""
    if isinstance(term, BNode):
        raise _refused(shape, "it refers to a blank node, which a query cannot name")
    return term


def _refused(shape: Node, reason: str) -> InputError:
    name = "a shape without a name" if isinstance(shape, BNode) else str(shape)
    return InputError("{name}: {reason}; docs/validation.md lists the supported shapes", name=name, reason=reason)


def _local(term: Node) -> str:
    return str(term).rpartition("#")[2]
