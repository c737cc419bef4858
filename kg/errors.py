"""Errors of the package, as a tree.

::

    Error                 one sentence: the failure, the place, the remedy; exit status 1
    |-- InputError        a file, a row or a graph that cannot be read
    |-- DataError         data that were read and do not conform
    |-- StoreError        a store that is missing, locked, of another format, or cannot be written
    |-- QueryError        a query that is refused or does not parse
    |   '-- LimitError    a query that exceeded a limit and was ended
    |-- OutputError       a file that cannot be written
    '-- UsageError        an unknown or malformed argument; exit status 2

Errors of other libraries are converted to one of these in the module that calls the library.
"""

import errno
import os
import re

from kg.texts import Message, Text, localise

_REASONS = {
    errno.ENOSPC: Message("the disk is full"),
    errno.EDQUOT: Message("the disk quota is used up"),
    errno.EFBIG: Message("the file would be larger than allowed"),
    errno.EROFS: Message("the disk is read-only"),
    errno.EACCES: Message("permission is denied"),
    errno.EPERM: Message("permission is denied"),
    errno.ENAMETOOLONG: Message("the name is too long"),
    errno.ENOENT: Message("it does not exist"),
    errno.EISDIR: Message("it is a folder"),
    errno.ENOTDIR: Message("a part of the path is not a folder"),
}


def reason(error: Exception) -> Text | str:
    """Return the reason for a file error in words; Oxigraph includes the system's message in its own."""
    for number, words in _REASONS.items():
        if os.strerror(number) in str(error):
            return words
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


_BREAKS = re.compile("[\\n\\r\\v\\f\\x1c-\\x1e\\x85\\u2028\\u2029]+")
"""Characters at which a text has another line."""


def _in_one_line(value: object) -> object:
    """Return a value of a message without line breaks, which messages of parsers and names of files contain."""
    if isinstance(value, str | Exception | os.PathLike):
        return _BREAKS.sub(" ", str(value)).strip() if _BREAKS.search(str(value)) else value
    return value


class Error(Exception):
    """An error whose message is one sentence: the failure, the place and the remedy.

    ``str(error)`` is the English sentence; `message` has both languages.
    """

    exit_code = 1

    def __init__(self, message: str | Text, /, **values: object) -> None:
        """Keep the message: a text, or the English key of the catalogue with its values."""
        in_one_line = {name: _in_one_line(value) for name, value in values.items()}
        self.message = Message(message, **in_one_line) if isinstance(message, str) else message
        super().__init__(localise(self.message, "en"))


class InputError(Error):
    """A file, a row or a graph cannot be read."""


class DataError(Error):
    """Data were read and do not conform."""


class StoreError(Error):
    """A store is missing, locked, of another format, or cannot be written."""


class QueryError(Error):
    """A query is refused or does not parse."""


class LimitError(QueryError):
    """A query exceeded its limit of time, rows or memory and was ended."""


class OutputError(Error):
    """A file cannot be written."""


class UsageError(Error):
    """An argument is unknown or malformed, such as the name of a question or the value of a parameter."""

    exit_code = 2
