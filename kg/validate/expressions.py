"""Violations of a constraint or shape by a value, as SPARQL expressions that are true or false and never an error.

A value is a variable of the enclosing query. Look-ups are EXISTS patterns that start at the variable, which Oxigraph
answers by one index look-up. For the same reason a class is tested by name and not by a path over rdfs:subClassOf.
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
"""Lexical forms for types whose cast would also refuse numbers that are too large for the engine."""
_CAST = {
    str(XSD[name])
    for name in ("boolean", "double", "float", "date", "time", "dateTime", "gYear", "gYearMonth", "gMonth", "gMonthDay")
} | {str(XSD[name]) for name in ("gDay", "duration", "dayTimeDuration", "yearMonthDuration")}
_OF_SHAPES = {"node", "property", "not", "and", "or", "xone"}
ONE_VALUE = frozenset(
    {"class", "datatype", "nodeKind", "minLength", "maxLength", "pattern", "languageIn", "in", *_ORDERS}
    | (_OF_SHAPES - {"property"})
)
"""The constraints on a single value."""

_NEXT = {"lessThan": "<", "lessThanOrEquals": "<="}


@dataclass(frozen=True, slots=True)
class Expressions:
    """A builder of expressions.

    Attributes:
        narrower: maps the IRI of a class to those of the class and all its subclasses that have an instance.
        stated: returns whether a statement has the property of an IRI.
    """

    narrower: Callable[[str], Sequence[str]]
    stated: Callable[[str], bool]
    _numbers: Iterator[int] = field(default_factory=count)

    def fresh(self) -> str:
        """Return an unused variable."""
        return f"?v{next(self._numbers)}"

    def is_a(self, term: str, kind: str) -> str:
        """Return a condition that `term` is an instance of `kind` or of a subclass."""
        return _any(f"EXISTS {{ {term} {A} <{one}> }}" for one in self.narrower(kind))

    def broken(self, shape: Shape, focus: str) -> str:
        """Return a condition that `focus` violates `shape`."""
        return _any(self._breaks(shape, constraint, focus) for constraint in shape.constraints)

    def _breaks(self, shape: Shape, constraint: Constraint, focus: str) -> str:
        if constraint.kind not in ONE_VALUE | {"property"}:
            return self._set(shape, constraint, focus)
        if shape.path is None:
            return self.value(constraint, focus)
        value = self.fresh()
        return f"EXISTS {{ {focus} {shape.path.text} {value} FILTER({self.value(constraint, value)}) }}"

    def value(self, constraint: Constraint, value: str) -> str:
        """Return a condition that `value` violates `constraint`, which concerns one value."""
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
        """Return a condition that the values of `focus` together violate `constraint`."""
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
        """Return a condition that `focus` has fewer or more values than `constraint` allows."""
        least, most = constraint.least, constraint.most
        value = self.fresh()
        number = least if least is not None else (most or 0) + 1
        pattern = f"{focus} {_path(shape)} {value}{self.qualifies(constraint, value)}"
        enough = f"EXISTS {{ {pattern if number == 1 else counted(pattern, focus, value, number)} }}"
        return enough if least is None else f"!{enough}" if least else "false"

    def qualifies(self, constraint: Constraint, value: str) -> str:
        """Return a filter for the values that `constraint` counts: all, or those that fit its shape and no sibling."""
        if not constraint.shapes:
            return ""
        one, *siblings = (self.broken(shape, value) for shape in constraint.shapes)
        return f" FILTER({_all([f'!({one})', *(f'({sibling})' for sibling in siblings)])})"

    def lacks(self, shape: Shape, term: Node, focus: str) -> str:
        """Return a condition that `term` is not among the values of `focus`."""
        if shape.path is None:
            return f"!SAMETERM({focus}, {term.n3()})"
        return f"NOT EXISTS {{ {focus} {shape.path.text} {term.n3()} }}"

    def languages(self, shape: Shape, focus: str) -> str:
        """Return a sub-select of `focus` for each language with more than one value."""
        value, language = self.fresh(), self.fresh()
        pattern = f'{focus} {_path(shape)} {value} BIND(LANG({value}) AS {language}) FILTER({language} != "")'
        return counted(pattern, focus, value, 2, language)

    def pairs(self, shape: Shape, constraint: Constraint, focus: str, value: str) -> str:
        """Return a pattern for the values of `focus` that conflict with another property, or with its absence."""
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
        if shape.path is None:  # equals: one value, which must be the only value of the other property too
            return (
                f"{{ {values} FILTER NOT EXISTS {{ {focus} {step} {value} }} }} UNION "
                f"{{ {focus} {step} {value} FILTER(!SAMETERM({focus}, {value})) }}"
            )
        return (
            f"{{ {values} FILTER NOT EXISTS {{ {focus} {step} {value} }} }} UNION "
            f"{{ {focus} {step} {value} FILTER NOT EXISTS {{ {values} }} }}"
        )


def selected(shape: Shape, constraint: Constraint, focus: str, *results: str) -> str:
    """Return the SELECT of a sh:sparql as a sub-select of `focus`; the variables `results` keep their names."""
    names = {"this": focus, "PATH": _path(shape), **{name: f"?{name}" for name in results}}
    return f"{{ {subselects.embedded(str(constraint.terms[0]), constraint.prefixes, names)} }}"


def counted(pattern: str, focus: str, value: str, least: int, *by: str) -> str:
    """Return a sub-select of `focus` with at least `least` matches of `pattern`, per node or per node and `by`.

    If `focus` is bound at that point, the sub-select concerns that node alone, otherwise all nodes at once.
    """
    return (
        f"{{ SELECT {' '.join((focus, *by))} {{ {pattern} }} GROUP BY {' '.join((focus, *by))} "
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
    """Return a condition for another datatype, or the right datatype with an invalid lexical form."""
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
    """Return the disjunction of `tests` without those that have no effect."""
    left = [test for test in dict.fromkeys(tests) if test != empty]
    return decisive if decisive in left else f"({sign.join(left)})" if len(left) > 1 else (left or [empty])[0]
