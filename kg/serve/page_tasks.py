"""Tasks of the process of pages: everything that pages display is read once, and a page is made when it is asked for.

The first part of a reply begins with its media type and a line break.
"""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kg.mcp.tasks import opened
from kg.model import Table
from kg.network import Lens
from kg.pages import asked, catalogue, changes
from kg.pages.address import from_file
from kg.pages.content import About, Content
from kg.pages.render import render
from kg.pages.search import completion
from kg.pages.site import shared_files
from kg.serve.tasks import MISSING
from kg.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.pages.model import Page
    from kg.pages.served import ServedPage

_HTML = b"text/html; charset=utf-8"
_contents: dict[str, Content] = {}


def prepare(store: str, author: str | None) -> Iterator[bytes]:
    """Read the statements of a store, and rank its actors."""
    content = Content(opened(store, "en").view, Lens(), About(author=author, is_served=True))
    _contents[store] = content
    yield str(len(content.front.ranking.ranking) + len(content.lists)).encode()


def page(store: str, place: str, lang: str) -> Iterator[bytes]:
    """Yield the page at a path in a language."""
    found = _contents[store].page(place)
    yield MISSING + b"\n" if found is None else _html(store, found, lang)


def file(store: str, name: str, url: str) -> Iterator[bytes]:
    """Yield a file for programs; `url` is the address of the site with a slash at its end."""
    content = _contents[store]
    lang, _, rest = name.partition("/")
    if rest == changes.FILE:
        yield (
            b"application/atom+xml; charset=utf-8\n" + changes.feed(content.index, content.year, lang, ".html").encode()
        )
    elif name == "void.ttl":
        size = opened(store, "en").view.size()
        yield b"text/turtle; charset=utf-8\n" + catalogue.description(content, size, url)
    else:
        paths = [f"{place}.html" for place in ("index", "gaps", "vocabulary", *content.lists, *sorted(content.nodes))]
        made = {**dict(shared_files(url, paths)), **dict(_scripts())}
        yield MISSING + b"\n" if name not in made else _media(name) + b"\n" + _bytes(made[name])


def _scripts() -> Iterator[tuple[str, str]]:
    """Yield the scripts that only a server has."""
    yield "complete.js", completion()
    yield "editor.js", files("kg.pages").joinpath("editor.js").read_text(encoding="utf-8")


def search(store: str, lang: str, query: str, hits: list[dict[str, Any]] | None, more: bool) -> Iterator[bytes]:  # noqa: FBT001 - an argument in JSON
    """Yield the page of a search with the hits of `kg.serve.search_tasks`."""
    listed = None if hits is None else [(one["id"], one["match"], one["name"], one["links"]) for one in hits]
    yield _html(store, asked.search_page(_contents[store], query, listed, more=more), lang)


def question(store: str, lang: str, name: str, given: dict[str, str], answer: dict[str, Any]) -> Iterator[bytes]:
    """Yield the page of a question with the reply of `kg.serve.question_tasks`, or before it is asked."""
    made = asked.question_page(_contents[store], name, given, _table(answer), _error(answer), lang)
    yield _html(store, made, lang)


def query(store: str, lang: str, text: str, answer: dict[str, Any]) -> Iterator[bytes]:
    """Yield the page of a query with the reply of `kg.serve.question_tasks`, or before it is run."""
    place = answer.get("place")
    made = asked.query_page(
        _contents[store], text, _table(answer), _error(answer), None if place is None else (place[0], place[1]), lang
    )
    yield _html(store, made, lang)


def _html(store: str, found: Page | ServedPage, lang: str) -> bytes:
    return _HTML + b"\n" + render(found, lang, from_file(found.path), _contents[store].site).encode()


def _table(answer: dict[str, Any]) -> Table | None:
    if "columns" not in answer:
        return None
    rows = tuple(tuple(row) for row in answer["rows"])
    return Table(tuple(answer["columns"]), rows, tuple(Text(*one) for one in answer["notes"]), answer["truncated"])


def _error(answer: dict[str, Any]) -> Text | None:
    return Text(*answer["error"]) if "error" in answer else None


def _bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


_MEDIA = {
    "css": b"text/css; charset=utf-8",
    "js": b"text/javascript; charset=utf-8",
    "xml": b"application/xml",
    "gz": b"application/gzip",
    "txt": b"text/plain; charset=utf-8",
}


def _media(name: str) -> bytes:
    return _MEDIA[name.rpartition(".")[2]]
