"""PDF files: pypdf extracts the lines of each page; wrapped lines are joined, and running heads are cut."""

from __future__ import annotations

import re
from collections import Counter
from io import BytesIO
from typing import TYPE_CHECKING

from kg import extras
from kg.errors import InputError
from kg.read.documents.content import Content

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NUMBER = re.compile(r"^\W*(?:第\s*)?(?:page\s*)?\d{1,4}(?:\s*(?:页|/|of|共)\s*\d*\s*页?)?\W*$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_END = re.compile(r"[。！？!?：:；;.”\"’）)]\s*$")
_ITEM = re.compile(r"^\s*(?:[-•·●▪◆*]|\(?[0-9一二三四五六七八九十]{1,3}[.、)）])")
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef、。，“”（）]")
_HYPHEN = re.compile(r"[A-Za-z]{2}-$")
_SHORT = 0.7
_REPEATED, _EDGE = 3, 2


def pdf(data: bytes, path: str) -> Content:
    """Return the text of a PDF file.

    Raises:
        InputError: the file is damaged or encrypted, or contains no text.
        UsageError: pypdf is not installed.
    """
    pypdf = extras.load("pypdf", "docs")
    errors = extras.load("pypdf.errors", "docs")
    try:
        reader = pypdf.PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError("{path}: the file is encrypted; save it without a password", path=path)
        pages = [(page.extract_text() or "").splitlines() for page in reader.pages]
        title = _title(reader.metadata)
    except (errors.PyPdfError, errors.DependencyError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError("{path}: is not a readable PDF file ({error})", path=path, error=error) from error
    kept = [_without_edges(page, _repeated(pages)) for page in pages]
    text = joined(line for page in kept for line in page)
    if not text:
        raise InputError("{path}: the pages contain no text; recognise the text of a scan first", path=path)
    removed = _letters(pages) - _letters(kept)
    return Content(text, title=title, removed=removed, tool=f"pypdf {pypdf.__version__}")


def joined(lines: Iterable[str]) -> str:
    """Return paragraphs of lines that a page has wrapped; a short line or the end of a sentence ends a paragraph.

    >>> joined(["西岭大学与北川集团签署合作协", "议。", "双方共建学院。"]).splitlines()
    ['西岭大学与北川集团签署合作协议。', '双方共建学院。']
    """
    kept = [line.rstrip() for line in lines]
    width = max(map(len, kept), default=0)
    paragraphs: list[str] = []
    is_open = False
    for line in kept:
        if not line.strip():
            is_open = False
        elif is_open and not _ITEM.match(line):
            paragraphs[-1] = _join(paragraphs[-1], line.strip())
            is_open = not (_END.search(line) and len(line) < width)
        else:
            paragraphs.append(line.strip())
            is_open = len(line) >= _SHORT * width and not (_END.search(line) and len(line) < width)
    return "\n".join(paragraphs)


def _join(before: str, after: str) -> str:
    if _HYPHEN.search(before) and after[:1].islower():
        return before[:-1] + after
    return before + ("" if _WIDE.match(before[-1:]) or _WIDE.match(after) else " ") + after


def _repeated(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """Return lines at the edges, without digits, that at least three pages share."""
    edges = Counter(shape for page in pages for shape in {_shape(line) for line in (*page[:_EDGE], *page[-_EDGE:])})
    return frozenset(shape for shape, count in edges.items() if count >= _REPEATED)


def _without_edges(page: Sequence[str], repeated: frozenset[str]) -> Sequence[str]:
    start, end = 0, len(page)
    while start < end and (_NUMBER.match(page[start]) or _shape(page[start]) in repeated):
        start += 1
    while end > start and (_NUMBER.match(page[end - 1]) or _shape(page[end - 1]) in repeated):
        end -= 1
    return page[start:end]


def _shape(line: str) -> str:
    return _DIGITS.sub("0", " ".join(line.split()))


def _letters(pages: Iterable[Sequence[str]]) -> int:
    return sum(len("".join(line.split())) for page in pages for line in page)


def _title(found: object) -> str | None:
    text = getattr(found, "title", None)
    return " ".join(text.split()) or None if isinstance(text, str) else None
