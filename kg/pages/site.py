"""The steps from a view to a static site."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from kg import network
from kg.map.scene.styles import SECTORS, base
from kg.pages import actors, answers, catalogue, changes, facts, folder, home, links, lists, nodes, search, standings
from kg.pages.address import from_file, path
from kg.pages.index import ITEMS, Index
from kg.pages.model import ListPage, MergedPage, SearchPage
from kg.pages.nodes import Memberships
from kg.pages.render import LANGUAGES, Site, entrance, render
from kg.pages.words import WORDS
from kg.query.imprint import imprint
from kg.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from kg.measure.uncertainty.intervals import Progress
    from kg.network import Lens
    from kg.pages.model import AnswerPage, Page
    from kg.pages.parts import Standing
    from kg.store.view import View


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """Options of a site.

    Attributes:
        title: title of the front page; ``None`` for the usual one.
        url: address of the site with a slash at its end, for the sitemap; ``None`` for no sitemap.
        author: who publishes the site.
        issued: day of issue; ``None`` for today.
    """

    title: str | None = None
    url: str | None = None
    author: str | None = None
    issued: date | None = None


class Written(NamedTuple):
    """The size of a written site: pages, files and bytes."""

    pages: int
    files: int
    size: int


def write(view: View, lens: Lens, options: SiteOptions, target: Path, progress: Progress = iter) -> Written:
    """Write the pages of all nodes of `view` as the folder `target`, in both languages.

    `lens` selects the network of findings, ranks and changes. `progress` wraps the numbers of the samples. Equal input
    gives equal files.

    Raises:
        OutputError: the folder cannot be written, or contains something else.
    """
    folder.check_own(target)
    made = imprint(view, options.author, options.issued)
    index = Index(facts.read(view))
    memberships = Memberships(index)
    ranked = standings.ranked(network.build(index.facts.incidence, lens), progress)
    answered = tuple(answers.answers(view, index))
    year = changes.of_year(view, lens, made.issued)
    title = Text(options.title, options.title) if options.title else None
    front = home.home(view, index, memberships, ranked, answered, title)
    shared = (*lists.lists(index, memberships), changes.page(index, year), _questions(answered))
    site = Site(made, view.internal, frozenset({*(one.path for one in shared)}))
    with folder.replacing(target) as staging:
        writer = _Writer(staging)
        for one in (front, *shared, *answered, *pages(index, memberships, ranked.standings)):
            writer.page(one, site)
        for lang in LANGUAGES:
            page = SearchPage(WORDS["searchTitle"])
            writer.file(f"{lang}/search.html", render(page, lang, from_file("search"), site, words=search.words(lang)))
            writer.file(f"{lang}/{changes.FILE}", changes.feed(index, year, lang, ".html"))
        writer.file("search-index.js", search.entries(index))
        described = catalogue.description(index, memberships, view.size(), made, options.url)
        writer.file("void.ttl", described)
        for name, text in _shared_files(options.url, writer.addresses):
            writer.file(name, text)
        return Written(writer.pages, writer.count, writer.size)


def pages(index: Index, memberships: Memberships, ranks: Mapping[str, tuple[Standing, ...]]) -> Iterator[Page]:
    """Yield the page of each node."""
    for iri in index.actors:
        yield actors.page(index, iri, ranks)
    for iri in sorted(index.facts.links):
        yield links.page(index, iri)
    for name in ITEMS:
        yield from (nodes.item(index, iri) for iri in index.of_class(name))
    yield from (nodes.place(index, memberships, iri) for iri in index.of_class("Place"))
    yield from (nodes.source(index, memberships, iri) for iri in index.sources)
    yield from (nodes.collection(index, memberships, iri) for iri in index.collections)
    for iri in sorted(index.facts.counts_as):
        target = index.ref(iri)
        yield MergedPage(path(iri), index.facts.label(iri), target)


def _questions(answered: tuple[AnswerPage, ...]) -> ListPage:
    entries = answers.entries(answered)
    return ListPage(
        "questions", WORDS["answers"], ((WORDS["answers"], entries),), WORDS["countedEntries"].format(n=len(entries))
    )


class _Writer:
    """The files of a site in its staging folder."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.pages, self.count, self.size = folder, 0, 0, 0
        self.addresses: list[str] = []
        self._folders: set[Path] = set()

    def page(self, page: Page, site: Site, **extra: object) -> None:
        """Write a page in each language."""
        for lang in LANGUAGES:
            self.file(f"{lang}/{page.path}.html", render(page, lang, from_file(page.path), site, **extra))
        if not isinstance(page, MergedPage):
            self.addresses.append(f"{page.path}.html")
        self.pages += 1

    def file(self, name: str, content: str | bytes) -> None:
        """Write a file; a name that was written before is an error of ours."""
        file = self.folder / name
        if file.parent not in self._folders:
            file.parent.mkdir(parents=True, exist_ok=True)
            self._folders.add(file.parent)
        data = content.encode() if isinstance(content, str) else content
        with file.open("xb") as stream:
            stream.write(data)
        self.count += 1
        self.size += len(data)


def _shared_files(url: str | None, addresses: list[str]) -> Iterator[tuple[str, str | bytes]]:
    """Yield the files that pages share, and those for robots."""
    package = files("kg.pages")
    colours = "".join(f".{name}{{--sector:var(--{name})}}\n" for name in (*SECTORS, "other"))
    yield "style.css", base() + package.joinpath("site.css").read_text(encoding="utf-8") + colours
    yield "search.js", search.script()
    yield "index.html", entrance()
    yield "robots.txt", catalogue.robots(url)
    if url is not None:
        yield from catalogue.sitemaps(addresses, url)
