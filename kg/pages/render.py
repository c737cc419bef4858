"""HTML of the values of pages, in either language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeVar
from urllib.parse import quote

from jinja2 import PackageLoader

from kg.findings.wording import percent
from kg.map.html import template
from kg.map.messages import numbered
from kg.map.scene.styles import SECTORS
from kg.model.display import cell_text, safe
from kg.pages import charts, plots, schema_org
from kg.pages.model import ActorPage, SearchPage
from kg.pages.parts import Value
from kg.pages.words import WORDS
from kg.query.labels import BETWEEN
from kg.query.table_words import cell_in_words, column_head
from kg.rdf.ontology import words
from kg.terms import BASE, PREFIXES, readable
from kg.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.model import Cell, Table
    from kg.pages.address import Links
    from kg.pages.model import Page
    from kg.pages.parts import Ref, Standing
    from kg.pages.served import Result, ServedPage
    from kg.query.cards import EvidenceCard
    from kg.query.imprint import Imprint

POLICY = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'self'"
"""The Content-Security-Policy of each page: its own style, and nothing from elsewhere."""
SCRIPT_POLICY = f"{POLICY}; script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'"
"""The policy of the search, which has a script."""
SERVED_POLICY = f"{SCRIPT_POLICY}; connect-src 'self'"
"""The policy of the pages of a server: scripts of its own, which ask the server only."""

LANGUAGES = {"en": ("en", "English"), "zh": ("zh-Hans", "中文")}
"""The tag and the own name of each language, which is also the name of its folder."""

MENU = (
    ("organisations", "organisations"),
    ("linksTitle", "links"),
    ("collections", "collections"),
    ("sources", "sources"),
    ("answers", "questions"),
)
"""The key and the path of each section."""

MORE = (
    ("plans", "plans"),
    ("places", "places"),
    ("events", "events"),
    ("chains", "chains"),
    ("persons", "persons"),
    ("vocabulary", "vocabulary"),
)
"""The key and the path of lists to which the front page leads."""

_CLASS = re.compile("(?:[A-Z][a-z]+)+")
_DAY = re.compile(r"\d{4}(?:-\d\d){0,2}")
_LONG = 10_000
"""Numbers with separators of thousands in answers; years have none."""

_LISTED = frozenset({"missing", "values", "publishers"})
"""Columns with several texts in a cell."""

_HOST = re.compile(r"(?i)^https?://(?:www\.)?([^/?#]+).*$", re.DOTALL)

T = TypeVar("T", bound="Text | Value")


class Site(NamedTuple):
    """The values that all pages of a site share.

    Attributes:
        imprint: day, maker and licences.
        internal: whether internal statements are included.
        sections: paths of the sections that have a page.
        is_served: whether a server answers searches, questions and queries.
    """

    imprint: Imprint
    internal: bool
    sections: frozenset[str]
    is_served: bool = False


class Writer:
    """Texts for the templates in the language of a page."""

    def __init__(self, lang: str, links: Links, site: Site) -> None:
        """Keep the language, the form of hyperlinks and the sections."""
        self.lang, self.links = lang, links
        self.tag = LANGUAGES[lang][0]
        self.other_lang = next(name for name in LANGUAGES if name != lang)
        self.other_tag, self.other_name = LANGUAGES[self.other_lang]
        own = (("queryTitle", "query"),) if site.is_served else ()
        self.menu = [(key, target) for key, target in (*MENU, *own) if target in {*site.sections, "query"}]
        known = {*site.sections, "vocabulary"}
        self.more = [(key, target) for key, target in (*MORE, ("changesTitle", "changes")) if target in known]

    def other(self, path: str) -> str:
        """Return the hyperlink to the same page in the other language."""
        return f"{self.links.site}{self.other_lang}/{path}{self.links.suffix}"

    def word(self, key: str, **values: object) -> str:
        """Return the text with this key and these values."""
        count = values.get("n")
        text = WORDS[numbered(WORDS, key, count) if isinstance(count, int) else key]
        plain = {name: self.text(value) if isinstance(value, Text) else value for name, value in values.items()}
        return (text.format(**plain) if plain else text).localise(self.lang) or key

    def text(self, text: Text | str) -> str:
        """Return a name in the language of the page, else in the other one."""
        return text if isinstance(text, str) else text.localise(self.lang) or ""

    def listed(self, texts: Iterable[Text]) -> str:
        """Return texts in the language of the page with separators."""
        return self.semicolon.join(map(self.text, texts))

    @property
    def semicolon(self) -> str:
        """Return the separator of names in the language of the page."""
        return {"en": "; ", "zh": "；"}[self.lang]

    def own(self, several: Iterable[T]) -> list[T]:
        """Return the texts, or the values with a text, in the language of the page; without any, all of them."""
        listed = list(several)
        texts = ((one, one.text if isinstance(one, Value) else one) for one in listed)
        own = [one for one, text in texts if isinstance(text, str) or (text.zh if self.lang == "zh" else text.en)]
        return own or listed

    def second(self, label: Text) -> str:
        """Return the name in the other language, if there is one in both."""
        other = label.localise(self.other_lang) or ""
        return other if other != self.text(label) else ""

    def swatch(self, sector: str) -> str:
        """Return the CSS class for the colour of a sector."""
        return sector if sector in SECTORS else "other"

    def number(self, value: float) -> str:
        """Return a count with separators of thousands."""
        return f"{value:,}"

    def score(self, value: float) -> str:
        """Return a score with four digits."""
        return cell_text(value)

    def percent(self, share: float) -> str:
        """Return a share as a percentage."""
        return percent(share)

    def share(self, share: float) -> str:
        """Return a bar of a share."""
        return charts.bar(share)

    def bar(self, standing: Standing) -> str:
        """Return a picture of the rank and its interval."""
        return charts.interval(standing)

    def rank(self, one: Standing) -> str:
        """Return a rank in words."""
        return self.word("jointRankOf" if one.is_joint else "rankOf", rank=one.rank, of=one.of)

    def range(self, one: Standing) -> str:
        """Return the interval of a rank; nothing if it has none."""
        if one.lower == one.upper:
            return "" if one.lower is None else self.word("rangeOne", rank=one.lower)
        return self.word("range", lower=one.lower, upper=one.upper)

    def host(self, address: str) -> str:
        """Return the host of an address."""
        return _HOST.sub(r"\1", address)

    def notes(self, pieces: Iterable[EvidenceCard]) -> list[tuple[str, list[EvidenceCard]]]:
        """Return the different notes of pieces of evidence, each with its pieces."""
        grouped: dict[str, list[EvidenceCard]] = {}
        for piece in pieces:
            grouped.setdefault(self.text(piece.note), []).append(piece)
        return list(grouped.items())

    def columns(self, table: Table, refs: Mapping[str, Ref]) -> list[str]:
        """Return the columns of an answer without evidence, which pages of links list, and repeated names."""
        return [
            name
            for name in table.columns
            if name not in {"evidence", "sources"}
            and not (name.endswith("label") and self._is_repeated(name, table, refs))
        ]

    def _is_repeated(self, name: str, table: Table, refs: Mapping[str, Ref]) -> bool:
        """Return whether each name in a column is that of a node in the same row."""
        shown = (
            {self.text(refs[cell].label) for cell in row.values() if isinstance(cell, str) and cell in refs}
            for row in table
        )
        return all(row[name] is None or row[name] in texts for row, texts in zip(table, shown, strict=True))

    def column(self, name: str) -> str:
        """Return the heading of a column."""
        return column_head(name) if self.lang == "zh" else name.replace("_", " ")

    def cells(self, cell: Cell, column: str, refs: Mapping[str, Ref]) -> Iterator[tuple[str, str | None]]:
        """Yield the parts of a cell, each with the path of its page if it is a node with one; nodes appear by name."""
        if isinstance(cell, str) and cell.startswith("https://"):
            for part in cell.split(" "):
                one = refs.get(part)
                yield (readable(part), None) if one is None else (self.text(one.label), one.path)
        elif isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= _LONG:
            yield f"{cell:,}" if isinstance(cell, int) else f"{cell:,.0f}", None
        else:
            yield self.cell(cell, column), None

    def is_plain(self, cell: Cell) -> bool:
        """Return whether a cell is a number or a day, which is not broken into lines."""
        return not isinstance(cell, str) or _DAY.fullmatch(cell) is not None

    def columns_chart(self, result: Result) -> str:
        """Return a chart of the first column of numbers of an answer; nothing without one."""
        return plots.columns(result.table, self.word, self.column, self.cell)

    def places_map(self, result: Result) -> str:
        """Return a map of the rows that have a place; nothing for fewer than two places."""
        return plots.places(result.points, self.word)

    def terms(self, terms: Iterable[tuple[str, Text]]) -> str:
        """Return the vocabulary, and the prefixes, as JSON for the editor."""
        named = [[name, self.text(label)] for name, label in terms]
        return template.embed({"terms": named, "prefixes": dict(PREFIXES)})

    def data(self, iri: str, form: str) -> str:
        """Return the path of the description of a node in a format."""
        return f"data/{quote(iri.removeprefix(BASE))}.{form}"

    def cell(self, cell: Cell, column: str) -> str:
        """Return a cell without nodes for people: codes and names of classes by their labels."""
        if self.lang == "zh":
            text = cell_text(cell_in_words(cell, column))
        else:
            own = cell_text(cell)
            text = words("en").get(own, own) if _CLASS.fullmatch(own) else own
        return text.replace(BETWEEN, self.semicolon) if column in _LISTED or column.endswith("_label") else text


_ENVIRONMENT = template.environment(
    PackageLoader("kg.pages", "templates"),
    finalize=lambda value: safe(value) if isinstance(value, str) and not hasattr(value, "__html__") else value,
)


def render(page: Page | ServedPage, lang: str, links: Links, site: Site, **extra: object) -> str:
    """Return a page in `lang` as HTML; `extra` are values of its template.

    Equal values have equal pages. Every text of the data is escaped, and characters that change the direction of
    writing are replaced.
    """
    writer = Writer(lang, links, site)
    html: str = _ENVIRONMENT.get_template(page.template).render(
        page=page,
        path=page.path,
        title=safe(writer.text(page.title)),
        w=writer,
        links=links,
        policy=SERVED_POLICY if site.is_served else SCRIPT_POLICY if isinstance(page, SearchPage) else POLICY,
        served=site.is_served,
        imprint=site.imprint,
        internal=site.internal,
        data=schema_org.describe(page, lang),
        picture=_picture(page, writer),
        **extra,
    )
    return _BLANKS.sub("\n", html)


def _picture(page: Page | ServedPage, writer: Writer) -> str:
    """Return the picture of an actor with several links; nothing for other pages."""
    if isinstance(page, ActorPage) and len(page.links) > 1:
        return charts.neighbours(page, writer.word, writer.text)
    return ""


def entrance() -> str:
    """Return the page that leads to the two languages."""
    html: str = _ENVIRONMENT.get_template("entrance.html").render(policy=POLICY)
    return html


_BLANKS = re.compile(r"\n\s*\n+")
