"""When a value breaks a constraint or a shape, as an expression of SPARQL that is true or false and never an error.

A value is a variable of the query that the expression stands in. What is looked up for it is an EXISTS whose patterns
start at the variable, which Oxigraph answers by one look into an index; a class is asked for by name and not by a path
over rdfs:subClassOf, for the same reason.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from rdflib import RDF, XSD, Literal

from kg.validate import subselects

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from rdflib.term import Node

    from kg.validate.shapes import Constraint, Shape

A = f"<{RDF.type}>"

_NODE_KINDS = {
    "IRI": "ISIRI({0})",
    "BlankNode": "ISBLANK({0})",
    "Literal": "ISLITERAL({0})",
    "BlankNodeOrIRI": "!ISLITERAL({0})",
    "BlankNodeOrLiteral": "!ISIRI({0})",
    "IRIOrLiteral": "!ISBLANK({0})",
}
_ORDERS = {"minInclusive": ">=", "minExclusive": ">", "maxInclusive": "<=", "maxExclusive": "<"}
_FORMS = {
    str(XSD.integer): r"^[+-]?[0-9]+$",
    str(XSD.decimal): r"^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)$",
}
"""Where a cast would also refuse a number that is only too large for the engine."""
_CAST = {
    str(XSD[name])
    for name in ("boolean", "double", "float", "date", "time", "dateTime", "gYear", "gYearMonth", "gMonth", "gMonthDay")
} | {str(XSD[name]) for name in ("gDay", "duration", "dayTimeDuration", "yearMonthDuration")}
_OF_SHAPES = {"node", "property", "not", "and", "or", "xone"}
ONE_VALUE = frozenset(
    {"class", "datatype", "nodeKind", "minLength", "maxLength", "pattern", "languageIn", "in", *_ORDERS}
    | (_OF_SHAPES - {"property"})
)
"""The constraints that look at one value."""

_NEXT = {"lessThan": "<", "lessThanOrEquals": "<="}


@dataclass(frozen=True, slots=True)
class Expressions:
    """Writes expressions.

    Attributes:
        narrower: of the IRI of a class, the class itself and all its subclasses.
    """

    narrower: Callable[[str], Sequence[str]]
    _numbers: Iterator[int] = field(default_factory=count)

    def fresh(self) -> str:
        """A variable that nothing else uses."""
        return f"?v{next(self._numbers)}"

    def is_a(self, term: str, kind: str) -> str:
        """Whether `term` is of the class `kind` or of one below it."""
        return _any(f"EXISTS {{ {term} {A} <{one}> }}" for one in self.narrower(kind))

    def broken(self, shape: Shape, focus: str) -> str:
        """Whether `focus` does not conform to `shape`."""
        return _any(self._breaks(shape, constraint, focus) for constraint in shape.constraints)

    def _breaks(self, shape: Shape, constraint: Constraint, focus: str) -> str:
        if constraint.kind not in ONE_VALUE | {"property"}:
            return self._set(shape, constraint, focus)
        if shape.path is None:
            return self.value(constraint, focus)
        value = self.fresh()
        return f"EXISTS {{ {focus} {shape.path.text} {value} FILTER({self.value(constraint, value)}) }}"

    def value(self, constraint: Constraint, value: str) -> str:
        """Whether `value` breaks `constraint`, which looks at one value."""
        if constraint.kind in _ORDERS:
            return f"!COALESCE({value} {_ORDERS[constraint.kind]} {constraint.terms[0].n3()}, false)"
        if constraint.kind == "class":
            return f"!({self.is_a(value, str(constraint.terms[0]))})"
        if constraint.kind in _OF_SHAPES:
            return self._of_shapes(constraint, value)
        return _of_term(constraint, value)

    def _of_shapes(self, constraint: Constraint, value: str) -> str:
        broken = [self.broken(one, value) for one in constraint.shapes]
        if constraint.kind == "not":
            return f"!({broken[0]})"
        if constraint.kind == "or":
            return _all(broken)
        if constraint.kind == "xone":
            return f"({' + '.join(['0', *(f'IF({one}, 0, 1)' for one in broken)])}) != 1"
        return _any(broken)  # and, node, property

    def _set(self, shape: Shape, constraint: Constraint, focus: str) -> str:
        """Whether the values of `focus` together break `constraint`."""
        if constraint.least is not None or constraint.most is not None:
            return self.miscounted(shape, constraint, focus)
        if constraint.kind == "hasValue":
            return self.lacks(shape, constraint.terms[0], focus)
        if constraint.kind == "uniqueLang":
            return f"EXISTS {{ {self.languages(shape, focus)} }}"
        if constraint.kind == "sparql":
            return f"EXISTS {{ {selected(shape, constraint, focus)} }}"
        return f"EXISTS {{ {self.pairs(shape, constraint, focus, self.fresh())} }}"

    def miscounted(self, shape: Shape, constraint: Constraint, focus: str) -> str:
        """Whether `focus` has fewer or more values than `constraint` says."""
        least, most = constraint.least, constraint.most
        value = self.fresh()
        number = least if least is not None else (most or 0) + 1
        found = f"{focus} {_path(shape)} {value}{self.qualifies(constraint, value)}"
        enough = f"EXISTS {{ {found if number == 1 else counted(found, focus, value, number)} }}"
        return enough if least is None else f"!{enough}" if least else "false"

    def qualifies(self, constraint: Constraint, value: str) -> str:
        """A filter for what `constraint` counts: all values, or those that conform to its shape and to no sibling."""
        if not constraint.shapes:
            return ""
        one, *siblings = (self.broken(shape, value) for shape in constraint.shapes)
        return f" FILTER({_all([f'!({one})', *(f'({sibling})' for sibling in siblings)])})"

    def lacks(self, shape: Shape, term: Node, focus: str) -> str:
        """Whether `term` is not among the values of `focus`."""
        if shape.path is None:
            return f"!SAMETERM({focus}, {term.n3()})"
        return f"NOT EXISTS {{ {focus} {shape.path.text} {term.n3()} }}"

    def languages(self, shape: Shape, focus: str) -> str:
        """A sub-select of `focus` for each language that it has more than one value in."""
        value, language = self.fresh(), self.fresh()
        found = f'{focus} {_path(shape)} {value} BIND(LANG({value}) AS {language}) FILTER({language} != "")'
        return counted(found, focus, value, 2, language)

    def pairs(self, shape: Shape, constraint: Constraint, focus: str, value: str) -> str:
        """A pattern for the values of `focus` that another property of it, or none, makes wrong."""
        kind, other = constraint.kind, self.fresh()
        if kind == "closed":
            known = ", ".join(sorted(term.n3() for term in constraint.terms))
            return f"{focus} ?path {value} FILTER(?path NOT IN ({known}))"
        step = constraint.terms[0].n3()
        values = f"BIND({focus} AS {value})" if shape.path is None else f"{focus} {shape.path.text} {value}"
        if kind == "disjoint":
            return f"{values} FILTER EXISTS {{ {focus} {step} {value} }}"
        if kind in _NEXT:
            later = f"{focus} {step} {other} FILTER(!COALESCE({value} {_NEXT[kind]} {other}, false))"
            return f"{{ SELECT DISTINCT {focus} {value} {{ {values} }} }} LATERAL {{ {later} }}"
        if shape.path is None:  # equals: one value, which must be the only one of the other property too
            return (
                f"{{ {values} FILTER NOT EXISTS {{ {focus} {step} {value} }} }} UNION "
                f"{{ {focus} {step} {value} FILTER(!SAMETERM({focus}, {value})) }}"
            )
        return (
            f"{{ {values} FILTER NOT EXISTS {{ {focus} {step} {value} }} }} UNION "
            f"{{ {focus} {step} {value} FILTER NOT EXISTS {{ {values} }} }}"
        )


def selected(shape: Shape, constraint: Constraint, focus: str, *found: str) -> str:
    """The SELECT of a sh:sparql as a sub-select of `focus`; what is `found` keeps its name, such as ``value``."""
    names = {"this": focus, "PATH": _path(shape), **{name: f"?{name}" for name in found}}
    return f"{{ {subselects.embedded(str(constraint.terms[0]), constraint.prefixes, names)} }}"


def counted(found: str, focus: str, value: str, least: int, *by: str) -> str:
    """A sub-select of `focus` where the pattern `found` has at least `least` values for it, or for it and what is `by`.

    In a place where `focus` has a value it asks for that one alone, else for all at once.
    """
    return (
        f"{{ SELECT {' '.join((focus, *by))} {{ {found} }} GROUP BY {' '.join((focus, *by))} "
        f"HAVING(COUNT(DISTINCT {value}) >= {least}) }}"
    )


def _of_term(constraint: Constraint, value: str) -> str:
    kind, terms = constraint.kind, constraint.terms
    if kind == "datatype":
        return _datatype(str(terms[0]), value)
    if kind == "nodeKind":
        return f"!({_NODE_KINDS[str(terms[0]).rpartition('#')[2]].format(value)})"
    if kind == "in":
        return f"!({_any(f'SAMETERM({value}, {term.n3()})' for term in terms)})"
    if kind == "languageIn":
        ranges = _any(f"LANGMATCHES(LANG({value}), {Literal(str(term)).n3()})" for term in terms)
        return f"!COALESCE({ranges}, false)"
    if kind == "pattern":
        pattern, flags = (Literal(str(term)).n3() for term in terms)
        return f"(ISBLANK({value}) || !REGEX(STR({value}), {pattern}, {flags}))"
    wrong = {"minLength": "<", "maxLength": ">"}[kind]
    return f"(ISBLANK({value}) || STRLEN(STR({value})) {wrong} {int(str(terms[0]))})"


def _datatype(name: str, value: str) -> str:
    """Another type, or the right type and a text that is none of its values."""
    if name == str(RDF.langString):
        return f'COALESCE(LANG({value}) = "", true)'
    other = f"COALESCE(DATATYPE({value}) != <{name}>, true)"
    if name in _FORMS:
        return f'({other} || !REGEX(STR({value}), "{_FORMS[name]}"))'
    if name in _CAST:
        return f"({other} || !COALESCE(ISLITERAL(<{name}>(STR({value}))), false))"
    return other


def _path(shape: Shape) -> str:
    return "" if shape.path is None else shape.path.text


def _any(tests: Iterable[str]) -> str:
    return _joined(tests, " || ", "true", "false")


def _all(tests: Iterable[str]) -> str:
    return _joined(tests, " && ", "false", "true")


def _joined(tests: Iterable[str], sign: str, decisive: str, empty: str) -> str:
    """`tests` in a row, without those that decide nothing."""
    left = [test for test in dict.fromkeys(tests) if test != empty]
    return decisive if decisive in left else f"({sign.join(left)})" if len(left) > 1 else (left or [empty])[0]
