"""Types of the payload of a page, for mypy and, as ``kg/map/script/types/payload.d.ts``, for the scripts.

A string in ``Annotated`` is the type of a cell in TypeScript, and a row type is the type of the rows of a table.
"""

from typing import Annotated, NotRequired, TypedDict

from kg.map.html.encoding import Column, Plain, Reference

Index = Reference | int
"""A text as its index in ``texts``, 0 if it is missing."""
Pair = list[str | None]
"""An English and a Chinese text."""
ShortColumn = Column | Plain


class StyleRow(TypedDict):
    """The style of a kind of actor."""

    sector: str
    kind: str
    count: int
    area: float
    light: str
    dark: str
    hollow: bool
    path: str


class ScriptStyle(StyleRow):
    """A style with the name of its shape in vis-network."""

    shape: str


class LargeStyle(StyleRow):
    """A style with the index of its shape in the shader."""

    shape: int


class NameKeysJson(TypedDict):
    """The keys of names for the search (`kg.search.keys`)."""

    variants: str
    readings: str
    short: dict[str, list[str]]


class ActorRow(TypedDict):
    """A row of the actors."""

    iri: Index
    label: list[Index]
    short: list[Index] | int
    stated: list[Index] | int
    cuts: Annotated[object, "0 | (0 | number[] | string[])[]"]
    names: list[Index]
    style: int
    named: int
    unnamed: int
    bound: int
    ring: list[int] | int
    community: int
    region: list[Index] | int
    units: list[list[Index]]


class LinkRow(TypedDict):
    """A row of the links."""

    iri: Index
    label: list[Index]
    kind: Index
    stage: Index
    stated: Index
    start: int | None
    latest: int | None
    about: list[Index]
    parties: list[list[Index | None]]
    members: list[int] | int
    layers: list[Index]
    named: int
    declared: int
    bound: int
    evidence: list[int]


class EvidenceRow(TypedDict):
    """A row of the evidence, beside its columns of texts (``evidenceTexts``)."""

    iri: Index
    title: list[Index]
    note: list[Index]
    start: int | None
    end: int | None
    derived: list[Index]


class MeasureColumns(TypedDict):
    """The scores of all actors by one measure, as integers to be divided by ``per``."""

    name: str
    per: int
    values: Annotated[ShortColumn, "number | null"]
    lower: NotRequired[Annotated[ShortColumn, "number | null"]]
    upper: NotRequired[Annotated[ShortColumn, "number | null"]]
    rankIntervals: NotRequired[Annotated[ShortColumn, "[number, number] | null"]]


class ViewColumns(TypedDict):
    """Another layout: coordinates as x, y, x, y …, and links as differences between indexes."""

    name: str
    actors: list[int]
    links: Annotated[ShortColumn, "number"]
    coordinates: list[int]
    bands: Annotated[list[list[object]], "[string, number, number][]"]
    days: Annotated[list[object] | None, "[number, number] | null"]
    viewport: list[float] | None
    cities: Annotated[list[list[object]], "[string | null, string | null, number, number, number[]][]"]
    graticule: Annotated[list[list[object]], "[string | null, string | null, ...number[]][]"]


class FocusRow(TypedDict):
    """The actor that a page is about, with its rank and the number of ranked actors by each measure."""

    actor: int
    ranks: Annotated[object, "([number, number] | null)[]"]


class FindingRow(TypedDict):
    """A finding: its kind, its sentence in both languages, and the indexes of its links."""

    name: str
    text: Pair
    links: list[int]


class StepRow(TypedDict):
    """A step of the story: heading and text in both languages, and the address of its view."""

    title: Pair
    text: Pair
    view: str


class CommonPayload(TypedDict):
    """The common part of the payloads of both pages."""

    title: Pair
    subtitle: Pair
    notes: Annotated[list[list[str]], "[string, string][]"]
    lang: str
    theme: str | None
    base: str
    words: dict[str, Pair]
    nameKeys: NameKeysJson
    terms: dict[str, Pair]


class Payload(CommonPayload):
    """The payload of the canvas page."""

    styles: list[ScriptStyle]
    findings: list[FindingRow]
    headings: dict[str, Pair]
    story: list[StepRow]
    initialView: str
    focus: FocusRow | None
    maxDashes: int
    leastShare: float
    hyperedges: list[int]
    measures: list[MeasureColumns]
    views: list[ViewColumns]
    evidenceTexts: list[str]
    actors: Annotated[Plain, ActorRow]
    links: Annotated[Plain, LinkRow]
    evidence: Annotated[Plain, EvidenceRow]
    shared: list[int]
    texts: list[str]


class LargeForm(TypedDict):
    """Properties that many links share."""

    kind: str
    stage: str | None
    point: bool
    start: bool
    latest: bool
    unnamed: bool
    bound: bool
    sources: int
    roles: Annotated[object, "[string[], number][]"]


class LargeNames(TypedDict):
    """Texts as pieces, and the numbers of their pieces."""

    pieces: list[str]
    names: str


class LargeSources(TypedDict):
    """Sources and their publishers."""

    publishers: Annotated[object, "[string, string][]"]
    publisherOf: str
    sourceIris: Annotated[object, "[string, string[]]"]


class LargeLinks(LargeSources):
    """Links as numbers (`kg.map.webgl.links`)."""

    origin: int
    forms: list[LargeForm]
    links: str
    linkIris: Annotated[object, "[string, string[]]"]


class LargeFinding(TypedDict):
    """A finding with the differences between the indexes of its links."""

    name: str
    text: Pair
    links: str


class LargePayload(CommonPayload, LargeNames, LargeLinks):
    """The payload of the page of a large network; numbers are base64 of bytes (`kg.map.webgl.binary`)."""

    styles: list[LargeStyle]
    findings: list[LargeFinding]
    measure: str
    shapes: list[str]
    step: float
    actors: int
    hyperedgeSize: float
    positions: str
    area: list[float]
    style: str
    scores: str
    stated: dict[int, list[str | None]]
    linkNames: LargeNames | None
