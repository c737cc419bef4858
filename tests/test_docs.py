"""The documentation: its examples run, its command pages are current, and its site sends no request."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import reference_pages
from helpers import console

ROOT = Path(__file__).resolve().parent.parent
PAGES = [page for page in console.pages() if "```console" in page.read_text(encoding="utf-8")]
PYTHON = re.compile(r"^```python\n(.*?)^```$", flags=re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_examples_print_the_documented_output(page: Path, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    text = page.read_text(encoding="utf-8")
    name = {"curated": "built", "complete": "complete"}.get(console.initial_store(text))
    store: Path | None = request.getfixturevalue(name) if name else None
    console.prepare(tmp_path, store)
    for example in console.examples(text):
        outcome = _shared(example.command, text, request, tmp_path) or console.run(example, tmp_path)
        place = f"{page.relative_to(ROOT)}:{example.line}: $ {example.command}"
        assert outcome.status == 0, f"{place}\nended with {outcome.status}:\n{outcome.printed}"
        assert console.fits(example.expected, outcome.printed), (
            f"{place}\nprints:\n{outcome.printed}\nthe page shows:\n{example.expected}\nRun `make pages`."
        )
    for code in PYTHON.findall(text):
        done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"the Python of {page.relative_to(ROOT)} failed:\n{done.stderr}"
        assert done.stdout.strip()


def _shared(command: str, text: str, request: pytest.FixtureRequest, folder: Path) -> console.Outcome | None:
    """Return the outcome of a command that a fixture ran on the store of the page, if it is one, with its files."""
    if command == "kg build":
        shared: Path = request.getfixturevalue("complete").parents[1]
    elif command in console.repeated(text):
        shared = request.getfixturevalue("once")(command)
        for entry in shared.iterdir():
            if entry.name not in {".kg", ".venv", "Makefile", "printed.txt"}:
                _link(entry, folder / entry.name)
    else:
        return None
    return console.Outcome((shared / "printed.txt").read_text(encoding="utf-8"), 0)


def _link(source: Path, target: Path) -> None:
    """Make `target` a file or folder with the content of `source`, by hard links."""
    if source.is_dir():
        shutil.copytree(source, target, copy_function=os.link)
    else:
        os.link(source, target)


@pytest.mark.parametrize("name", list(reference_pages.commands()))
def test_the_page_of_a_command_contains_its_help_and_an_example(name: str) -> None:
    text = (reference_pages.FOLDER / f"{name}.md").read_text(encoding="utf-8")
    assert reference_pages.updated(text, reference_pages.block(name)) == text, "run `make pages`"
    shown = {example.command for example in console.examples(text)}
    assert reference_pages.help_examples(name) <= shown, "the page lacks an example of the help"


def test_the_index_of_commands_is_current() -> None:
    text = reference_pages.INDEX.read_text(encoding="utf-8")
    assert reference_pages.updated(text, reference_pages.index()) == text, "run `make pages`"


def test_the_page_of_measures_is_current() -> None:
    text = reference_pages.MEASURES_PAGE.read_text(encoding="utf-8")
    assert reference_pages.updated(text, reference_pages.measures()) == text, "run `make pages`"


def test_the_page_of_questions_is_current() -> None:
    text = reference_pages.QUESTIONS_PAGE.read_text(encoding="utf-8")
    assert reference_pages.updated(text, reference_pages.questions()) == text, "run `make pages`"


def test_the_page_of_the_mapping_is_current() -> None:
    text = reference_pages.MAPPING_PAGE.read_text(encoding="utf-8")
    assert reference_pages.updated(text, reference_pages.mapping()) == text, "run `make pages`"


def test_readme_is_short_and_narrow() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 140
    assert len(text.encode()) <= 9_000


def test_links_between_pages_resolve() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in console.pages()
        for target in _targets(page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert broken == []


def _targets(text: str) -> list[str]:
    """Return the addresses of links in Markdown, outside code."""
    return re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", re.sub(r"```.*?```", "", text, flags=re.DOTALL))


@pytest.mark.scale
def test_the_site_builds_without_warnings_and_requests_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "sphinx", "-q", "-W", "-b", "html", str(ROOT / "docs"), str(tmp_path / "site")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    loaded = re.compile(
        r"<(?:script|img|iframe|source)[^>]+src=\"(https?:)?//|<link[^>]+rel=\"stylesheet\"[^>]+href=\"(https?:)?//"
    )
    pages = list((tmp_path / "site").rglob("*.html"))
    assert len(pages) > 30
    assert [str(page) for page in pages if loaded.search(page.read_text(encoding="utf-8"))] == []
    styles = [path.read_text(encoding="utf-8") for path in (tmp_path / "site").rglob("*.css")]
    assert not any(re.search(r"url\(['\"]?(?:https?:)?//|@import", style) for style in styles)
