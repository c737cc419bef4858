"""Help pages: options in groups, complete summaries and an example."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kg.cli import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from click.types import OptionHelpExtra

    Lists = Mapping[str, Mapping[str, str]]
    """Names with explanations, by their heading."""

OWN, FILTERS, NETWORK, INTERVALS, COMMON = "Options", "Filters", "Network", "Intervals", "Common options"
"""Groups of options, in the order of the help."""

_ORDER = (OWN, INTERVALS, NETWORK, FILTERS, COMMON)
_WHOLE = 1_000  # characters; long enough for the first sentence of any command


class Option(click.Option):
    """An option that belongs to a group of the help."""

    def __init__(self, *args: Any, group: str = OWN, **attributes: Any) -> None:
        """Set the group; the rest is as in click."""
        super().__init__(*args, **attributes)
        self.group = group

    def get_help_extra(self, ctx: click.Context) -> OptionHelpExtra:
        """Return the default; the help states ranges in words."""
        extra = super().get_help_extra(ctx)
        extra.pop("range", None)
        return extra


def option(*names: str, **attributes: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return the decorator that adds an option to a command, in the group `group`."""
    return click.option(*names, cls=Option, **attributes)


class Command(click.Command):
    """A command whose help groups the options and ends with an example, which a test runs."""

    def __init__(self, *args: Any, example: str, lists: Lists | None = None, **attributes: Any) -> None:
        """Set the example, and lists of names that the help explains."""
        super().__init__(*args, **attributes)
        self.example = example
        self.lists = lists or {}

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options by group."""
        write_options(self, ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the lists and the example."""
        del ctx
        for heading, entries in self.lists.items():
            with formatter.section(heading):
                formatter.write_dl(list(entries.items()))
        write_example(self.example, formatter)


class Group(did_you_mean.Group):
    """A group of commands with complete summaries; unknown commands suggest the nearest ones."""

    command_class = Command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, then the options by group."""
        self.format_commands(ctx, formatter)
        write_options(self, ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each command with the first sentence of its description."""
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section("Commands"):
            formatter.write_dl([(name, one.get_short_help_str(_WHOLE)) for name, one in found if one is not None])


def write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """Write the options of `command` by group."""
    groups: dict[str, list[tuple[str, str]]] = {name: [] for name in _ORDER}
    for param in command.get_params(ctx):
        record = None if isinstance(param, click.Argument) else param.get_help_record(ctx)
        if record is not None:
            groups[param.group if isinstance(param, Option) else COMMON].append(record)
    for heading, records in groups.items():
        if records:
            with formatter.section(heading):
                formatter.write_dl(records, col_max=26)


def write_example(example: str, formatter: click.HelpFormatter) -> None:
    """Write an example as a shell shows it."""
    with formatter.section("Example"):
        formatter.write(f"{'':>{formatter.current_indent}}$ {example}\n")
