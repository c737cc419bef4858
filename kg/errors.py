"""What can go wrong, as a tree.

::

    KgError               one sentence: what is wrong, where, what to do; exit status 1
    |-- InputError        a file, a row or a graph that cannot be read
    |-- DataError         data that were read and do not conform
    |-- StoreError        a store that is missing, locked, foreign or cannot be written
    |-- QueryError        a query that is refused or does not parse
    |   '-- LimitError    a query that went past a limit and was ended
    |-- OutputError       a file that cannot be written
    '-- UsageError        a word of the command that means nothing here; exit status 2

Errors of other libraries stop at the border of the module that calls them and leave it as one of these.
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
    """What the system has against a file, in words; Oxigraph tells the system's reason in the text of the error."""
    for number, words in _REASONS.items():
        if os.strerror(number) in str(error):
            return words
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


class KgError(Exception):
    """One sentence for people: what is wrong, where, and what to do."""

    exit_code = 1


class InputError(KgError):
    """A file, a row or a graph that cannot be read."""


class DataError(KgError):
    """Data that were read and do not conform."""


class StoreError(KgError):
    """A store that is missing, locked, foreign or cannot be written."""


class QueryError(KgError):
    """A query that is refused or does not parse."""


class LimitError(QueryError):
    """A query that went past its time or row limit and was ended."""


class OutputError(KgError):
    """A file that cannot be written."""


class UsageError(KgError):
    """A word of the command that means nothing here: an unknown question, a malformed parameter."""

    exit_code = 2
