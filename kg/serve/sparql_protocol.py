"""The SPARQL 1.1 Protocol: the query of a request, by its method and its media type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.serve.http import HttpError, Parameters, fields, method_error
from kg.texts import Message

if TYPE_CHECKING:
    from kg.serve.http import Request

METHODS = "GET, HEAD, POST, OPTIONS"

_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_ONLY_READS = Message("updates are refused: this endpoint only reads")


async def parameters(request: Request) -> Parameters | None:
    """Return the query of a request; ``None`` for a request without parameters, which asks for the description.

    Raises:
        HttpError: the request is malformed, or asks for an update.
    """
    if request.method in {"GET", "HEAD"}:
        return of_address(request) if request.query else None
    if request.method != "POST":
        raise method_error(METHODS)
    media, charset = _media_type(request.header(b"content-type"))
    if media == _UPDATE:
        raise HttpError(403, _ONLY_READS)
    if media not in {_FORM, _QUERY}:
        raise HttpError(
            415, Message("POST takes {form} or {query}, not {media!r}", form=_FORM, query=_QUERY, media=media[:100])
        )
    if charset not in {"", "utf-8", "utf8", "us-ascii"}:
        raise HttpError(415, Message("the charset must be utf-8, not {charset!r}", charset=charset[:40]))
    body = await request.body()
    if media == _FORM:
        return _parsed([*fields(request.query), *fields(body)])
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise HttpError(400, Message("the query is not UTF-8 text")) from error
    return _parsed([*fields(request.query), ("query", text)])


def of_address(request: Request) -> Parameters:
    """Return the query in the address of a request.

    Raises:
        HttpError: the address is malformed.
    """
    return _parsed(fields(request.query))


def names_format(request: Request) -> bool:
    """Return whether a request names its format by the parameter ``format``, as hyperlinks have to."""
    return any(name == "format" for name, _ in fields(request.query)) if b"format=" in request.query else False


def accepted(request: Request) -> str:
    """Return the accepted media types of a request: those of the parameter ``format``, otherwise of the header."""
    named = [value for name, value in fields(request.query) if name == "format"] if b"format=" in request.query else []
    return named[-1] if named and "/" in named[-1] else request.header(b"accept")


def _parsed(given: list[tuple[str, str]]) -> Parameters:
    """Return the query and the graphs in `given`; other parameters mean nothing, and clients send some.

    Raises:
        HttpError: there is not exactly one query.
    """
    values: dict[str, list[str]] = {}
    for name, value in given:
        values.setdefault(name, []).append(value)
    if "update" in values:
        raise HttpError(403, _ONLY_READS)
    queries = values.get("query", [])
    if len(queries) != 1:
        raise HttpError(400, Message("a request has exactly one parameter query, not {count}", count=len(queries)))
    default, named = values.get("default-graph-uri", []), values.get("named-graph-uri", [])
    return Parameters(queries[0], (default, named) if default or named else None)


def _media_type(header: str) -> tuple[str, str]:
    """Return the media type and the charset of a Content-Type header."""
    media, *rest = (part.strip().lower() for part in header.split(";"))
    charset = next((part.partition("=")[2].strip("\" '") for part in rest if part.startswith("charset")), "")
    return media, charset
