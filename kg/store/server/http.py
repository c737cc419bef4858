"""Calls to a SPARQL server over HTTP: bounded in time and size, repeated where that does no harm, told in sentences.

No redirection is followed. Credentials go to the addresses that they were given for, and into no text.
"""

from __future__ import annotations

import io
import threading
import time
from contextlib import closing, contextmanager, suppress
from http import HTTPStatus
from typing import IO, TYPE_CHECKING, Any, NamedTuple, TypeVar
from urllib.parse import urlsplit

import urllib3
from urllib3.exceptions import HTTPError, ProtocolError, SSLError
from urllib3.exceptions import TimeoutError as SlowError

from kg import __version__
from kg.errors import LimitError, QueryError, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.settings import Address

_T = TypeVar("_T")

PAUSES = (0.2, 0.8)
"""Seconds before the second and the third try."""

_CONNECT, _LEAST = 10.0, 0.001
_BUSY = {429, 500, 502, 503, 504}
_UNAUTHORISED = {401, 403}
_MEANS = {404: "there is nothing here", 405: "the server does not take this here"}
_PIECE = 1 << 16
_SHOWN = 300
_PLAIN = "identity"


class _PassingError(StoreError):
    """A failure that may be over when the same is asked again."""


class Request(NamedTuple):
    """A request: where to, what is sent, as what, what may come back, and where it ends.

    Attributes:
        accept: media types of an answer, the best first; none where it does not matter.
        deadline: by `time.monotonic`.
        max_bytes: bytes that the answer may have.
        idempotent: whether it may be made twice.
    """

    url: str
    text: str
    content_type: str
    accept: tuple[str, ...]
    deadline: float
    max_bytes: int
    idempotent: bool = True


class HttpClient:
    """Who calls a server, with the credentials for it."""

    def __init__(self, address: Address) -> None:
        """Nobody has been called yet."""
        self._authorization, self._secrets = address.authorization, address.secrets
        self._pool = urllib3.PoolManager(
            retries=False, num_pools=2, maxsize=2
        )  # kg.network.incidence.extract asks two things at once

    def close(self) -> None:
        """Hang up."""
        self._pool.clear()

    def post(self, request: Request, read: Callable[[IO[bytes], str], _T]) -> _T:
        """What `read` makes of the content of the answer and of its media type.

        It is called again, from the beginning, where the call is repeated.

        Raises:
            LimitError: the deadline is over.
            QueryError: the server says that what was sent is wrong.
            StoreError: the server cannot be reached, refuses, or answers in another way than was asked for.
        """
        for pause in PAUSES if request.idempotent else ():
            try:
                return self._once(request, read)
            except _PassingError:
                time.sleep(max(0.0, min(pause, request.deadline - time.monotonic())))
        return self._once(request, read)

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
                body = io.BufferedReader(_Body(response, request), _PIECE)
                found = read(body, self._media(response, request, body))
                body.read(1)  # what is read to its end leaves the connection open for the next call
                return found
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
        """The media type of the content, once the server has answered well."""
        status = response.status
        if status == HTTPStatus.BAD_REQUEST:
            raise QueryError(self._clean(body.read(_PIECE).decode(errors="replace")) or "it does not say why")
        if status not in range(200, 300):
            kind = _PassingError if status in _BUSY else StoreError
            raise kind(f"{request.url}: {self._status(status, response)}")
        media = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if request.accept and (
            media not in request.accept or response.headers.get("Content-Encoding", _PLAIN) != _PLAIN
        ):
            raise StoreError(
                f"{request.url}: the answer is {self._clean(media) or 'of no kind'}, not {request.accept[0]}; is "
                "this where the server answers SPARQL?"
            )
        return media

    def _status(self, status: int, response: urllib3.BaseHTTPResponse) -> str:
        """What a status means, and what to do."""
        if status in range(300, 400):
            to = urlsplit(response.headers.get("Location", ""))._replace(query="", fragment="")
            shown = self._clean(to._replace(netloc=to.netloc.rpartition("@")[2]).geturl())
            return f"the server points to {shown or 'another place'}, where kg does not follow; name it if you trust it"
        if status in _UNAUTHORISED:
            what = "wants credentials" if self._authorization is None else "refuses the credentials"
            return f"the server {what}; set KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN"
        what = _MEANS.get(status, f"the server fails with status {status}")
        return f"{what}; is the address right, and the server well?"

    def _failure(self, error: Exception, request: Request) -> StoreError | LimitError:
        """What went wrong on the way, in a sentence."""
        if time.monotonic() >= request.deadline:
            return LimitError(f"{request.url}: the server took too long, and the connection was ended")
        if isinstance(error, SSLError):
            return StoreError(
                f"{request.url}: the connection is not safe ({self._clean(_reason(error))}); mend the certificate"
            )
        if isinstance(error, SyntaxError):
            return _PassingError(f"{request.url}: the answer is broken ({self._clean(error.msg)}); ask again")
        if isinstance(error, ProtocolError):
            return _PassingError(
                f"{request.url}: the connection broke off ({self._clean(_reason(error))}); is the server well?"
            )
        return _PassingError(
            f"{request.url}: the server cannot be reached ({self._clean(_reason(error))}); is it running?"
        )

    def _clean(self, text: str) -> str:
        """What a server says, on one line, not too long, without our secrets and without codes that move a terminal."""
        for secret in self._secrets:
            text = text.replace(secret, "***")
        text = " ".join("".join(char if char.isprintable() else " " for char in text).split())
        return text if len(text) <= _SHOWN else f"{text[:_SHOWN]} …"


def _reason(error: Exception) -> str:
    """The cause that the system gives, else the last thing that the library says."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, OSError) and cause.strerror:
            return cause.strerror
        cause = cause.__cause__ or cause.__context__
    return str(error).rpartition(": ")[2].strip("()' ")


@contextmanager
def _watched(response: urllib3.BaseHTTPResponse, deadline: float) -> Iterator[None]:
    """End the connection at the deadline, also where the server sends a byte now and then."""

    def end() -> None:
        with suppress(OSError, RuntimeError, ValueError):  # it has ended by itself
            response.shutdown()

    timer = threading.Timer(max(0.0, deadline - time.monotonic()), end)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


class _Body(io.RawIOBase):
    """The content of an answer, as far as the call wants it."""

    def __init__(self, response: urllib3.BaseHTTPResponse, request: Request) -> None:
        self._response, self._request = response, request
        self._left = request.max_bytes

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401 - any buffer; before Python 3.12 it has no name
        piece = self._response.read1(min(len(buffer), _PIECE), decode_content=False)
        if time.monotonic() >= self._request.deadline:
            raise SlowError
        self._left -= len(piece)
        if self._left < 0:
            raise StoreError(
                f"{self._request.url}: the answer has more than {self._request.max_bytes} bytes; ask for less"
            )
        buffer[: len(piece)] = piece
        return len(piece)
