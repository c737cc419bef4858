"""Reads a package as text and says where it breaks the rules of the house; runs none of it."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

MAX_LINES, MAX_FUNCTION, MAX_PARAMETERS = 300, 40, 6


@dataclass(frozen=True)
class Module:
    """One file: its dotted name, its text, and what of its own package it imports."""

    name: str
    path: Path
    text: str
    tree: ast.Module
    imports: frozenset[str]

    @property
    def part(self) -> str:
        """The word by which the flow knows the module: ``kg.map.html.page`` belongs to ``draw``."""
        return self.name.split(".")[1] if "." in self.name else "__init__"


def read(package: Path) -> tuple[Module, ...]:
    """All modules of the package in the folder `package`, by name."""
    paths = {_dotted(path, package): path for path in sorted(package.rglob("*.py"))}
    return tuple(_module(name, path, paths) for name, path in paths.items())


def floor_breaks(modules: Sequence[Module], floors: Sequence[frozenset[str]]) -> list[str]:
    """Imports that run against the flow; `floors` goes from the source to the mouth.

    Modules of one part may import each other; of two parts, the later one may import the earlier, and two parts of one
    floor may not import each other. An import for types alone is an import too.
    """
    height = {part: index for index, floor in enumerate(floors) for part in floor}
    breaks = []
    for module in modules:
        if module.part not in height:
            breaks.append(f"{module.path}: no floor is declared for `{module.part}`")
            continue
        for target in sorted(module.imports):
            part = target.split(".")[1] if "." in target else "__init__"
            if part != module.part and height.get(part, -1) >= height[module.part]:
                breaks.append(f"{module.path}: `{module.part}` may not import `{target}`")
    return breaks


def circle(modules: Sequence[Module]) -> list[str]:
    """One circle of modules that import each other, or nothing."""
    try:
        TopologicalSorter({module.name: module.imports for module in modules}).prepare()
    except CycleError as error:
        return [" -> ".join(reversed(error.args[1]))]
    return []


def size_breaks(modules: Sequence[Module]) -> list[str]:
    """Files, functions and parameter lists beyond the sizes of the house."""
    breaks = []
    for module in modules:
        lines = len(module.text.splitlines())
        if lines > MAX_LINES:
            breaks.append(f"{module.path}: {lines} lines, at most {MAX_LINES}")
        for function in _functions(module):
            where, arguments = f"{module.path}:{function.lineno}: {function.name}", function.args
            length = (function.end_lineno or function.lineno) - function.lineno + 1
            if length > MAX_FUNCTION:
                breaks.append(f"{where} has {length} lines, at most {MAX_FUNCTION}")
            count = len([*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs])
            if count > MAX_PARAMETERS and not _is_command(function):
                breaks.append(f"{where} takes {count} parameters, at most {MAX_PARAMETERS}")
    return breaks


def swallowed(modules: Sequence[Module]) -> list[str]:
    """Places that catch everything: ``except:``, ``except Exception``, ``except BaseException``."""
    return [
        f"{module.path}:{node.lineno}: catches everything"
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or {"Exception", "BaseException"} & {_last(part) for part in ast.walk(node.type)})
    ]


def undocumented(modules: Sequence[Module]) -> list[str]:
    """Modules, public classes and public functions that do not say what they are."""
    silent = [f"{module.path}: the module says nothing" for module in modules if not ast.get_docstring(module.tree)]
    for module in modules:
        mute = (node for node in _public(module.tree) if not ast.get_docstring(node))
        silent += [f"{module.path}:{node.lineno}: {node.name} says nothing" for node in mute]
    return silent


def _dotted(path: Path, package: Path) -> str:
    parts = path.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _module(name: str, path: Path, known: dict[str, Path]) -> Module:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text, filename=str(path))
    folder = name if path.name == "__init__.py" else name.rpartition(".")[0]
    found = {_nearest(target, known) for target in _targets(tree, folder)}
    return Module(name, path, text, tree, frozenset(found - {name, ""}))


def _targets(tree: ast.Module, folder: str) -> Iterator[str]:
    """Dotted names that the code imports, relative ones made absolute from the package `folder`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = folder.split(".")[: len(folder.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def _nearest(target: str, known: dict[str, Path]) -> str:
    """The module that holds `target`: itself, or the nearest one above it; empty for other packages."""
    while target and target not in known:
        target = target.rpartition(".")[0]
    return target


def _functions(module: Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(module.tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def _is_command(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Return whether `function` is the callback of a click command, which has a parameter for each option."""
    decorators = (each.func for each in function.decorator_list if isinstance(each, ast.Call))
    return any(isinstance(each, ast.Attribute) and each.attr == "command" for each in decorators)


def _public(
    node: ast.Module | ast.ClassDef,
) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    for child in node.body:
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not child.name.startswith("_"):
            yield child
            if isinstance(child, ast.ClassDef):
                yield from _public(child)


def _last(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
