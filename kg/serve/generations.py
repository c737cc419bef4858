"""The generation that is served, and the change to a new one while queries run."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import Error, StoreError
from kg.serve.desk import Desk, DeskLimits
from kg.serve.pool import Place, Pool
from kg.store import inventory
from kg.store.layout import current
from kg.worker.process import EndedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.serve.options import ServeOptions
    from kg.store.local import LocalStore
    from kg.store.view import Snapshot

LOOK = 1.0
"""Seconds between two looks for a new generation."""

PREPARE, PATIENCE = 600.0, 120.0
"""Seconds in which a process prepares its pages, and those that a new generation waits for it."""

DESK_MEMORY = 4
"""Memory of the process of pages, as a multiple of that of a query: it keeps the statements about all nodes."""


class Generation:
    """A generation with its workers.

    Attributes:
        tag: digest of its content; generations with the same content have the same.
        desks: the processes of pages and of searches, if there are pages.
    """

    def __init__(self, view: Snapshot, pool: Pool, desks: Desks | None) -> None:
        """Combine a view, which protects the files from deletion, and the workers that read them."""
        self.view, self.pool, self.desks = view, pool, desks
        self.name = view.generation.name
        self.tag = hashlib.sha256((view.generation / inventory.FILE).read_bytes() + view.name.encode()).hexdigest()

    async def close(self) -> None:
        """Wait until the queries finish, end the workers, and release the files."""
        await asyncio.gather(self.pool.close(), *(desk.close() for desk in self.desks or ()))
        self.view.close()

    def stop(self) -> None:
        """End the workers at once; what they do fails."""
        self.pool.stop()
        for desk in self.desks or ():
            desk.stop()


class Desks(NamedTuple):
    """The processes of pages and of searches."""

    pages: Desk
    searches: Desk

    async def prepared(self) -> None:
        """Wait until both are prepared, or fail, for at most `PATIENCE` seconds."""
        with suppress(TimeoutError, EndedError, Error):
            async with asyncio.timeout(PATIENCE):
                await asyncio.gather(*(desk.ready() for desk in self))


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
        self._closing: dict[asyncio.Task[None], Generation] = {}
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
        for generation in (self.now, *self._closing.values()):
            generation.stop()
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
        return Generation(view, pool, self._desks(place) if self._options.pages else None)

    def _desks(self, place: Place) -> Desks:
        """Return the processes of pages and of searches, which prepare themselves."""
        limits = self._options.limits
        own = DeskLimits(PREPARE, limits.seconds, DESK_MEMORY * limits.memory, limits.queue)
        desks = Desks(
            Desk(place, own, "kg.serve.page_tasks:prepare", {"author": self._options.author}),
            Desk(place, own, "kg.serve.search_tasks:prepare", {}),
        )
        for desk in desks:
            desk.start()
        return desks

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
            if new.desks is not None:
                await new.desks.prepared()  # visitors see the former pages until then
            old, self.now = self.now, new
            self.changes += 1
            self._killed += old.pool.kills
            self._log(f"generation {new.name} replaces {old.name}")
            task = asyncio.get_running_loop().create_task(old.close())
            self._closing[task] = old
            task.add_done_callback(self._closing.pop)
