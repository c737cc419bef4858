"""Options of the server: the command line, then the table ``[serve]`` of ``kg.toml``; secrets from the environment."""

from __future__ import annotations

import base64
import os
from dataclasses import dataclass, field, fields, replace
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from kg.errors import UsageError
from kg.settings.files import section
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

MEBI = 1 << 20

_MEMORY = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of queries.

    Attributes:
        workers: number of processes that run queries; one more is kept ready.
        seconds: time of a query.
        memory: memory of a worker, in bytes.
        answer: size of an answer, in bytes.
        queue: number of queries that wait.
        per_client: number of requests of one client at a time.
        body: size of a request body, in bytes.
        kept: size of all answers that are kept, in bytes.
        connections: number of open connections.
        idle: time that a client may take to send a request, or to receive a part of an answer, in seconds.
    """

    workers: int
    seconds: float
    memory: int
    answer: int
    queue: int
    per_client: int
    body: int
    kept: int
    connections: int
    idle: float


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """Options of the server; sizes are in megabytes.

    Attributes:
        host: address to listen at.
        port: port to listen at; 0 for a free one.
        workers: number of queries that run at a time.
        timeout: time limit of a query, in seconds.
        memory: memory limit of a query.
        max_answer: size limit of an answer.
        max_body: size limit of a request body.
        queue: number of queries that wait for a worker.
        per_client: number of requests of one client at a time.
        cache: size of the answers that are kept.
        connections: number of open connections.
        idle: time that a client may be silent within a request or an answer, in seconds.
        public: whether an address that other machines reach is intended.
        public_url: address under which clients know the server, if it differs.
        origins: web origins whose pages may read answers; ``*`` for all.
        trusted_proxies: addresses of reverse proxies whose X-Forwarded-For is believed.
        isolate: whether the kernel restricts workers.
        pages: whether pages for people are served.
        mcp: whether assistants are served at ``/mcp``.
        lang: language of the answers to assistants.
        author: who publishes the pages.
        credentials: values of the Authorization header that are accepted; empty means that none is required.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    workers: int = max(1, (os.cpu_count() or 2) - 1)
    timeout: float = 30.0
    memory: int = max(256, min(2048, _MEMORY // 4 // MEBI))
    max_answer: int = 32
    max_body: int = 1
    queue: int = 256
    per_client: int = 16
    cache: int = 64
    connections: int = 20_000
    idle: float = 15.0
    public: bool = False
    public_url: str | None = None
    origins: tuple[str, ...] = ()
    trusted_proxies: tuple[str, ...] = ()
    isolate: bool = True
    pages: bool = True
    mcp: bool = False
    lang: str = "en"
    author: str | None = None
    credentials: tuple[bytes, ...] = field(default=(), repr=False)

    @property
    def limits(self) -> Limits:
        """The limits of queries and of clients, in bytes and seconds."""
        return Limits(
            workers=self.workers,
            seconds=self.timeout,
            memory=self.memory * MEBI,
            answer=self.max_answer * MEBI,
            queue=self.queue,
            per_client=self.per_client,
            body=self.max_body * MEBI,
            kept=self.cache * MEBI,
            connections=self.connections,
            idle=self.idle,
        )

    @property
    def is_local(self) -> bool:
        """Truth value: only this machine reaches the address."""
        return is_loopback(self.host)


def load(
    given: Mapping[str, Any], lang: str = "en", author: str | None = None, env: Mapping[str, str] = os.environ
) -> ServeOptions:
    """Return the options `given`, those of the files, the secrets of the environment, and defaults for the rest.

    Raises:
        UsageError: a value is malformed, or other machines could read the store without ``public``.
    """
    values = {name: _checked(name, value, origin) for name, (value, origin) in section("serve", names(), env).items()}
    values |= {name: _checked(name, value, f"--{name.replace('_', '-')}") for name, value in given.items()}
    options = replace(ServeOptions(), credentials=_credentials(env), lang=lang, author=author, **values)  # type: ignore[arg-type]  # checked
    if not options.is_local and not options.public:
        raise UsageError(
            "--host {host} offers the store to every machine that reaches this address; add --public if that is "
            "intended",
            host=options.host,
        )
    return options


def names() -> tuple[str, ...]:
    """Return the names of the options that a file can contain."""
    return tuple(each.name for each in fields(ServeOptions) if each.name not in {"credentials", "lang", "author"})


def is_loopback(host: str) -> bool:
    """Return whether `host` is this machine only."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _checked(name: str, value: object, origin: str) -> object:
    """Return the value of an option in its type.

    Raises:
        UsageError: the value has another type or is out of range.
    """
    default = getattr(ServeOptions(), name)
    if isinstance(default, tuple):
        given = (value,) if isinstance(value, str) else value
        if not isinstance(given, list | tuple) or not all(isinstance(one, str) for one in given):
            raise _wrong(origin, name, value, Message("a list of texts"))
        return tuple(_place(name, one, origin) for one in given)
    if name == "public_url" and isinstance(value, str):
        return _url(value, origin)
    if isinstance(default, bool) or default is None or isinstance(default, str):
        is_text = name in {"host", "public_url"}
        if not isinstance(value, str if is_text else bool):
            raise _wrong(origin, name, value, Message("a text") if is_text else Message("true or false"))
        return value
    if isinstance(value, bool) or not isinstance(value, int | (float if isinstance(default, float) else int)):
        raise _wrong(origin, name, value, Message("a number"))
    smallest = 0 if name in {"port", "cache", "queue"} else 1 if isinstance(default, int) else 0.1
    largest = 65535 if name == "port" else 10**6
    if not smallest <= value <= largest:
        raise _wrong(origin, name, value, Message("from {least} to {most}", least=smallest, most=largest))
    return value


def _wrong(origin: str, name: str, value: object, kind: Message) -> UsageError:
    return UsageError(
        "{origin}: {name} must be {kind}, not {value!r}", origin=origin, name=name, kind=kind, value=value
    )


def _place(name: str, text: str, origin: str) -> str:
    """Return an origin or the address of a proxy.

    Raises:
        UsageError: it is malformed.
    """
    if name == "trusted_proxies":
        try:
            return str(ip_address(text))
        except ValueError as error:
            raise _wrong(origin, name, text, Message("an IP address")) from error
    if text != "*" and (not text.isascii() or text != _url(text, origin) or urlsplit(text).path):
        raise _wrong(origin, name, text, Message("* or an origin such as https://example.org"))
    return text


def _url(text: str, origin: str) -> str:
    """Return an address without the slash at its end.

    Raises:
        UsageError: it is malformed.
    """
    try:
        url = urlsplit(text)
        valid = url.scheme in {"http", "https"} and bool(url.hostname) and url.username is None and url.port != 0
    except ValueError:
        valid = False
    if not valid or any(sign in text for sign in '?# <>"') or not text.isascii() or not text.isprintable():
        raise _wrong(origin, "public_url", text, Message("an address such as https://kg.example.org"))
    return text.rstrip("/")


def _credentials(env: Mapping[str, str]) -> tuple[bytes, ...]:
    """Return the values of the Authorization header that are accepted.

    Raises:
        UsageError: a secret is incomplete or has characters that a header cannot contain.
    """
    token, user, password = (env.get(f"KG_SERVE_{name}") or "" for name in ("TOKEN", "USER", "PASSWORD"))
    if bool(user) != bool(password):
        raise UsageError("KG_SERVE_USER requires KG_SERVE_PASSWORD and vice versa; set both")
    if not token.isascii() or not token.isprintable() or " " in token:
        raise UsageError("KG_SERVE_TOKEN contains spaces or characters that are invalid in a header")
    if ":" in user:
        raise UsageError("KG_SERVE_USER contains a colon, which is invalid in HTTP user names")
    both = base64.b64encode(f"{user}:{password}".encode())
    return (*([b"Bearer " + token.encode()] if token else []), *([b"Basic " + both] if user else []))
