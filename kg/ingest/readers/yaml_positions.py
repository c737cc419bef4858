"""YAML values with their line and column, so that an error message can give the position of a fault."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from kg.errors import InputError
from kg.texts import Message, listed, message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.texts import Text

MAX_LENGTH = 1 << 20
"""Characters of a file written by hand."""
MAX_DEPTH = 20
"""Lists and mappings inside each other; the time of the parser grows with the square of this."""
_Loader = type[yaml.SafeLoader] | type[yaml.CSafeLoader]
_FAST: _Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The parser of libyaml, which takes a tenth of the time, if PyYAML was built with it."""

_KINDS = {
    "a text": Message("a text"),
    "a list": Message("a list"),
    "a mapping": Message("a mapping"),
    "nothing": Message("nothing"),
}


@dataclass(frozen=True, slots=True)
class Node:
    """A value with its position: a text, a list or a mapping.

    Attributes:
        position: ``file:line:column``.
        value: the text, the nodes of the list, or the pairs of the mapping.
        kind: a noun for messages, such as "a list".
    """

    position: str
    value: str | tuple[Node, ...] | tuple[tuple[Node, Node], ...]
    kind: str

    def error(self, fault: str | Text) -> InputError:
        """Return an error at this position, to be raised."""
        return InputError("{position}: {message_}", position=self.position, message_=message(fault))

    def text(self, among: Sequence[str] | frozenset[str] = ()) -> str:
        """Return the text, which must be one of `among` if that is given.

        Raises:
            InputError: the value is not a text, or not one of `among`.
        """
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.error(Message("a text is required here, not {kind}", kind=_KINDS[self.kind]))
        if among and self.value not in among:
            raise self.error(
                Message(
                    "{value!r} is not allowed here; use one of: {among}",
                    value=self.value,
                    among=listed(sorted(among)),
                )
            )
        return self.value

    def raw(self) -> str:
        """Return a scalar with its blanks, which may be empty.

        Raises:
            InputError: the value is a list or a mapping.
        """
        if not isinstance(self.value, str):
            raise self.error(Message("a text is required here, not {kind}", kind=_KINDS[self.kind]))
        return self.value

    def boolean(self) -> bool:
        """Return the value ``true`` or ``false``.

        Raises:
            InputError: the value is neither.
        """
        return self.text(("true", "false")) == "true"

    def items(self) -> tuple[Node, ...]:
        """Return the values of a list; a text counts as a list of one.

        Raises:
            InputError: the value is a mapping or an empty list.
        """
        if isinstance(self.value, str):
            return (self,)
        if self.kind != "a list" or not self.value:
            raise self.error(Message("a list is required here, not {kind}", kind=_KINDS[self.kind]))
        return tuple(item for item in self.value if isinstance(item, Node))

    def entries(self, among: Sequence[str] | frozenset[str] = ()) -> Iterator[tuple[str, Node]]:
        """Yield the entries of a mapping, whose names must be in `among` if that is given.

        Raises:
            InputError: the value is not a mapping, or an entry has another name.
        """
        if self.kind != "a mapping":
            raise self.error(
                Message("a mapping of names to values is required here, not {kind}", kind=_KINDS[self.kind])
            )
        for pair in self.value:
            if isinstance(pair, tuple):
                name, value = pair
                yield name.text(among), value

    def fields(self, required: Sequence[str], optional: Sequence[str] = ()) -> dict[str, Node]:
        """Return the entries of a mapping that has all `required` fields and no fields but these and `optional`.

        Raises:
            InputError: the value is not a mapping, or it has other fields.
        """
        fields = dict(self.entries((*required, *optional)))
        missing = [name for name in required if name not in fields]
        if missing:
            raise self.error(Message("add the missing {missing}", missing=listed(missing)))
        return fields


def quoted(text: str) -> str:
    """Return a text as a YAML scalar on one line, quoted only where YAML requires it.

    >>> quoted("捐赠"), quoted("a: b")
    ('捐赠', "'a: b'")
    """
    dumped = yaml.safe_dump(text, allow_unicode=True, width=1 << 20, default_flow_style=True)
    return str(dumped).removesuffix("\n").removesuffix("...").strip()


def parse(text: str, file: str) -> Node:
    """Parse YAML, keeping all scalars as texts; `file` is the name for messages.

    Raises:
        InputError: the text is not valid YAML, repeats a field, contains an alias or exceeds `MAX_DEPTH`.
    """
    if len(text) > MAX_LENGTH:
        raise InputError(
            "{file}: more than {MAX_LENGTH} characters; check that this is the mapping",
            file=file,
            MAX_LENGTH=MAX_LENGTH,
        )
    try:
        return _parsed(text, file, _FAST)
    except (yaml.YAMLError, UnicodeEncodeError):
        pass  # libyaml words errors differently, and takes no lone surrogates
    try:
        return _parsed(text, file, yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f":{mark.line + 1}:{mark.column + 1}" if mark else ""
        raise InputError(
            "{file}{place}: {problem}", file=file, place=place, problem=error.problem or error.context
        ) from error
    except yaml.YAMLError as error:
        raise InputError(
            "{file}: is not valid YAML ({error})", file=file, error=" ".join(str(error).split())
        ) from error


def _parsed(text: str, file: str, loader: _Loader) -> Node:
    _check_events(text, file, loader)
    node = yaml.compose(text, loader)
    if node is None:
        raise InputError("{file}: the file is empty; write a mapping", file=file)
    return _node(node, file)


def _check_events(text: str, file: str, loader: _Loader) -> None:
    depth = 0
    for event in yaml.parse(text, loader):
        if isinstance(event, yaml.AliasEvent):
            raise InputError("{file}: aliases (* and <<) are not supported; write the value out", file=file)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > MAX_DEPTH:
            raise InputError("{file}: the YAML is nested too deeply; flatten it", file=file)


def _node(node: yaml.Node, file: str) -> Node:
    position = f"{file}:{node.start_mark.line + 1}:{node.start_mark.column + 1}"
    if isinstance(node, yaml.SequenceNode):
        return Node(position, tuple(_node(item, file) for item in node.value), "a list")
    if isinstance(node, yaml.MappingNode):
        pairs = tuple((_node(name, file), _node(value, file)) for name, value in node.value)
        seen: set[str] = set()
        for name, _ in pairs:
            if name.text() in seen:
                raise name.error(Message("{name!r} is repeated; remove one of them", name=name.text()))
            seen.add(name.text())
        return Node(position, pairs, "a mapping")
    return Node(position, str(node.value), "nothing" if not str(node.value).strip() else "a text")
