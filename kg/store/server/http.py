"""HTTP client for SPARQL servers, with timeouts, size limits, safe retries and readable errors.

Redirects are not followed. Credentials are sent to the configured addresses only, and never appear in a message.
"""

from __future__ import annotations

import io
import threading
import time
from contextlib import closing, contextmanager, suppress
from functools import partial
from http import HTTPStatus
from socket import SHUT_RDWR
from typing import IO, TYPE_CHECKING, Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, ProtocolError, SSLError
from urllib3.exceptions import TimeoutError as SlowError

from kg import __version__
from kg.errors import LimitError, QueryError, StoreError
from kg.store.server import retries
from kg.store.server.retries import TransientError
from kg.texts import Message, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from socket import socket

    from urllib3.response import HTTPResponse

    from kg.settings import Address

_T = TypeVar("_T")

_CONNECT, _LEAST = 10.0, 0.001
_BUSY = {429, 500, 502, 503, 504}
_UNAUTHORISED = {401, 403}
_STATUS_TEXTS = {
    404: Message("the address does not exist on the server"),
    405: Message("the address does not accept this request"),
}
_CHUNK = 1 << 16
_MAX_TEXT = 300
_PLAIN = "identity"


class Request(NamedTuple):
    """A POST request with its limits.

    Attributes:
        url: the address.
        text: the body, which is sent as UTF-8.
        content_type: media type of the body.
        accept: media types of the response, the preferred one first; empty accepts any.
        deadline: time at which the connection is closed, as of `time.monotonic`.
        max_bytes: size limit of the response.
        pauses: seconds before each further attempt; a request is idempotent.
    """

    url: str
    text: str
    content_type: str
    accept: tuple[str, ...]
    deadline: float
    max_bytes: int
    pauses: tuple[float, ...] = retries.PAUSES


class HttpClient:
    """A connection pool for one server, with its credentials."""

    def __init__(self, address: Address) -> None:
        """Create a client, without connecting."""
        self._authorization, self._secrets = address.authorization, address.secrets
        # kg.network.incidence.extract makes two requests at a time
        self._pool = urllib3.PoolManager(retries=False, num_pools=2, maxsize=2)
        self._pool.pool_classes_by_scheme = {"http": _HttpPool, "https": _HttpsPool}

    def close(self) -> None:
        """Close all connections."""
        self._pool.clear()

    def post(self, request: Request, read: Callable[[IO[bytes], str], _T]) -> _T:
        """Make a request and return `read(body, media_type)` of its response.

        A retry calls `read` again, from the beginning.

        Raises:
            LimitError: the deadline has passed.
            QueryError: the server rejects the request as malformed.
            StoreError: the server cannot be reached, refuses, or sends another response than requested.
        """
        return retries.repeat(partial(self._once, request, read), request.pauses, request.deadline)

    def _once(self, request: Request, read: Callable[[IO[bytes], str], _T]) -> _T:
        left = max(request.deadline - time.monotonic(), _LEAST)
        try:
            response = self._pool.request(
                "POST",
                request.url,
                body=request.text.encode(),
                headers=self._headers(request),
                timeout=urllib3.Timeout(connect=min(left, _CONNECT), read=left),
                redirect=False,
                preload_content=False,
            )
            with closing(response), _watched(response, request.deadline):
                if time.monotonic() >= request.deadline:  # the header may end where the connection was closed
                    raise SlowError
                body = io.BufferedReader(_Body(response, request), _CHUNK)
                result = read(body, self._media(response, request, body))
                body.read(1)  # a body that is read to its end leaves the connection open for the next request
                return result
        except (HTTPError, SyntaxError) as error:
            raise self._failure(error, request) from error

    def _headers(self, request: Request) -> dict[str, str]:
        headers = {
            "Content-Type": f"{request.content_type}; charset=utf-8",
            "Accept": ", ".join(request.accept) or "*/*",
            "Accept-Encoding": _PLAIN,
            "User-Agent": f"helix-kg/{__version__}",
        }
        return headers if self._authorization is None else headers | {"Authorization": self._authorization}

    def _media(self, response: urllib3.BaseHTTPResponse, request: Request, body: IO[bytes]) -> str:
        """Return the media type of a successful response."""
        status = response.status
        if status == HTTPStatus.BAD_REQUEST:
            said = self._clean(body.read(_CHUNK).decode(errors="replace"))
            raise QueryError(Text(said) if said else Message("the server gives no reason"))
        if status not in range(200, 300):
            message = Message("{url}: {problem}", url=request.url, problem=self._status(status, response))
            if status not in _BUSY:
                raise StoreError(message)
            error = TransientError(message)
            error.wait = retries.requested_pause(response.headers.get("Retry-After"))
            raise error
        media = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        coding = response.headers.get("Content-Encoding", _PLAIN)
        if coding != _PLAIN:
            raise StoreError(
                "{url}: the response is compressed ({coding}), which was not requested; turn off compression on the "
                "server",
                url=request.url,
                coding=self._clean(coding),
            )
        if request.accept and media not in request.accept:
            raise StoreError(
                "{url}: the response has the type {media}, not {accept}; check the address of the SPARQL endpoint",
                url=request.url,
                media=self._clean(media) or "unknown",
                accept=request.accept[0],
            )
        return media

    def _status(self, status: int, response: urllib3.BaseHTTPResponse) -> Text:
        """Return the meaning of a status, and a remedy."""
        if status in range(300, 400):
            location = urlsplit(response.headers.get("Location", ""))._replace(query="", fragment="")
            target = self._clean(location._replace(netloc=location.netloc.rpartition("@")[2]).geturl())
            return Message(
                "the server redirects to {target}, and redirects are not followed; use that address if you trust it",
                target=target or Message("another address"),
            )
        if status in _UNAUTHORISED:
            refused = Message("refuses the credentials") if self._authorization else Message("requires credentials")
            return Message(
                "the server {refused}; set KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN", refused=refused
            )
        problem = _STATUS_TEXTS.get(status) or Message("the server fails with status {status}", status=status)
        return Message("{problem}; check the address and the server", problem=problem)

    def _failure(self, error: Exception, request: Request) -> StoreError | LimitError:
        """Return the error for a request that failed on the way."""
        if time.monotonic() >= request.deadline:
            return LimitError("{url}: the server took too long, and the connection was closed", url=request.url)
        url, cause = request.url, self._clean(error.msg if isinstance(error, SyntaxError) else _cause(error))
        if isinstance(error, SSLError):
            return StoreError(
                "{url}: the connection is not secure ({cause}); repair the certificate", url=url, cause=cause
            )
        if isinstance(error, SyntaxError):
            return TransientError("{url}: the response is malformed ({cause}); try again", url=url, cause=cause)
        if isinstance(error, ProtocolError):
            return TransientError("{url}: the connection was lost ({cause}); check the server", url=url, cause=cause)
        return TransientError(
            "{url}: the server cannot be reached ({cause}); check that it is running", url=url, cause=cause
        )

    def _clean(self, text: str) -> str:
        """Return text of a server on one line, shortened, without our secrets and without control characters."""
        for secret in self._secrets:
            text = text.replace(secret, "***")
        text = " ".join("".join(char if char.isprintable() else " " for char in text).split())
        return text if len(text) <= _MAX_TEXT else f"{text[:_MAX_TEXT]} …"


