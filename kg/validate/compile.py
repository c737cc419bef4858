"""Shapes as queries: one SELECT of the violations for each constraint of each shape.

A statement that a thousand files repeat costs a thousand steps and not a million, because two patterns that can both
repeat are never joined (except for the steps of a longer path). A constraint on single values of one property selects
the distinct wrong values first and then their nodes. A constraint that counts values groups by the node. All others
start at the distinct focus nodes and evaluate each (LATERAL, SPARQL-dev SEP 6).

A constraint has no query if the data have none of its focus nodes, or no value that could violate it: to parse the
queries of all shapes takes longer than to validate a small file.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.validate.expressions import ONE_VALUE, A, Expressions, counted, selected

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from rdflib.term import Node

    from kg.validate.shapes import Constraint, Shape

_OF_VALUES = ONE_VALUE | {"property", "uniqueLang", "disjoint", "lessThan", "lessThanOrEquals"}


@dataclass(frozen=True, slots=True)
class Query:
    """A query for the nodes that violate one constraint.

    Attributes:
        shape: the shape of the constraint; `constraint` is the node of a sh:sparql.
        kind: the parameter of the constraint.
        text: a SELECT of ?this, the focus node; of ?value, if one value is wrong; of ?path, the property, if the query
            itself determines it.
    """

    shape: Shape
    kind: str
    text: str
    constraint: Node | None = None


@dataclass(frozen=True, slots=True)
class _Focus:
    """The focus nodes of a shape: those of its targets, or the values that nodes of another shape have by `step`."""

    targets: tuple[tuple[str, Node], ...]
    outer: _Focus | None = None
    step: str = ""

    def all(self, write: Expressions) -> str:
        """Return a group pattern that binds each of them once, as ?this."""
        if self.outer is None:
            pattern = " UNION ".join(f"{{ {one} }}" for target in self.targets for one in _each(target, write))
            return f"{{ SELECT DISTINCT ?this {{ {pattern} }} }}"
        value = write.fresh()
        pattern = f"{self.outer.all(write)} LATERAL {{ ?this {self.step} {value} }}"
        return f"{{ SELECT DISTINCT ({value} AS ?this) {{ SELECT {value} {{ {pattern} }} }} }}"

    def holds(self, node: str, write: Expressions) -> str:
        """Return a condition that `node` is one of them."""
        if self.outer is None:
            return " || ".join(_is(target, node, write) for target in self.targets)
        before = write.fresh()
        return f"EXISTS {{ {before} {self.step} {node} FILTER({self.outer.holds(before, write)}) }}"


def queries(
    shapes: Sequence[Shape], narrower: Callable[[str], Sequence[str]], stated: Callable[[str], bool]
) -> Iterator[Query]:
    """Yield the queries of `shapes` that can find a violation; `Expressions` describes the functions."""
    write = Expressions(narrower, stated)
    for shape in shapes:
        targets = tuple(target for target in shape.targets if _is_met(target, write))
        if targets:
            yield from _of(shape, _Focus(targets), write)


def _is_met(target: tuple[str, Node], write: Expressions) -> bool:
    """Return whether `target` has a node."""
    kind, term = target
    if kind == "targetClass":
        return bool(write.narrower(str(term)))
    return kind == "targetNode" or write.stated(str(term))


def _of(shape: Shape, focus: _Focus, write: Expressions) -> Iterator[Query]:
    valueless = shape.path is not None and shape.path.property is not None and not write.stated(shape.path.property)
    for constraint in shape.constraints:
        if valueless and _requires_value(constraint):
            continue
        if constraint.kind == "property":
            inner = focus if shape.path is None else _Focus((), focus, shape.path.text)
            yield from _of(constraint.shapes[0], inner, write)
        else:
            yield Query(shape, constraint.kind, _text(shape, constraint, focus, write), constraint.node)


def _requires_value(constraint: Constraint) -> bool:
    """Return whether only a node with a value can violate `constraint`."""
    return constraint.most is not None or constraint.kind in _OF_VALUES


def _text(shape: Shape, constraint: Constraint, focus: _Focus, write: Expressions) -> str:
    kind = constraint.kind
    if kind in ONE_VALUE:
        return _by_value(shape, constraint, focus, write)
    if constraint.least is not None:
        return _filtered(focus, write.miscounted(shape, constraint, "?this"), write)
    if kind == "hasValue":
        return _filtered(focus, write.lacks(shape, constraint.terms[0], "?this"), write)
    if constraint.most is not None or kind == "uniqueLang":
        return _grouped(shape, _groups(shape, constraint, write), focus, write)
    if kind == "sparql":
        return _on(focus, selected(shape, constraint, "?this", "value", "path"), write)
    return _on(focus, write.pairs(shape, constraint, "?this", "?value"), write)


def _groups(shape: Shape, constraint: Constraint, write: Expressions) -> str:
    """Return a sub-select of the nodes with too many values, or too many in one language."""
    if constraint.most is None:
        return write.languages(shape, "?this")
    value, step = write.fresh(), "" if shape.path is None else shape.path.text
    pattern = f"?this {step} {value}{write.qualifies(constraint, value)}"
    return counted(pattern, "?this", value, constraint.most + 1)


def _by_value(shape: Shape, constraint: Constraint, focus: _Focus, write: Expressions) -> str:
    if shape.path is None:
        where = _where(focus.all(write), write.value(constraint, "?this"))
        return f"SELECT ?this (?this AS ?value) {{ {where} }}"
    broken = write.value(constraint, "?value")
    if shape.path.property is None:
        return _on(focus, f"?this {shape.path.text} ?value FILTER({broken})", write)
    step, node = shape.path.text, write.fresh()
    wrong = _where(f"{{ SELECT DISTINCT ?value {{ {node} {step} ?value }} }}", broken)
    holders = f"LATERAL {{ ?this {step} ?value FILTER({focus.holds('?this', write)}) }}"
    return f"SELECT DISTINCT ?this ?value {{ {wrong} {holders} }}"


def _grouped(shape: Shape, group: str, focus: _Focus, write: Expressions) -> str:
    """Return the rows of the sub-select `group`: for all nodes at once if it has one property, else node by node."""
    if shape.path is not None and shape.path.property is not None:
        return f"SELECT ?this {{ {_where(group, focus.holds('?this', write))} }}"
    return f"SELECT ?this {{ {focus.all(write)} LATERAL {{ {group} }} }}"


def _filtered(focus: _Focus, test: str, write: Expressions) -> str:
    return f"SELECT ?this {{ {_where(focus.all(write), test)} }}"


def _where(group: str, test: str) -> str:
    """Return the rows of `group` that satisfy `test`; a plain FILTER would run before `group` has reduced them."""
    return f"{group} LATERAL {{ FILTER({test}) }}"


def _on(focus: _Focus, pattern: str, write: Expressions) -> str:
    return f"SELECT DISTINCT ?this ?value ?path {{ {focus.all(write)} LATERAL {{ {pattern} }} }}"


def _each(target: tuple[str, Node], write: Expressions) -> Iterator[str]:
    """Return patterns that bind the nodes of `target` as ?this."""
    kind, term = target
    if kind == "targetClass":
        yield from (f"?this {A} <{one}>" for one in write.narrower(str(term)))
    elif kind == "targetNode":
        yield f"VALUES ?this {{ {term.n3()} }}"
    else:
        other = write.fresh()
        yield f"?this {term.n3()} {other}" if kind == "targetSubjectsOf" else f"{other} {term.n3()} ?this"


def _is(target: tuple[str, Node], node: str, write: Expressions) -> str:
    kind, term = target
    if kind == "targetClass":
        return write.is_a(node, str(term))
    if kind == "targetNode":
        return f"SAMETERM({node}, {term.n3()})"
    other = write.fresh()
    pattern = f"{node} {term.n3()} {other}" if kind == "targetSubjectsOf" else f"{other} {term.n3()} {node}"
    return f"EXISTS {{ {pattern} }}"
