"""Output to a terminal or a file: nothing in data, paths or responses of servers controls the terminal."""

from __future__ import annotations

import json
import re
import shlex
import sys

import click

from kg.cli import language
from kg.model import display
from kg.texts import Text, localise

_PLAIN = re.compile(r"[\w./\\:~+=@-]+")
_EXPANDED = re.compile(r"[\"$`!\\]")


def message(text: Text | str) -> None:
    """Print `text` to standard error in the language of the command, without characters that control a terminal."""
    words = localise(text, language.current())
    click.echo("\n".join(map(display.safe, words.split("\n"))), err=True)


def argument(word: str) -> str:
    """Return a word of a command line, in double quotes if it needs any, which the shells of all systems accept."""
    if _PLAIN.fullmatch(word):
        return word
    return shlex.quote(word) if _EXPANDED.search(word) else f'"{word}"'


def exact(text: str, *, escapes: bool) -> None:
    """Print `text` to standard output: exactly to a file or a pipe, and without control characters to a terminal.

    Args:
        text: lines, each with its line feed.
        escapes: whether the format has escapes (JSON), which then replace the characters.
    """
    if sys.stdout is None:  # it was closed at the start
        return
    if sys.stdout.isatty():
        text = "".join(char if char in "\n\t" else _visible(char, escapes=escapes) for char in text)
    sys.stdout.write(text)
    sys.stdout.flush()


def _visible(char: str, *, escapes: bool) -> str:
    safe = display.safe(char)
    return json.dumps(char)[1:-1] if escapes and safe != char else safe
