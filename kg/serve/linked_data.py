"""Linked data: the address of a node answers 303 to its description in the format that the client prefers.

An IRI such as ``https://w3id.org/helix-kg/id/huawei`` has the path ``/id/huawei`` here, so that a redirection of the
base of the IRIs to this server makes each of them resolvable. The description is at ``/data/id/huawei.ttl``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from kg.serve import negotiation
from kg.serve.http import HttpError, Response, method_error
from kg.terms import BASE
from kg.texts import Message, listed

if TYPE_CHECKING:
    from kg.serve.answers import Answers
    from kg.serve.http import Request
    from kg.serve.site import Site

METHODS = "GET, HEAD, OPTIONS"

_NODE = re.compile(r"/((?:id|evidence|source|collection|scheme)/.+|ontology)")
_DATA = re.compile(r"/data/((?:id|evidence|source|collection|scheme)/.+|ontology)\.([a-z]+)")


def is_linked_data(path: str) -> bool:
    """Return whether a path is that of a node or of a description."""
    return _NODE.fullmatch(path) is not None or _DATA.fullmatch(path) is not None


async def answer(
    request: Request, answers: Answers, base: str, key: tuple[bytes, ...], site: Site | None = None
) -> Response:
    """Return the redirection of a node to its page or its description, or a description, which is kept under `key`.

    Raises:
        HttpError: the store has no such node, or the method is another one than `METHODS`.
    """
    if request.method == "OPTIONS":
        return Response(204, b"", [(b"allow", METHODS.encode())])
    if request.method not in {"GET", "HEAD"}:
        raise method_error(METHODS)
    if (node := _NODE.fullmatch(request.path)) is not None:
        accept = request.header(b"accept")
        if (
            site is not None
            and negotiation.prefers_pages(accept)
            and (page := site.node(BASE + node[1], node[1], request.lang))
        ):
            vary = (b"vary", b"accept, accept-language")
            return Response(303, b"", [(b"location", f"{base}{page}".encode()), vary])
        _, form = negotiation.formats(accept)
        place = f"{base}/data/{quote(node[1])}.{form or 'ttl'}"
        return Response(303, b"", [(b"location", place.encode()), (b"vary", b"accept")])
    data = _DATA.fullmatch(request.path)
    if data is None or data[2] not in negotiation.GRAPHS:
        raise HttpError(404, Message("a description ends in one of: {forms}", forms=listed(negotiation.GRAPHS)))
    return await answers.node(request, BASE + data[1], data[2], key)
