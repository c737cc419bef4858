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

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EFBIG: "the file would be larger than allowed",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "permission is denied",
    errno.EPERM: "permission is denied",
    errno.ENAMETOOLONG: "the name is too long",
}


def reason(error: Exception) -> str:
    """Return the reason for a file error in words; Oxigraph includes the system's message in its own."""
    for number, words in _REASONS.items():
        if os.strerror(number) in str(error):
            return words
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


class Error(Exception):
    """An error whose message is one sentence: the failure, the place and the remedy."""

    exit_code = 1


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
