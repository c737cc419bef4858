"""Requests and responses of the server, and the errors that become responses."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote_to_bytes

from kg.texts import Message, localise

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from kg.texts import Text

Headers = list[tuple[bytes, bytes]]

FIELDS = 200
"""Number of parameters that a request may have."""


class Request(NamedTuple):
    """A request without its body.

    Attributes:
        path: the decoded path.
        query: the part after ``?``, undecoded.
        headers: the last value of each header, by its name in lower case.
        client: the address of the client, behind trusted proxies its own.
        body: a function that reads the body.
        lang: the language of messages.
        key: the key under which the answer to a GET is kept.
    """

    method: str
    path: str
    query: bytes
    headers: Mapping[bytes, bytes]
    client: str
    body: Callable[[], Awaitable[bytes]]
    lang: str
    key: tuple[bytes, ...]

    def header(self, name: bytes) -> str:
        """Return the value of a header, empty if it is missing."""
        return self.headers.get(name, b"").decode("latin-1")


@dataclass(slots=True)
class Response:
    """A response with its whole body.

    Attributes:
        kept: whether the answer came from the kept ones.
    """

    status: int
    body: bytes = b""
    headers: Headers = field(default_factory=list)
    kept: bool = False


class HttpError(Exception):
    """A request that is answered with an error status.

    Attributes:
        status: the status.
        message: one sentence in both languages.
        headers: further headers.
    """

    def __init__(self, status: int, message: Text, headers: Headers | None = None) -> None:
        """Create an error for a response."""
        super().__init__(message.en)
        self.status, self.message, self.headers = status, message, headers or []

    def response(self, lang: str) -> Response:
        """Return the response: one sentence of plain text."""
        return Response(
            self.status,
            localise(self.message, lang).encode() + b"\n",
            [
                (b"content-type", b"text/plain; charset=utf-8"),
                (b"content-language", lang.encode()),
                (b"vary", b"accept-language"),
                (b"cache-control", b"no-store"),
                *self.headers,
            ],
        )


class Parameters(NamedTuple):
    """Parameters of a SPARQL request.

    Attributes:
        query: the text of the query.
        graphs: default graphs and named graphs, if the request selects any.
    """

    query: str
    graphs: tuple[list[str], list[str]] | None


def fields(text: bytes) -> list[tuple[str, str]]:
    """Return the fields of a query string or a form.

    Raises:
        HttpError: they are not UTF-8, or there are too many.
    """
    try:
        parts = text.decode("ascii").replace("+", " ").split("&")
        if len(parts) > FIELDS:
            raise HttpError(400, Message("a request has at most {count} parameters", count=FIELDS))
        return [(_decoded(name), _decoded(value)) for name, _, value in (part.partition("=") for part in parts if part)]
    except UnicodeError as error:
        raise HttpError(400, Message("the parameters are not URL-encoded UTF-8 text")) from error


def _decoded(text: str) -> str:
    return unquote_to_bytes(text).decode() if "%" in text else text


def method_error(allowed: str) -> HttpError:
    """Return the error for a method that a resource does not have."""
    return HttpError(
        405,
        Message("this address only answers {methods}; the server never changes the store", methods=allowed),
        [(b"allow", allowed.encode())],
    )


def language(accepted: str) -> str:
    """Return the language of messages by an Accept-Language header: ``zh`` if it comes before English."""
    for part in accepted[:200].lower().split(","):
        name = part.split(";")[0].strip()
        if name.startswith(("zh", "en")):
            return name[:2]
    return "en"
