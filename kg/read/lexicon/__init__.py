"""Words and patterns of the extractor as data: one TOML file of names and one of statements for each language."""

from __future__ import annotations

import functools
import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_FOLDER = Path(__file__).resolve().parent


@functools.cache
def load(name: str) -> dict[str, Any]:
    """Return the content of a file of this folder, by its name without suffix."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def words(lines: Iterable[str]) -> tuple[str, ...]:
    """Return the words of lines, which blanks separate; an underscore stands for a blank in a word."""
    return tuple(dict.fromkeys(word.replace("_", " ") for line in lines for word in line.split()))


def alternation(some: Iterable[str]) -> str:
    """Return a regular expression for any of the words, the longest first."""
    return "|".join(re.escape(word) for word in sorted(set(some), key=lambda word: (-len(word), word)))
