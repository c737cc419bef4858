"""The SELECT of a sh:sparql constraint as a sub-select of another query.

The shape's ``$this`` is bound before. In Oxigraph a variable that is bound outside a LATERAL or an EXISTS is bound in
all that stands within it, so it takes no more than one name for the focus node, and names of its own for the rest.
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
    """Why the SELECT `text` cannot be a part of another query; ``None`` where it can."""
    words = [match for match in _TOKEN.finditer(text) if match["word"] or match["name"] or match["other"] == "{"]
    upper = [match["word"].upper() if match["word"] else match[0].replace("$", "?") for match in words]
    for word in upper:
        if word in _FORBIDDEN or word.removeprefix("?") in _UNKNOWN:
            return f"its sh:select has {word}, which is not run there"
    if upper[:1] != ["SELECT"]:
        return "its sh:select is no SELECT"
    if ("AS", "?this") in pairwise(upper):
        return "its sh:select gives $this another value"
    for start, word in enumerate(upper):
        if word == "SELECT" and "?this" not in takewhile(lambda next_word: next_word != "{", upper[start:]):
            return "a SELECT in its sh:select does not name $this"
    return None


def embedded(text: str, prefixes: Mapping[str, str], names: Mapping[str, str]) -> str:
    """`text` with full IRIs and with the variables of `names` under other names, all others under names of their own.

    Args:
        text: a SELECT.
        prefixes: of the names in it; a prefix that is not among them stays.
        names: variable without a sign, such as ``this``, and what to write for it.
    """

    def written(match: re.Match[str]) -> str:
        if match["name"] is not None:
            return names.get(match["name"], f"?s_{match['name']}")
        if match["local"] is not None and match["prefix"] in prefixes:
            return f"<{prefixes[match['prefix']]}{_ESCAPE.sub('', match['local'])}>"
        return " " if match["comment"] else match[0]

    return _TOKEN.sub(written, text)
