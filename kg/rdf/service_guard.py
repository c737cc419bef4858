"""A fence around a query: Oxigraph asks any server that SERVICE names, and has no switch against it."""

import re
from collections.abc import Mapping

import pyoxigraph as ox

from kg.errors import QueryError

SERVICE_REFUSED = "SERVICE is refused: a query reads this store and asks no other server"

_WORD = re.compile("service", re.IGNORECASE)


def refuse_service(query: str, prefixes: Mapping[str, str]) -> None:
    """Refuse a `query` that Oxigraph would take out of its store.

    Oxigraph's own parser is the judge, so no trick of spelling comes between. Under another name the keyword is no
    SPARQL, while a variable, a string or a comment that holds the word is as good as before; and what is tried, on an
    empty store, cannot call out any more.

    Raises:
        QueryError: `query` has the keyword SERVICE (or the word somewhere, and does not parse).
    """
    if _WORD.search(query):
        try:
            ox.Store().query(_WORD.sub("xervice", query), prefixes=dict(prefixes))
        except SyntaxError as error:
            raise QueryError(SERVICE_REFUSED) from error
