"""Texts of a report in the language of its page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kg.map.dates import beginning
from kg.map.messages import numbered
from kg.map.scene.styles import SECTORS
from kg.model.display import cell_text
from kg.network.nodes import record_of
from kg.report.messages import WORDS
from kg.texts import Message, translated

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.findings import Finding
    from kg.map.scene.model import SceneNode
    from kg.model import Cell, Table, Text
    from kg.query.cards import EvidenceCard, LinkCard, PartyCard
    from kg.report.references import LinkSubset, References

_WITHIN = re.compile(r"(\w+) in links of (\w+)")
_URL = re.compile(r"https?://", re.IGNORECASE)
_INEXACT = frozenset({"moreThan", "atLeast", "approximate"})

MAX_FINDING_LINKS = 8
"""Links listed below each finding; `kg findings --links` lists all."""
COMPACT = 1500
"""Named parties above which the annex lists sources and numbers of pieces instead of the evidence."""


class Layout(NamedTuple):
    """The parts of a report that a file contains.

    Attributes:
        brief: whether it contains the brief.
        annex: whether it contains the annex: indicators, organisations, links and sources.
        other: address of the file with the other part; empty if there is none.
    """

    brief: bool = True
    annex: bool = True
    other: str = ""

    @property
    def leads(self) -> bool:
        """Return whether the numbers of links lead to the annex."""
        return self.annex or bool(self.other)


class HtmlWriter:
    """Texts for the template in the language of the page."""

    def __init__(self, references: References, layout: Layout = Layout()) -> None:  # noqa: B008 - a frozen value
        self.references, self.layout = references, layout
        self.scene = references.content.scene
        self.lang = self.scene.lang
        self.compact = sum(len(parties) for parties in self.scene.members.values()) > COMPACT

    def word(self, key: str, **values: object) -> str:
        """Return the text of the page with this key and these values."""
        count = values.get("n")
        text = WORDS[numbered(WORDS, key, count) if isinstance(count, int) else key].localise(self.lang) or key
        return text.format(**values) if values else text

    def column(self, name: str) -> str:
        """Return the heading of a column."""
        key = f"column/{name}"
        return self.word(key) if key in WORDS else name

    @property
    def comma(self) -> str:
        """Return the separator of short items in the language of the page."""
        return {"en": ", ", "zh": "、"}[self.lang]

    @property
    def semicolon(self) -> str:
        """Return the separator of items with commas in the language of the page."""
        return {"en": "; ", "zh": "；"}[self.lang]

    @property
    def colon(self) -> str:
        """Return the colon in the language of the page."""
        return {"en": ": ", "zh": "："}[self.lang]

    def text(self, label: Text) -> str:
        """Return a name in the language of the page, else in the other language."""
        return label.localise(self.lang) or ""

    def code(self, code: Cell) -> str:
        """Return the name of an indicator, or of its group: sectors with hyphens, or a sector in links of another."""
        text = self.cell(code)
        whole = translated(text, self.lang, "code")
        if self.lang == "en" or whole != text:
            return whole
        if within := _WITHIN.fullmatch(text):
            one, other = (self.term("sector", name) for name in within.groups())
            return Message("{a} in links of {b}", "code", a=one, b=other).localise(self.lang)
        parts = text.split("-")
        return "—".join(self.term("sector", part) for part in parts) if set(parts) <= set(SECTORS) else text

    def term(self, scheme: str, notation: str | None) -> str:
        """Return the name of a notation."""
        terms: Mapping[str, Text] = self.scene.terms
        label = terms.get(f"{scheme}/{notation}")
        return (self.text(label) if label else "") or notation or ""

    def cell(self, value: Cell) -> str:
        """Return a cell as text."""
        return cell_text(value)

    def numeric(self, table: Table, column: str) -> bool:
        """Return whether a column contains only numbers, which are aligned to the right."""
        cells = [row[table.columns.index(column)] for row in table.rows]
        return all(cell is None or (isinstance(cell, int | float) and not isinstance(cell, bool)) for cell in cells)

    def rows(self, table: Table) -> list[dict[str, Cell]]:
        """Return rows by the names of their columns."""
        return [dict(zip(table.columns, row, strict=True)) for row in table.rows]

    def sectors(self) -> list[str]:
        """Return the sectors of the actors in the order of the map's legend, other ones last."""
        present = {node.sector for node in self.scene.nodes}
        return [*(sector for sector in SECTORS if sector in present), *sorted(present - set(SECTORS))]

    def swatch(self, sector: str) -> str:
        """Return the CSS class for the colour of a sector."""
        return sector if sector in SECTORS else "other"

    def is_link(self, text: str | None) -> bool:
        """Return whether `text` is a web address."""
        return bool(text and _URL.match(text))

    def summary(self, card: LinkCard) -> str:
        """Return kind, stage and date of a link."""
        return " · ".join(filter(None, (self.term("kind", card.kind), self.term("stage", card.stage), self.day(card))))

    def day(self, card: LinkCard) -> str:
        """Return the start of a link as precisely as it is known."""
        return beginning(card).localise(self.lang) or ""

    def coverage(self, card: LinkCard) -> str:
        """Return the numbers of named and declared parties."""
        key = "ofPartiesBound" if card.is_lower_bound else "ofParties"
        return self.word(key, named=card.named, declared=card.declared)

    def unnamed_text(self, card: LinkCard) -> str:
        """Return the number of unnamed parties, or an empty text if all are named."""
        if card.declared == card.named and not card.is_lower_bound:
            return ""
        if card.declared == card.named:
            return self.word("notNamedPerhaps")
        return self.word("notNamedBound" if card.is_lower_bound else "notNamed", n=card.declared - card.named)

    def links(self, node: SceneNode) -> list[str]:
        """Return the links of an actor in the order of their numbers, each link of the graph once."""
        by_number = {self.references.links[iri]: iri for iri in sorted(node.links, reverse=True)}
        return [by_number[number] for number in sorted(by_number)]

    def evidence(self, card: LinkCard) -> list[tuple[EvidenceCard, list[EvidenceCard]]]:
        """Return the first piece of each source of a link, with all pieces of that source."""
        by_source: dict[str, list[EvidenceCard]] = {}
        for piece in card.evidence:
            by_source.setdefault(piece.source, []).append(piece)
        return [(pieces[0], pieces) for pieces in by_source.values()]

    def roles(self, card: LinkCard) -> list[tuple[str, list[PartyCard]]]:
        """Return the parties of a link by role."""
        by_role: dict[str, list[PartyCard]] = {}
        for party in card.parties:
            by_role.setdefault(party.role, []).append(party)
        return list(by_role.items())

    def common_note(self, pieces: Sequence[EvidenceCard]) -> str:
        """Return the note that all pieces share, or an empty text."""
        notes = {self.text(piece.note) for piece in pieces}
        return notes.pop() if len(notes) == 1 else ""

    def finding_links(self, finding: Finding) -> tuple[list[int], int]:
        """Return the first numbers of the links of a finding, and the number of further ones."""
        numbers = sorted({self.references.links[iri] for iri in finding.links})
        return numbers[:MAX_FINDING_LINKS], len(numbers[MAX_FINDING_LINKS:])

    def key_figures(self) -> list[tuple[str, str]]:
        """Return the totals of the page, each with its unit."""
        counts = (
            (len(self.references.order), "figureActors"),
            (len(self.references.cards), "figureLinks"),
            (len(self.references.origins), "figureSources"),
            (len(self.links_with_unnamed()), "figureUnnamed"),
        )
        return [(str(count), self.word(key)) for count, key in counts]

    def href(self, kind: str, number: int) -> str:
        """Return the address of the section of a link ("l"), actor ("a") or source ("s"); empty without an annex."""
        if self.layout.annex:
            return f"#{kind}{number}"
        return f"{self.layout.other}#{kind}{number}" if self.layout.other else ""

    def links_with_unnamed(self) -> list[LinkCard]:
        """Return the links with unnamed parties."""
        return [card for card in self.references.cards if self.unnamed_text(card)]

    def unnamed_group(self, party: PartyCard) -> str:
        """Return the description of a counted group."""
        kind = party.count_kind if party.count_kind in _INEXACT else "exact"
        key = "uncounted" if party.count is None else f"{kind}{'Part' if party.named else ''}"
        label = self.text(party.label)
        return self.word(key, n=party.count, named=party.named) + (f" ({label})" if label else "")

    def other_parties(self, card: LinkCard, node: SceneNode) -> list[tuple[str, int | None]]:
        """Return the names of the parties that the link ties to an actor, each with its number if it has one.

        A divided link ties a partner to the common party only.
        """
        parts = [iri for iri in self.scene.links if record_of(iri) == card.iri]
        tied = {self.scene.nodes[i].iri for iri in parts if iri in node.links for i in self.scene.members[iri]}
        names = {
            one.actor: self.text(one.label)
            for one in card.parties
            if one.actor not in {None, node.iri} and (len(parts) == 1 or one.actor in tied)
        }
        return [(name, self.references.actors.get(str(actor))) for actor, name in names.items()]

    def columns(self, table: Table) -> list[str]:
        """Return the columns of a table without "reason", which is shown below the group."""
        return [name for name in table.columns if name != "reason"]

    def subset_label(self, subset: LinkSubset) -> str:
        """Return a short description of the links that an indicator counts."""
        key = {"all": "allLinks", "any": "overAny", "only": "overOnly", "with": "withSectors"}[subset.kind]
        return self.word(key, of=" + ".join(subset.sectors))

    def subset_title(self, kind: str, sectors: tuple[str, ...]) -> str:
        """Return the heading of the list of a subset."""
        names = [self.term("sector", one) for one in sectors]
        key = {"any": "anyHelix", "only": "onlyHelix", "with": "withSectors"}[kind]
        return self.word(key, of=(" / " if kind == "any" else " + ").join(names))
