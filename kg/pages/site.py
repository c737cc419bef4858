"""The steps from a view to a static site."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple

from kg.map.scene.styles import SECTORS, base
from kg.pages import catalogue, changes, folder, search
from kg.pages.address import from_file
from kg.pages.content import About, Content
from kg.pages.model import MergedPage, SearchPage
from kg.pages.render import LANGUAGES, Site, entrance, render
from kg.pages.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from kg.measure.uncertainty.intervals import Progress
    from kg.network import Lens
    from kg.pages.model import Page
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
    content = Content(view, lens, About(options.title, options.author, options.issued), progress)
    with folder.replacing(target) as staging:
        writer = _Writer(staging)
        for one in content.pages():
            writer.page(one, content.site)
        for lang in LANGUAGES:
            page, words = SearchPage(WORDS["searchTitle"]), search.words(lang)
            writer.file(f"{lang}/search.html", render(page, lang, from_file("search"), content.site, words=words))
            writer.file(f"{lang}/{changes.FILE}", changes.feed(content.index, content.year, lang, ".html"))
        writer.file("search-index.js", search.entries(content.index))
        size = view.size()
        writer.file("void.ttl", catalogue.description(content, size, options.url))
        for name, text in shared_files(options.url, writer.addresses):
            writer.file(name, text)
        return Written(writer.pages, writer.count, writer.size)


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


def shared_files(url: str | None, addresses: list[str]) -> Iterator[tuple[str, str | bytes]]:
    """Yield the files that pages share, and those for robots."""
    package = files("kg.pages")
    colours = "".join(f".{name}{{--sector:var(--{name})}}\n" for name in (*SECTORS, "other"))
    yield "style.css", base() + package.joinpath("site.css").read_text(encoding="utf-8") + colours
    yield "search.js", search.script()
    yield "index.html", entrance()
    yield "robots.txt", catalogue.robots(url)
    if url is not None:
        yield from catalogue.sitemaps(addresses, url)
