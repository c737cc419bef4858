"""The house keeps its own rules: the flow, no circles, one word in four places, sizes, nothing swallowed.

Ruff knows some of these rules too, but a comment can silence it; nothing silences these.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import architecture

ROOT = Path(__file__).resolve().parent.parent

LAYERS = tuple(
    frozenset(layer.split())
    for layer in (
        "__init__",
        "errors terms",
        "model settings files",
        "rdf",
        "resolve store",
        "network",
        "query",
        "measure validate export",
        "map ingest",
        "report",
        "api",
        "cli",
        "__main__",
    )
)
"""The flow of the design, from the source down: a part imports only from the lines above its own."""


@pytest.fixture(scope="module")
def house() -> tuple[architecture.Module, ...]:
    return architecture.read(ROOT / "kg")


def test_imports_follow_the_flow(house: tuple[architecture.Module, ...]) -> None:
    _none(architecture.floor_breaks(house, LAYERS))


def test_no_circles(house: tuple[architecture.Module, ...]) -> None:
    _none(architecture.circle(house))


def test_sizes(house: tuple[architecture.Module, ...]) -> None:
    _none(architecture.size_breaks(house))


def test_nothing_is_swallowed(house: tuple[architecture.Module, ...]) -> None:
    _none(architecture.swallowed(house))


def test_everything_public_says_what_it_is(house: tuple[architecture.Module, ...]) -> None:
    _none(architecture.undocumented(house))


def test_one_word_in_four_places(house: tuple[architecture.Module, ...]) -> None:
    headings = re.findall(r"^#+ (.*)$", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    words = {word for module in house for word in module.name.split(".")[1:]}
    homeless = []
    for command in _commands():
        if command not in words:
            homeless.append(f"{command}: no module of that name in kg/")
        if not list((ROOT / "tests").rglob(f"test_{command}.py")):
            homeless.append(f"{command}: no tests/**/test_{command}.py")
        if not any(re.search(rf"\b{command}\b", heading, flags=re.IGNORECASE) for heading in headings):
            homeless.append(f"{command}: no section of the README")
    _none(homeless)


def _none(breaks: list[str]) -> None:
    assert not breaks, "\n".join(breaks)


def _commands() -> list[str]:
    """The commands of ``kg``, from its own help."""
    run = [sys.executable, "-c", "from kg.cli import main; main()", "--help"]
    done = subprocess.run(run, capture_output=True, text=True, check=False, cwd=ROOT)
    commands = re.findall(r"^  ([a-z]+)\b", done.stdout.partition("Commands:")[2], flags=re.MULTILINE)
    assert commands, done.stdout + done.stderr
    return commands


# The rules can be broken: each of these packages breaks one.


def _package(folder: Path, files: dict[str, str]) -> tuple[architecture.Module, ...]:
    for name, text in files.items():
        path = folder / "pk" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return architecture.read(folder / "pk")


SMALL_LAYERS = (frozenset({"__init__"}), frozenset({"a"}), frozenset({"b", "c"}), frozenset({"d"}))


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("a.py", "from pk.b import x", ["`a` may not import `pk.b`"]),
        ("a.py", "from .b import x", ["`a` may not import `pk.b`"]),
        ("a.py", "from pk import b", ["`a` may not import `pk.b`"]),
        ("a.py", "def f():\n    import pk.d.e", ["`a` may not import `pk.d.e`"]),
        ("a.py", "if TYPE_CHECKING:\n    from pk.b import B", ["`a` may not import `pk.b`"]),
        ("c.py", "from pk.b import x", ["`c` may not import `pk.b`"]),
        ("stray.py", "", ["no floor is declared for `stray`"]),
        ("b.py", "import os.path\nfrom pk.a import x\nfrom . import a", []),
        ("d/e.py", "from pk.b import x\nfrom pk.d import f\nfrom ..a import y\nfrom .f import z", []),
    ],
)
def test_floor_breaks(tmp_path: Path, file: str, text: str, said: list[str]) -> None:
    files = {"__init__.py": "", "a.py": "", "b.py": "", "c.py": "", "d/__init__.py": "", "d/e.py": "", "d/f.py": ""}
    modules = _package(tmp_path, files | {file: text})
    breaks = architecture.floor_breaks(modules, SMALL_LAYERS)
    assert len(breaks) == len(said)
    assert all(one.endswith(end) for one, end in zip(breaks, said, strict=True))


def test_circle_is_found(tmp_path: Path) -> None:
    files = {"__init__.py": "", "a.py": "from pk import b", "b.py": "from pk.d import e", "d/e.py": "from ..a import x"}
    assert architecture.circle(_package(tmp_path, files)) in (
        [" -> ".join(f"pk.{name}" for name in ring)]
        for ring in (("a", "b", "d.e", "a"), ("b", "d.e", "a", "b"), ("d.e", "a", "b", "d.e"))
    )
    assert architecture.circle(_package(tmp_path, files | {"d/e.py": ""})) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x = 1\n" * 301, "301 lines, at most 300"),
        ("def f():\n" + "    x = 1\n" * 40, "f has 41 lines, at most 40"),
        ("class A:\n    async def f(self, a, /, b, c, *, d, e, f): ...", "f takes 7 parameters, at most 6"),
    ],
)
def test_size_breaks(tmp_path: Path, text: str, said: str) -> None:
    breaks = architecture.size_breaks(_package(tmp_path, {"a.py": text}))
    assert [one.endswith(said) for one in breaks] == [True]


def test_sizes_within_the_limit(tmp_path: Path) -> None:
    fits = "def f(a, b, c, d, e, f, *args, **options):\n" + "    x = 1\n" * 39 + "\n" * 257
    fits += "@click.command('x')\ndef command(*, a, b, c, d, e, f, g): ...\n"
    assert architecture.size_breaks(_package(tmp_path, {"a.py": fits})) == []


@pytest.mark.parametrize("caught", ["", " Exception", " (ValueError, BaseException)", " builtins.Exception as error"])
def test_swallowed(tmp_path: Path, caught: str) -> None:
    modules = _package(tmp_path, {"a.py": f"try: ...\nexcept{caught}: ...", "b.py": "try: ...\nexcept OSError: ..."})
    assert architecture.swallowed(modules) == [f"{tmp_path / 'pk/a.py'}:2: catches everything"]


def test_undocumented(tmp_path: Path) -> None:
    text = "class A:\n    def f(self): ...\n    def _g(self): ...\ndef h():\n    '''Says.'''\n    def inner(): ...\n"
    path = tmp_path / "pk/a.py"
    assert architecture.undocumented(_package(tmp_path, {"a.py": text})) == [
        f"{path}: the module says nothing",
        f"{path}:1: A says nothing",
        f"{path}:2: f says nothing",
    ]
