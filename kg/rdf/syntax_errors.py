"""Wording of syntax errors in a query that Oxigraph refused, with the grammar of rdflib.

Oxigraph lists everything that it expects at a place; rdflib's grammar gives the text that it found there. The grammar
takes up to a second for a page of text, so a longer query has the message of Oxigraph.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pyparsing import ParseException, ParseResults
from rdflib import Literal
from rdflib.plugins.sparql import parser as grammar
from rdflib.plugins.sparql.parserutils import CompValue

from kg.rdf.service_guard import SERVICE_REFUSED
from kg.rdf.sparql import refusal
from kg.texts import Message, Text, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LONGEST = 4000
"""Number of characters of the longest query that rdflib's grammar parses."""

_EXCERPT = 30
"""Number of characters of a query in a message."""

# rdflib 7.6 cannot negate a decimal, so `-1.5` in a pattern or in VALUES would raise a TypeError.
grammar.DECIMAL_NEGATIVE.set_parse_action(lambda tokens: Literal(-tokens[0].value))


def explain(query: str, prefixes: Mapping[str, str], message: str) -> Text:
    """Return one sentence for `query`, which Oxigraph refused with `message`."""
    if len(query) > LONGEST:
        return refusal(message)
    try:
        parsed = grammar.parseQuery(query)
    except ParseException as error:
        return _unexpected(query, error)
    except (RecursionError, ValueError):  # ValueError: an escape that does not encode a character
        return refusal(message)
    declared = {part.prefix or "" for part in _parts(parsed) if part.name == "PrefixDecl"} | set(prefixes)
    for part in _parts(parsed):
        if part.name == "ServiceGraphPattern":
            return SERVICE_REFUSED
        if part.name == "pname" and (part.prefix or "") not in declared:
            return _undeclared(query, part.prefix or "", prefixes)
    return refusal(message)


def _undeclared(query: str, prefix: str, prefixes: Mapping[str, str]) -> Text:
    """Return the first position of the undeclared `prefix`."""
    match = re.search(rf"(?<![\w.-]){re.escape(prefix)}:", query)
    line, column = _position(query, match.start() if match else 0)
    return Message(
        "the query does not parse at line {line}, column {column}: the prefix {prefix}: is not declared; add PREFIX "
        "{prefix}: <...>, or use a predefined prefix ({known})",
        line=line,
        column=column,
        prefix=prefix,
        known=listed(f"{name}:" for name in prefixes),
    )


def _parts(value: object) -> Iterator[CompValue]:
    """Yield all composite parts of a parse tree."""
    if isinstance(value, CompValue):
        yield value
        for inner in value.values():
            yield from _parts(inner)
    elif isinstance(value, list | tuple | ParseResults):
        for inner in value:
            yield from _parts(inner)


def _unexpected(query: str, error: ParseException) -> Text:
    """Return the position and the reason of a syntax error that rdflib's grammar reports in `query`."""
    try:
        update = bool(grammar.parseUpdate(query).request)
    except (ParseException, RecursionError, ValueError):
        update = False
    if update:
        return Message("this is an update, and kg query only reads; change the graph files and run kg build")
    rest = error.pstr[error.loc :].split("\n")[0].rstrip()
    line, column = _position(error.pstr, error.loc)
    unexpected = Message("unexpected end of the query")
    if rest:
        unexpected = Message("unexpected {rest!r}", rest=rest[:_EXCERPT])
    return Message(
        "the query does not parse at line {line}, column {column}: {reason}",
        line=line,
        column=column,
        reason=unexpected,
    )


def _position(text: str, position: int) -> tuple[int, int]:
    """Return line and column of a position in `text`, both from 1."""
    return text.count("\n", 0, position) + 1, position - text.rfind("\n", 0, position)
