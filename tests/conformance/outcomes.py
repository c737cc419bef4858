"""Outcomes of the W3C cases: parsed by `kg.rdf.files`, and checked and run as by a worker of `kg query`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, TypeVar

import pyoxigraph as ox
from helpers.terms import value_of

from kg.errors import InputError, QueryError
from kg.rdf import files as graph_files
from kg.store import query_tasks
from kg.terms import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from conformance.suites import Case

_XSD = "http://www.w3.org/2001/XMLSchema#"
_RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_INTEGERS = {"integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger", "unsignedInt"}
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Row = dict[str, Term]
_T = TypeVar("_T", bound=Term)
_RESULTS = {"srx": ox.QueryResultsFormat.XML, "srj": ox.QueryResultsFormat.JSON, "tsv": ox.QueryResultsFormat.TSV}


# JSON-LD documents of version 1.0, and options that a single file does not have.
_UNCLAIMED = {
    "specVersion": "json-ld-1.0",
    "processingMode": "json-ld-1.0",
    "produceGeneralizedRdf": "True",
    "rdfDirection": "*",
    "expandContext": "*",
}


@dataclass(frozen=True)
class Outcome:
    """The outcome of a case: ``passed``, ``failed``, ``refused`` (by policy) or ``unclaimed``, with a message."""

    case: Case
    verdict: str
    message: str = ""


def read(case: Case) -> Outcome:
    """Parse an RDF file and compare it with the expected statements."""
    negative = "Negative" in case.kind
    if not_claimed := [name for name, value in case.options if _UNCLAIMED.get(name) in {"*", value}]:
        return Outcome(case, "unclaimed", f"option {not_claimed[0]}")
    try:
        actual = _quads(case)
    except InputError as error:
        message = str(error).rpartition(f"{case.action.name}:")[2]
        if "remote" in message and "@context" in message:
            return Outcome(case, "refused", message)
        return Outcome(case, "passed" if negative else "failed", message)
    if negative:
        return Outcome(case, "failed", "read without an error")
    if case.result is None:
        return Outcome(case, "passed")
    return _compared(case, actual, set(graph_files.parse(case.result, case.base)))


def _quads(case: Case) -> set[ox.Quad]:
    base = (
        case.base if case.suite.startswith("json-ld") else case.base + case.action.relative_to(_root(case)).as_posix()
    )
    return set(graph_files.parse(case.action, base))


def _root(case: Case) -> Path:
    """Return the folder of the suite, whose address is `case.base`."""
    return next(folder for folder in case.action.parents if case.base.rstrip("/").endswith(f"/{folder.name}"))


def _compared(case: Case, actual: Iterable[ox.Quad], expected: Iterable[ox.Quad]) -> Outcome:
    same = _canonical(actual) == _canonical(expected)
    return Outcome(case, "passed" if same else "failed", "" if same else "another answer")


def _canonical(quads: Iterable[ox.Quad]) -> set[ox.Quad]:
    dataset = ox.Dataset(quads)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


def ask(case: Case) -> Outcome:
    """Run a query as `kg query` does, and compare its answer with the expected one."""
    if case.kind == "CSVResultFormatTest":
        return Outcome(case, "unclaimed", "kg prints tables of its own")
    text = case.action.read_bytes().decode(errors="surrogateescape")
    negative = case.kind.startswith("NegativeSyntax")
    data = ox.Store()
    for file, name in (*((file, None) for file in case.data), *case.named):
        data.extend(_placed(file, name, case.base))
    try:
        actual = answered(data, f"BASE <{case.base}{case.action.name}> {text}")
    except (
        QueryError,
        SyntaxError,
        RuntimeError,
    ) as error:  # RuntimeError: an unknown function, as a worker reports it
        refused = re.search(r"^SERVICE|^FROM|nested too deeply|custom function", str(error)) is not None
        return Outcome(case, "refused" if refused else "passed" if negative else "failed", str(error))
    if negative:
        return Outcome(case, "failed", "accepted")
    return Outcome(case, "passed") if case.result is None else Outcome(case, *_judged(case, actual, text))


def _placed(file: Path, name: str | None, base: str) -> Iterator[ox.Quad]:
    """Return the statements of a file in the graph `name`, with blank nodes unique to the file."""

    def own(term: _T) -> _T | ox.BlankNode:
        return ox.BlankNode(f"{file.stem}{term.value}".replace("-", "")) if isinstance(term, ox.BlankNode) else term

    for quad in graph_files.parse(file, name or base + file.name):
        where = quad.graph_name if name is None else ox.NamedNode(name)
        yield ox.Quad(own(quad.subject), quad.predicate, own(quad.object), where)


def answered(data: ox.Store, text: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Return the answer to `text` by the code of a worker of `kg query`.

    Raises:
        QueryError: the query is refused.
    """
    prefixes = dict(PREFIXES)
    try:
        return query_tasks.checked(data, text, prefixes)
    except (SyntaxError, RuntimeError) as error:
        raise query_tasks.refused(text, prefixes, error) from error


