"""Extraction of the messages of kg/ into the catalogue: ``make messages``.

A message is the first argument of `Message` or of an error of `kg.errors`, as a literal. So are the help and the
placeholder of an option, and each paragraph of the description of a command. Entries are grouped by file.
Entries that no module contains any more are deleted.
"""

from __future__ import annotations

import ast
import io
import re
import string
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from helpers.english import nodes

from kg.cli.help import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent.parent
FILE = ROOT / "kg" / "locale" / "zh" / "LC_MESSAGES" / "kg.po"
ERRORS = {
    *("InputError", "DataError", "StoreError", "QueryError", "LimitError", "OutputError", "UsageError"),
    *("ParseError", "InvalidTermError", "TransientError", "_WrongContentError"),
}
"""Calls whose first argument is a message, besides `Message`."""

CONSTANTS = {"TYPES", "_NAMES_OF_PARTIES", "_UNMERGE"}
"""Constants whose texts are messages: types of keys, and reasons for which a row is refused."""

Key = tuple[str | None, str]
"""Context and English text."""


@cache
def extracted(package: Path = ROOT / "kg") -> dict[Key, str]:
    """Return the key of each message, with the first file that contains it."""
    found: dict[Key, str] = {}
    for path in sorted(package.rglob("*.py")):
        for key in _messages(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(key, path.relative_to(package.parent).as_posix())
    return found


def read(file: Path = FILE) -> Catalog:
    """Return the catalogue."""
    with file.open(encoding="utf-8") as stream:
        return read_po(stream, locale="zh")


def updated(catalogue: Catalog, found: dict[Key, str]) -> str:
    """Return the text of a catalogue with the messages `found` and the translations of `catalogue`."""
    new = Catalog(locale="zh", header_comment="# Chinese messages of Helix KG. `make messages` updates this file.")
    for (context, english), file in sorted(found.items(), key=lambda item: (item[1], item[0][1], item[0][0] or "")):
        old = catalogue.get(english, context)
        new.add(
            english,
            old.string if old else "",
            locations=[(file, None)],  # type: ignore[list-item] # babel writes a file without a line if it is None
            context=context,
        )
    stream = io.BytesIO()
    write_po(stream, new, width=0, omit_header=True)
    head = '# Chinese messages of Helix KG. `make messages` updates this file.\nmsgid ""\nmsgstr ""\n'
    return head + '"Language: zh\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n\n' + stream.getvalue().decode()


def placeholders(template: str) -> set[str]:
    """Return the placeholders of a message, each with its conversion and format."""
    parts = string.Formatter().parse(template)
    return {f"{name}!{conversion}:{form}" for _, name, form, conversion in parts if name is not None}


def _messages(tree: ast.Module) -> Iterator[Key]:
    for node in nodes(tree):
        yield from _of_commands(node)
        if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
            continue
        name = getattr(node.func, "id", None)
        english = node.args[0].value
        if name == "Key":
            yield from (
                (None, arg.value)
                for arg in node.args[2:4]
                if isinstance(arg, ast.Constant) and isinstance(arg.value, str) and arg.value
            )
        elif isinstance(english, str) and name == "log":
            yield None, english
        elif isinstance(english, str) and name == "keys":
            yield from ((english, word) for word in (_context(node) or "").split())
        elif isinstance(english, str) and (name == "Message" or name in ERRORS):
            yield _context(node) if name == "Message" else None, english


def _of_commands(node: ast.AST) -> Iterator[Key]:
    """Yield the help and the placeholders of an option, and the paragraphs of the description of a command."""
    if isinstance(node, ast.Call):
        yield from _reasons(node)
        for keyword in node.keywords:
            if isinstance(keyword.value, ast.Constant) and isinstance(keyword.value.value, str):
                if keyword.arg in {"help", "help_text"}:
                    yield None, keyword.value.value
                elif keyword.arg == "metavar":
                    yield from (("metavar", word) for word in re.findall("[A-Z]+", keyword.value.value))
    elif isinstance(node, ast.Assign) and getattr(node.targets[0], "id", None) in CONSTANTS:
        texts = node.value.values if isinstance(node.value, ast.Dict) else [node.value]
        yield from (
            (None, text.value)
            for text in texts
            if isinstance(text, ast.Constant) and isinstance(text.value, str) and text.value
        )
    elif isinstance(node, ast.FunctionDef) and any(map(_is_command, node.decorator_list)):
        yield from ((None, paragraph) for paragraph in paragraphs(ast.get_docstring(node) or ""))


def _reasons(node: ast.Call) -> Iterator[Key]:
    """Yield the reason for which a cell, a row or a mapping is refused, if it is a literal."""
    name = getattr(node.func, "id", None) or getattr(node.func, "attr", None)
    is_call = name in {"CellError", "Fault"} or (name == "error" and isinstance(node.func, ast.Attribute))
    reason = node.args[:2][-1:]  # a column may precede it
    if is_call and reason and isinstance(reason[0], ast.Constant) and isinstance(reason[0].value, str):
        yield None, reason[0].value


def _is_command(decorator: ast.expr) -> bool:
    called = decorator.func if isinstance(decorator, ast.Call) else None
    return isinstance(called, ast.Attribute) and called.attr in {"command", "group"}


def _context(call: ast.Call) -> str | None:
    second = call.args[1] if len(call.args) > 1 else None
    return str(second.value) if isinstance(second, ast.Constant) else None


if __name__ == "__main__":
    text = updated(read(), extracted())
    FILE.write_text(text, encoding="utf-8")
    untranslated = [message.id for message in read() if message.id and not message.string]
    sys.stdout.write(f"{FILE.relative_to(ROOT)}: {len(untranslated)} entries to translate\n")
