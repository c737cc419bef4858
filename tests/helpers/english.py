"""Find sentences that break the language rules of CONTRIBUTING.md in Python, JavaScript, SPARQL and Markdown.

``python -m helpers.english PATH...`` prints what it finds.
"""

from __future__ import annotations

import ast
import io
import re
import sys
import tokenize
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_STARTS = "Of|What|Whatever|Who|Whoever|Whom|Whose|Whether|Where|Wherever"
START = re.compile(rf"(?:^|(?<=[.!?]\s)|(?<=[.!?]\s\s))(?:{_STARTS})\b(?!-)[^.!?]*(?:[.!]|$)")
"""A sentence that begins with its object or a clause; a question may begin so."""
WORDS = re.compile(
    r"\b(?:nobody|whoever|whomever|so many|no more(?! than)|anew|at one stroke|for certain|in the place of|but for"
    r"|(?<!there )(?:is|are) no (?!longer\b|more than\b)\w+)\b",
    flags=re.IGNORECASE,
)
"""Phrases with a plainer equivalent."""
TEST_NAME = re.compile(
    r"^test_(?:of|what|whatever|who|whoever|whom|whose|whether|where)_|(?<!there)_(?:told|anew|nobody|whoever|is_no|are_no)(?:_|$)"
)
"""Names of tests that begin with a clause, or contain such a phrase."""

VERBS = frozenset(Path(__file__).with_name("verbs.txt").read_text(encoding="utf-8").split())
"""Verbs that begin the docstrings of functions; a new docstring may extend the list."""


@dataclass(frozen=True, slots=True)
class Breach:
    """One place that breaks a rule.

    Attributes:
        path: the file.
        line: its line, from 1.
        text: the words that break the rule.
    """

    path: Path
    line: int
    text: str

    def __str__(self) -> str:
        """Return the place and the words, as a compiler prints them."""
        return f"{self.path}:{self.line}: {self.text}"


def breaches(path: Path) -> Iterator[Breach]:
    """Yield every breach in a file, by the rules for its suffix."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        yield from _python(path, text)
    elif path.suffix == ".md":
        yield from _prose(path, _markdown(text))
    elif path.suffix in {".js", ".css"}:
        yield from _prose(path, _comments(text, r"//\s?(.*)|/\*\s?(.*?)(?:\*/|$)"))
    elif path.suffix in {".rq", ".yaml", ".yml", ".toml"} or path.name in {"Makefile", "run"}:
        yield from _prose(path, _comments(text, r"(?:^|\s)#\s?(.*)"))


def _python(path: Path, text: str) -> Iterator[Breach]:
    tree = nodes(ast.parse(text))
    docstrings = list(_docstrings(tree))
    for node, constant, words in docstrings:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not _is_noun(node):
            first = re.match(r"[\w-]+", words.strip())
            if first is None or first.group().lower() not in VERBS or not first.group()[0].isupper():
                yield Breach(path, constant.lineno, f"no imperative verb: {words.strip().splitlines()[0][:80]}")
        yield from _prose(path, [(constant.lineno, words)])
    yield from _prose(path, _python_comments(text))
    known = {id(constant) for _, constant, _ in docstrings}
    in_tests = "tests" in path.parts
    for node in tree:
        if isinstance(node, ast.FunctionDef) and TEST_NAME.search(node.name):
            yield Breach(path, node.lineno, node.name)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in known and not in_tests:
            for match in WORDS.finditer(node.value):
                yield Breach(path, node.lineno, match.group())


def nodes(tree: ast.Module) -> list[ast.AST]:
    """Return all nodes of a tree, in a third of the time of `ast.walk`."""
    found: list[ast.AST] = [tree]
    for node in found:  # which grows
        for value in vars(node).values():
            if isinstance(value, ast.AST):
                found.append(value)
            elif isinstance(value, list):
                found += [one for one in value if isinstance(one, ast.AST)]
    return found


def _docstrings(tree: Iterable[ast.AST]) -> Iterator[tuple[ast.AST, ast.Constant, str]]:
    """Yield what each docstring describes, its node and its text."""
    kinds = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    for node in tree:
        body = getattr(node, "body", None)
        if not isinstance(body, list):
            continue
        for position, statement in enumerate(body):
            value = statement.value if isinstance(statement, ast.Expr) else None
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield (node if position == 0 and isinstance(node, kinds) else statement), value, value.value


def _is_noun(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Return whether the docstring is a noun phrase by right: of a property, a fixture or a test."""
    names = {ast.unparse(one).partition("(")[0].rpartition(".")[2] for one in node.decorator_list}
    return bool(names & {"property", "cached_property", "fixture", "setter"}) or node.name.startswith("test_")


def _python_comments(text: str) -> Iterator[tuple[int, str]]:
    ends = (line[sign.start() :] for line in text.splitlines() for sign in re.finditer("#", line))
    if not any(_prose(Path(), ((1, _comment(end)) for end in ends))):
        return  # each comment is such an end of a line, and tokens would take most of the time
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], _comment(token.string)


def _comment(text: str) -> str:
    return re.sub(r"^#\s*(?:noqa: [A-Z0-9, ]+ - )?", "", text)


def _comments(text: str, pattern: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), 1):
        for match in re.finditer(pattern, line):
            yield number, next(group for group in match.groups() if group is not None)


def _markdown(text: str) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs outside code, headings and tables' rules, with the line where each begins."""
    paragraph: list[str] = []
    begin, fenced = 1, False
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.lstrip().startswith("```"):
            fenced = not fenced
        elif not fenced and line.strip() and not line.startswith(("#", "    ", "|", "![", "[")):
            if not paragraph:
                begin = number
            paragraph.append(line)
            continue
        if paragraph:
            yield begin, re.sub(r"`[^`]*`", "X", " ".join(paragraph))
            paragraph = []
        if not fenced and line.startswith("|"):
            yield from ((number, re.sub(r"`[^`]*`", "X", cell.strip())) for cell in line.split("|"))


def _prose(path: Path, texts: Iterable[tuple[int, str]]) -> Iterator[Breach]:
    for line, text in texts:
        for pattern in (START, WORDS):
            for match in pattern.finditer(re.sub(r"``?[^`]+``?", "X", text.strip())):
                yield Breach(path, line, match.group().strip()[:100])


def files(roots: Iterable[Path]) -> Iterator[Path]:
    """Yield the files under `roots` that hold language, sorted."""
    suffixes = {".py", ".md", ".js", ".css", ".rq", ".yaml", ".yml", ".toml"}
    for root in roots:
        paths = [root] if root.is_file() else sorted(root.rglob("*"))
        yield from (path for path in paths if path.is_file() and (path.suffix in suffixes or path in roots))


if __name__ == "__main__":
    lines = [str(breach) for path in files([Path(name) for name in sys.argv[1:]]) for breach in breaches(path)]
    sys.stdout.write("\n".join([*lines, f"{len(lines)} breaches", ""]))
