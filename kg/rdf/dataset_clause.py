"""The graphs in FROM and FROM NAMED of a query, found by the tokens of SPARQL 1.1.

Oxigraph reads a graph of its own store for each of them, but a server may fetch it. Oxigraph does not return the graphs
of a query that it parsed, so this module finds them by the tokens, and Oxigraph resolves their names.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple, cast

import pyoxigraph as ox

from kg.errors import QueryError

_TOKEN = re.compile(
    r"""(?P<blank>\s+|\#[^\r\n]*)
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<text>\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"|'''(?:[^'\\]|\\.|'(?!''))*'''|"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\\\r\n]|\\.)*')
    |(?P<name>(?:[^\W\d_][\w.-]*)?:(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\.)*)
    |(?P<other>[?$@]\w+)
    |(?P<word>[A-Za-z]\w*)
    |(?P<sign>.)""",
    re.VERBOSE | re.DOTALL,
)
_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
_FROM = re.compile("from", re.IGNORECASE)


class _Token(NamedTuple):
    """A token with its place in the query."""

    kind: str
    text: str
    start: int
    end: int


def graphs(query: str, prefixes: Mapping[str, str], base: str | None = None) -> list[str]:
    """Return the IRIs in FROM and FROM NAMED of `query`; `base` is the address of relative ones, if any.

    Raises:
        SyntaxError: a name is not an IRI, or its prefix is not declared.
        QueryError: an IRI is relative, and there is neither a BASE in the query nor a `base`.
    """
    if not _FROM.search(query):
        return []
    tokens = list(_tokens(query))
    names = [name.text for _, name in _clauses(tokens)]
    if not names:
        return []
    form = next((token for token in tokens if token.kind == "word" and token.text.upper() in _FORMS), None)
    prologue = query[: form.start] if form else ""
    for name in names if base is None else ():
        if name.startswith("<") and ":" not in name and not any(token.text.upper() == "BASE" for token in tokens):
            raise QueryError("FROM {name} is refused: the IRI is relative, and the query declares no BASE", name=name)
    text = f"{prologue}\nSELECT ?g {{ VALUES ?g {{ {' '.join(names)} }} }}"
    rows = cast("ox.QuerySolutions", ox.Store().query(text, prefixes=dict(prefixes), base_iri=base))
    return [row["g"].value for row in rows]


def without_dataset_clauses(query: str) -> str:
    """Return `query` without FROM and FROM NAMED, and with other occurrences of the word made harmless.

    If Oxigraph parses the result, `graphs` has found all graphs of `query`.
    """
    kept, place = [], 0
    for keyword, name in _clauses(list(_tokens(query))):
        kept.append(query[place : keyword.start])
        place = name.end
    return _FROM.sub("xrom", "".join([*kept, query[place:]]))


def _tokens(query: str) -> Iterator[_Token]:
    """Yield the tokens of `query` without blanks and comments."""
    for match in _TOKEN.finditer(query):
        if match.lastgroup is not None and match.lastgroup != "blank":
            yield _Token(match.lastgroup, match[0], *match.span())


def _clauses(tokens: list[_Token]) -> Iterator[tuple[_Token, _Token]]:
    """Yield the keyword and the name of each dataset clause."""
    for place, token in enumerate(tokens):
        if token.kind == "word" and token.text.upper() == "FROM":
            after = tokens[place + 1 : place + 3]
            if after and after[0].kind == "word" and after[0].text.upper() == "NAMED":
                after = after[1:]
            if after and after[0].kind in {"iri", "name"}:
                yield token, after[0]
