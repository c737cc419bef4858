"""The command line: parse, call, print.

Each command is a module of this package with the command's name; it is imported when it is called, so that `kg query`
does not wait for what only `kg map` needs. Results go to standard output, everything else to standard error. The exit
status is 0, 1 (data that do not conform, a limit, a failure told in one sentence) or 2 (a usage error).
"""

from __future__ import annotations

import gc
import io
import os
import sys
from importlib import import_module
from typing import NoReturn

import click

from kg import __version__
from kg.cli import did_you_mean
from kg.cli.options import common
from kg.errors import KgError

COMMANDS = (
    *("build", "validate", "ingest", "query", "questions", "show", "evidence", "resolve"),
    *("network", "rank", "helix", "structure", "suggest", "map", "report", "export"),
)
"""In the order in which people meet them."""

COLLECT_AFTER = 200_000
"""New objects after which garbage is looked for: nearly all that a command makes lives as long as it does."""


class _Commands(did_you_mean.Group):
    """A group that imports a command when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names, in our order."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of the module ``kg.cli.<name>``."""
        del ctx
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"kg.cli.{cmd_name}").command
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="kg")
@common
def kg() -> None:
    """Who works with whom in industry, education and science, and who says so."""


def main() -> NoReturn:
    """Run the command line; errors become one sentence and an exit status."""
    _speak_utf8()
    gc.set_threshold(COLLECT_AFTER)
    try:
        status = kg(standalone_mode=False)
    except click.NoSuchOption as error:
        suggestion = did_you_mean.unknown_option(error)
        suggestion.show()
        status = suggestion.exit_code
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    except KgError as error:
        click.echo(f"kg: {error}", err=True)
        status = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("kg: interrupted; no file or store was left half written", err=True)
        status = 130
    except OSError as error:  # our own output: its disk is full, or whoever read it has gone, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            click.echo(f"kg: the output cannot be written ({error.strerror or error})", err=True)
        status = 1
    sys.exit(status)


def _speak_utf8() -> None:
    """Files and pipes get UTF-8 whatever the locale is; a terminal gets what it can show."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # and not closed from the start
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
