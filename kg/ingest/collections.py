"""The shipped collections: folders of graph files, or of tables with their mappings, each with a description.

A folder contains ``collection.yaml``. Tables are pairs such as ``links.yaml`` and ``links.csv.gz``: a mapping of
``kg ingest table`` and the table that it reads.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg import names
from kg.files import read_plain
from kg.ingest.readers.yaml_positions import parse
from kg.licences import licence_name
from kg.model import Table
from kg.rdf import resources
from kg.rdf.ontology import label
from kg.terms import COLLECTION, HX, PREFIXES, TYPE
from kg.texts import Message, Text, localise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from kg.ingest.readers.yaml_positions import Node

FILE = "collection.yaml"
SEVERAL = "several"
"""The kind of a collection with links of several kinds."""
CHANGES = "changes"
"""The kind of a collection without links, whose tables describe renamings, mergers and splits."""

_REQUIRED = (
    "title",
    "kind",
    "publisher",
    "licence",
    "date",
    "default",
    "frame",
    "missing",
    "read",
    "faults",
    "expected",
)
_COUNTS = ("links", "organisations", "evidence", "sources")
_DAY = ox.NamedNode(PREFIXES["xsd"] + "date")
_KINDS = {SEVERAL: Message("several"), CHANGES: Message("changes of organisations")}
_UNLICENSED = ("facts-only", "official-document", "public-domain")
"""Values of `licence` that name the lack of a licence and require a reason."""


@dataclass(frozen=True, slots=True)
class Collection:
    """A shipped collection.

    Attributes:
        kind: notation of the kind of its links, `SEVERAL`, or `CHANGES`.
        licence: an SPDX expression, or one of ``facts-only``, ``official-document`` and ``public-domain``.
        reason: the reason for a licence that is not an SPDX expression.
        credit: the attribution that users owe.
        in_default_lens: whether a network includes its links by default.
        is_built: whether a build takes it unless collections are chosen.
        frame, missing: the set of which it is complete, and the links that it lacks.
        read, faults: the reading of the source with counts, and known faults.
        judged: day of the recorded judgements on its actors.
        expected: numbers of links, organisations, pieces of evidence and sources.
    """

    name: str
    folder: Path
    title: Text
    kind: str
    publisher: Text
    licence: str
    reason: Text
    credit: Text
    issued: date
    in_default_lens: bool
    is_built: bool
    frame: Text
    missing: Text
    read: str
    faults: str
    judged: date
    expected: dict[str, int]

    @property
    def iri(self) -> str:
        """The IRI of the collection in a store."""
        return COLLECTION + self.name

    @property
    def graph_files(self) -> tuple[Path, ...]:
        """The graph files of the collection; none if it consists of tables."""
        return tuple(sorted(file for file in self.folder.iterdir() if file.suffix in {".trig", ".ttl"}))

    @property
    def tables(self) -> tuple[Path, ...]:
        """The mappings, each before its table; those of organisations first."""
        mappings = sorted(self.folder.glob("*.yaml"), key=lambda file: (file.stem != "organisations", file.name))
        return tuple(part for file in mappings if file.name != FILE for part in (file, file.with_suffix(".csv.gz")))


def shipped(chosen: Iterable[str] = (), *, built: bool = False) -> tuple[Collection, ...]:
    """Return the shipped collections in order of their names.

    Of those, the `chosen` ones if any are given, and with `built` all that a build takes without a choice.

    Raises:
        UsageError: a name is unknown.
        InputError: a description is invalid.
    """
    found = [read(file.parent) for file in sorted(resources.graphs().glob(f"*/{FILE}"))]
    wanted = {names.find(Message("collection"), name, found).name for name in chosen}
    everything = not wanted and not built
    return tuple(one for one in found if everything or one.name in wanted or (built and one.is_built))


def description(collection: Collection, sources: Iterable[str]) -> Iterator[ox.Quad]:
    """Yield the statements of the default graph that describe `collection` and assign its `sources` (IRIs) to it."""
    this, dct = ox.NamedNode(collection.iri), PREFIXES["dct"]
    licence = collection.licence
    rights = licence_name(licence)
    if collection.reason != Text():
        rights = Message("{licence}: {reason}", licence=rights, reason=collection.reason)
    citation = collection.credit
    if citation == Text():
        citation = Message("{publisher}, {licence}", publisher=collection.publisher, licence=licence_name(licence))
    yield ox.Quad(this, ox.NamedNode(TYPE), ox.NamedNode(PREFIXES["dcat"] + "Dataset"))
    yield ox.Quad(this, ox.NamedNode(str(HX.inDefaultLens)), ox.Literal(collection.in_default_lens))
    yield ox.Quad(this, ox.NamedNode(dct + "issued"), ox.Literal(collection.issued.isoformat(), datatype=_DAY))
    if licence not in _UNLICENSED and " " not in licence:
        yield ox.Quad(this, ox.NamedNode(dct + "license"), ox.NamedNode(f"https://spdx.org/licenses/{licence}"))
    texts = {"title": collection.title, "description": collection.frame, "publisher": collection.publisher}
    for name, text in (*texts.items(), ("rights", rights), ("bibliographicCitation", citation)):
        for lang in ("en", "zh"):
            yield ox.Quad(this, ox.NamedNode(dct + name), ox.Literal(localise(text, lang), language=lang))
    for lang in ("en", "zh"):
        missing = ox.Literal(localise(collection.missing, lang), language=lang)
        yield ox.Quad(this, ox.NamedNode(PREFIXES["skos"] + "scopeNote"), missing)
    for source in sources:
        yield ox.Quad(ox.NamedNode(source), ox.NamedNode(dct + "isPartOf"), this)


def table(collections: Sequence[Collection], lang: str) -> Table:
    """Return the collections with their contents and frames."""
    columns = (
        "collection",
        "kind",
        "links",
        "organisations",
        "sources",
        "licence",
        "frame",
        "missing",
        "default",
        "date",
        "built",
    )
    rows = tuple(
        (
            one.name,
            localise(_KINDS[one.kind], lang) if one.kind in _KINDS else label("kind", one.kind, lang),
            one.expected["links"],
            one.expected["organisations"],
            one.expected["sources"],
            localise(licence_name(one.licence), lang),
            localise(one.frame, lang),
            localise(one.missing, lang),
            one.in_default_lens,
            one.issued.isoformat(),
            one.is_built,
        )
        for one in collections
    )
    return Table(columns, rows)


def read(folder: Path) -> Collection:
    """Return the collection that is described in `folder`.

    Raises:
        InputError: the description is invalid.
    """
    file = folder / FILE
    entries = parse(read_plain(file).decode(), str(file)).fields(_REQUIRED, ("reason", "credit", "judged", "built"))
    expected = entries["expected"].fields(_COUNTS)
    licence, issued = entries["licence"].text(), _date(entries["date"])
    if licence in _UNLICENSED and "reason" not in entries:
        raise entries["licence"].error("add the reason: why facts without a licence are given")
    return Collection(
        name=folder.name,
        folder=folder,
        title=_text(entries["title"]),
        kind=entries["kind"].text(),
        publisher=_text(entries["publisher"]),
        licence=licence,
        reason=_text(entries["reason"]) if "reason" in entries else Text(),
        credit=_text(entries["credit"]) if "credit" in entries else Text(),
        issued=issued,
        in_default_lens=entries["default"].boolean(),
        is_built=entries["built"].boolean() if "built" in entries else True,
        frame=_text(entries["frame"]),
        missing=_text(entries["missing"]),
        read=entries["read"].text(),
        faults=entries["faults"].text(),
        judged=_date(entries["judged"]) if "judged" in entries else issued,
        expected={name: int(expected[name].text()) for name in _COUNTS},
    )


def _text(node: Node) -> Text:
    both = node.fields(("en", "zh"))
    return Text(both["en"].text(), both["zh"].text())


def _date(node: Node) -> date:
    try:
        return date.fromisoformat(node.text())
    except ValueError as error:
        raise node.error("write the date as YYYY-MM-DD") from error
