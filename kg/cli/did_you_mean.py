"""Suggestions for mistyped and renamed options, commands and names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kg import names
from kg.cli import language
from kg.texts import Message, Text, alternatives

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

RENAMED_OPTIONS: Mapping[str, tuple[str, ...]] = {
    "--by": ("--measure", "--method", "--author"),
    "--certain": ("--certain-dates",),
    "--columns": ("--column-sector",),
    "--completions": ("--samples",),
    "--drop": ("--drop-links",),
    "--form": ("--link-type",),
    "--in-force": ("--date-mode",),
    "--missing": ("--show-missing",),
    "--on": ("--date",),
    "--party-sector": ("--participant-sector",),
    "--q": ("--known-share",),
    "--refused": ("--rejects",),
    "--replace": ("--discard",),
    "--rows": ("--row-sector",),
    "--top": ("--limit",),
    "--undated": ("--include-undated",),
    "--units": ("--aggregate",),
    "--why": ("--reason",),
}
"""Former option names and the names that replace them, by command."""


def unknown_option(error: click.NoSuchOption) -> click.UsageError:
    """Return a usage error that suggests the new name of a renamed option, or the nearest options of the command."""
    options = [] if error.ctx is None else _long_options(error.ctx.command)
    renamed = [name for name in RENAMED_OPTIONS.get(error.option_name, ()) if name in options]
    return unknown(Message("option"), error.option_name, options, renamed, error.ctx)


def unknown(
    kind: Text,
    name: str,
    known: Iterable[str],
    renamed: Iterable[str] = (),
    ctx: click.Context | None = None,
) -> click.UsageError:
    """Return a usage error for an unknown `name`; suggest `renamed` names, or else the nearest `known` ones."""
    message = Message("No such {kind}: {name}.", kind=kind, name=name).localise(language.current())
    return click.UsageError(message + suggest(name, known, renamed), ctx)


def suggest(name: str, known: Iterable[str], renamed: Iterable[str] = ()) -> str:
    """Return `` Did you mean …?`` with the likely names, or an empty text if none is near."""
    bare = {each.lstrip("-"): each for each in known}  # dashes would make all options similar
    likely = list(renamed) or [bare[each] for each in names.nearest(name.lstrip("-"), bare)]
    message = Message(" Did you mean {likely}?", likely=alternatives(likely))
    return message.localise(language.current()) if likely else ""


class Group(click.Group):
    """A group whose error suggests the nearest commands."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command that `args` begin with.

        Raises:
            click.UsageError: the command does not exist; suggests the nearest ones.
        """
        names = self.list_commands(ctx)
        if args[0] not in names and not args[0].startswith("-"):
            raise unknown(Message("command"), args[0], names, ctx=ctx)
        return super().resolve_command(ctx, args)


class Choice(click.Choice[str]):
    """A choice whose error suggests the nearest names."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """Return the message for `value` with a suggestion."""
        return super().get_invalid_choice_message(value, ctx) + suggest(str(value), self.choices)


def _long_options(command: click.Command) -> list[str]:
    """Return the long names of all options of `command`."""
    options = (param for param in command.params if isinstance(param, click.Option))
    return [name for option in options for name in option.opts if name.startswith("--")]
