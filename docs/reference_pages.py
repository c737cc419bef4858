"""Update the generated blocks of docs/reference: ``python docs/reference_pages.py``.

The page of a command contains prose, console examples, which are tests, and a block with the help of the command.
The index of commands contains a table of them. The page of measures contains a block with the docstring and the
citation of each measure. The page of collections contains their descriptions.
"""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli import COMMANDS, SECTIONS, kg
from kg.cli.help import Command
from kg.ingest.collections import shipped
from kg.ingest.readers import mapping_reference
from kg.measure import MEASURES
from kg.measure.methods import METHODS
from kg.query.questions import all_questions
from kg.texts import localise

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.ingest.collections import Collection
    from kg.query.questions import Question

FOLDER = Path(__file__).resolve().parent / "reference" / "cli"
INDEX = FOLDER / "index.md"
MEASURES_PAGE = FOLDER.parent / "measures.md"
QUESTIONS_PAGE = FOLDER.parent / "questions.md"
MAPPING_PAGE = FOLDER.parent / "mapping.md"
COLLECTIONS_PAGE = FOLDER.parent / "collections.md"
WIDTH = 100
_BLOCK = re.compile(r"<!-- (\w+) -->\n.*?<!-- /\1 -->\n", flags=re.DOTALL)


def commands() -> Iterator[str]:
    """Yield the names of the top-level commands, in the order of the help."""
    yield from kg.list_commands(click.Context(kg))


def block(name: str) -> str:
    """Return the generated block of a page: the help of the command and of its subcommands."""
    body = "\n".join(f"```text\n{_help(context).rstrip()}\n```\n" for context in _contexts(name))
    return f"<!-- help -->\n{body}<!-- /help -->\n"


def help_examples(name: str) -> set[str]:
    """Return the examples in the help of a command and of its subcommands."""
    found = (context.command for context in _contexts(name))
    return {command.example for command in found if isinstance(command, Command)}


def index() -> str:
    """Return the generated block of the index: the commands by section, and the table of contents."""
    rows = ""
    for heading, entries in SECTIONS.items():
        rows += f"| **{heading}** | |\n"
        rows += "".join(f"| [{name}]({name}.md) | {summary.en.rstrip('.')} |\n" for name, summary in entries.items())
    tree = "```{toctree}\n:hidden:\n\n" + "".join(f"{name}\n" for name in COMMANDS) + "```\n"
    return f"<!-- commands -->\n| command | purpose |\n| --- | --- |\n{rows}\n{tree}<!-- /commands -->\n"


def measures() -> str:
    """Return the generated block of the page of measures: how each is computed, and its citation."""
    entries = [f"### {one.name}\n\n{_formula(one.function)}\n\n*Citation:* {one.citation}\n" for one in MEASURES]
    methods = [f"| {one.name} | {one.explanation.en} | {localise(one.citation, 'en')} |\n" for one in METHODS]
    table = "| indicator | meaning | citation |\n| --- | --- | --- |\n" + "".join(methods)
    body = "## Measures of actors\n\n" + "\n".join(entries) + "\n## Indicators of the network\n\n" + table
    return f"<!-- measures -->\n{body}<!-- /measures -->\n"


def questions() -> str:
    """Return the generated block of the page of questions."""
    body = "\n".join(_question(one) for one in all_questions())
    return f"<!-- questions -->\n{body}<!-- /questions -->\n"


def mapping() -> str:
    """Return the generated block of the page of the mapping: every key by section."""
    return f"<!-- keys -->\n{mapping_reference.page()}<!-- /keys -->\n"


def collections_page() -> str:
    """Return the generated block of the page of collections: contents, licence, frame, reading and faults of each."""
    return f"<!-- collections -->\n{chr(10).join(map(_collection, shipped()))}<!-- /collections -->\n"


def updated(page: str, generated: str) -> str:
    """Return the text of `page` with its generated block replaced.

    Raises:
        ValueError: the page has no such block.
    """
    if not _BLOCK.search(page):
        raise ValueError("the page has no block <!-- NAME --> … <!-- /NAME -->")
    return _BLOCK.sub(lambda _: generated, page)


