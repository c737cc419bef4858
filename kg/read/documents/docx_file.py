"""Word files: paragraphs and tables in their order; heads and feet are cut."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile

from kg import extras
from kg.errors import InputError
from kg.read.documents.content import Content

if TYPE_CHECKING:
    from collections.abc import Iterator


def docx(data: bytes, path: str) -> Content:
    """Return the text of a Word file, one line for each paragraph and each row of a table.

    Raises:
        InputError: the file is damaged, or contains no text.
        UsageError: python-docx is not installed.
    """
    library = extras.load("docx", "docs")
    oxml = extras.load("lxml.etree", "docs")
    try:
        document = library.Document(BytesIO(data))
        text = "\n".join(line for line in _lines(document) if line)
        title = " ".join((document.core_properties.title or "").split())
        removed = sum(_edges(document))
    except (BadZipFile, KeyError, ValueError, AttributeError, oxml.LxmlError) as error:
        raise InputError("{path}: is not a readable Word file ({error})", path=path, error=error) from error
    if not text:
        raise InputError("{path}: the file contains no text; save the text as .txt", path=path)
    tool = f"python-docx {library.__version__}"
    return Content(text, title=title or None, removed=removed, tool=tool)


def _lines(document: Any) -> Iterator[str]:  # noqa: ANN401 - python-docx has no types
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                yield " | ".join(cell.text.strip().replace("\n", " ") for cell in row.cells)
        else:
            yield block.text.strip()


def _edges(document: Any) -> Iterator[int]:  # noqa: ANN401 - python-docx has no types
    """Yield the number of characters of each head and foot, without white space."""
    for section in document.sections:
        for part in (section.header, section.footer):
            if not part.is_linked_to_previous:
                yield sum(len("".join(paragraph.text.split())) for paragraph in part.paragraphs)
