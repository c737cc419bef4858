"""The frozen values that cross the borders between modules.

Nothing here reads, writes or computes more than a view of itself. Ids are IRIs as plain strings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

Cell = str | int | float | bool | date | None
"""What a cell of a `Table` may be; ``None`` is "not known" or "not defined" and prints as nothing."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under named columns, as every question and measure answers.

    Attributes:
        columns: names of the columns, in order.
        rows: tuples as long as `columns`.
        notes: what a reader must know of the rows (the lens, what is missing), one sentence each.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where data do not conform.

    Attributes:
        rule: the name of the shape or rule.
        node: IRI of the node concerned.
        message: what is wrong and what to do, in words.
        evidence: IRIs of the evidence graphs that state something of the node.
        file: the graph file, where known.
    """

    rule: str
    node: str
    message: str
    evidence: tuple[str, ...] = ()
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What validation found; it conforms when there is no finding."""

    findings: tuple[Finding, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether there is nothing to mend."""
        return not self.findings


@dataclass(frozen=True, slots=True)
class Label:
    """The names of one thing by language; either may be missing."""

    en: str | None = None
    zh: str | None = None

    def best(self, lang: str) -> str | None:
        """The name in `lang` ("en" or "zh"), else in the other language, else ``None``."""
        first, second = (self.zh, self.en) if lang == "zh" else (self.en, self.zh)
        return first or second


@dataclass(frozen=True, slots=True)
class Seat:
    """The place where an organisation has its seat; degrees of WGS 84, none where the place has no coordinates."""

    iri: str
    label: Label
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class EvidenceCard:
    """What a reader needs to check one piece of evidence.

    Attributes:
        iri: the evidence graph.
        source: IRI of the source; of what was derived, IRI of the rule.
        publisher, title, published, address, quality: of the source, as stated there.
        start, end: the sentence's place in the plain text (characters, end exclusive).
        digest: ``sha256:<hex>`` of the normalised sentence.
        reading: notation of how it was read: sentence, record, address, editorial, inference; or rule, if derived.
        note: what it says, in our own words.
        derived_from: IRIs of the evidence that it combines.
    """

    iri: str
    source: str
    publisher: str | None = None
    title: str | None = None
    published: str | None = None
    address: str | None = None
    quality: str | None = None
    start: int | None = None
    end: int | None = None
    digest: str | None = None
    reading: str | None = None
    note: str | None = None
    derived_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartyCard:
    """One participation in a link: an actor, or a counted group nobody named (then `actor` is ``None``)."""

    role: str
    actor: str | None
    label: Label
    count: int | None = None
    count_kind: str | None = None
    named: int = 0


@dataclass(frozen=True, slots=True)
class LinkCard:
    """One link with everything that a panel of the map or `kg show` tells of it.

    Attributes:
        kind, stage: notations of the concepts.
        stated_as: the date in the source's own words.
        start, latest: the first and the last day on which it can have begun, where known.
        named, declared: how many parties are named, of how many declared (a lower bound where `bound` is true).
    """

    iri: str
    label: Label
    kind: str
    stage: str | None
    stated_as: str | None
    start: date | None
    description: Label
    parties: tuple[PartyCard, ...]
    named: int
    declared: int
    bound: bool
    evidence: tuple[EvidenceCard, ...] = ()
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class Yield:
    """How much of each kind a graph file holds, counted or expected."""

    links: int
    actors: int
    evidence: int
    sources: int
