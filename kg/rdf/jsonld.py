"""Canonical, compact JSON-LD 1.1 that reads like plain JSON and parses to the same quads in any processor.

The context is in the document (``kg.rdf.jsonld_context``) and not behind an address. So readers without network access,
such as Oxigraph, can read the file, and its meaning does not depend on the address. Each graph is one object with the
description of the graph and, as its ``@graph``, its content. Nodes, properties and values are in the order of
`kg.rdf.trig`.

This module only writes JSON-LD. It neither expands nor frames, so the W3C tests of processors do not apply.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.errors import InputError
from kg.rdf.canonical_order import by_graph, natural, order, rank, tag, unseen
from kg.terms import PREFIXES, TYPE, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import Quad

    from kg.rdf.canonical_order import Node

WIDTH = 120
"""Longest line, in characters, for an object or a list on one line."""

Json = str | int | list["Json"] | dict[str, "Json"]
"""The values of a document."""

_XSD = PREFIXES["xsd"]
_NATIVE = {_XSD + "integer": re.compile(r"0|-?[1-9][0-9]{0,14}"), _XSD + "boolean": re.compile("true|false")}
"""Literals that can be JSON numbers and booleans; every JSON reader keeps integers up to 2^53."""

_Terms = dict[str, dict[str, str]]
"""Names of a context, by predicate or class and by their values: ``@id``, ``@language``, a type, or ``""`` (all)."""


def jsonld(quads: Iterable[Quad], context: Mapping[str, object]) -> str:
    """Return the canonical JSON-LD text of `quads`, including `context`.

    Raises:
        InputError: a blank node, a quoted triple, a literal with a direction, or an ambiguous IRI occurs.
    """
    terms = _terms(context)
    graphs = by_graph(quads)
    outside = graphs.pop("", {})
    nodes: list[Json] = []
    for iri in sorted({*outside, *graphs}, key=natural):
        node = _node(iri, outside.get(iri, {}), terms)
        if iri in graphs:
            statements = graphs[iri]
            node["@graph"] = [_node(subject, statements[subject], terms) for subject in sorted(statements, key=natural)]
        nodes.append(node)
    return document({"@context": dict(context), "@graph": nodes})


def document(value: Mapping[str, object]) -> str:
    """Return the text of a JSON document: short values on one line, invisible characters as escapes."""
    lines = _pretty(value, "").split("\n")
    return "".join(f"{line if line.isprintable() else _visible(line)}\n" for line in lines)


def _terms(context: Mapping[str, object]) -> _Terms:
    """Return the meaning of the names in `context`, without prefixes and keywords."""
    terms_by_name: _Terms = defaultdict(dict)
    for name, definition in context.items():
        if isinstance(definition, dict):
            takes = definition.get("@container") or definition["@type"]
            terms_by_name[_full(definition["@id"])][_full(takes)] = name
        elif isinstance(definition, str) and name not in PREFIXES and not name.startswith("@"):
            terms_by_name[_full(definition)][""] = name
    return terms_by_name


def _full(name: str) -> str:
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon else name


def _node(iri: str, properties: Mapping[str, set[Node]], terms: _Terms) -> dict[str, Json]:
    """Return the object of one node, without the graph that it may name."""
    node: dict[str, Json] = {"@id": _compact(iri)}
    for predicate in sorted(properties, key=rank):
        statements: defaultdict[str, list[Json]] = defaultdict(list)
        texts: defaultdict[str, list[Json]] = defaultdict(list)
        names = terms.get(predicate, {})
        for value in sorted(properties[predicate], key=order):
            if isinstance(value, NamedNode) and predicate == TYPE:
                statements["@type"].append(terms.get(value.value, {}).get("", _compact(value.value)))
            elif not isinstance(value, NamedNode) and value.language and "@language" in names:
                texts[tag(value.language)].append(value.value)
            else:
                takes, written = _value(value, names)
                statements[names.get(takes) or _compact(predicate)].append(written)
        if texts:
            node[names["@language"]] = {language: _one(values) for language, values in texts.items()}
        node |= {name: _one(values) for name, values in statements.items()}
    return node


def _value(value: Node, names: Mapping[str, str]) -> tuple[str, Json]:
    """Return the type that a name must have for `value`, and the JSON form of `value`."""
    if isinstance(value, NamedNode):
        short = _compact(value.value)
        return ("@id", short) if "@id" in names else ("", {"@id": short})
    if value.language:
        return "", {"@language": tag(value.language), "@value": value.value}
    kind = value.datatype.value
    if kind in names:
        native = kind in _NATIVE and _NATIVE[kind].fullmatch(value.value)
        return kind, json.loads(value.value) if native else value.value
    return "", value.value if kind == _XSD + "string" else {"@type": _compact(kind), "@value": value.value}


def _compact(iri: str) -> str:
    """Return `iri` with a prefix of the context, or in full."""
    short = shorten(iri)
    prefix, _, local = short.partition(":")
    if short == iri and prefix in PREFIXES:
        raise InputError(
            "<{iri}> cannot be written in JSON-LD: it would be read with the prefix {prefix}; rename it",
            iri=iri,
            prefix=prefix,
        )
    return iri if not local or local.startswith("//") else short


def _one(values: list[Json]) -> Json:
    return values[0] if len(values) == 1 else values


def _pretty(value: object, indent: str) -> str:
    flat = json.dumps(value, ensure_ascii=False)
    if not isinstance(value, dict | list) or len(indent) + len(flat) < WIDTH:
        return flat
    left, right = "[]" if isinstance(value, list) else "{}"
    deeper = indent + " "
    return f"{left}\n{deeper}" + f",\n{deeper}".join(_parts(value, deeper)) + f"\n{indent}{right}"


def _parts(value: dict[str, object] | list[object], indent: str) -> Iterator[str]:
    if isinstance(value, list):
        yield from (_pretty(part, indent) for part in value)
        return
    for name, part in value.items():
        yield f"{json.dumps(name, ensure_ascii=False)}: {_pretty(part, indent)}"


def _visible(text: str) -> str:
    return "".join(json.dumps(char)[1:-1] if unseen(char) else char for char in text)
