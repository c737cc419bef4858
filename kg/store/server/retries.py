"""Repetition of requests that failed on the way, after the pause that the server requests or a growing one."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic, sleep
from typing import TYPE_CHECKING, TypeVar

from kg.errors import StoreError
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Callable

_T = TypeVar("_T")

PAUSES = (0.2, 0.8)
"""Seconds before the second and the third attempt of a query."""

UPLOAD_PAUSES = (*PAUSES, 3.0, 10.0, 30.0)
"""Seconds before each attempt of an update but the first: an upload that fails has to be resumed by a person."""

LONGEST_PAUSE = 300.0
"""Seconds that a server may request (Retry-After); a longer pause ends the request."""


class TransientError(StoreError):
    """A failure that may not recur if the request is repeated.

    Attributes:
        wait: seconds that the server requests before the next attempt.
    """

    wait = 0.0


def repeat(once: Callable[[], _T], pauses: tuple[float, ...], deadline: float) -> _T:
    """Return the result of `once`, which is repeated after a `TransientError`.

    Args:
        once: makes the request.
        pauses: seconds before each further attempt; the server may request longer ones.
        deadline: time of the last attempt, as of `time.monotonic`.

    Raises:
        StoreError: the last attempt failed, or the server requests a pause that is too long.
    """
    for pause in pauses:
        try:
            return once()
        except TransientError as error:
            if error.wait > LONGEST_PAUSE:
                raise StoreError(
                    Message(
                        "{error} (the server requests a pause of {wait:.0f} seconds)",
                        error=error.message,
                        wait=error.wait,
                    )
                ) from error
            sleep(max(0.0, min(max(pause, error.wait), deadline - monotonic())))
    return once()


def requested_pause(header: str | None) -> float:
    """Return the seconds that the header Retry-After requests; 0 without a valid one."""
    if header is None:
        return 0.0
    if header.strip().isdecimal():
        return float(header)
    try:
        moment = parsedate_to_datetime(header)
    except ValueError:
        return 0.0
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
