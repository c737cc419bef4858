"""Task of a worker process that parses one document, which may be made to exhaust a parser."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.read.documents import docx_file, pdf, plain, web_page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.read.documents.content import Content

PARSERS: dict[str, Callable[[bytes, str], Content]] = {
    ".txt": plain.text,
    ".md": plain.markdown,
    ".html": web_page.page,
    ".htm": web_page.page,
    ".pdf": pdf.pdf,
    ".docx": docx_file.docx,
}
"""Parsers by the suffix of the file."""

_PART = 1 << 20


def content(path: str, suffix: str) -> Iterator[bytes]:
    """Yield the content of the document at `path` as JSON, in parts.

    Raises:
        InputError: the document is broken, or nested too deeply.
    """
    try:
        found = PARSERS[suffix](Path(path).read_bytes(), path)
    except RecursionError as error:
        raise InputError("{path}: the file is nested too deeply; flatten it", path=path) from error
    text = json.dumps(asdict(found)).encode()
    yield from (text[start : start + _PART] for start in range(0, len(text), _PART))
