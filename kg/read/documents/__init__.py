"""Documents as text: one module for each format."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.errors import InputError, reason
from kg.read.model import Document, digest

if TYPE_CHECKING:
    from pathlib import Path

SUFFIXES = (".txt", ".md")
_HAN = re.compile("[\u4e00-\u9fff]")


def load(path: Path) -> Document:
    """Return a document of the disk as text.

    Raises:
        InputError: the file cannot be read, or its format is unknown.
    """
    if path.suffix.lower() not in SUFFIXES:
        known = ", ".join(SUFFIXES)
        raise InputError("{path}: the format is unknown; use one of: {known}", path=path, known=known)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("{path}: cannot be read ({error})", path=path, error=reason(error)) from error
    return Document(name=path.stem, text=text, sha256=digest(text), lang=language(text))


def language(text: str) -> str:
    """Return ``zh`` if a tenth of the characters are Han, else ``en``."""
    return "zh" if 10 * len(_HAN.findall(text)) > len(text) else "en"
