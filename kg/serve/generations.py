"""The generation that is served, and the change to a new one while queries run."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.serve.pool import Place, Pool
from kg.store import inventory
from kg.store.layout import current

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.serve.options import ServeOptions
    from kg.store.local import LocalStore
    from kg.store.view import Snapshot

LOOK = 1.0
"""Seconds between two looks for a new generation."""


class Generation:
    """A generation with its workers.

    Attributes:
        tag: digest of its content; generations with the same content have the same.
    """

    def __init__(self, view: Snapshot, pool: Pool) -> None:
        """Combine a view, which protects the files from deletion, and the workers that read them."""
        self.view, self.pool = view, pool
        self.name = view.generation.name
        self.tag = hashlib.sha256((view.generation / inventory.FILE).read_bytes() + view.name.encode()).hexdigest()

    async def close(self) -> None:
        """Wait until the queries finish, end the workers, and release the files."""
        await self.pool.close()
        self.view.close()


class Generations:
    """The generation that is served now.

    Attributes:
        now: the generation.
        changes: number of changes since the start.
    """

    now: Generation

    def __init__(self, store: LocalStore, options: ServeOptions, log: Callable[[str], None]) -> None:
        """Create a holder for the generations of `store`."""
        self._store, self._options, self._log = store, options, log
        self._closing: set[asyncio.Task[None]] = set()
        self._watch: asyncio.Task[None] | None = None
        self.changes = 0
        self._killed: Counter[str] = Counter()

    def kills(self) -> Counter[str]:
        """Return the number of workers that were ended in all generations, by cause."""
        return self._killed + self.now.pool.kills

    async def start(self) -> None:
        """Serve the current generation, and follow the changes of the store.

        Raises:
            StoreError: the store is missing or damaged.
        """
        self.now = await self._open()
        self._watch = asyncio.get_running_loop().create_task(self._follow())

    async def close(self) -> None:
        """End all workers."""
        if self._watch is not None:
            self._watch.cancel()
        await asyncio.gather(self.now.close(), *self._closing)

    async def _open(self) -> Generation:
        view = await asyncio.to_thread(self._store.view)
        place = Place(str(view.path.absolute() / "oxigraph"), self._options.isolate, self._log)
        pool = Pool(place, self._options.limits)
        try:
            await pool.start()
        except StoreError:
            await pool.close()
            view.close()
            raise
        return Generation(view, pool)

    async def _follow(self) -> None:
        """Change to each new generation; queries of the old one finish there."""
        failed = ""
        while True:
            await asyncio.sleep(LOOK)
            try:
                name = current(self._store.path)
                if name is None or name == self.now.name:
                    continue
                new = await self._open()
            except StoreError as error:
                if failed != (failed := str(error)):  # once for each reason
                    self._log(failed)
                continue
            old, self.now = self.now, new
            self.changes += 1
            self._killed += old.pool.kills
            self._log(f"generation {new.name} replaces {old.name}")
            task = asyncio.get_running_loop().create_task(old.close())
            self._closing.add(task)
            task.add_done_callback(self._closing.discard)
