"""Frozen values of a reading: the document, its mentions, the proposals with their evidence, and the refusals.

Offsets are code points of the text as kept, end exclusive, so ``text[start:end] == quote``.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field

TYPES = (
    *("University", "Unit", "Firm", "GovernmentDepartment", "OtherOrg", "Person", "Agreement", "Alliance"),
    *("Event", "Facility", "PolicyPlan", "Programme", "Field", "Place"),
)
"""Types of mentions."""

RELATIONS = (
    *("signed", "partnerIn", "establishedBy", "coEstablishedWith", "partOf", "locatedIn", "hostedBy", "overseenBy"),
    *("announcedAt", "supportsPlan", "focusesOn", "hasRole", "countOf"),
)
"""Relations of proposals. The tail of ``countOf`` is the words in the text; every other tail is a mention."""

MODALITIES = ("asserted", "planned", "hoped", "proposed", "negated", "hypothetical", "past")
"""Standing of a statement in the text. ``past`` is a fact from before the report's event."""


def digest(text: str) -> str:
    """Return the SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Document:
    """A document as read.

    Attributes:
        name: name of the file without its suffix, or the address.
        text: the text as kept; all offsets refer to it.
        sha256: digest of `text`.
        lang: language of the text, ``en`` or ``zh``.
        title: the title, if the document has one.
        publisher: who published the document, if it is stated.
        date: date of the page, as YYYY, YYYY-MM or YYYY-MM-DD.
        address: address of the page.
        removed: number of characters of boilerplate that were cut.
        dated_by: origin of `date`: ``metadata``, ``address`` or ``given``; empty without a date.
        file_sha256: digest of the file or the page as it was read.
        tool: library and version that found the text; empty for plain text.
        retrieved: day on which the page was fetched.
    """

    name: str
    text: str
    sha256: str
    lang: str
    title: str | None = None
    publisher: str | None = None
    date: str | None = None
    address: str | None = None
    removed: int = 0
    dated_by: str = ""
    file_sha256: str | None = None
    tool: str = ""
    retrieved: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text, at its first place.

    Attributes:
        type: one of `TYPES`.
        name: the name in full.
        surface: the words in the text.
        start: first code point of `surface`.
        end: code point after `surface`.
        aliases: other words of the text for the same.
        known: IRI of the actor or plan of the store that has this name, if there is exactly one.
        reason: why the words are this mention: the rule, the list, or the name that the store has.
        confidence: estimated probability that the mention is right, from 0 to 1.
    """

    type: str
    name: str
    surface: str
    start: int
    end: int
    aliases: tuple[str, ...] = ()
    known: str | None = None
    reason: str = ""
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Span:
    """A sentence of the text that is evidence."""

    quote: str
    start: int
    end: int
    sha256: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """Return the span of a text between two offsets."""
        quote = text[start:end]
        return cls(quote, start, end, digest(quote))


@dataclass(frozen=True, slots=True)
class Party:
    """The head or tail of a proposal: the name of a mention with its type, or the words of a count without one."""

    name: str
    type: str | None = None


@dataclass(frozen=True, slots=True)
class When:
    """A date.

    Attributes:
        value: YYYY, YYYY-MM or YYYY-MM-DD; ``--MM-DD`` where the year is unknown.
        words: the words in the text.
        inferred: whether the year comes from the date of the page.
        reason: what the year was inferred from.
    """

    value: str
    words: str
    inferred: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """A declared number of parties or things, with bounds.

    Attributes:
        lower: the smallest number that the words allow.
        upper: the largest number that the words allow, if they have a bound.
        of: the noun that is counted.
        approximate: whether the words give a bound or an approximation.
        role: partner, member, target, applicant, requirement, invited or issuer.
        named: names of the text that the number includes.
    """

    lower: int
    upper: int | None
    of: str
    approximate: bool = False
    role: str = ""
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attributes:
    """The content of a proposal besides its two parties.

    Attributes:
        modality: one of `MODALITIES`.
        stage: stage of the link, in the words of the ontology, such as ``signed`` or ``planned``.
        date: when it was so.
        kind: kind of the agreement or unit, as worded.
        agreement: name of the agreement.
        role: office or role, as worded.
        count: the number, of ``countOf``.
        money: the sum, as worded.
    """

    modality: str = "asserted"
    stage: str | None = None
    date: When | None = None
    kind: str | None = None
    agreement: str | None = None
    role: str | None = None
    count: Count | None = None
    money: str | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A statement that a person accepts, changes or refuses.

    Attributes:
        id: digest of the content, which stays the same when the document is read again.
        relation: one of `RELATIONS`.
        head: the first party.
        tail: the second party.
        evidence: the sentence, and a second one where head, tail or date stand in another.
        reader: name of the extractor, ``rules`` or ``model``.
        version: version of the extractor.
        attributes: stage, date, count and the rest.
        confidence: estimated probability that the statement is right, from 0 to 1.
        preaccepted: whether the review shows it as accepted.
    """

    id: str
    relation: str
    head: Party
    tail: Party
    evidence: tuple[Span, ...]
    reader: str
    version: str
    attributes: Attributes = field(default_factory=Attributes)
    confidence: float = 0.5
    preaccepted: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """A statement that the gate refused.

    Attributes:
        relation: the relation, as the extractor proposed it.
        head: name of the first party.
        tail: name of the second party.
        quote: the words that were to be the evidence.
        reason: code of the reason.
        detail: the reason in words.
        reader: name of the extractor.
    """

    relation: str
    head: str
    tail: str
    quote: str
    reason: str
    detail: str
    reader: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The result of reading one document."""

    document: Document
    mentions: tuple[Mention, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    refusals: tuple[Refusal, ...] = ()


def identity(document: str, relation: str, head: Party, tail: Party, quote: str) -> str:
    """Return the identifier of a proposal: a digest of its content and of the document's digest."""
    content = [document, relation, asdict(head), asdict(tail), quote]
    return digest(json.dumps(content, ensure_ascii=False, sort_keys=True))[:24]
