"""Checks of the package structure: layers, cycles, sizes, exceptions and docstrings. The code is read as text."""

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
    """A module with its dotted name, text, and imports within the package."""

    name: str
    path: Path
    text: str
    tree: ast.Module
    imports: frozenset[str]

    @property
    def part(self) -> str:
        """The top-level package of the module: `map` for `kg.map.html.page`."""
        return self.name.split(".")[1] if "." in self.name else "__init__"


def read(package: Path) -> tuple[Module, ...]:
    """Read all modules of the package in the folder `package`, sorted by name."""
    paths = {_dotted(path, package): path for path in sorted(package.rglob("*.py"))}
    return tuple(_module(name, path, paths) for name, path in paths.items())


def layer_violations(modules: Sequence[Module], layers: Sequence[frozenset[str]]) -> list[str]:
    """Return imports against the layers; `layers` is ordered from the bottom up.

    Modules of one part may import each other, and a part may import parts of lower layers. Parts of one layer may not
    import each other. Imports under TYPE_CHECKING count.
    """
    height = {part: index for index, layer in enumerate(layers) for part in layer}
    violations = []
    for module in modules:
        if module.part not in height:
            violations.append(f"{module.path}: no layer is declared for `{module.part}`")
            continue
        for target in sorted(module.imports):
            part = target.split(".")[1] if "." in target else "__init__"
            if part != module.part and height.get(part, -1) >= height[module.part]:
                violations.append(f"{module.path}: `{module.part}` may not import `{target}`")
    return violations


def cycle(modules: Sequence[Module]) -> list[str]:
    """Return one import cycle, or an empty list."""
    try:
        TopologicalSorter({module.name: module.imports for module in modules}).prepare()
    except CycleError as error:
        return [" -> ".join(reversed(error.args[1]))]
    return []


def size_violations(modules: Sequence[Module]) -> list[str]:
    """Return files, functions and parameter lists above the size limits."""
    violations = []
    for module in modules:
        lines = len(module.text.splitlines())
        if lines > MAX_LINES:
            violations.append(f"{module.path}: {lines} lines, at most {MAX_LINES}")
        for function in _functions(module):
            where, arguments = f"{module.path}:{function.lineno}: {function.name}", function.args
            length = (function.end_lineno or function.lineno) - function.lineno + 1
            if length > MAX_FUNCTION:
                violations.append(f"{where} has {length} lines, at most {MAX_FUNCTION}")
            count = len([*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs])
            if count > MAX_PARAMETERS and not _is_command(function):
                violations.append(f"{where} takes {count} parameters, at most {MAX_PARAMETERS}")
    return violations


def broad_excepts(modules: Sequence[Module]) -> list[str]:
    """Return handlers of all exceptions: ``except:``, ``except Exception``, ``except BaseException``."""
    return [
        f"{module.path}:{node.lineno}: catches everything"
        for module in modules
        for node in ast.walk(module.tree)
        if isinstance(node, ast.ExceptHandler)
        and (node.type is None or {"Exception", "BaseException"} & {_last(part) for part in ast.walk(node.type)})
    ]


def undocumented(modules: Sequence[Module]) -> list[str]:
    """Return modules, public classes and public functions without a docstring."""
    missing = [
        f"{module.path}: the module has no docstring" for module in modules if not ast.get_docstring(module.tree)
    ]
    for module in modules:
        undocumented_nodes = (node for node in _public(module.tree) if not ast.get_docstring(node))
        missing += [f"{module.path}:{node.lineno}: {node.name} has no docstring" for node in undocumented_nodes]
    return missing


def _dotted(path: Path, package: Path) -> str:
    parts = path.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _module(name: str, path: Path, known: dict[str, Path]) -> Module:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text, filename=str(path))
    folder = name if path.name == "__init__.py" else name.rpartition(".")[0]
    imported = {_nearest(target, known) for target in _targets(tree, folder)}
    return Module(name, path, text, tree, frozenset(imported - {name, ""}))


def _targets(tree: ast.Module, folder: str) -> Iterator[str]:
    """Yield the dotted names that the code imports; relative names are resolved against the package `folder`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = folder.split(".")[: len(folder.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield from (f"{base}.{alias.name}" for alias in node.names)


def _nearest(target: str, known: dict[str, Path]) -> str:
    """Return the module that contains `target`, or an empty string for other packages."""
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
