"""The server: a socket, the generation that is served, and uvicorn."""

from __future__ import annotations

import resource
import signal
import socket
import sys
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kg.errors import UsageError, reason
from kg.extras import load
from kg.texts import Message, listed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Mapping
    from types import FrameType

    from kg.serve.app import App
    from kg.serve.options import ServeOptions
    from kg.store.local import LocalStore
    from kg.texts import Text

_BACKLOG = 4096
_FILES_BESIDE = 200
"""Descriptors that the server needs besides those of connections."""

_UVICORN: Mapping[str, Any] = {
    "headers": [("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer")],
    "ws": "none",
    "lifespan": "off",
    "log_config": None,
    "log_level": "error",
    "access_log": False,
    "server_header": False,
    "proxy_headers": False,
    "backlog": _BACKLOG,
}
"""Options of uvicorn; it adds the headers to those responses too that it writes itself."""


def run(
    store: LocalStore,
    options: ServeOptions,
    announce: Callable[[Text], None],
    log: Callable[[str], None] | None,
    *,
    check: bool = False,
) -> None:
    """Serve `store` until a signal ends the process.

    Args:
        store: the store; its views leave out internal statements unless it was opened with them.
        options: the options.
        announce: a function that shows a sentence to the person who starts the server, or writes it into the log.
        log: a function that writes a line for each request, if any.
        check: whether to end as soon as the server could answer.

    Raises:
        StoreError: the store is missing or damaged.
        UsageError: the address cannot be used, or a library is missing.
    """
    for module in ("uvicorn", "httptools", "uvloop"):
        load(module, "serve")
    if options.mcp:
        load("mcp", "mcp")
    import uvloop  # noqa: PLC0415 - an optional library

    _raise_file_limit(options)
    if check:
        options = replace(options, pages=False)
    with _listen(options) as listener, _terminable(), suppress(KeyboardInterrupt):
        uvloop.run(_serve(store, options, announce, None if check else log, listener, check=check))


@contextmanager
def _terminable() -> Iterator[None]:
    """End the block at a SIGTERM as at its end; uvicorn sends itself the signal again after it has stopped."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    former = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, former)


async def _serve(
    store: LocalStore,
    options: ServeOptions,
    announce: Callable[[Text], None],
    log: Callable[[str], None] | None,
    listener: socket.socket,
    *,
    check: bool,
) -> None:
    import uvicorn  # noqa: PLC0415 - an optional library

    from kg.serve import direct  # noqa: PLC0415 - needs uvicorn
    from kg.serve.app import App  # noqa: PLC0415 - the same
    from kg.serve.connections import Guard  # noqa: PLC0415 - the same
    from kg.serve.generations import Generations  # noqa: PLC0415 - takes time, after the port is known to be free
    from kg.serve.metrics import Metrics  # noqa: PLC0415 - the same

    here = _address(options.host, listener.getsockname()[1])
    generations = Generations(store, options, lambda text: print(text, file=sys.stderr, flush=True))  # noqa: T201
    await generations.start()
    try:
        metrics = Metrics(log)
        metrics.guard = Guard(options.limits)
        base = options.public_url or here
        app = App(generations, options, metrics, base)
        config = uvicorn.Config(
            app,
            http=direct.protocol(app, metrics.guard),
            timeout_keep_alive=int(max(1, options.idle)),
            timeout_graceful_shutdown=int(options.timeout) + 1,
            **_UVICORN,
        )
        for sentence in _sentences(store, options, here, generations.now.pool.missing):
            announce(sentence)
        async with _assistants(app, options, base):
            if not check:
                await uvicorn.Server(config).serve([listener])
    finally:
        await generations.close()


@asynccontextmanager
async def _assistants(app: App, options: ServeOptions, base: str) -> AsyncIterator[None]:
    """Add the server for assistants to `app` for the block, if the options ask for it."""
    if not options.mcp:
        yield
        return
    from kg.serve import assistants  # noqa: PLC0415 - takes two seconds

    added = assistants.application(app.answers, options, options.lang, base)
    async with added.router.lifespan_context(added):
        app.assistants = added
        yield


def _sentences(store: LocalStore, options: ServeOptions, here: str, missing: tuple[str, ...]) -> list[Text]:
    """Return what the person who starts the server should know."""
    sentences: list[Text] = [
        Message(
            "{store}: {here}/sparql answers queries ({workers} workers, {seconds:g} seconds a query).",
            store=store.name,
            here=here,
            workers=options.workers,
            seconds=options.timeout,
        )
    ]
    if options.pages:
        sentences.append(Message("The site is {here}/.", here=here))
    if not options.is_local and options.credentials:
        sentences.append(
            Message(
                "Everyone who reaches {host} and has the credentials can read the store; without TLS in front, others "
                "on the way can read the credentials.",
                host=options.host,
            )
        )
    elif not options.is_local:
        sentences.append(
            Message("Everyone who reaches {host} can read all statements that are not internal.", host=options.host)
        )
    if missing and options.isolate:
        sentences.append(
            Message(
                "This system lacks {names}: workers have limits of time and memory, but the kernel does not restrict "
                "their files and sockets.",
                names=listed(missing),
            )
        )
    return sentences


def _listen(options: ServeOptions) -> socket.socket:
    """Return a socket that listens.

    Raises:
        UsageError: the address cannot be used.
    """
    try:
        family, kind, _, _, place = socket.getaddrinfo(
            options.host.strip("[]"), options.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listener = socket.socket(family, kind)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(place)
        listener.listen(_BACKLOG)
    except OSError as error:
        raise UsageError(
            "--host {host} --port {port} cannot be used ({error}); choose another port",
            host=options.host,
            port=options.port,
            error=reason(error),
        ) from error
    return listener


def _address(host: str, port: int) -> str:
    """Return the address of the server."""
    bare = host.strip("[]")
    return f"http://[{bare}]:{port}" if ":" in bare else f"http://{bare}:{port}"


def _raise_file_limit(options: ServeOptions) -> None:
    """Allow as many open files as connections need.

    Raises:
        UsageError: the system does not allow them.
    """
    needed = options.connections + _FILES_BESIDE
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and needed > hard:
        needed = hard
    if soft < needed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (needed, hard))
