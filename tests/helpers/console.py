"""Run the console examples of Markdown pages and compare their output.

An example begins with ``$ `` in a fenced block marked ``console``. A command continues over lines that end with a
backslash. Below it is its output, standard output and standard error together. A line ``...`` matches any lines, and
``...`` inside a line matches any characters. An example must exit with 0. One that shows a failure prints the status
itself: ``kg rank --measure luck || echo "status $?"``. The examples of a page share one working directory, which
contains the store of the curated collection unless the page builds one. The tests build the store of all collections
once, for all pages: `initial_store`. A command that is a call of ``kg`` alone runs in this process, which saves a
second of imports; any other runs in a shell.

``python -m helpers.console PAGE...`` updates the output in pages where it no longer matches.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from unittest import mock

from click.testing import CliRunner

from kg.cli import main as kg

ROOT = Path(__file__).resolve().parents[2]
SITE = "kg pages -o site --url https://example.org/ --issued 2026-01-31"
"""The example of docs/how-to/publish.md whose output is the site that other tests read too."""
REPEATED = (
    SITE,
    "kg map --focus huawei -o huawei.html",
    "kg rank --sector firm --measure betweenness --limit 3 --intervals --samples 100",
)
"""Long examples that several pages show. The tests run each once on the curated collection."""
TIME_LIMIT = 180  # seconds; the upper bound for `make demo` on a slow machine

_BLOCK = re.compile(r"^( *)```console\n(.*?)^\1```$", flags=re.MULTILINE | re.DOTALL)
_EXAMPLE = re.compile(r"^ *\$ ((?:.*\\\n)*.*)\n((?:(?! *\$ ).*\n)*)", flags=re.MULTILINE)
_SHELL = re.compile(r"[$`*?~<>|&;#!(){}\[\]]")
_WRITES = re.compile(r"kg (?:ingest|forget|resolve judge|store (?!check|backup)|build --add)")
_BUILDS = re.compile(r"^ *\$ (?:kg build|make demo)\b(.*)", flags=re.MULTILINE)


@dataclass(frozen=True)
class Example:
    """One command of a page.

    Attributes:
        command: the command, without the prompt.
        expected: its output in the page.
        line: the line of the command, from 1.
        span: the position of `expected` in the text, in characters.
        indent: the indentation of the block, in spaces.
    """

    command: str
    expected: str
    line: int
    span: tuple[int, int]
    indent: int = 0


@dataclass(frozen=True)
class Outcome:
    """The output and the exit status of a command."""

    printed: str
    status: int


def pages() -> list[Path]:
    """Return every page with documentation, relative paths sorted."""
    return [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def examples(text: str) -> list[Example]:
    """Return the examples of a page, in order.

    Raises:
        ValueError: a block has text before its first prompt.
    """
    result = []
    for block in _BLOCK.finditer(text):
        if block[2].strip() and not block[2].lstrip().startswith("$ "):
            raise ValueError(f"line {_line(text, block.start(2))}: the block does not begin with a prompt")
        indent = len(block[1])
        for match in _EXAMPLE.finditer(text, block.start(2), block.end(2)):
            expected = re.sub(rf"^ {{{indent}}}", "", match[2], flags=re.MULTILINE)
            result.append(Example(match[1], expected, _line(text, match.start()), match.span(2), indent))
    return result


def run(example: Example, folder: Path) -> Outcome:
    """Run one example in `folder`, without settings of the user."""
    words = alone(example.command)
    return _in_shell(example.command, folder) if words is None else _in_process(words, folder)


def alone(command: str) -> list[str] | None:
    """Return the arguments of a command that is a call of ``kg`` alone; ``None`` if it needs a shell.

    ``kg serve`` has an event loop of its own, and Playwright may have one in this thread.
    """
    if not command.startswith("kg ") or command.startswith("kg serve") or _SHELL.search(command):
        return None
    return shlex.split(command.replace("\\\n", " "))[1:]


def _in_process(words: list[str], folder: Path) -> Outcome:
    status = 0
    with (
        mock.patch.dict(os.environ, _environment(), clear=True),
        mock.patch.object(sys, "argv", ["kg", *words]),
        contextlib.chdir(folder),
        CliRunner().isolation() as (_, _, output),
    ):
        try:
            kg()
        except SystemExit as ended:
            status = int(ended.code or 0)
        sys.stdout.flush()
        sys.stderr.flush()
        return Outcome(output.getvalue().decode(), status)


def _in_shell(command: str, folder: Path) -> Outcome:
    """Run a command in a shell that has our ``kg`` first on its path."""
    done = subprocess.run(
        ["bash", "-c", _without_installing(command)],
        cwd=folder,
        env=_environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        timeout=TIME_LIMIT,
        check=False,
    )
    return Outcome(done.stdout, done.returncode)


def initial_store(text: str) -> Literal["curated", "complete", "none"]:
    """Return the store that the examples of a page need at first.

    A page that builds all collections gets them, since a second build of the same writes nothing. A page that builds
    some gets none.
    """
    builds = _BUILDS.search(text)
    if builds is None:
        return "curated"
    return "none" if "--collection" in builds[1] else "complete"


def repeated(text: str) -> list[str]:
    """Return the examples of a page that are `REPEATED` and give the same on the curated collection.

    A page with all collections has other sites, but the same maps and ranks, because the default lens selects the
    curated links.
    """
    commands = [example.command for example in examples(text)]
    if any(map(_WRITES.search, commands)):
        return []
    differing = {SITE} if initial_store(text) == "complete" else set()
    return [command for command in commands if command in REPEATED and command not in differing]


def prepare(folder: Path, store: Path | None) -> None:
    """Make `folder` look like a clone in which everything is installed, with a copy of the `store`."""
    (folder / ".venv").symlink_to(sys.prefix)
    (folder / "Makefile").symlink_to(ROOT / "Makefile")
    if store is not None:
        # The lock is not linked, so that writers in two workers do not exclude each other.
        shutil.copytree(store, folder / ".kg/store", copy_function=os.link, ignore=shutil.ignore_patterns("lock"))


def fits(expected: str, printed: str) -> bool:
    """Return whether `printed` matches `expected`, apart from wildcards and blanks at the ends of lines."""
    pattern = ""
    for line in expected.rstrip().splitlines():
        if line.strip() == "...":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*?".join(re.escape(part) for part in line.rstrip().split("...")) + r"\n"
    text = "".join(f"{line.rstrip()}\n" for line in printed.rstrip().splitlines())
    return re.fullmatch(pattern, text) is not None


def rewrite(text: str, printed: dict[Example, str], *, wildcards: bool = True) -> str:
    """Return `text` with each output in `printed` that does not match inserted instead of the old one.

    Without `wildcards`, an output that consists of ``...`` alone is replaced too.
    """
    for example in sorted(printed, key=lambda one: one.span, reverse=True):
        bare = not wildcards and example.expected.strip() == "..."
        if bare or not fits(example.expected, printed[example]):
            start, end = example.span
            lines = printed[example].rstrip().splitlines()
            output = "".join(f"{' ' * example.indent}{line.rstrip()}\n" for line in lines)
            text = text[:start] + output + text[end:]
    return text


def update(page: Path, store: Path, *, wildcards: bool = True) -> None:
    """Run the examples of `page` and write their present output."""
    text = page.read_text(encoding="utf-8")
    printed = {}
    with tempfile.TemporaryDirectory() as name:
        prepare(Path(name), store if initial_store(text) == "curated" else None)
        for example in examples(text):
            outcome = run(example, Path(name))
            printed[example] = outcome.printed
            if outcome.status:
                sys.exit(f"{page}:{example.line}: {example.command}: status {outcome.status}\n{outcome.printed}")
    page.write_text(rewrite(text, printed, wildcards=wildcards), encoding="utf-8")


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _without_installing(command: str) -> str:
    """Return the command; `make demo` loses its installation step, because the tests run after it."""
    return command.replace("make demo", "make --no-print-directory demo RUN=")


def _environment() -> dict[str, str]:
    """Return the environment of a reader, without settings of this project or of a calling make."""
    ours = ("KG_", "MAKE", "MFLAGS", "PYTHON", "PYTEST", "VENV")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours) or name == "PYTHONPATH"}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return kept | {"PATH": path, "LC_ALL": "C.UTF-8", "COLUMNS": "100", "NO_COLOR": "1", "HOME": "/nonexistent"}


def main(arguments: list[str]) -> None:
    """Update the pages that `arguments` name, or all; ``--fill`` also replaces outputs that are ``...`` alone."""
    chosen = [Path(name) for name in arguments if not name.startswith("--")] or pages()
    with tempfile.TemporaryDirectory() as name:
        store = Path(name) / "store"
        subprocess.run(
            ["kg", "build", "--quiet", "--collection", "curated", "--store", store],
            check=True,
            env=_environment(),
            stdout=sys.stderr,
        )
        for page in chosen:
            if examples(page.read_text(encoding="utf-8")):
                update(page, store, wildcards="--fill" not in arguments)


if __name__ == "__main__":
    main(sys.argv[1:])
