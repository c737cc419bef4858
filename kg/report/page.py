"""The report as one HTML page, without any script: all there is to do is to read and to follow links within it."""

from __future__ import annotations

import re
from datetime import date
from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined

from kg.map.html.page import digest
from kg.map.messages import numbered
from kg.map.scene.styles import SECTORS, base
from kg.model.display import safe, shown
from kg.report.figure import figure
from kg.report.messages import WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.map.scene.model import SceneNode
    from kg.model import Cell, Table, Text
    from kg.query.cards import EvidenceCard, LinkCard, PartyCard
    from kg.report.references import Book, Case

_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_NO_YEAR = re.compile(r"--\d\d-\d\d$")
_LOOSE = frozenset({"moreThan", "atLeast", "approximate"})


FEW = 6
"""Partners that are told beside each link of an organisation; where the link is told, all are."""
PIECES = 12
"""Pieces of evidence from one source that are told of a link; a line says how many more there are, and where."""
BRIEF = 1500
"""Named parties of all links beyond which a page is brief: of the evidence it tells sources and how many pieces."""


def render(book: Book) -> str:
    """The page, to be written as UTF-8. The same book gives the same text."""
    teller = HtmlWriter(book)
    style = base() + files("kg.report").joinpath("page.css").read_text(encoding="utf-8") + swatches()
    picture, drawn = figure(book.content.scene, book.actors)
    environment = Environment(
        loader=PackageLoader("kg.report", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_plainly,
    )
    text: str = environment.get_template("page.html").render(
        book=book,
        content=book.content,
        scene=book.content.scene,
        tell=teller,
        drawn=drawn,
        few=FEW,
        pieces_most=PIECES,
        style=style,
        picture=picture,
        policy=f"default-src 'none'; style-src {digest(style)}; base-uri 'none'; form-action 'none'",
    )
    return text


def swatches() -> str:
    """A class for the colour of each sector."""
    return "".join(f".swatch.{name}{{background:var(--{name})}}\n" for name in (*SECTORS, "other"))


def _plainly(value: object) -> object:
    """Text without what turns the direction of writing or cannot be seen; what is markup stays."""
    return value if hasattr(value, "__html__") or not isinstance(value, str) else safe(value)


class HtmlWriter:
    """What the template asks, in the language of the page."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.scene = book.content.scene
        self.lang = self.scene.lang
        self.brief = sum(len(parties) for parties in self.scene.members.values()) > BRIEF

    def word(self, key: str, **said: object) -> str:
        """A text of the page, its places filled."""
        count = said.get("n")
        text = WORDS[numbered(WORDS, key, count) if isinstance(count, int) else key].localise(self.lang) or key
        return text.format(**said) if said else text

    def column(self, name: str) -> str:
        """The head of a column; its own name where the page has none."""
        key = f"column/{name}"
        return self.word(key) if key in WORDS else name

    def text(self, label: Text) -> str:
        """A name in the language of the page, or in the other."""
        return label.localise(self.lang) or ""

    def term(self, scheme: str, notation: str | None) -> str:
        """What the ontology calls a notation."""
        known: Mapping[str, Text] = self.scene.terms
        found = known.get(f"{scheme}/{notation}")
        return (self.text(found) if found else "") or notation or ""

    def cell(self, value: Cell) -> str:
        """A cell of a table."""
        return shown(value)

    def numeric(self, table: Table, column: str) -> bool:
        """Whether a column of a table holds numbers, which stand to the right."""
        cells = [row[table.columns.index(column)] for row in table.rows]
        return all(cell is None or (isinstance(cell, int | float) and not isinstance(cell, bool)) for cell in cells)

    def rows(self, table: Table) -> list[dict[str, Cell]]:
        """Rows by the names of their columns."""
        return [dict(zip(table.columns, row, strict=True)) for row in table.rows]

    def kind(self, sector: str) -> str:
        """The class of the style sheet for a sector."""
        return sector if sector in SECTORS else "other"

    def address(self, text: str | None) -> bool:
        """Whether `text` is an address that a link may lead to."""
        return bool(text and _ADDRESS.match(text))

    def about(self, card: LinkCard) -> str:
        """Kind, stage and date of a link."""
        return " · ".join(filter(None, (self.term("kind", card.kind), self.term("stage", card.stage), self.day(card))))

    def day(self, card: LinkCard) -> str:
        """When it began: as precisely as is known."""
        if card.start is None:
            told = card.stated_as or ""
            return self.word("noYear", date=told[2:]) if _NO_YEAR.match(told) else told or self.word("noDate")
        return span(card.start, card.latest)

    def size(self, card: LinkCard) -> str:
        """How many of its parties are named."""
        key = "ofPartiesBound" if card.is_lower_bound else "ofParties"
        return self.word(key, named=card.named, declared=card.declared)

    def lacking(self, card: LinkCard) -> str:
        """How many of its parties are not named; nothing where all are."""
        if card.declared == card.named and not card.is_lower_bound:
            return ""
        return self.word("notNamedBound" if card.is_lower_bound else "notNamed", n=card.declared - card.named)

    def links(self, node: SceneNode) -> list[str]:
        """The links of an actor in the order of their numbers."""
        return sorted(node.links, key=self.book.links.__getitem__)

    def evidence(self, card: LinkCard) -> list[tuple[EvidenceCard, list[EvidenceCard]]]:
        """Who speaks of a link: a piece of each source, and all pieces of that."""
        found: dict[str, list[EvidenceCard]] = {}
        for piece in card.evidence:
            found.setdefault(piece.source, []).append(piece)
        return [(pieces[0], pieces) for pieces in found.values()]

    def roles(self, card: LinkCard) -> list[tuple[str, list[PartyCard]]]:
        """The parties of a link by their role."""
        found: dict[str, list[PartyCard]] = {}
        for party in card.parties:
            found.setdefault(party.role, []).append(party)
        return list(found.items())

    def same(self, pieces: Sequence[EvidenceCard]) -> str:
        """What all of these say in the same words; nothing where each says something of its own."""
        notes = {piece.note for piece in pieces}
        return notes.pop() or "" if len(notes) == 1 else ""

    def figures(self) -> list[tuple[str, str]]:
        """What the page is about, in a few numbers, each with what it counts."""
        lacking = f"{len(self.unnamed())}"
        counts = (
            (self.book.order, "figureActors"),
            (self.book.cards, "figureLinks"),
            (self.book.origins, "figureSources"),
        )
        parts = [*((str(len(all_)), key) for all_, key in counts), (lacking, "figureLacking")]
        return [(number, self.word(key)) for number, key in parts]

    def unnamed(self) -> list[LinkCard]:
        """The links with parties that are not named."""
        return [card for card in self.book.cards if self.lacking(card)]

    def group(self, party: PartyCard) -> str:
        """Parties that are counted and not named, in words."""
        kind = party.count_kind if party.count_kind in _LOOSE else "exact"
        key = "uncounted" if party.count is None else f"{kind}{'Part' if party.named else ''}"
        about = self.text(party.label)
        return self.word(key, n=party.count, named=party.named) + (f" ({about})" if about else "")

    def others(self, card: LinkCard, iri: str) -> list[tuple[str, int | None]]:
        """The named parties of a link beside one: what each is called, and its number where it is in the network."""
        found = {one.actor: self.text(one.label) for one in card.parties if one.actor not in {None, iri}}
        return [(name, self.book.actors.get(str(actor))) for actor, name in found.items()]

    def filled(self, table: Table) -> list[str]:
        """The columns of a table but that of reasons, which stand beside what they are about."""
        return [name for name in table.columns if name != "reason"]

    def over(self, case: Case) -> str:
        """What an indicator is counted over, in few words; its sectors as the table calls them."""
        short = {"all": "allLinks", "any": "overAny", "only": "overOnly", "with": "overWith"}[case.how]
        return self.word(short, of=" + ".join(case.sectors))

    def case(self, how: str, sectors: tuple[str, ...]) -> str:
        """What a case is called."""
        names = [self.term("sector", one) for one in sectors]
        key = {"any": "anyHelix", "only": "onlyHelix", "with": "withSectors"}[how]
        return self.word(key, of=(" / " if how == "any" else " + ").join(names))


def span(start: date, latest: date | None) -> str:
    """The days from `start` to `latest`, as a year, a month or a day where they are just that."""
    if latest is None:
        return f"{start.isoformat()}–"
    if start == latest:
        return start.isoformat()
    if (start.month, start.day, latest.month, latest.day, latest.year) == (1, 1, 12, 31, start.year):
        return str(start.year)
    after = date(latest.year + latest.month // 12, latest.month % 12 + 1, 1) if latest.year < date.max.year else latest
    if start.day == 1 and (start.year, start.month) == (latest.year, latest.month) and (after - latest).days == 1:
        return f"{start:%Y-%m}"
    return f"{start.isoformat()}–{latest.isoformat()}"
