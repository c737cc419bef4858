"""Answers of the store: queries and graphs, run by workers or taken from those that are kept."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from kg.errors import Error, LimitError, StoreError
from kg.mcp.tools import FILTERS
from kg.serve import negotiation, sparql_protocol, tasks
from kg.serve.http import HttpError, Response
from kg.serve.kept import KeptAnswers, entity_tag, is_current, is_fixed
from kg.serve.pool import BusyError
from kg.texts import Message, listed
from kg.worker.process import EndedError

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Awaitable, Mapping

    from kg.serve.generations import Generations
    from kg.serve.http import Parameters, Request
    from kg.serve.options import Limits

_RETRY = [(b"retry-after", b"2")]

_CAUSES = {
    "memory": Message("the query required more memory than a query may use and was ended; narrow it"),
    "stack": Message("the query is nested too deeply, or is too long, and was ended; simplify it"),
}


class Begun(NamedTuple):
    """An answer that a worker is making.

    Attributes:
        reply: the reply of the worker; the work ends if it is cancelled.
        generation: the tag of the generation that is read.
        tag: the entity tag; ``None`` for an answer that changes with each run.
        key: the key under which the answer is kept, if it is.
    """

    reply: asyncio.Future[bytes]
    generation: str
    tag: bytes | None
    key: tuple[bytes, ...] | None


class Answers:
    """Answers to requests.

    Attributes:
        kept: the answers that are kept.
    """

    def __init__(self, generations: Generations, limits: Limits, base: str) -> None:
        """Create answers from the generation that is current at each request; `base` resolves relative IRIs."""
        self._generations, self._limits, self._base = generations, limits, base
        self.kept = KeptAnswers(limits.kept)
        self._kept_of = ""

    def find(self, key: tuple[bytes, ...]) -> Response | None:
        """Return the answer that is kept under `key` for the current generation."""
        if self._kept_of != (tag := self._generations.now.tag):
            self.kept.clear()
            self._kept_of = tag
        return self.kept.get(key)

    async def query(self, request: Request, asked: Parameters, key: tuple[bytes, ...] | None) -> Response:
        """Return the answer to a query, kept under `key` unless it changes with each run.

        Raises:
            HttpError: the query is refused, or exceeds a limit.
        """
        begun = self.begin(request, asked, key)
        return begun if isinstance(begun, Response) else await self._finished(begun)

    def begin(self, request: Request, asked: Parameters, key: tuple[bytes, ...] | None) -> Response | Begun:
        """Begin the answer to a query, or return the response that needs no work.

        Raises:
            HttpError: too many queries wait.
        """
        formats = negotiation.formats(sparql_protocol.accepted(request))
        arguments = {
            "query": asked.query,
            "base": self._base,
            "formats": formats,
            "graphs": asked.graphs,
            "size": self._limits.answer,
        }
        fixed = is_fixed(asked.query)
        tag = entity_tag(self._generations.now.tag, "query", *arguments.values()) if fixed else None
        condition = request.headers.get(b"if-none-match")
        if tag is not None and condition is not None and request.method != "POST" and is_current(tag, condition):
            return not_modified(tag)
        return self._begin(request, "kg.serve.tasks:answer", arguments, tag, key)

    async def graph(self, request: Request, name: str | None, key: tuple[bytes, ...] | None) -> Response:
        """Return the named graph `name`, or the default graph.

        Raises:
            HttpError: there is no such graph, or it exceeds a limit.
        """
        _, form = negotiation.formats(request.header(b"accept"))
        if not form:
            raise _not_acceptable()
        tag = entity_tag(self._generations.now.tag, "graph", name, form)
        if is_current(tag, request.headers.get(b"if-none-match", b"")):
            return not_modified(tag)
        arguments = {"name": name, "format_name": form, "size": self._limits.answer}
        return await self._finished(self._begin(request, "kg.serve.tasks:graph", arguments, tag, key))

    async def node(self, request: Request, name: str, form: str, key: tuple[bytes, ...]) -> Response:
        """Return the description of a node in a format.

        Raises:
            HttpError: the store has no such node, or the description exceeds a limit.
        """
        tag = entity_tag(self._generations.now.tag, "node", name, form)
        if is_current(tag, request.headers.get(b"if-none-match", b"")):
            return not_modified(tag)
        arguments = {"name": name, "format_name": form, "size": self._limits.answer}
        return await self._finished(self._begin(request, "kg.serve.tasks:node", arguments, tag, key))

    async def map(self, request: Request, given: Mapping[str, str], key: tuple[bytes, ...]) -> Response:
        """Return the page of a map; `given` has its focus, its language and the filters of its lens.

        Raises:
            HttpError: a value is refused, or the map exceeds a limit.
        """
        lens = {name: value for name, value in given.items() if name in FILTERS}
        arguments = {"focus": given.get("focus"), "lens": lens, "lang": given.get("lang", request.lang)}
        tag = entity_tag(self._generations.now.tag, "map", *arguments.values())
        if is_current(tag, request.headers.get(b"if-none-match", b"")):
            return not_modified(tag)
        kept_under = key if "lang" in given else None
        return await self._finished(self._begin(request, "kg.mcp.tasks:draw", arguments, tag, kept_under))

    async def tool(self, name: str, arguments: Mapping[str, object], lang: str) -> str:
        """Return the answer of a tool of `kg.mcp.tools`.

        Raises:
            HttpError: the tool refuses its arguments, or exceeds a limit.
        """
        values = {"tool": name, "arguments": arguments, "lang": lang}
        return (await self._worked("kg.mcp.tasks:call", values, "/mcp")).decode()

    async def worked(self, request: Request, task: str, arguments: Mapping[str, object]) -> bytes:
        """Return the reply of a worker to a task.

        Raises:
            HttpError: the task refuses its arguments, or exceeds a limit.
        """
        return await self._worked(task, arguments, request.client)

    async def _worked(self, task: str, arguments: Mapping[str, object], client: str) -> bytes:
        try:
            return await self._generations.now.pool.submit(task, arguments, client)
        except (BusyError, EndedError, Error) as error:
            raise self._refusal(error) from error

    def keep(self, key: tuple[bytes, ...], answer: Response, generation: str) -> None:
        """Keep an answer of a generation under `key`, if the generation is still current."""
        if generation == self._kept_of:
            answer = Response(answer.status, answer.body, answer.headers, kept=True)
            self.kept.add(key, answer, sum(map(len, key)))

    def _begin(
        self,
        request: Request,
        task: str,
        arguments: Mapping[str, object],
        tag: bytes | None,
        key: tuple[bytes, ...] | None,
    ) -> Begun:
        generation = self._generations.now
        try:
            return Begun(generation.pool.submit(task, arguments, request.client), generation.tag, tag, key)
        except BusyError as error:
            raise self._refusal(error) from error

    async def _finished(self, begun: Begun) -> Response:
        with suppress(BusyError, EndedError, Error):  # `finish` raises what it means for the client
            await begun.reply
        return self.finish(begun)

    def finish(self, begun: Begun) -> Response:
        """Return the answer whose reply is complete, and keep it.

        Raises:
            HttpError: the query is refused, or exceeded a limit.
        """
        _, generation, tag, key = begun
        try:
            reply = begun.reply.result()
        except (BusyError, EndedError, Error) as error:
            raise self._refusal(error) from error
        media, _, body = reply.partition(b"\n")
        if media == tasks.NOT_ACCEPTABLE:
            raise _not_acceptable()
        if media == tasks.MISSING:
            raise HttpError(404, Message("the store contains nothing of this name"))
        headers = [(b"content-type", media), (b"vary", b"accept"), (b"cache-control", b"no-cache")]
        if tag is None:
            headers[-1] = (b"cache-control", b"no-store")
        else:
            headers.append((b"etag", tag))
        answer = Response(200, body, headers)
        if tag is not None and key is not None:
            self.keep(key, answer, generation)
        return answer

    async def reply(self, work: Awaitable[bytes]) -> bytes:
        """Return the reply of a process.

        Raises:
            HttpError: the task refuses its arguments, or exceeds a limit.
        """
        try:
            return await work
        except (BusyError, EndedError, Error) as error:
            raise self._refusal(error) from error

    def _refusal(self, error: BusyError | EndedError | Error) -> HttpError:
        """Return the response to a query that could not be answered."""
        if isinstance(error, BusyError):
            return HttpError(503, error.message, [*_RETRY])
        if isinstance(error, StoreError):  # its text contains paths of this machine
            _log(str(error))
            return HttpError(500, Message("the store cannot be read; the log of the server states the reason"))
        if isinstance(error, Error):
            return HttpError(422 if isinstance(error, LimitError) else 400, error.message)
        if error.cause == "time":
            return HttpError(
                504,
                Message("the query took more than {seconds:g} seconds and was ended", seconds=self._limits.seconds),
            )
        if error.cause in _CAUSES:
            return HttpError(422, _CAUSES[error.cause])
        _log(f"a worker ended: {error}")
        return HttpError(503, Message("the query was ended; try again later"), [*_RETRY])


def _log(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)  # noqa: T201 - the log


def not_modified(tag: bytes) -> Response:
    """Return the response to a client that has the current answer."""
    return Response(304, b"", [(b"etag", tag), (b"vary", b"accept"), (b"cache-control", b"no-cache")])


def _not_acceptable() -> HttpError:
    types = [types[0] for types in (*negotiation.RESULTS.values(), *negotiation.GRAPHS.values())]
    return HttpError(406, Message("no accepted format fits the answer; there are {formats}", formats=listed(types)))
