"""Structure of the code: layers, cycles, names of commands, sizes, exceptions, docstrings.

A comment can silence ruff; no comment silences these rules.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from helpers import architecture

from kg.cli import COMMANDS

ROOT = Path(__file__).resolve().parent.parent

LAYERS = tuple(
    frozenset(layer.split())
    for layer in (
        "__init__",
        "texts",
        "errors terms",
        "extras unused_imports",
        "model names settings files licences text_encodings worker",
        "rdf",
        "resolve store",
        "network search",
        "query",
        "measure validate export read",
        "findings",
        "map ingest",
        "changes review",
        "report pages",
        "api",
        "mcp",
        "serve",
        "cli",
        "__main__",
    )
)
"""The layers of docs/design.md, from the bottom up."""


@pytest.fixture(scope="module")
def modules() -> tuple[architecture.Module, ...]:
    return architecture.read(ROOT / "kg")


def test_imports_follow_the_layers(modules: tuple[architecture.Module, ...]) -> None:
    _none(architecture.layer_violations(modules, LAYERS))


def test_no_import_cycles(modules: tuple[architecture.Module, ...]) -> None:
    _none(architecture.cycle(modules))


def test_sizes(modules: tuple[architecture.Module, ...]) -> None:
    _none(architecture.size_violations(modules))


def test_no_handler_catches_all_exceptions(modules: tuple[architecture.Module, ...]) -> None:
    _none(architecture.broad_excepts(modules))


def test_public_names_have_docstrings(modules: tuple[architecture.Module, ...]) -> None:
    _none(architecture.undocumented(modules))


def test_a_command_has_a_module_a_test_and_a_page(modules: tuple[architecture.Module, ...]) -> None:
    names = {word for module in modules for word in module.name.split(".")[1:]}
    missing = []
    for command in COMMANDS:
        if command not in names:
            missing.append(f"{command}: no module of that name in kg/")
        if not list((ROOT / "tests").rglob(f"test_{command}.py")):
            missing.append(f"{command}: no tests/**/test_{command}.py")
        if not (ROOT / "docs" / "reference" / "cli" / f"{command}.md").exists():
            missing.append(f"{command}: no page in docs/reference/cli")
    _none(missing)


def _none(violations: list[str]) -> None:
    assert not violations, "\n".join(violations)


# Each of these packages breaks one rule.


def _package(folder: Path, files: dict[str, str]) -> tuple[architecture.Module, ...]:
    for name, text in files.items():
        path = folder / "pk" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return architecture.read(folder / "pk")


SMALL_LAYERS = (frozenset({"__init__"}), frozenset({"a"}), frozenset({"b", "c"}), frozenset({"d"}))


@pytest.mark.parametrize(
    ("file", "text", "expected"),
    [
        ("a.py", "from pk.b import x", ["`a` may not import `pk.b`"]),
        ("a.py", "from .b import x", ["`a` may not import `pk.b`"]),
        ("a.py", "from pk import b", ["`a` may not import `pk.b`"]),
        ("a.py", "def f():\n    import pk.d.e", ["`a` may not import `pk.d.e`"]),
        ("a.py", "if TYPE_CHECKING:\n    from pk.b import B", ["`a` may not import `pk.b`"]),
        ("c.py", "from pk.b import x", ["`c` may not import `pk.b`"]),
        ("stray.py", "", ["no layer is declared for `stray`"]),
        ("b.py", "import os.path\nfrom pk.a import x\nfrom . import a", []),
        ("d/e.py", "from pk.b import x\nfrom pk.d import f\nfrom ..a import y\nfrom .f import z", []),
    ],
)
def test_layer_violations(tmp_path: Path, file: str, text: str, expected: list[str]) -> None:
    files = {"__init__.py": "", "a.py": "", "b.py": "", "c.py": "", "d/__init__.py": "", "d/e.py": "", "d/f.py": ""}
    modules = _package(tmp_path, files | {file: text})
    violations = architecture.layer_violations(modules, SMALL_LAYERS)
    assert len(violations) == len(expected)
    assert all(one.endswith(end) for one, end in zip(violations, expected, strict=True))


def test_cycle_is_detected(tmp_path: Path) -> None:
    files = {"__init__.py": "", "a.py": "from pk import b", "b.py": "from pk.d import e", "d/e.py": "from ..a import x"}
    assert architecture.cycle(_package(tmp_path, files)) in (
        [" -> ".join(f"pk.{name}" for name in ring)]
        for ring in (("a", "b", "d.e", "a"), ("b", "d.e", "a", "b"), ("d.e", "a", "b", "d.e"))
    )
    assert architecture.cycle(_package(tmp_path, files | {"d/e.py": ""})) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x = 1\n" * 301, "301 lines, at most 300"),
        ("def f():\n" + "    x = 1\n" * 40, "f has 41 lines, at most 40"),
        ("class A:\n    async def f(self, a, /, b, c, *, d, e, f): ...", "f takes 7 parameters, at most 6"),
    ],
)
def test_size_violations(tmp_path: Path, text: str, expected: str) -> None:
    violations = architecture.size_violations(_package(tmp_path, {"a.py": text}))
    assert [one.endswith(expected) for one in violations] == [True]


def test_sizes_within_the_limit(tmp_path: Path) -> None:
    fits = "def f(a, b, c, d, e, f, *args, **options):\n" + "    x = 1\n" * 39 + "\n" * 257
    fits += "@click.command('x')\ndef command(*, a, b, c, d, e, f, g): ...\n"
    assert architecture.size_violations(_package(tmp_path, {"a.py": fits})) == []


@pytest.mark.parametrize("caught", ["", " Exception", " (ValueError, BaseException)", " builtins.Exception as error"])
def test_broad_excepts(tmp_path: Path, caught: str) -> None:
    modules = _package(tmp_path, {"a.py": f"try: ...\nexcept{caught}: ...", "b.py": "try: ...\nexcept OSError: ..."})
    assert architecture.broad_excepts(modules) == [f"{tmp_path / 'pk/a.py'}:2: catches everything"]


def test_undocumented(tmp_path: Path) -> None:
    text = "class A:\n    def f(self): ...\n    def _g(self): ...\ndef h():\n    '''Return.'''\n    def inner(): ...\n"
    path = tmp_path / "pk/a.py"
    assert architecture.undocumented(_package(tmp_path, {"a.py": text})) == [
        f"{path}: the module has no docstring",
        f"{path}:1: A has no docstring",
        f"{path}:2: f has no docstring",
    ]
