"""YAML of which every value knows its line and column, so that what is wrong with it can be told by its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from kg.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MOST = 1 << 20
"""Characters of a file that people write by hand."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One value: a text, a list or a table of further values; `where` is ``file:line:column``."""

    where: str
    value: str | tuple[Spot, ...] | tuple[tuple[Spot, Spot], ...]
    form: str

    def wrong(self, what: str) -> InputError:
        """The error that `what` is wrong here."""
        return InputError(f"{self.where}: {what}")

    def text(self, among: Sequence[str] | frozenset[str] = ()) -> str:
        """The text that stands here, one of `among` if that is given.

        Raises:
            InputError: there is none, or it is another.
        """
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.wrong(f"a text is expected here, and there is {self.form}")
        if among and self.value not in among:
            raise self.wrong(f"{self.value!r} means nothing here; there are: {', '.join(sorted(among))}")
        return self.value

    def yes(self) -> bool:
        """Whether ``true`` stands here, or ``false``.

        Raises:
            InputError: neither does.
        """
        return self.text(("true", "false")) == "true"

    def items(self) -> tuple[Spot, ...]:
        """The values of the list that stands here; a text alone is a list of one.

        Raises:
            InputError: there is a table, or an empty list.
        """
        if isinstance(self.value, str):
            return (self,)
        if self.form != "a list" or not self.value:
            raise self.wrong(f"a list is expected here, and there is {self.form}")
        return tuple(item for item in self.value if isinstance(item, Spot))

    def entries(self, among: Sequence[str] | frozenset[str] = ()) -> Iterator[tuple[str, Spot]]:
        """The table that stands here, entry by entry; their names are of `among` if that is given.

        Raises:
            InputError: there is no table, or an entry has another name.
        """
        if self.form != "a table":
            raise self.wrong(f"a table of names and values is expected here, and there is {self.form}")
        for pair in self.value:
            if isinstance(pair, tuple):
                name, value = pair
                yield name.text(among), value

    def fields(self, needed: Sequence[str], others: Sequence[str] = ()) -> dict[str, Spot]:
        """The table that stands here, which has all of `needed` and nothing but those and `others`.

        Raises:
            InputError: there is no table, or it has other fields.
        """
        found = dict(self.entries((*needed, *others)))
        missing = [name for name in needed if name not in found]
        if missing:
            raise self.wrong(f"{', '.join(missing)} is missing here")
        return found


def parse(text: str, file: str) -> Spot:
    """The YAML in `text`, all of whose plain values are texts; `file` is its name in messages.

    Raises:
        InputError: it does not parse, names a field twice, or refers to another place of itself.
    """
    if len(text) > MOST:
        raise InputError(f"{file}: has more than {MOST} characters; this is no file that people write")
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, yaml.SafeLoader)):
            raise InputError(f"{file}: refers to another place by * or <<; write it out")
        node = yaml.compose(text, yaml.SafeLoader)
        if node is None:
            raise InputError(f"{file}: is empty")
        return _spot(node, file)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise InputError(f"{file}{place}: {error.problem or error.context}") from error
    except yaml.YAMLError as error:
        raise InputError(f"{file}: is no YAML ({' '.join(str(error).split())})") from error
    except RecursionError as error:
        raise InputError(f"{file}: is nested too deeply") from error


def _spot(node: yaml.Node, file: str) -> Spot:
    where = f"{file}:{node.start_mark.line + 1}:{node.start_mark.column + 1}"
    if isinstance(node, yaml.SequenceNode):
        return Spot(where, tuple(_spot(item, file) for item in node.value), "a list")
    if isinstance(node, yaml.MappingNode):
        pairs = tuple((_spot(name, file), _spot(value, file)) for name, value in node.value)
        seen: set[str] = set()
        for name, _ in pairs:
            if name.text() in seen:
                raise name.wrong(f"{name.text()!r} stands here twice")
            seen.add(name.text())
        return Spot(where, pairs, "a table")
    return Spot(where, str(node.value), "nothing" if not str(node.value).strip() else "a text")
