"""Tasks of a worker of `kg serve` that run a tool, or draw a map, on a generation of the store."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from kg.api.graph import Graph
from kg.mcp.tools import TOOLS, fields
from kg.settings import Settings
from kg.store import inventory, query_result
from kg.store.query_tasks import checked, refused
from kg.store.sandbox import Limits
from kg.store.view import Snapshot, View, open_statements
from kg.terms import PREFIXES

_graphs: dict[str, Graph] = {}
"""The open graph of the worker: at most one, because a generation has workers of its own."""


class _View(Snapshot):
    """A snapshot whose queries run in this process, which is a worker and ends with the query.

    The server has compared the files of the generation, and protects them from deletion. The worker may read the served
    folder only: of a generation with internal evidence its public part.
    """

    def __init__(self, folder: Path) -> None:
        """Open the folder that is served."""
        View.__init__(self)
        self.generation = self.path = folder
        self.internal, self._lock = False, None
        self.graph = open_statements(folder, inventory.REPAIR)

    def answer(self, text: str, limits: Limits) -> query_result.QueryResult:
        """Run a query here; the parent enforces the limits of time and memory."""
        prefixes = dict(PREFIXES)
        try:
            return query_result.join(query_result.parts(checked(self.graph, text, prefixes), limits.rows))
        except (SyntaxError, RuntimeError) as error:
            raise refused(text, prefixes, error) from error


def call(store: str, tool: str, arguments: dict[str, Any], lang: str) -> Iterator[bytes]:
    """Yield the answer of a tool; `store` is the path of the Oxigraph store in the folder of a generation."""
    yield TOOLS[tool](opened(store, lang), **arguments).encode()


def draw(store: str, focus: str | None, lens: dict[str, str], lang: str) -> Iterator[bytes]:
    """Yield the media type and the page of a map."""
    content = opened(store, lang).network(**fields(lens)).map(focus=focus, from_data=True, samples=0).content
    yield b"text/html; charset=utf-8\n" + (content if isinstance(content, bytes) else content.encode())


def opened(store: str, lang: str) -> Graph:
    """Return the graph of the generation, which remains open for the next call."""
    if store not in _graphs:
        _graphs[store] = Graph(_View(Path(store).parent), Settings())
    graph = _graphs[store]
    graph.lang, graph.settings = lang, replace(graph.settings, lang=lang)
    return graph
