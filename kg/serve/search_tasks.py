"""Tasks of the process of searches: the index of names, and the actors that a query finds."""

import json
from collections.abc import Iterator

from kg.mcp.tasks import opened
from kg.pages.address import path
from kg.search.find import hits
from kg.search.index import of_view


def prepare(store: str) -> Iterator[bytes]:
    """Build the index of the names in the Oxigraph store `store`, and yield the number of names."""
    yield str(len(of_view(opened(store, "en").view))).encode()


def find(store: str, text: str, limit: int) -> Iterator[bytes]:
    """Yield the first actors that `text` finds as JSON, and whether there are more."""
    found = hits(of_view(opened(store, "en").view), text, limit + 1)
    listed = [
        {
            "id": hit.actor,
            "page": path(hit.actor),
            "label": {"en": hit.label.en, "zh": hit.label.zh},
            "match": hit.match.kind,
            "name": hit.name,
            "links": hit.links,
        }
        for hit in found[:limit]
    ]
    yield json.dumps({"query": text, "hits": listed, "more": len(found) > limit}, ensure_ascii=False).encode()
