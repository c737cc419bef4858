"""The scripts of the pages: their modules can be joined, and their types are those of the payload."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from helpers import payload_types

from kg.map.html import modules, page, template
from kg.map.webgl import page as webgl_page
from kg.pages import search
from kg.review import page as review_page

if TYPE_CHECKING:
    from pathlib import Path

MAINS = (page.MAIN, webgl_page.MAIN, search.MAIN, search.COMPLETE, review_page.MAIN)


def test_types_of_the_scripts_are_those_of_the_payload() -> None:
    assert payload_types.FILE.read_text(encoding="utf-8") == payload_types.declarations(), (
        "run PYTHONPATH=tests python -m helpers.payload_types"
    )


def test_each_module_belongs_to_a_page(root: Path) -> None:
    joined = {module.path for main in MAINS for module in modules.ordered(main)}
    folder = root / "kg" / "map"
    assert joined == {str(path.relative_to(folder)) for path in (folder / "script").rglob("*.js")}


@pytest.mark.parametrize("main", MAINS)
def test_modules_follow_those_that_they_import(main: str) -> None:
    order = [module.path for module in modules.ordered(main)]
    shared = [path for path in order if path.startswith("script/shared/")]
    assert order[-1] == main
    assert all("script/shared/" in source for path in shared for source in _imports(path))


def _imports(path: str) -> list[str]:
    return [source for source, _ in modules.parse(path, template.read(path)).imports]


def test_joined_text_has_no_imports_exports_and_comments() -> None:
    module = modules.parse("a/b.js", MODULE)
    assert module.imports == (("c.js", ("x", "y")),)
    assert module.names == ("one", "two", "three", "five", "four")
    assert module.exports == {"one", "four"}
    expected = "const one = 1; let two = x; const [three, { five }] = y; function four() { return two; }"
    assert " ".join(module.body.split()) == expected


MODULE = """// A module.
import { x, y } from "../c.js";

/** @type {number} */
export const one = 1;
let two = /** @type {number} */ x; // a value
const [three, { five }] = y;

/**
 * Return it.
 * @param {number} p
 */
export function four() {
  return two;
}
"""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('import * as all from "./b.js";\n', "import names in braces"),
        ("export default 1;\n", "import names in braces"),
        ('import { a as b } from "./b.js";\n', "import names in braces"),
    ],
)
def test_module_that_cannot_be_joined_is_refused(text: str, reason: str) -> None:
    with pytest.raises(modules.ModuleError, match=reason):
        modules.parse("a.js", text)


def test_names_that_are_declared_twice_and_imports_without_export_are_refused() -> None:
    first = modules.parse("a.js", "export const a = 1;\n")
    with pytest.raises(modules.ModuleError, match=r"b\.js: 'a' is also declared in a\.js"):
        modules.check([first, modules.parse("b.js", "function a() {}\n")])
    with pytest.raises(modules.ModuleError, match=r"a\.js does not export \['b'\]"):
        modules.check([first, modules.parse("b.js", 'import { b } from "./a.js";\n')])
