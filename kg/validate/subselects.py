"""The SELECT of a sh:sparql constraint as a sub-select of another query.

The enclosing query binds ``$this``. In Oxigraph a variable that is bound outside a LATERAL or an EXISTS is bound in its
whole content. So the sub-select uses one name for the focus node and unique names for its other variables.
"""

from __future__ import annotations

import re
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_TOKEN = re.compile(
    r'''(?P<string>"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^'\\]|\\.|'(?!\'\'))*\'\'\'|"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')
    |(?P<iri><[^<>\s{}"|^`\\]*>)|(?P<comment>\#[^\n]*)|[?$](?P<name>\w+)
    |(?P<prefix>\w[\w-]*|):(?P<local>(?:[\w-]|%[0-9A-Fa-f]{2}|\\.)*(?:\.+(?:[\w-]|\\.)+)*)|(?P<word>\w+)|(?P<other>.)''',
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?=.)")
_FORBIDDEN = {"MINUS", "VALUES", "SERVICE", "PREFIX", "BASE", "FROM"}
_UNKNOWN = {"shapesGraph", "currentShape"}


def unfit(text: str) -> str | None:
    """Return the reason why the SELECT `text` cannot be part of another query, or ``None``."""
    words = [match for match in _TOKEN.finditer(text) if match["word"] or match["name"] or match["other"] == "{"]
    upper = [match["word"].upper() if match["word"] else match[0].replace("$", "?") for match in words]
    for word in upper:
        if word in _FORBIDDEN or word.removeprefix("?") in _UNKNOWN:
            return f"its sh:select has {word}, which is not supported there"
    if upper[:1] != ["SELECT"]:
        return "its sh:select is not a SELECT"
    if ("AS", "?this") in pairwise(upper):
        return "its sh:select gives $this another value"
    for start, word in enumerate(upper):
        if word == "SELECT" and "?this" not in takewhile(lambda next_word: next_word != "{", upper[start:]):
            return "a SELECT in its sh:select does not name $this"
    return None


def embedded(text: str, prefixes: Mapping[str, str], names: Mapping[str, str]) -> str:
    """Return `text` with full IRIs, with the variables of `names` renamed and all others made unique.

    Args:
        text: a SELECT.
        prefixes: the prefixes of `text`; an unknown prefix remains.
        names: maps a variable without its sign, such as ``this``, to its replacement.
    """

    def replacement(match: re.Match[str]) -> str:
        if match["name"] is not None:
            return names.get(match["name"], f"?s_{match['name']}")
        if match["local"] is not None and match["prefix"] in prefixes:
            return f"<{prefixes[match['prefix']]}{_ESCAPE.sub('', match['local'])}>"
        return " " if match["comment"] else match[0]

    return _TOKEN.sub(replacement, text)
