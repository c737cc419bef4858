"""The language of help and errors, and of the texts that click prints itself."""

from __future__ import annotations

import re
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from importlib import import_module
from itertools import pairwise
from typing import TYPE_CHECKING, Self

from kg.errors import Error
from kg.settings import load_settings
from kg.texts import Message, filled, translated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LANGUAGES = ("en", "zh")

CLICK = (
    *(Message("Usage:"), Message("Error: {message}"), Message("Try '{command} {option}' for help.")),
    *(Message("Show the version and exit."), Message("Show this message and exit."), Message("required")),
    *(Message("default: {default}"), Message("%(prog)s, version %(version)s"), Message("Missing command.")),
    *(Message("Missing argument"), Message("Missing option"), Message("Missing parameter")),
    *(Message("Invalid value: {message}"), Message("Invalid value for {param_hint}: {message}")),
    *(Message("{value!r} is not {choice}."), Message("{value!r} is not one of {choices}.")),
    *(Message("{value!r} is not a valid {number_type}."), Message("{value} is not in the range {range}.")),
    *(Message("integer"), Message("integer range"), Message("float"), Message("float range")),
    *(Message("Option {name!r} requires an argument."), Message("Option {name!r} requires {nargs} arguments.")),
    *(Message("Option {name!r} does not take a value."), Message("Argument {name!r} takes {nargs} values.")),
    *(Message("Takes {nargs} values but 1 was given."), Message("Takes {nargs} values but {len} were given.")),
    *(Message("Got unexpected extra argument ({args})"), Message("Got unexpected extra arguments ({args})")),
    *(Message("{name} {filename!r} is a file."), Message("{name} {filename!r} is a directory.")),
    *(Message("{name} {filename!r} is not readable."), Message("{name} {filename!r} is not writable.")),
    *(Message("{name} {filename!r} does not exist."), Message("file"), Message("directory"), Message("path")),
)
"""The texts of click that a command can print."""

_KINDS = ("file", "directory", "path")
"""Names of kinds of path in English, which help and errors translate when they are printed."""

_MODULES = ("core", "decorators", "exceptions", "formatting", "parser", "types")
_CURRENT: ContextVar[str] = ContextVar("language", default="en")


def requested(arguments: Sequence[str]) -> str:
    """Return the language of the last ``--lang`` among unparsed `arguments`, or else of the settings."""
    options = list(arguments[: arguments.index("--")] if "--" in arguments else arguments)
    pairs = [(name, value) for name, value in pairwise(options) if name == "--lang"]
    pairs += [(name, value) for name, equals, value in (one.partition("=") for one in options) if equals]
    chosen = [value for name, value in pairs if name == "--lang" and value in LANGUAGES]
    if chosen:
        return chosen[-1]
    try:
        return load_settings().lang
    except Error:  # the command reports it
        return "en"


def current() -> str:
    """Return the language of help and errors."""
    return _CURRENT.get()


@contextmanager
def use(lang: str) -> Iterator[None]:
    """Print help and errors in `lang`, including the texts of click, which marks them for gettext."""
    token = _CURRENT.set(lang)
    try:
        with ExitStack() as stack:
            for name in _MODULES if lang != "en" else ():
                module = import_module(f"click.{name}")
                for marker, function in (("_", _Template), ("ngettext", _plural)):
                    if hasattr(module, marker):
                        stack.callback(setattr, module, marker, getattr(module, marker))
                        setattr(module, marker, function)
            yield
    finally:
        _CURRENT.reset(token)


def change(lang: str) -> None:
    """Print the rest of the command in `lang`, until the context of `use` ends."""
    _CURRENT.set(lang)


class _Template(str):
    """A translated text of click; the names of types among its values are translated too."""

    __slots__ = ()

    def __new__(cls, english: str) -> Self:
        """Look the text up; a kind of path remains, because click stores it in the parameter of a command."""
        return super().__new__(cls, english if english in _KINDS else translated(english, current()))

    def format(self, *values: object, **named: object) -> str:
        """Return the text with its values."""
        for name in ("name", "number_type"):
            if name in named:
                word = str(named[name])
                named[name] = translated(word.lower() if word.lower() in _KINDS else word, current())
        for name in ("choices", "message", "param_hint"):
            if name in named:
                named[name] = _marked(str(named[name]))
        return filled(self, values, named)


def _marked(text: str) -> str:
    """Return a text of click with Chinese marks for its quotation marks, the commas of its lists, and its full stop."""
    text = re.sub(r"(?<!\w)'([^']*)'(?!\w)", r"“\1”", text).replace("”, “", "”、“")
    return re.sub(r"(?<=[”\u4e00-\u9fff])\.$", "。", text)


def _plural(singular: str, plural: str, count: int) -> _Template:
    return _Template(singular if count == 1 else plural)
