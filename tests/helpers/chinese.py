"""Latin words in Chinese output, apart from names and identifiers."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pyoxigraph as ox
from helpers.terms import value_of

from kg.cli import kg
from kg.cli.choices import READERS
from kg.ingest.readers.mapping_keys import SECTIONS
from kg.measure import MEASURES
from kg.measure.methods import METHODS
from kg.measure.prediction import suggest
from kg.query.questions import all_questions
from kg.rdf import files as graph_files
from kg.rdf import resources
from kg.rdf.ontology import words
from kg.settings import _ALLOWED, sources
from kg.terms import PREFIXES
from kg.texts import localise
from kg.validate import coverage

from . import messages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LISTED = Path(__file__).with_name("latin_words.txt")
"""The only list of other words."""

_WORD = re.compile(r"[A-Za-z][A-Za-z'’]+")
_KEYS = "|".join(("id", "ev", "src", "sch", "link", "xsd", *PREFIXES))
_IDENTIFIER = re.compile(
    rf"\b(?:{_KEYS}|https?|sc|spark|judgement|scheme|sha256)[:/]\S*"  # IRIs
    r"|\$ .*|\bkg(?: [a-z-]+)+|--?[a-z][a-z-]*|\bKG_\w+(?:=\w+)?"  # commands, options and variables
    r"|[\w./-]*\.(?:[a-z]{2,7})\b|(?<![\w<])/[\w./-]+"  # files and suffixes
    r"|\[[a-z-]+(?:\|[a-z-]+)+\]"  # choices
    r"|\b\w*\d\w*\b"  # codes
    r"|“[^”\u4e00-\u9fff]+”|\"[^\"]*\"(?:@\S+|\^\^\S+)?|'[^']*'|`[^`]*`"  # quoted values
)
_NAMES = ("prefLabel", "altLabel", "publisher", "title", "city", "region")


def latin(text: str) -> set[str]:
    """Return the Latin words of `text` that are neither names nor identifiers and are not listed."""
    words = {word.rstrip("'’") for word in _WORD.findall(_IDENTIFIER.sub(" ", text))}
    return {word for word in words if word.casefold() not in known() and word not in listed()}


@cache
def listed() -> frozenset[str]:
    """Return the words of the list."""
    return frozenset(word for word in LISTED.read_text(encoding="utf-8").split("\n")[1:] if word)


@cache
def known() -> frozenset[str]:
    """Return the words of identifiers and of names, case-folded."""
    measures = (localise(one.citation, "en") for one in MEASURES)
    methods = (localise(one.citation, "en") for one in METHODS)
    citations = (*measures, *methods, *(one.citation for one in suggest.METHODS))
    texts = [*_identifiers(), *_names(), *citations, *_persons()]
    return frozenset(word.casefold() for text in texts for word in _WORD.findall(text))


def _persons() -> Iterator[str]:
    """Yield the names of authors in messages, such as "Burt", and of projects whose data are read."""
    yield "Kendall Spearman Katz BiRank Adamic Adar Newman OpenAlex OpenAIRE NASA TechPort CORDIS GeoNames NODF"


def _identifiers() -> Iterator[str]:
    yield from _of_commands(kg)
    yield from (folder.name for folder in resources.graphs().iterdir() if folder.is_dir())
    yield "CNY EUR GBP SGD USD"  # ISO 4217
    yield from READERS
    yield from words("zh")
    yield from (source.name for source in sources({}))
    yield from (value for values in _ALLOWED.values() for value in values)
    yield from (name for question in all_questions() for name in (question.name, *(p.name for p in question.params)))
    yield from (one.name for one in MEASURES)
    yield from (one.name for one in METHODS)
    yield from (part for section, keys in SECTIONS.items() for key in keys for part in (section, key.name, key.example))
    yield from (row.what for row in (*coverage._LINKS, *coverage._ACTORS, *coverage._REST))
    yield from (key for context, key in messages.extracted() if context in {"column", "code"} and " " not in key)


def _of_commands(command: click.Command) -> Iterator[str]:
    yield command.name or ""
    for param in command.params:
        yield from (name.lstrip("-") for name in param.opts)
        yield from map(str, param.type.choices if isinstance(param.type, click.Choice) else ())
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from _of_commands(command.get_command(context, name) or command)


def _names() -> Iterable[str]:
    """Yield the names in the shipped graphs and the ontology that are Chinese, or to which there is no Chinese one."""
    store = ox.Store()
    graph_files.load_all(store, (*graph_files.ontology_files(), *graph_files.discover([])))
    for quad in store.quads_for_pattern(None, None, None):
        if value_of(quad.object).endswith("Datatype"):
            yield value_of(quad.subject).rpartition("#")[2]
        if quad.predicate.value.endswith(_NAMES) and isinstance(quad.object, ox.Literal):
            only = quad.predicate.value.endswith(("city", "region")) or not any(
                isinstance(other.object, ox.Literal) and other.object.language == "zh"
                for other in store.quads_for_pattern(quad.subject, quad.predicate, None)
            )
            if quad.object.language in {"zh", None} or only:
                yield quad.object.value
