"""The end of a pool: no query is lost, and none is without an answer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from helpers.coroutines import in_thread

from kg.serve.options import ServeOptions
from kg.serve.pool import BusyError, Place, Pool
from kg.worker.process import EndedError

if TYPE_CHECKING:
    from pathlib import Path

SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


def _submitted(pool: Pool, text: str, client: str) -> asyncio.Future[bytes]:
    arguments = {"query": text, "base": "http://localhost/", "formats": ["csv", "ttl"], "graphs": None, "size": 1000}
    return pool.submit("kg.serve.tasks:answer", arguments, client)


async def _filled(store: Path) -> tuple[Pool, list[asyncio.Future[bytes]]]:
    """Return a pool whose workers run slow queries while others wait, and their replies."""
    limits = ServeOptions(workers=1, timeout=0.5, memory=200).limits
    pool = Pool(Place(str(store), isolate=False, log=print), limits)
    await pool.start()
    slow = [_submitted(pool, SLOW, client) for client in ("a", "b")]
    await asyncio.sleep(0.1)
    return pool, [*slow, *(_submitted(pool, "ASK {}", "c") for _ in range(20))]


def test_a_pool_that_closes_answers_what_waits(small: Path) -> None:
    (store,) = small.glob("generations/*/oxigraph")

    async def closed() -> list[bytes | BaseException]:
        pool, replies = await _filled(store)
        await pool.close()
        return await asyncio.gather(*replies, return_exceptions=True)

    slow, other, *quick = in_thread(closed)
    assert isinstance(slow, EndedError)
    assert isinstance(other, EndedError)
    assert [str(slow), str(other)] == ["time: ", "time: "]
    assert quick == [b"text/csv; charset=utf-8; header=present\ntrue"] * 20


def test_a_pool_that_stops_leaves_no_query_without_an_answer(small: Path) -> None:
    (store,) = small.glob("generations/*/oxigraph")

    async def stopped() -> list[bytes | BaseException]:
        pool, replies = await _filled(store)
        pool.stop()
        assert all(reply.done() for reply in replies)
        await pool.close()
        return await asyncio.gather(*replies, return_exceptions=True)

    slow, other, *quick = in_thread(stopped)
    assert isinstance(slow, EndedError)
    assert isinstance(other, EndedError)
    assert {type(reply) for reply in quick} == {BusyError}
