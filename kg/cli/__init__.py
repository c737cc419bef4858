"""The command line: parse, call, print.

Each command is a module of this package with the name of the command. Modules load the library inside their callbacks,
so that help and errors are quick. Results go to standard output, notes and messages to standard error. The exit status
is 0 (success), 1 (the data do not conform, or the command failed) or 2 (a usage error).
"""

from __future__ import annotations

import gc
import io
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

import click

from kg import __version__, unused_imports
from kg.cli import console, did_you_mean, language
from kg.cli.help import Group, write_example
from kg.cli.options import common
from kg.errors import Error, reason
from kg.texts import Message, Text, localise, translated

if TYPE_CHECKING:
    from collections.abc import Mapping

SECTIONS: Mapping[str, Mapping[str, Message]] = {
    "Data": {
        "build": Message("Build the store from graph files."),
        "validate": Message("Check graph files, or count missing facts."),
        "collections": Message("List the shipped collections."),
        "ingest": Message("Read a source or a spreadsheet."),
        "read": Message("Propose statements from reports."),
        "review": Message("Accept, change or refuse proposals."),
        "resolve": Message("Decide which records describe the same actor."),
        "forget": Message("Remove a node or statements with their history."),
        "export": Message("Write the dataset, or the answer to a question, to a file."),
        "store": Message("Check, repair, back up and restore the store."),
    },
    "Questions": {
        "query": Message("Answer a question, or run SPARQL."),
        "questions": Message("List the questions."),
        "find": Message("Find actors by a name, an abbreviation or pinyin."),
        "show": Message("Describe an actor, a link or a plan."),
        "evidence": Message("Show the source and position of evidence."),
    },
    "Analysis": {
        "findings": Message("State the main findings in sentences."),
        "rank": Message("Rank actors by centrality."),
        "helix": Message("Measure cooperation between universities, firms and government."),
        "structure": Message("Find communities, brokers and the backbone of the network."),
        "suggest": Message("Suggest future partners of an actor."),
        "diff": Message("List what changed between two days or two stores."),
        "network": Message("Write the network for other programs."),
    },
    "Pages and pictures": {
        "map": Message("Draw the network as an interactive page or a picture."),
        "report": Message("Write the results for a network as one page."),
        "pages": Message("Write a page for each actor, link, plan and source."),
    },
    "Services": {
        "serve": Message("Answer SPARQL queries over HTTP."),
        "mcp": Message("Offer tools for an assistant."),
    },
    "Settings": {"settings": Message("List the settings and their origins.")},
}
"""Names and summaries of the commands, by section of the help, whose heading is a key of the catalogue."""

_HEADINGS = (
    Message("Data"),
    Message("Questions"),
    Message("Analysis"),
    Message("Pages and pictures"),
    Message("Services"),
    Message("Settings"),
)

COMMANDS = tuple(name for section in SECTIONS.values() for name in section)
"""Names of the commands, in the order of the help."""

_MORE = Message("kg COMMAND --help describes a command. kg build comes first: it makes the store.")

_INTERRUPTED = Message("interrupted; no file or store is left incomplete")

COLLECT_AFTER = 200_000
"""Number of new objects that starts garbage collection; most objects of a command live until it ends."""


class _Commands(Group):
    """A group that imports a command when it is called; its help needs none."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands in the order of the help."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command that the module ``kg.cli.<name>`` defines."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"kg.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands by section."""
        del ctx
        for heading, entries in SECTIONS.items():
            with formatter.section(translated(heading, language.current())):
                rows = [(f"{name:<9}", localise(summary, language.current())) for name, summary in entries.items()]
                formatter.write_dl(rows)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write an example, and where to read more."""
        del ctx
        write_example("kg rank --sector firm --limit 5", formatter)
        formatter.write_paragraph()
        formatter.write_text(localise(_MORE, language.current()))


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
@click.version_option(__version__, prog_name="kg")
@common
def kg() -> None:
    """Map cooperation between industry, education and science, with a source for every statement."""
    context = click.get_current_context()
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def main() -> NoReturn:
    """Run the command line, print errors as one sentence, and exit with the status."""
    _use_utf8()
    gc.set_threshold(COLLECT_AFTER)
    with unused_imports.skipped(), language.use(language.requested(sys.argv[1:])):
        status = _status()
    sys.exit(status)


def _status() -> int:
    """Run the command line, print errors as one sentence, and return the status."""
    try:
        status = kg(prog_name="kg", standalone_mode=False)
    except click.NoSuchOption as error:
        status = _show(did_you_mean.unknown_option(error))
    except click.ClickException as error:
        status = _show(error)
    except Error as error:
        console.message(_error(error.message))
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        console.message(_error(_INTERRUPTED))
        status = 130
    except OSError as error:  # writing to stdout failed: the disk is full, or a pipe such as `| head` is closed
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            console.message(_error(Message("cannot write the output ({error})", error=reason(error))))
        status = 1
    return int(status or 0)


def _show(error: click.ClickException) -> int:
    """Print an error of click without characters that control a terminal, and return its status."""
    text = io.StringIO()
    error.show(text)
    console.message(text.getvalue().rstrip())
    return error.exit_code


def _error(message: Text) -> str:
    """Return an error message in the language of the command line."""
    return localise(Message("kg: {message}", message=message), language.current())


def _use_utf8() -> None:
    """Write UTF-8 to files and pipes in any locale; a terminal keeps its own encoding."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a stream that is closed at the start is None
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
