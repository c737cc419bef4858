"""Task of a worker process that parses a graph file, which may be made to exhaust a parser.

Oxigraph's parsers of JSON-LD and RDF/XML have no limit of depth, and that of RDF/XML expands entities in entities, so
both formats are scanned before. The limits of the worker end everything else.
"""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from xml.parsers import expat

import pyoxigraph as ox

from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH = 200
"""Largest number of objects, arrays or elements in each other."""

MAX_ATTRIBUTES = 10_000
"""Largest number of attributes of an element; Oxigraph compares each with all others."""

_BATCH = 2000
_MAX_LINE = (1 << 24) - 1
"""Bytes of a line of N-Quads that Oxigraph reads."""
_NOWHERE = "relative://nowhere/"
_REMOTE = "the document names a remote @context, and nothing is fetched; write the context into the document"
_PLACE = re.compile(r"^Parser error .*?: ")
_JSON_TOKEN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"|[\[\]{}]', re.DOTALL)
_XML_BLOCK = 1 << 24
"""Bytes that expat is given at once; it scans an incomplete token again with each block."""
_AMPLIFICATION = 43
"""Expat's number for entities that expand to more than a hundred times their text."""


def quads(path: str, media_type: str, base: str | None, *, rename: bool) -> Iterator[bytes]:
    """Yield the quads of the file at `path` as N-Quads, in parts of whole lines.

    Args:
        path: the file.
        media_type: its format.
        base: the base of relative IRIs; without it the file must declare one.
        rename: whether blank nodes get names that no other file uses.

    Raises:
        InputError: the file is broken; the message contains the place.
    """
    kind = ox.RdfFormat.from_media_type(media_type)
    if kind is None:
        raise ValueError(media_type)
    if kind == ox.RdfFormat.JSON_LD:
        _check_json(path)
    elif kind == ox.RdfFormat.RDF_XML:
        _check_xml(path)
    parsed = read(path, kind, base, rename=rename)
    while batch := list(islice(parsed, _BATCH)):
        lines = ox.serialize(batch, format=ox.RdfFormat.N_QUADS) or b""
        if len(lines) >= _MAX_LINE and any(len(line) >= _MAX_LINE for line in lines.split(b"\n")):
            raise _too_long(path)
        yield lines


def read(path: str, kind: ox.RdfFormat, base: str | None, *, rename: bool) -> Iterator[ox.Quad]:
    """Yield the quads of a file; refuse relative IRIs without a base, which JSON-LD would drop.

    Raises:
        InputError: the file is broken; the message contains the place.
    """
    strict = base is None and kind == ox.RdfFormat.JSON_LD
    try:
        for quad in _parsed(path, kind, _NOWHERE if strict else base, rename=rename):
            for node in quad if strict else ():
                if isinstance(node, ox.NamedNode) and node.value.startswith(_NOWHERE):
                    name = node.value.removeprefix(_NOWHERE)
                    raise InputError(
                        "{path}: the IRI {name!r} is relative, and the file declares no base; write it in full",
                        path=path,
                        name=name,
                    )
            yield quad
    except SyntaxError as error:
        message = _REMOTE if "LoadDocumentCallback" in error.msg else _PLACE.sub("", error.msg)
        raise InputError(
            "{path}:{lineno}:{offset}: {message_}",
            path=path,
            lineno=error.lineno or 1,
            offset=error.offset or 1,
            message_=message,
        ) from error
    except MemoryError as error:
        if not error.args:  # the memory of this process is used up
            raise
        raise _too_long(path) from error


def _too_long(path: str) -> InputError:
    return InputError("{path}: a value has more than 16 MB; store it in a file of its own", path=path)


def _parsed(path: str, kind: ox.RdfFormat, base: str | None, *, rename: bool) -> Iterator[ox.Quad]:
    """Yield the quads of a file, which may begin with a byte order mark."""
    with Path(path).open("rb") as file:
        if file.read(len(BOM_UTF8)) == BOM_UTF8:
            yield from ox.parse(file, format=kind, base_iri=base, rename_blank_nodes=rename)
            return
    yield from ox.parse(path=path, format=kind, base_iri=base, rename_blank_nodes=rename)


def _check_json(path: str) -> None:
    """Raise an error if objects and arrays are in each other too deeply, or a text is too long."""
    content, depth = Path(path).read_bytes(), 0
    for match in _JSON_TOKEN.finditer(content):
        first = content[match.start()]
        if match.end() - match.start() >= _MAX_LINE:
            raise _too_long(path)
        depth += (first in b"[{") - (first in b"]}")
        if depth > MAX_DEPTH:
            line = content.count(b"\n", 0, match.start()) + 1
            column = match.start() - content.rfind(b"\n", 0, match.start())
            raise _too_deep(path, line, column, "objects and arrays")


def _check_xml(path: str) -> None:
    """Raise an error if elements are in each other too deeply, or entities expand to too much text."""
    parser, depth = expat.ParserCreate(), 0

    def start(_: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if len(attributes) > MAX_ATTRIBUTES:
            raise InputError(
                "{path}:{line}: an element has more than {limit} attributes; write elements instead",
                path=path,
                line=parser.CurrentLineNumber,
                limit=MAX_ATTRIBUTES,
            )
        if depth > MAX_DEPTH:
            raise _too_deep(path, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1, "elements")

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    try:
        with Path(path).open("rb") as file:
            while block := file.read(_XML_BLOCK):
                parser.Parse(block, False)  # noqa: FBT003 - not the last one
            parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError as error:
        if error.code == _AMPLIFICATION:  # Oxigraph reports all other errors
            raise InputError(
                "{path}:{lineno}:{offset}: the entities expand to more than a hundred times their text; write the text "
                "without entities",
                path=path,
                lineno=error.lineno,
                offset=error.offset + 1,
            ) from error


def _too_deep(path: str, line: int, column: int, what: str) -> InputError:
    return InputError(
        "{path}:{line}:{column}: more than {MAX_DEPTH} {what} are nested; flatten the file",
        path=path,
        line=line,
        column=column,
        MAX_DEPTH=MAX_DEPTH,
        what=what,
    )
