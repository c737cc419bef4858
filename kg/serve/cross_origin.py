"""Headers that let pages of other web origins read answers (CORS); without them browsers refuse it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from kg.serve.http import Headers

_EXPOSED = [
    (b"access-control-expose-headers", b"etag, retry-after"),
    (b"cross-origin-resource-policy", b"cross-origin"),
]
_PREFLIGHT = [
    (b"access-control-allow-methods", b"GET, HEAD, POST, OPTIONS"),
    (b"access-control-allow-headers", b"accept, authorization, content-type, if-none-match"),
    (b"access-control-max-age", b"86400"),
]


def headers(origin: bytes, allowed: Collection[str], *, preflight: bool) -> Headers:
    """Return the headers for a request of a page of `origin`; none if it is not allowed."""
    if "*" in allowed:
        head = [(b"access-control-allow-origin", b"*")]
    elif origin.decode("latin-1") in allowed:
        head = [(b"access-control-allow-origin", origin), (b"vary", b"origin")]
    else:
        return []
    return head + (_PREFLIGHT if preflight else _EXPOSED)
