"""Inline scripts of the pages, joined from the ES modules of ``kg/map/script``.

A page is one file without requests, so its script is one function that contains the modules in the order in which
a browser would run them: each module after those that it imports. Imports and exports are removed. That is correct as
long as no two modules declare the same name and no import renames one; `join` refuses other modules. The modules have
the format of prettier, so that a declaration at the top level begins a line.
"""

import re
from dataclasses import dataclass
from functools import cache
from posixpath import dirname, join, normpath

from kg.map.html import template

_IMPORT = re.compile(r'^import \{([^}]*)\} from "([^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:const|let|function|class)\b)", re.MULTILINE)
_MODULE_WORD = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_RENAMED = re.compile(r"^import [^;]* as [^;]*;", re.MULTILINE)
_DECLARATION = re.compile(
    r"^(export )?(?:async )?(?:const|let|function\*?|class) ([\w$]+|[\[{][^=]*?[\]}](?= =))", re.MULTILINE
)
_NAME = re.compile(r"[\w$]+(?=\s*(?:[,\]}]|$))")
_BLOCK_COMMENT = re.compile(r"/\*\*(?:(?!\*/).)*\*/ ?", re.DOTALL)
_COMMENT = re.compile(r"(?:^\s*|(?<=[;{},(]) )// .*$", re.MULTILINE)
"""A comment on its own line or after the end of a part of a statement."""

_CONTINUED = re.compile(r"(?<=[,(\[])\n|,?\n(?=[)\]])|,\n(?=\})|\n(?=[.?:] |\.\w)")
"""A line break inside a statement, with a comma before a closing bracket."""


class ModuleError(ValueError):
    """Modules that cannot be joined."""


@dataclass(frozen=True, slots=True)
class Module:
    """A module: imported names by path, names declared at the top level, exported names, and the text without them."""

    path: str
    imports: tuple[tuple[str, tuple[str, ...]], ...]
    names: tuple[str, ...]
    exports: frozenset[str]
    body: str


def parse(path: str, text: str) -> Module:
    """Return the module with this path and text.

    Raises:
        ModuleError: an import or export has another form than ``import { a, b } from "./c.js"`` and ``export const``.
    """
    imports = tuple(
        (normpath(join(dirname(path), source)), tuple(_NAME.findall(names))) for names, source in _IMPORT.findall(text)
    )
    declared = [(bool(export), _NAME.findall(names)) for export, names in _DECLARATION.findall(text)]
    body = _EXPORT.sub("", _IMPORT.sub("", text))
    if other := _RENAMED.search(text) or _MODULE_WORD.search(body):
        raise ModuleError(f"{path}: cannot join {other[0]!r}; import names in braces")
    return Module(
        path,
        imports,
        names=tuple(name for _, names in declared for name in names),
        exports=frozenset(name for export, names in declared if export for name in names),
        body=_COMMENT.sub("", _BLOCK_COMMENT.sub("", body)),
    )


def ordered(entry: str) -> list[Module]:
    """Return the module ``kg/map/<entry>`` and those that it imports, in the order in which they run."""
    found: dict[str, Module | None] = {}
    order: list[Module] = []

    def visit(path: str) -> None:
        if path in found:
            return
        found[path] = None
        module = parse(path, template.read(path))
        for source, _ in module.imports:
            visit(source)
        found[path] = module
        order.append(module)

    visit(entry)
    return order


def check(modules: list[Module]) -> None:
    """Accept modules that can be joined.

    Raises:
        ModuleError: two modules declare the same name, or an import has no export.
    """
    owners: dict[str, str] = {}
    exports = {module.path: module.exports for module in modules}
    for module in modules:
        for name in module.names:
            if name in owners:
                raise ModuleError(f"{module.path}: {name!r} is also declared in {owners[name]}; rename one")
            owners[name] = module.path
        for source, names in module.imports:
            if missing := set(names) - exports[source]:
                raise ModuleError(f"{module.path}: {source} does not export {sorted(missing)}; export them")


@cache
def script(entry: str) -> str:
    """Return the script of the page whose main module is ``kg/map/<entry>``, without comments and indentation."""
    modules = ordered(entry)
    check(modules)
    lines = (line.strip() for module in modules for line in module.body.splitlines())
    text = "".join(f"{line}\n" for line in lines if line)
    return f'"use strict";\n(() => {{\n{_CONTINUED.sub("", text)}}})();\n'