def _cause(error: Exception) -> str:
    """Return the message of the system, or else the last part of the library's message."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and (cause.strerror or str(cause)):
            return cause.strerror or str(cause)
        cause = cause.__cause__ or cause.__context__
    return str(error).rpartition(": ")[2].strip("()' ")


class _HttpConnection(HTTPConnection):
    """A connection that ends when the header of a response takes too long in total, however often a byte arrives."""

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as in urllib3
        with _timer(self.timeout or 0, partial(_shut, self.sock)):
            return super().getresponse()


class _HttpsConnection(HTTPSConnection):
    """The same over TLS."""

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as in urllib3
        with _timer(self.timeout or 0, partial(_shut, self.sock)):
            return super().getresponse()


class _HttpPool(urllib3.HTTPConnectionPool):
    ConnectionCls: Any = _HttpConnection


class _HttpsPool(urllib3.HTTPSConnectionPool):
    ConnectionCls: Any = _HttpsConnection


def _shut(sock: socket) -> None:
    with suppress(OSError):  # already closed
        sock.shutdown(SHUT_RDWR)


@contextmanager
def _timer(seconds: float, end: Callable[[], None]) -> Iterator[None]:
    """Call `end` in another thread if the block takes more than `seconds`."""
    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextmanager
def _watched(response: urllib3.BaseHTTPResponse, deadline: float) -> Iterator[None]:
    """Close the connection at the deadline, even if the server sends a byte from time to time."""

    def end() -> None:
        with suppress(OSError, RuntimeError, ValueError):  # already closed
            response.shutdown()

    with _timer(max(0.0, deadline - time.monotonic()), end):
        yield


class _Body(io.RawIOBase):
    """Body of a response, up to the limits of the request."""

    def __init__(self, response: urllib3.BaseHTTPResponse, request: Request) -> None:
        self._response, self._request = response, request
        self._left = request.max_bytes

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - any buffer; before Python 3.12 it has no name
        chunk = self._response.read1(min(len(buffer), _CHUNK), decode_content=False)
        if time.monotonic() >= self._request.deadline:
            raise SlowError
        self._left -= len(chunk)
        if self._left < 0:
            raise StoreError(
                "{url}: the response has more than {max_bytes} bytes; narrow the query",
                url=self._request.url,
                max_bytes=self._request.max_bytes,
            )
        buffer[: len(chunk)] = chunk
        return len(chunk)
