"""The store at a location, and errors of damaged files."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import StoreError, UsageError
from kg.store.inventory import RESTORE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.settings import Address
    from kg.store.base import Store
    from kg.store.view import View


def locate_store(location: Path | Address, timeout: float | None = None, *, internal: bool = False) -> Store:
    """Return the store in a directory or on a server, which need not exist yet.

    `timeout` limits each request to a server, in seconds; the default is an hour, for builds and large networks.
    `internal` is whether views contain internal evidence.

    Raises:
        UsageError: internal evidence of a server is asked for.
    """
    if isinstance(location, Path):
        from kg.store.local import LocalStore  # noqa: PLC0415 - a server needs no RocksDB

        return LocalStore(location, internal=internal)
    if internal:
        raise UsageError("a server contains no internal statements; use a store in a folder, or leave out --internal")
    from kg.store.server.store import ServerStore  # noqa: PLC0415 - 0.1 s, used for servers only

    return ServerStore(location) if timeout is None else ServerStore(location, timeout)


@contextmanager
def check_damage(view: View) -> Iterator[None]:
    """Turn an error of RocksDB within the block into an error of the store.

    Raises:
        StoreError: a file of the store is damaged.
    """
    try:
        yield
    except RuntimeError as error:
        if not str(error).startswith("Corruption"):  # the prefix of RocksDB's message
            raise
        raise StoreError(
            "{name}: the statements are damaged ({error}); {remedy}", name=view.name, error=error, remedy=RESTORE
        ) from error
