"""Title and key of the source of a ledger, by its own heading or its owner rather than by its file name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.ingest.inspect.survey import Survey

_LISTS = {"zh": "{owner}合作协议台账", "en": "Agreements of {owner}"}
_BRACKETS = re.compile(r"[（(\[【][^）)\]】]*[）)\]】]")
_YEARS = re.compile(r"(?:19|20)[0-9]{2}(?:\s*[-—–~至]+\s*(?:19|20)?[0-9]{2})?\s*(?:年度|学年|年)?")
_SEPARATORS = re.compile(r"[\W\d_]+")
_MAX_KEY = 48


def title(survey: Survey, stem: str, language: str) -> str:
    """Return the heading of the table, otherwise a title with its owner; of a ledger without both, the file name."""
    return survey.title or (_LISTS[language].format(owner=survey.owner) if survey.owner else stem)


def key(survey: Survey, stem: str, language: str) -> str:
    """Return a short name from the title, without years and brackets, so that it suits each edition.

    Latin letters become small ones.
    """
    plain = _YEARS.sub(" ", _BRACKETS.sub(" ", title(survey, stem, language)))
    plain = re.sub(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])", "", plain)
    words = [word.lower() for word in _SEPARATORS.split(plain) if word]
    while len(words) > 1 and len("-".join(words)) > _MAX_KEY:
        words.pop()
    return "-".join(words)[:_MAX_KEY] or "ledger"
