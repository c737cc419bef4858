"""Canonical TriG: the same statements always give the same text, and a change of one statement a change of one line.

Order: prefixes in use, in the order of `PREFIXES`; the default graph; the named graphs by IRI. In a graph: subjects
by IRI; predicates with ``a`` and the names first, then by IRI; objects by IRI, then literals by language and value.
Numbers inside an IRI count by their value, so that ``s169-388`` comes before ``s1258-1419``.
IRIs under `kg.terms.BASE` that are paths of plain words are written relative to it.

The text is RDF 1.1 and UTF-8. Blank nodes are refused, as their names would change from run to run, and so are
quoted triples and literals with a direction, which RDF 1.1 cannot say. Language tags are written in the case that
BCP 47 recommends (``zh-Latn-pinyin``), since RDF compares them without case and Oxigraph lowers them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg import terms
from kg.errors import InputError
from kg.terms import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SCHEMES = (
    "arity",
    "confidence",
    "count-kind",
    "counted-thing",
    "field",
    "kind",
    "layer",
    "level",
    "modality",
    "precision",
    "quality",
    "reading",
    "role",
    "sector",
    "stage",
    "stance",
    "verdict",
)
_KINDS = ("link", "plan", "event", "claim", "person", "holding")
_FOREIGN = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": "http://www.w3.org/2002/07/owl#",
    **{prefix: namespace for prefix, namespace in terms.PREFIXES.items() if not namespace.startswith(BASE)},
}
PREFIXES: tuple[tuple[str, str], ...] = (
    ("hx", terms.PREFIXES["hx"]),
    ("id", terms.ID),
    *((kind, f"{terms.ID}{kind}/") for kind in _KINDS),
    ("src", terms.SOURCE),
    *((scheme, f"{terms.SCHEME}{scheme}/") for scheme in _SCHEMES),
    *sorted(_FOREIGN.items()),
)
"""Prefixes and their namespaces, in the order in which a file declares those that it uses."""

WIDTH = 120
"""Longest line, in characters, that several objects of one predicate share."""

_TYPE = _FOREIGN["rdf"] + "type"
_XSD = _FOREIGN["xsd"]
_SKOS, _DCT = _FOREIGN["skos"], _FOREIGN["dct"]
_FIRST = (_TYPE, _SKOS + "prefLabel", _SKOS + "altLabel", _DCT + "title", _DCT + "description")
_NAMESPACES = {namespace: prefix for prefix, namespace in PREFIXES}
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_PATH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.~-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.~-]*)*")
_NUMBER = re.compile(r"([0-9]+)")
_BARE = {_XSD + "integer": re.compile(r"0|-?[1-9][0-9]*"), _XSD + "boolean": re.compile(r"true|false")}
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_LAST_SHORT = "\uffff"

Node = NamedNode | Literal
Statements = dict[str, dict[str, set[Node]]]
"""Objects by predicate by subject, of one graph."""


def trig(quads: Iterable[Quad]) -> str:
    """The canonical TriG text of `quads`; each quad is written once, however often it is given.

    Raises:
        InputError: for a blank node, a quoted triple or a literal with a direction.
    """
    graphs: defaultdict[str, Statements] = defaultdict(dict)
    for quad in quads:
        subject, predicate = _iri(quad.subject, quad), _iri(quad.predicate, quad)
        graph = "" if isinstance(quad.graph_name, DefaultGraph) else _iri(quad.graph_name, quad)
        graphs[graph].setdefault(subject, {}).setdefault(predicate, set()).add(_object(quad))
    used: set[str] = set()
    blocks: list[str] = []
    if "" in graphs:
        blocks.extend(_subjects(graphs.pop(""), "", used))
    for graph in sorted(graphs, key=_natural):
        name = _short(graph, used)
        blocks.append(f"{name} {{\n" + "\n".join(_subjects(graphs[graph], "    ", used)) + "\n}")
    head = [f"@base <{BASE}> ."] if BASE in used else []
    head += [f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in PREFIXES if namespace in used]
    return "\n\n".join((["\n".join(head)] if head else []) + blocks) + "\n"


def _iri(node: object, quad: Quad) -> str:
    if not isinstance(node, NamedNode):
        raise InputError(
            f"only IRIs can be written as subject, predicate and graph, not {node} in the statement {quad}: "
            "give the node an IRI of its own"
        )
    return node.value


def _object(quad: Quad) -> Node:
    node = quad.object
    if isinstance(node, Literal) and node.direction is None:
        return node
    if isinstance(node, NamedNode):
        return node
    raise InputError(
        f"only IRIs and plain literals can be written as object, not {node} in the statement {quad}: "
        "give a blank node an IRI of its own, and a literal no direction"
    )


def _subjects(statements: Statements, indent: str, used: set[str]) -> Iterator[str]:
    """One block of text for each subject, without a line feed at its end."""
    for subject in sorted(statements, key=_natural):
        parts = [
            _predicate(predicate, statements[subject][predicate], indent, used)
            for predicate in sorted(statements[subject], key=_rank)
        ]
        yield f"{indent}{_short(subject, used)} " + f" ;\n{indent}    ".join(parts) + " ."


def _predicate(predicate: str, objects: set[Node], indent: str, used: set[str]) -> str:
    name = "a" if predicate == _TYPE else _short(predicate, used)
    texts = [_term(node, used) for node in sorted(objects, key=_order)]
    line = f"{name} {', '.join(texts)}"
    if len(texts) == 1 or len(indent) + 4 + len(line) + 2 <= WIDTH:
        return line
    return f"{name}\n{indent}        " + f",\n{indent}        ".join(texts)


def _natural(iri: str) -> tuple[list[str | int], str]:
    """Key to sort by: words by code point, numbers by value; the IRI itself decides between ``1`` and ``01``."""
    return [int(part) if index % 2 else part for index, part in enumerate(_NUMBER.split(iri))], iri


def _rank(predicate: str) -> tuple[int, str]:
    return _FIRST.index(predicate) if predicate in _FIRST else len(_FIRST), predicate


def _order(node: Node) -> tuple[int, str, tuple[list[str | int], str], str]:
    if isinstance(node, NamedNode):
        return (0, "", _natural(node.value), "")
    return (1, node.language or "", ([], node.value), node.datatype.value)


def _term(node: Node, used: set[str]) -> str:
    if isinstance(node, NamedNode):
        return _short(node.value, used)
    if node.language:
        return f'"{_escape(node.value)}"@{_tag(node.language)}'
    datatype = node.datatype.value
    if datatype in _BARE and _BARE[datatype].fullmatch(node.value):
        return node.value
    text = f'"{_escape(node.value)}"'
    return text if datatype == _XSD + "string" else f"{text}^^{_short(datatype, used)}"


def _short(iri: str, used: set[str]) -> str:
    """`iri` with a prefix, else relative to `BASE`, else in full; notes in `used` the namespace that it needs."""
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    namespace, local = iri[:cut], iri[cut:]
    if namespace in _NAMESPACES and _LOCAL.fullmatch(local):
        used.add(namespace)
        return f"{_NAMESPACES[namespace]}:{local}"
    if iri.startswith(BASE) and _PATH.fullmatch(iri, len(BASE)):
        used.add(BASE)
        return f"<{iri[len(BASE) :]}>"
    return f"<{iri}>"


def _tag(language: str) -> str:
    """`language` in the case of BCP 47: scripts in title case, regions in upper case, all else in lower case."""
    first, *rest = language.lower().split("-")
    single = False
    parts = [first]
    for part in rest:
        single = single or len(part) == 1  # after a singleton come extensions, whose subtags stay in lower case
        cased = part if single else {2: part.upper(), 4: part.title()}.get(len(part), part)
        parts.append(cased)
    return "-".join(parts)


def _escape(text: str) -> str:
    """`text` for a string in double quotes; what cannot be seen (controls, marks of direction) as its code."""
    return "".join(_ESCAPES.get(char) or (_code(char) if _unseen(char) else char) for char in text)


def _unseen(char: str) -> bool:
    return unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp"}


def _code(char: str) -> str:
    return f"\\u{ord(char):04X}" if char <= _LAST_SHORT else f"\\U{ord(char):08X}"
