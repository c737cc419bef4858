"""Suggestions for mistyped and renamed options, commands and names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
import pytest
from helpers.stores import error_of, kg

from kg.cli import COMMANDS, did_you_mean
from kg.cli import kg as group

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("rank", "--by", "degree"), "No such option: --by. Did you mean --measure?"),
        (("map", "--by=degree"), "No such option: --by. Did you mean --measure?"),
        (("suggest", "xaut", "--by", "paths"), "No such option: --by. Did you mean --method?"),
        (("resolve", "judge", "a", "b", "same", "--by", "Li"), "No such option: --by. Did you mean --author?"),
        (("rank", "--top", "3"), "No such option: --top. Did you mean --limit?"),
        (("--langg", "zh", "rank"), "No such option: --langg. Did you mean --lang?"),
        (("rank", "--measur", "degree"), "No such option: --measur. Did you mean --measure or --master?"),
        (("rank", "--xyzzy"), "No such option: --xyzzy."),
        (("rnak",), "No such command: rnak. Did you mean rank?"),
        (("xyzzy",), "No such command: xyzzy."),
        (("structure", "brokrage"), "No such command: brokrage. Did you mean brokerage?"),
    ],
)
def test_unknown_words_get_a_suggestion(words: tuple[str, ...], message: str) -> None:
    assert error_of(kg(*words), status=2) == message


@pytest.mark.parametrize(
    ("words", "suggestion"),
    [
        (("rank", "--measure", "betweeness"), " Did you mean betweenness?"),
        (("suggest", "xaut", "--method", "path"), " Did you mean paths?"),
        (("query", "allance"), "did you mean alliance?"),
    ],
)
def test_unknown_names_get_a_suggestion(words: tuple[str, ...], suggestion: str) -> None:
    assert error_of(kg(*words), status=2).endswith(suggestion)


def test_each_renamed_option_leads_to_an_option_of_some_command() -> None:
    options = {name for command in _commands(group) for param in command.params for name in param.opts}
    assert not options & set(did_you_mean.RENAMED_OPTIONS)
    assert {new for names in did_you_mean.RENAMED_OPTIONS.values() for new in names} <= options


def _commands(command: click.Command) -> Iterator[click.Command]:
    """Yield `command` and all commands below it."""
    yield command
    if isinstance(command, click.Group):
        names = COMMANDS if command is group else command.commands
        for name in names:
            child = command.get_command(click.Context(command), name)
            assert child is not None
            yield from _commands(child)
