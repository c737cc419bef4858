"""kg settings: list the settings and their origins."""

from __future__ import annotations

import click

from kg.cli.help import Command
from kg.cli.options import common, emit, settings
from kg.model import Table
from kg.settings import sources
from kg.settings.files import FILE, user_file
from kg.texts import Message

_DEFAULT = Message("default")


@click.command("settings", cls=Command, example="kg settings")
@common
def command() -> None:
    """List the settings with their values and origins.

    An option overrides a variable (KG_LANG), a variable overrides kg.toml in the working directory, and that file
    overrides the user's kg.toml.
    """
    import os

    exact = settings().format != "table"
    rows = tuple(
        (
            one.name,
            None if one.value is None else str(one.value),
            _DEFAULT if one.origin == "default" and not exact else one.origin,
        )
        for one in sources()
    )
    emit(
        Table(
            ("setting", "value", "origin"),
            rows,
            (Message("Files: {file}, {user_file}.", file=FILE, user_file=user_file(os.environ)),),
        )
    )
