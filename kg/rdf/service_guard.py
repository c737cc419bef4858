"""Refusal of SERVICE: Oxigraph calls any server that a SERVICE clause names, and this cannot be switched off."""

import re
from collections.abc import Mapping

import pyoxigraph as ox

from kg.errors import QueryError
from kg.texts import Message

SERVICE_REFUSED = Message("SERVICE is refused: a query reads this store and asks no other server")

_WORD = re.compile("service", re.IGNORECASE)


def refuse_service(query: str, prefixes: Mapping[str, str], base: str | None = None) -> None:
    """Refuse a `query` that Oxigraph would send to another server.

    The test uses Oxigraph's own parser, so escapes and odd spelling cannot bypass it. With the keyword replaced, a
    SERVICE clause no longer parses, while a variable, string or comment with the word still does. The parsed query runs
    on an empty store and cannot call a server. `base` is the address that relative IRIs are resolved against, if any.

    Raises:
        QueryError: `query` contains the keyword SERVICE (or the word, and does not parse).
    """
    if _WORD.search(query):
        try:
            ox.Store().query(_WORD.sub("xervice", query), prefixes=dict(prefixes), base_iri=base)
        except SyntaxError as error:
            raise QueryError(SERVICE_REFUSED) from error