def _judged(case: Case, actual: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, text: str) -> tuple[str, str]:
    assert case.result is not None
    if isinstance(actual, ox.QueryTriples):
        quads = {ox.Quad(*triple) for triple in actual}
        outcome = _compared(case, quads, graph_files.parse(case.result, case.base))
        return outcome.verdict, outcome.message
    kind = case.result.suffix.removeprefix(".")
    if kind in _RESULTS:
        expected = _plain(ox.parse_query_results(case.result.read_bytes(), format=_RESULTS[kind]))
    else:
        expected = _from_graph(list(graph_files.parse(case.result, case.base)))
    given = _plain(actual)
    if isinstance(given, bool) or isinstance(expected, bool):
        same = given is expected
    else:
        same = _rows(given, text) == _rows(expected, text)
    return ("passed", "") if same else ("failed", "another answer")


def _plain(actual: ox.QuerySolutions | ox.QueryBoolean) -> list[Row] | bool:
    if isinstance(actual, ox.QueryBoolean):
        return bool(actual)
    names = [variable.value for variable in actual.variables]
    return [{name: row[name] for name in names if row[name] is not None} for row in actual]


def _rows(rows: Iterable[Row], text: str) -> set[ox.Quad]:
    """Return solutions of `text` as a canonical graph, one node per solution, so that blank nodes may have any name.

    Their order counts if the query has one, and their number unless it is REDUCED.
    """
    ordered, reduced = (re.search(word, text, re.IGNORECASE) for word in (r"\bORDER\s+BY\b", r"\bREDUCED\b"))
    quads = []
    for number, row in enumerate({str(row): row for row in rows}.values() if reduced else rows):
        node = ox.BlankNode(f"row{number}")
        quads.append(ox.Quad(node, ox.NamedNode("urn:row"), ox.Literal(number if ordered else 0)))
        quads += [ox.Quad(node, ox.NamedNode(f"urn:var:{name}"), _value(term)) for name, term in row.items()]
    return _canonical(quads)


def _value(term: Term) -> Term:
    """Return a term by its value, because numbers have several spellings."""
    if not isinstance(term, ox.Literal) or not term.datatype.value.startswith(_XSD):
        return term
    kind = term.datatype.value.removeprefix(_XSD)
    try:
        if kind in {"double", "float"}:
            return ox.Literal(repr(float(term.value)), datatype=term.datatype)
        if kind == "boolean":
            return ox.Literal(term.value in {"true", "1"})
        if kind == "decimal":
            return ox.Literal(str(Decimal(term.value).normalize()), datatype=term.datatype)
        return ox.Literal(str(int(term.value)), datatype=term.datatype) if kind in _INTEGERS else term
    except (ValueError, InvalidOperation):
        return term


def _from_graph(quads: list[ox.Quad]) -> list[Row] | bool:
    """Return a result set that is written as RDF."""

    def objects(subject: Term, name: str) -> list[Term]:
        return [quad.object for quad in quads if quad.subject == subject and quad.predicate.value == _RS + name]

    for quad in quads:
        if quad.predicate.value == _RS + "boolean":
            return value_of(quad.object) == "true"
    solutions = []
    for quad in quads:
        if quad.predicate.value == _RS + "solution":
            row = {value_of(objects(b, "variable")[0]): objects(b, "value")[0] for b in objects(quad.object, "binding")}
            index = objects(quad.object, "index")
            solutions.append((int(value_of(index[0])) if index else 0, row))
    return [row for _, row in sorted(solutions, key=lambda one: one[0])]