def _question(item: Question) -> str:
    command = item.answered_by or " ".join(["kg query", item.name, *_required(item)])
    lines = [f"### {item.name}", f"{item.asks.en}<br>{item.asks.zh}", f"`{command}`"]
    if item.params:
        lines.append("\n".join(f"* `{one.name}`: {one.meaning.en}" for one in item.params))
    if item.caveat:
        lines.append(f"**Does not mean:** {item.caveat.en}<br>**注意：**{item.caveat.zh}")
    if item.awaits:
        lines.append(f"**Awaits data:** {item.awaits.en}")
    return "\n\n".join(lines) + "\n"


def _collection(one: Collection) -> str:
    counts = one.expected
    lens = "in the default lens" if one.in_default_lens else f"by choice: `--collection {one.name}`"
    lens = lens if one.expected["links"] else "without links, so that no network includes it"
    if not one.is_built:
        lens += f"; built by name: `kg build shipped --collection {one.name}`"
    facts = f"{counts['links']:,} links of {counts['organisations']:,} organisations, {one.issued}; {lens}"
    licence = " ".join(filter(None, (f"`{one.licence}`.", one.reason.en, one.credit.en)))
    lines = [
        f"## {one.name}",
        f"{one.title.en}<br>{one.title.zh}",
        f"{facts}.",
        f"**Publisher:** {one.publisher.en}<br>{one.publisher.zh}",
        f"**Licence:** {licence}",
        f"**Complete of:** {one.frame.en}<br>**完整覆盖：**{one.frame.zh}",
        f"**Lacks:** {one.missing.en}<br>**缺少：**{one.missing.zh}",
        f"**Reading:** {one.read}",
        f"**Known faults:** {one.faults}",
    ]
    return "\n\n".join(lines) + "\n"


def _required(item: Question) -> list[str]:
    needed = [one.name for one in item.params if not one.optional and one.default is None]
    return [f"--param {name}=…" for name in needed]


def _formula(function: Callable[..., object]) -> str:
    """Return the docstring of a measure without its citation, which the page takes from the table of measures."""
    paragraphs = (inspect.getdoc(function) or "").split("\n\n")
    return "\n\n".join(one for one in paragraphs if not one.startswith("Citation:"))


def _contexts(name: str) -> Iterator[click.Context]:
    """Yield the context of a command, then those of its subcommands."""
    root = click.Context(kg, info_name="kg", help_option_names=["-h", "--help"], terminal_width=WIDTH)
    context = _context(kg, root, name)
    yield context
    if isinstance(context.command, click.Group):
        for child in context.command.list_commands(context):
            yield _context(context.command, context, child)


def _context(group: click.Group, parent: click.Context, name: str) -> click.Context:
    command = group.get_command(parent, name)
    if command is None:
        raise KeyError(name)
    return click.Context(command, info_name=name, parent=parent)


def _help(context: click.Context) -> str:
    with context:
        return "\n".join(line.rstrip() for line in context.command.get_help(context).splitlines())


def main() -> None:
    """Update every page, and fail if a command has none."""
    missing = [name for name in commands() if not (FOLDER / f"{name}.md").exists()]
    if missing:
        sys.exit(f"docs/reference/cli has no page for {', '.join(missing)}; write one with a console example")
    for name in commands():
        path = FOLDER / f"{name}.md"
        path.write_text(updated(path.read_text(encoding="utf-8"), block(name)), encoding="utf-8")
    INDEX.write_text(updated(INDEX.read_text(encoding="utf-8"), index()), encoding="utf-8")
    for page, generated in (
        (MEASURES_PAGE, measures()),
        (QUESTIONS_PAGE, questions()),
        (MAPPING_PAGE, mapping()),
        (COLLECTIONS_PAGE, collections_page()),
    ):
        page.write_text(updated(page.read_text(encoding="utf-8"), generated), encoding="utf-8")


if __name__ == "__main__":
    main()
