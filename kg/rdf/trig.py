"""Canonical TriG: equal statements give equal text, and a change of one statement changes one line.

The order is: used prefixes, in the order of `PREFIXES`; the default graph; the named graphs by IRI. In a graph,
subjects are sorted by IRI; predicates start with ``a`` and the names and continue by IRI; objects are IRIs first,
then literals by language and value. Numbers inside an IRI count by value, so ``s169-388`` precedes ``s1258-1419``.

IRIs under `kg.terms.BASE` that are paths of plain words are written relative to it.

Statements of one graph alone give Turtle, the part of TriG without named graphs.

The text is RDF 1.1 and UTF-8. Blank nodes are refused, because their names would change between runs. Quoted triples
and literals with a direction are refused, because RDF 1.1 lacks them. Language tags have the case of BCP 47
(``zh-Latn-pinyin``), since RDF compares them without case and Oxigraph lowers them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg import terms
from kg.rdf.canonical_order import by_graph, natural, order, rank, tag, unseen
from kg.terms import BASE, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Quad

    from kg.rdf.canonical_order import Node, Statements

_SCHEMES = (
    "alliance-category",
    "amount-kind",
    "arity",
    "change-kind",
    "confidence",
    "count-kind",
    "counted-thing",
    "document-status",
    "education-level",
    "field",
    "kind",
    "layer",
    "learner",
    "level",
    "modality",
    "ownership",
    "place-kind",
    "precision",
    "quality",
    "reading",
    "right-kind",
    "role",
    "sector",
    "segment-position",
    "stage",
    "stance",
    "unit-category",
    "verdict",
)
_KINDS = ("link", "plan", "event", "claim", "person", "holding", "post", "change")
_FOREIGN = {
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "schema": "https://schema.org/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vann": "http://purl.org/vocab/vann/",
    "void": "http://rdfs.org/ns/void#",
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
"""Prefixes and their namespaces, in the order of their declarations in a file."""

WIDTH = 120
"""Longest line, in characters, for several objects of one predicate."""

_XSD = _FOREIGN["xsd"]
_NAMESPACES = {namespace: prefix for prefix, namespace in PREFIXES}
_LOCAL = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?")
_PATH = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.~-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.~-]*)*")
_BARE = {_XSD + "integer": re.compile(r"0|-?[1-9][0-9]*"), _XSD + "boolean": re.compile(r"true|false")}
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_LAST_SHORT = "\uffff"


def trig(quads: Iterable[Quad]) -> str:
    """Return the canonical TriG text of `quads`, each quad once.

    Raises:
        InputError: a blank node, a quoted triple or a literal with a direction occurs.
    """
    graphs = by_graph(quads)
    used: set[str] = set()
    blocks: list[str] = []
    if "" in graphs:
        blocks.extend(_subjects(graphs.pop(""), "", used))
    for graph in sorted(graphs, key=natural):
        name = _short(graph, used)
        blocks.append(f"{name} {{\n" + "\n".join(_subjects(graphs[graph], "    ", used)) + "\n}")
    head = [f"@base <{BASE}> ."] if BASE in used else []
    head += [f"@prefix {prefix}: <{namespace}> ." for prefix, namespace in PREFIXES if namespace in used]
    return "\n\n".join((["\n".join(head)] if head else []) + blocks) + "\n"


def _subjects(statements: Statements, indent: str, used: set[str]) -> Iterator[str]:
    """Yield one block of text for each subject, without a final line feed."""
    for subject in sorted(statements, key=natural):
        parts = [
            _predicate(predicate, statements[subject][predicate], indent, used)
            for predicate in sorted(statements[subject], key=rank)
        ]
        yield f"{indent}{_short(subject, used)} " + f" ;\n{indent}    ".join(parts) + " ."


def _predicate(predicate: str, objects: set[Node], indent: str, used: set[str]) -> str:
    name = "a" if predicate == TYPE else _short(predicate, used)
    texts = [_term(node, used) for node in sorted(objects, key=order)]
    line = f"{name} {', '.join(texts)}"
    if len(texts) == 1 or len(indent) + 4 + len(line) + 2 <= WIDTH:
        return line
    return f"{name}\n{indent}        " + f",\n{indent}        ".join(texts)


def _term(node: Node, used: set[str]) -> str:
    if isinstance(node, NamedNode):
        return _short(node.value, used)
    if node.language:
        return f'"{_escape(node.value)}"@{tag(node.language)}'
    datatype = node.datatype.value
    if datatype in _BARE and _BARE[datatype].fullmatch(node.value):
        return node.value
    text = f'"{_escape(node.value)}"'
    return text if datatype == _XSD + "string" else f"{text}^^{_short(datatype, used)}"


def _short(iri: str, used: set[str]) -> str:
    """Return `iri` with a prefix, else relative to `BASE`, else in full; add the needed namespace to `used`."""
    cut = max(iri.rfind("/"), iri.rfind("#")) + 1
    namespace, local = iri[:cut], iri[cut:]
    if namespace in _NAMESPACES and _LOCAL.fullmatch(local):
        used.add(namespace)
        return f"{_NAMESPACES[namespace]}:{local}"
    if iri.startswith(BASE) and _PATH.fullmatch(iri, len(BASE)):
        used.add(BASE)
        return f"<{iri[len(BASE) :]}>"
    return f"<{iri}>"


def _escape(text: str) -> str:
    """Return `text` for a string in double quotes, with invisible characters (controls, direction marks) as escapes."""
    return "".join(_ESCAPES.get(char) or (_code(char) if unseen(char) else char) for char in text)


def _code(char: str) -> str:
    return f"\\u{ord(char):04X}" if char <= _LAST_SHORT else f"\\U{ord(char):08X}"
