"""Plain text and Markdown: the text is the content of the file."""

from __future__ import annotations

import re

from kg import text_encodings
from kg.read.documents import dates
from kg.read.documents.content import Content
from kg.texts import Message

_FRONT = re.compile(r"\A---[ \t]*\r?\n(?P<fields>.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_FIELD = re.compile(r"^(?P<name>[a-z]+):[ \t]*(?P<value>.+?)[ \t\r]*$", re.MULTILINE)
_HEADING = re.compile(r"^#[ \t]+(?P<title>.+?)[ \t#\r]*$", re.MULTILINE)
_REMEDY = Message("save it as UTF-8")
_SAMPLE = 1 << 20


def decoded(data: bytes, path: str) -> str:
    """Return the text of a file, with its line ends as they are.

    Raises:
        InputError: no encoding is plausible, or a byte is wrong.
    """
    encoding = text_encodings.decide(data[:_SAMPLE], path, remedy=_REMEDY).encoding
    return text_encodings.decode(data, "utf-8-sig" if encoding == "utf-8" else encoding, path)


def text(data: bytes, path: str) -> Content:
    """Return the content of a plain text.

    Raises:
        InputError: no encoding is plausible, or a byte is wrong.
    """
    return Content(decoded(data, path))


def markdown(data: bytes, path: str) -> Content:
    """Return the content of a Markdown file; its front matter becomes metadata and is not part of the text.

    Raises:
        InputError: no encoding is plausible, or a byte is wrong.
    """
    whole = decoded(data, path)
    front = _FRONT.match(whole)
    if front is None:
        heading = _HEADING.search(whole)
        return Content(whole, title=heading["title"] if heading else None)
    fields = {one["name"]: one["value"].strip("\"'") for one in _FIELD.finditer(front["fields"])}
    body = whole[front.end() :]
    heading = _HEADING.search(body)
    return Content(
        body,
        title=fields.get("title") or (heading["title"] if heading else None),
        publisher=fields.get("publisher") or fields.get("source"),
        date=dates.stated(fields.get("date", "")),
        address=fields.get("address") or fields.get("url"),
        removed=len("".join(front[0].split())),
    )
