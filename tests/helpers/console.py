"""Runs the ``console`` examples of a document as its reader would, and compares what they print.

An example begins with ``$ `` in a fenced block marked ``console`` and ends before the next one; a command goes on over
lines that end in a backslash. What follows is what it prints, to stdout and stderr together. A line of ``...`` stands
for any lines, ``...`` inside a line for any characters. An example must end with status 0; one that shows a failure
says so itself: ``kg rank --measure luck || echo "status $?"``. All examples of a document share one working directory.

``python tests/helpers/console.py README.md`` writes what they print now into the document, where it no longer fits.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TIME_LIMIT = 180  # seconds; what `make demo` may take on a slow machine

_BLOCK = re.compile(r"^```console\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)
_EXAMPLE = re.compile(r"^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)", flags=re.MULTILINE)


@dataclass(frozen=True)
class Example:
    """One command of a document.

    Attributes:
        command: what is typed, without the prompt.
        expected: what the document says it prints.
        line: where the command stands, from 1.
        span: where `expected` stands in the text, in characters.
    """

    command: str
    expected: str
    line: int
    span: tuple[int, int]


@dataclass(frozen=True)
class Outcome:
    """What a command printed and how it ended."""

    printed: str
    status: int


def examples(text: str) -> list[Example]:
    """The examples of a document, in order.

    Raises:
        ValueError: a block has text before its first prompt, so that nobody knows who printed it.
    """
    found = []
    for block in _BLOCK.finditer(text):
        if block[1].strip() and not block[1].startswith("$ "):
            raise ValueError(f"line {_line(text, block.start(1))}: the block does not begin with a prompt")
        found += [
            Example(one[1], one[2], _line(text, one.start()), one.span(2))
            for one in _EXAMPLE.finditer(text, block.start(1), block.end(1))
        ]
    return found


def run(example: Example, folder: Path) -> Outcome:
    """Run one example in `folder`, in a shell that finds our ``kg`` first and nobody's settings."""
    done = subprocess.run(
        ["bash", "-c", _without_installing(example.command)],
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


def prepare(folder: Path) -> None:
    """Let `folder` look like a fresh clone in which everything is installed, without the means to harm the real one."""
    (folder / ".venv").symlink_to(sys.prefix)
    (folder / "Makefile").symlink_to(ROOT / "Makefile")


def fits(expected: str, printed: str) -> bool:
    """Whether `printed` is what `expected` says, wildcards and blanks at the ends of lines aside."""
    pattern = ""
    for line in expected.rstrip().splitlines():
        if line.strip() == "...":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*?".join(re.escape(part) for part in line.rstrip().split("...")) + r"\n"
    text = "".join(f"{line.rstrip()}\n" for line in printed.rstrip().splitlines())
    return re.fullmatch(pattern, text) is not None


def rewrite(text: str, printed: dict[Example, str]) -> str:
    """The document with each output in `printed` that does not fit put in place of what was said."""
    for example in sorted(printed, key=lambda one: one.span, reverse=True):
        if not fits(example.expected, printed[example]):
            start, end = example.span
            text = text[:start] + printed[example].rstrip() + "\n" * bool(printed[example].strip()) + text[end:]
    return text


def main(document: Path) -> None:
    """Run the examples of `document` and write down what they print now."""
    text = document.read_text(encoding="utf-8")
    printed = {}
    with tempfile.TemporaryDirectory() as name:
        prepare(Path(name))
        for example in examples(text):
            outcome = run(example, Path(name))
            printed[example] = outcome.printed
            if outcome.status:
                sys.exit(f"{document}:{example.line}: {example.command}: status {outcome.status}\n{outcome.printed}")
    document.write_text(rewrite(text, printed), encoding="utf-8")


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _without_installing(command: str) -> str:
    """The command; for `make demo` with the installing left out, as the tests run where that has been done."""
    return command.replace("make demo", "make --no-print-directory demo RUN=")


def _environment() -> dict[str, str]:
    """What a reader's shell has, but for settings of this project and of the make that may run the tests."""
    ours = ("KG_", "MAKE", "MFLAGS", "PYTHON", "PYTEST", "VENV")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return kept | {"PATH": path, "LC_ALL": "C.UTF-8", "COLUMNS": "120", "NO_COLOR": "1"}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
