"""Help pages: options in groups, complete summaries and an example, in English or Chinese."""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any

import click

from kg.cli import did_you_mean, language
from kg.texts import Message, Text, localise, translated

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from click.types import OptionHelpExtra

    Lists = Mapping[str, Mapping[str, Text]]
    """Names with explanations, by their heading, which is a key of the catalogue."""

OWN, FILTERS, NETWORK, INTERVALS, COMMON = "Options", "Filters", "Network", "Intervals", "Common options"
"""Groups of options, in the order of the help."""

_HEADINGS = (
    *(Message("Options"), Message("Filters"), Message("Network"), Message("Intervals"), Message("Common options")),
    *(Message("Example"), Message("Commands"), Message("Readers")),
    *(Message("OPTIONS", "metavar"), Message("COMMAND", "metavar"), Message("ARGS", "metavar")),
    *(Message("PATHS", "metavar"), Message("READER", "metavar"), Message("RIGHT", "metavar")),
    *(Message("FILE", "metavar"), Message("DIRECTORY", "metavar")),
    *(Message("OLD", "metavar"), Message("NEW", "metavar")),
    *(Message("CALLS", "metavar"), Message("TOKENS", "metavar")),
)
"""Keys of the catalogue that are looked up by value."""

_ORDER = (OWN, INTERVALS, NETWORK, FILTERS, COMMON)


class Context(click.Context):
    """A context whose help is formatted for the language."""

    def make_formatter(self) -> click.HelpFormatter:
        """Return click's formatter, or the one that counts Chinese characters as two columns."""
        if language.current() == "en":
            return super().make_formatter()
        from kg.cli.wide_help import WideFormatter

        return WideFormatter(width=self.terminal_width, max_width=self.max_content_width)


class Option(click.Option):
    """An option that belongs to a group of the help; `help` and `metavar` are keys of the catalogue."""

    def __init__(self, *args: Any, group: str = OWN, **attributes: Any) -> None:
        """Set the group and the text; the rest is as in click."""
        text = attributes.get("help", "")
        super().__init__(*args, **{**attributes, "help": localise(text, "en")})
        self.group = group
        self.text: Text = Message(text) if isinstance(text, str) else text

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Return the option and its text in the language of the help."""
        self.help = localise(self.text, language.current())
        return super().get_help_record(ctx)

    def make_metavar(self, ctx: click.Context) -> str:
        """Return the placeholder of the value in the language of the help."""
        return _placeholders(super().make_metavar(ctx))

    def get_help_extra(self, ctx: click.Context) -> OptionHelpExtra:
        """Return the default; the help states ranges in words."""
        extra = super().get_help_extra(ctx)
        extra.pop("range", None)
        return extra


def option(*names: str, **attributes: Any) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Return the decorator that adds an option to a command, in the group `group`."""
    return click.option(*names, cls=Option, **attributes)


class _Described(click.Command):
    """A command whose description, paragraph by paragraph, is a key of the catalogue."""

    context_class = Context

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the description in the language of the help."""
        del ctx
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text("\n\n".join(description(self)))

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the option ``--help`` with its text in the language of the help; click keeps the first."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = translated("Show this message and exit.", language.current())
        return option

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Return the placeholders of the usage in the language of the help."""
        return [_placeholders(piece) for piece in super().collect_usage_pieces(ctx)]


class Command(_Described):
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
            with formatter.section(translated(heading, language.current())):
                formatter.write_dl([(name, localise(text, language.current())) for name, text in entries.items()])
        write_example(self.example, formatter)


class Group(_Described, did_you_mean.Group):
    """A group of commands with complete summaries; unknown commands suggest the nearest ones."""

    command_class = Command

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the commands, then the options by group."""
        self.format_commands(ctx, formatter)
        write_options(self, ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write each command with the first paragraph of its description."""
        found = [(name, self.get_command(ctx, name)) for name in self.list_commands(ctx)]
        with formatter.section(translated("Commands", language.current())):
            formatter.write_dl([(name, description(one)[0]) for name, one in found if one is not None])


_DAY = "YYYY-MM-DD"
"""The form of a day, the same in every language; MM alone stands for millimetres."""


def _placeholders(metavar: str) -> str:
    """Return the placeholder of a value in the language of the help."""
    words = (part if part == _DAY else re.sub("[A-Z]+", _placeholder, part) for part in re.split(f"({_DAY})", metavar))
    return "".join(words)


def _placeholder(word: re.Match[str]) -> str:
    return translated(word.group(), language.current(), "metavar")


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a docstring, each on one line."""
    return [" ".join(paragraph.split()) for paragraph in inspect.cleandoc(text).split("\n\n")]


def description(command: click.Command) -> list[str]:
    """Return the paragraphs of the description of a command in the language of the help."""
    return [translated(paragraph, language.current()) for paragraph in paragraphs(command.help or "")]


def write_options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    """Write the options of `command` by group."""
    groups: dict[str, list[tuple[str, str]]] = {name: [] for name in _ORDER}
    for param in command.get_params(ctx):
        record = None if isinstance(param, click.Argument) else param.get_help_record(ctx)
        if record is not None:
            group = param.group if isinstance(param, Option) else COMMON
            groups[group].append((record[0], translated(record[1], language.current())))
    for heading, records in groups.items():
        if records:
            with formatter.section(translated(heading, language.current())):
                formatter.write_dl(records, col_max=26)


def write_example(example: str, formatter: click.HelpFormatter) -> None:
    """Write an example as a shell shows it."""
    with formatter.section(translated("Example", language.current())):
        formatter.write(f"{'':>{formatter.current_indent}}$ {example}\n")
