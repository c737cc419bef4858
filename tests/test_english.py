"""The language rules of CONTRIBUTING.md, in code, tests and documentation."""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import english

ROOT = Path(__file__).resolve().parent.parent
PLACES = [
    "kg",
    "tests",
    "docs",
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "Makefile",
    ".ci/run",
    "pyproject.toml",
]


@pytest.mark.parametrize("place", PLACES)
def test_sentences_follow_the_rules(place: str) -> None:
    assert [str(one) for path in english.files([ROOT / place]) for one in english.breaches(path)] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", '"""Of a build that was killed the staging stays."""\n'),
        ("a.py", 'def f():\n    """What the store contains."""\n'),
        ("a.py", '"""A module."""\n# nobody reads this\n'),
        ("a.py", '"""A module."""\nX = "the path is no store of kg"\n'),
        ("a.py", '"""A module."""\ndef test_an_error_is_told(): ...\n'),
        ("a.md", "# Title\n\nWhoever reads this is lost.\n"),
        ("a.js", "// Where the points are, and how large.\n"),
    ],
)
def test_a_breach_is_found(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert list(english.breaches(path))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", 'def f():\n    """Return the actors, or raise if there is no store."""\n'),
        ("a.py", '"""What does a link declare? A number of parties."""\n'),
        ("a.md", "# What it is not\n\nA count is no longer than four digits, and no more than one is shown.\n"),
        ("a.md", "| x |\n| --- |\n| `Of course` |\n"),
    ],
)
def test_plain_sentences_pass(name: str, text: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    assert list(english.breaches(path)) == []
