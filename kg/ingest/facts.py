"""Single links that a person states with their source, without a table."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.ingest import build, to_file
from kg.ingest.readers import cell_dates, mapping_keys, records
from kg.ingest.readers.cells import one_line
from kg.ingest.readers.chinese_types import kind_by_name
from kg.ingest.readers.fields import domain
from kg.ingest.readers.input_files import Inputs
from kg.ingest.readers.reader import Reader
from kg.names import check_known
from kg.query import lookup
from kg.terms import ID, SEPARATE
from kg.texts import Message, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.ingest.build import BuildResult
    from kg.store.base import Store
    from kg.store.view import View

_NOTE = Message("A statement that a person entered.")
_TWO = 2


@dataclass(frozen=True, slots=True)
class Source:
    """A publication that states a link.

    Attributes:
        publisher: its publisher.
        quality: notation of the scheme ``quality``: "official", "university", "newspaper", "agency", "aggregator" or
            "editors".
        address: its web address.
        title: its title.
        key: a permanent short name; the default is made from the address and the publisher.
        licence: its licence.
    """

    publisher: str
    quality: str = "newspaper"
    address: str = ""
    title: str = ""
    key: str = ""
    licence: str = "not stated"


@dataclass(frozen=True, slots=True)
class Actor:
    """An organisation that the store does not describe yet; `kind` is its class, which is guessed from the name."""

    name: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link between organisations, as a source states it.

    Attributes:
        name: its name, in English or Chinese.
        parties: keys or names of known organisations, or `Actor` values; the first is common to an agreement of three.
        source: the publication.
        kind: notation of the scheme ``kind``.
        form: class of the link.
        on, until: first and last day, month or year, such as "2025-03".
        role: notation of the scheme ``role``.
        arity: "bilateral", "multilateral", "bundle" or "unstated"; the default is "bilateral" for an agreement of two.
        note: what the source states, in your own words, in English.
    """

    name: str
    parties: Sequence[str | Actor]
    source: Source
    kind: str = "CooperationAgreement"
    form: str = "Agreement"
    on: str = ""
    until: str = ""
    role: str = "party"
    arity: str = ""
    note: str = ""


def add(store: Store, view: View, links: Sequence[Link], lang: str) -> BuildResult:
    """Validate links with the content of `store`, and write the next generation of it.

    Raises:
        InputError: a party is unknown or ambiguous, or a date or a key is malformed.
        UsageError: a kind, form, role, arity, quality or class is unknown.
        StoreError: the store cannot be written.
    """
    rows = [_record(link, view) for link in links]
    reader = Reader("facts", "links", (), (1, len(rows)), "not stated", "a person", lambda _: iter(rows))
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "facts.trig"
        result = to_file.ingest(reader, Inputs(()), file, to_file.IngestOptions(), lambda found, _: found)
        if result.error is not None:
            reasons = Message("; ").join([row.reason for row in result.refused]) if result.refused else result.error
            raise InputError("the links cannot be added: {reasons}", reasons=reasons)
        return build.build((file,), store, lambda _: None, lang, keep="add")


def _record(link: Link, view: View) -> records.Record:
    _check(link)
    source = _source(link.source)
    parties = [_party(party, source, view) for party in link.parties]
    start, end = _span("on", link.on), _span("until", link.until)
    arity = link.arity or ("" if link.form != "Agreement" else "bilateral" if len(parties) == _TWO else "unstated")
    names = ", ".join(sorted(party.key for party in parties))
    digest = hashlib.sha256(f"{link.name} {link.kind} {link.on} {names}".encode()).hexdigest()[:8]
    row_key = f"{records.key(one_line(link.name))}-{digest}"
    stated = records.Link(
        f"{source.key}/{row_key}",
        link.form,
        link.kind,
        (_name(link.name),),
        tuple(records.Participation(party.key, link.role) for party in parties),
        dates=records.Dates(
            start.first, start.last, end.first, end.last, start.precision or end.precision or None,
            " – ".join(filter(None, (link.on, link.until))) or None,
        ),
        arity=arity or None,
        common_party=parties[0].key if arity in SEPARATE else None,
    )  # fmt: skip
    described = tuple(party for party in parties if party.names)
    note = Text(link.note if link.note.endswith(".") else f"{link.note}.") if link.note else _NOTE
    return records.Record(row_key, records.RowLocation("Graph.add", 1), source, note, described, (stated,))


def _check(link: Link) -> None:
    if not link.parties:
        raise InputError("the link {name!r} has no party; name one at least", name=link.name)
    for what, value, known in (
        (Message("kind"), link.kind, mapping_keys.choices("link", "kind")),
        (Message("form"), link.form, mapping_keys.choices("link", "form")),
        (Message("role"), link.role, mapping_keys.choices("party", "role")),
        (Message("quality"), link.source.quality, mapping_keys.choices("source", "quality")),
    ):
        check_known(what, [value], known)
    check_known(Message("arity"), filter(None, [link.arity]), mapping_keys.choices("link", "arity"))
    classes = (party.kind for party in link.parties if isinstance(party, Actor) and party.kind)
    check_known(Message("class"), classes, mapping_keys.ACTOR_KINDS)


def _party(party: str | Actor, source: records.Source, view: View) -> records.Actor:
    """Return a party: without names if the store describes it."""
    if isinstance(party, str):
        return records.Actor(lookup.lookup(view, party).removeprefix(ID), "", ())
    name = one_line(party.name)
    return records.Actor(records.key(source.key, name), party.kind or kind_by_name(name), (_name(name),))


def _source(source: Source) -> records.Source:
    short = "-".join((*domain(source.address), hashlib.sha256(source.address.encode()).hexdigest()[:8]))
    return records.Source(
        source.key or (short if source.address else records.key(one_line(source.publisher))),
        source.publisher,
        source.quality,
        (_name(source.title),) if source.title else (),
        source.address or None,
        _language(source.title or source.publisher),
        source.licence,
    )


def _span(field: str, text: str) -> cell_dates.Span:
    try:
        return cell_dates.span(text) if text else cell_dates.Span(None, None, "")
    except ValueError as error:
        raise InputError("{field} {text!r} {error}", field=field, text=text, error=error) from error


def _name(text: str) -> records.Name:
    return records.Name(one_line(text), _language(text))


def _language(text: str) -> str:
    return "zh" if any("\u3400" <= letter <= "\u9fff" for letter in text) else "en"
