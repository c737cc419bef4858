"""The properties of a node as facts of a page, and the nodes that point to it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.map import dates
from kg.pages.index import web
from kg.pages.parts import Fact, Value
from kg.pages.words import WORDS
from kg.query.describe import LABELS, POINTING_LABELS
from kg.terms import HX, PREFIXES, TYPE, readable, shorten
from kg.texts import Message, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kg.pages.cite import Citations
    from kg.pages.facts import Statement
    from kg.pages.index import Index

IDENTIFIER = PREFIXES["org"] + "identifier"
_ADDRESSES = {
    str(HX.rorId): "https://ror.org/{}",
    str(HX.wikidataId): "https://www.wikidata.org/wiki/{}",
    str(HX.gridId): "https://www.grid.ac/institutes/{}",
    str(HX.isniId): "https://isni.org/isni/{}",
    str(HX.leiId): "https://search.gleif.org/#/record/{}",
    str(HX.openalexId): "https://openalex.org/{}",
    str(HX.crossrefFunderId): "https://doi.org/10.13039/{}",
    str(HX.geonamesId): "https://www.geonames.org/{}/",
}
"""The page of an identifier by its scheme, for those that have one."""
_SIMPLE = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-.")


def facts(index: Index, cite: Citations, statements: Iterable[Statement], *without: str) -> tuple[Fact, ...]:
    """Return statements by property, without types and the properties `without`.

    A text that is there in one language only is a value in that language.
    """
    grouped: dict[str, list[Statement]] = defaultdict(list)
    for one in statements:
        if one.predicate not in {TYPE, *without}:
            grouped[one.predicate].append(one)
    return tuple(
        Fact(property_name(index, predicate), tuple(values(index, cite, several)))
        for predicate, several in grouped.items()
    )


def property_name(index: Index, predicate: str) -> Text:
    """Return the name of a property."""
    return index.facts.words.get(predicate) or LABELS.get(shorten(predicate)) or Text(shorten(predicate))


def values(index: Index, cite: Citations, statements: list[Statement]) -> Iterator[Value]:
    """Yield values; texts of one property in both languages are one value if there is one of each."""
    texts: dict[str, list[Statement]] = defaultdict(list)
    for one in statements:
        if isinstance(one.value, ox.Literal) and one.value.language:
            texts["zh" if one.value.language.startswith("zh") else "en"].append(one)
        else:
            yield value(index, cite, one)
    if len(texts["en"]) == len(texts["zh"]) == 1:
        both = (*texts["en"], *texts["zh"])
        marks = cite.mark(sorted({graph for one in both for graph in one.evidence}))
        yield Value(Text(both[0].value.value, both[1].value.value), marks=marks)
    else:
        for lang in ("en", "zh"):
            yield from (Value(Text(**{lang: one.value.value}), marks=cite.mark(one.evidence)) for one in texts[lang])


def value(index: Index, cite: Citations, one: Statement) -> Value:
    """Return the value of a statement; a node without a name is described by its own statements."""
    marks = cite.mark(one.evidence)
    if one.predicate in _CODED:
        return Value(_CODED[one.predicate](one.value.value), None, web(one.value.value), marks)
    if isinstance(one.value, ox.NamedNode):
        ref = index.ref(one.value.value)
        return Value(
            ref.label if index.is_named(one.value.value) else described(index, one.value.value), ref.path, None, marks
        )
    text = one.value.value
    if one.predicate == str(HX.statedAs):
        return Value(dates.stated_as(text), marks=marks)
    if one.value.datatype.value == PREFIXES["xsd"] + "boolean":
        return Value(WORDS["yes" if text == "true" else "no"], marks=marks)
    return Value(text, marks=marks)


def _language(code: str) -> Text:
    return _LANGUAGES.get(code.partition("-")[0]) or Text(code, code)


def _licence(address: str) -> Text:
    """Return the name of a licence by its address: its SPDX identifier, or that of Creative Commons."""
    *_, kind, version = ("", *address.rstrip("/").split("/"))
    known = _CC.get(f"{kind}/{version}", version)
    return Text(known, known)


_LANGUAGES = {
    "en": Message("English"),
    "zh": Message("Chinese"),
    "de": Message("German"),
    "fil": Message("Filipino"),
    "hu": Message("Hungarian"),
    "pl": Message("Polish"),
}
_CC = {"by/4.0": "CC-BY-4.0", "zero/1.0": "CC0-1.0"}
_CODED: Mapping[str, Callable[[str], Text]] = {
    PREFIXES["dct"] + "language": _language,
    PREFIXES["dct"] + "license": _licence,
}
"""Properties whose values are codes, with the names of these."""


def described(index: Index, node: str, me: str = "") -> Text:
    """Return the statements about a node without a name as text, except types and those about the node `me`."""
    if "OfficeHolding" in index.facts.classes(node):
        return _holding(index, node)
    stated = [
        one for one in index.facts.about.get(node, ()) if one.predicate not in _UNSTATED and one.value.value != me
    ]
    if not stated:
        return Text(readable(node))
    both = []
    for lang in ("en", "zh"):
        parts = (
            f"{_name(property_name(index, one.predicate), lang)}{_COLON[lang]}{_plain(index, one, lang)}"
            for one in stated
        )
        both.append(_SEMICOLON[lang].join(dict.fromkeys(parts)))
    return Text(*both)


def office(index: Index, node: str) -> Text:
    """Return the post of a holding of an office, and its organisation."""
    post, body = (
        next((index.ref(one.value.value).label for one in index.facts.values(node, name)), Text())
        for name in (str(HX.post), PREFIXES["org"] + "organization")
    )
    return post if body == Text() else WORDS["office"].format(post=post, body=body)


def _holding(index: Index, node: str) -> Text:
    """Return the person, the post and the day of a holding of an office."""
    person, post = (
        next((index.ref(one.value.value).label for one in index.facts.values(node, name)), Text())
        for name in (PREFIXES["org"] + "member", str(HX.post))
    )
    first, last = (
        next((dates.day(one.value.value) for one in index.facts.values(node, str(name))), None)
        for name in (HX.attestedEarliest, HX.attestedLatest)
    )
    if first is None and last is None:
        return WORDS["holdingUndated"].format(person=person, post=post)
    return WORDS["holding"].format(person=person, post=post, day=dates.between(first, last))


_UNSTATED = frozenset({TYPE, str(HX.precision)})
_COLON, _SEMICOLON = {"en": ": ", "zh": "："}, {"en": "; ", "zh": "；"}


def _name(text: Text, lang: str) -> str:
    return text.localise(lang) or ""


def _plain(index: Index, one: Statement, lang: str) -> str:
    if isinstance(one.value, ox.Literal):
        return one.value.value
    return _name(index.ref(one.value.value).label, lang)


def identifiers(index: Index, cite: Citations, statements: Iterable[Statement]) -> tuple[Fact, ...]:
    """Return the identifiers, each under the name of its scheme, with the address of its page."""
    found = []
    for one in statements:
        if one.predicate == IDENTIFIER and isinstance(one.value, ox.Literal):
            scheme, text = one.value.datatype.value, one.value.value
            address = _ADDRESSES[scheme].format(text) if scheme in _ADDRESSES and set(text) <= _SIMPLE else None
            found.append(Fact(property_name(index, scheme), (Value(text, None, address, cite.mark(one.evidence)),)))
        elif one.predicate == str(HX.webDomain):
            text = one.value.value
            address = f"https://{text}/" if set(text) <= _SIMPLE else None
            found.append(
                Fact(property_name(index, one.predicate), (Value(text, None, address, cite.mark(one.evidence)),))
            )
    return tuple(found)


def relations(index: Index, cite: Citations, node: str, *without: str) -> tuple[Fact, ...]:
    """Return the nodes that point to a node, by property, without the properties `without`."""
    grouped: dict[str, dict[str, Value]] = defaultdict(dict)
    merged = index.facts.merged.get(node, ())
    for one in (pointer for own in (node, *merged) for pointer in index.facts.pointing.get(own, ())):
        owner = _owner(index, one.subject)
        if one.predicate in without or owner == node:
            continue
        if index.is_named(owner):
            text, to = index.ref(owner).label, index.ref(owner).path
        else:
            text, to = described(index, owner, node), _other_page(index, owner, node)
        known = grouped[one.predicate].get(owner)
        marks = tuple(sorted({*cite.mark(one.evidence), *(known.marks if known else ())}))
        grouped[one.predicate][owner] = Value(text, to, None, marks)
    return tuple(
        Fact(_pointing_name(index, predicate), tuple(values.values())) for predicate, values in grouped.items()
    )


def _other_page(index: Index, owner: str, node: str) -> str | None:
    """Return the path of the first other node with a page that the nameless `owner` states."""
    values = (one.value.value for one in index.facts.about.get(owner, ()) if one.value.value != node)
    return next((index.ref(iri).path for iri in values if iri in index.with_page), None)


def _pointing_name(index: Index, predicate: str) -> Text:
    known = POINTING_LABELS.get(shorten(predicate))
    return known or WORDS["pointing"].format(property=property_name(index, predicate))


def _owner(index: Index, node: str) -> str:
    """Return the node with a page to which a part of it, such as a group of parties, belongs; else the node."""
    if index.is_named(node) and node in index.with_page | index.facts.counts_as.keys():
        return node
    start, slash, _ = node.rpartition("/")
    while slash and start not in index.with_page:
        start, slash, _ = start.rpartition("/")
    return start if start in index.with_page else node
