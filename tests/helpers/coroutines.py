"""Coroutines in tests: Playwright keeps an event loop in the thread of the tests."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

_T = TypeVar("_T")


def in_thread(function: Callable[[], Coroutine[object, object, _T]]) -> _T:
    """Return the result of a coroutine function that runs in a thread of its own."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lambda: asyncio.run(function())).result()
