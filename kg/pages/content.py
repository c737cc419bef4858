"""The pages of a view by their path, each made when it is asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kg import network
from kg.pages import actors, answers, changes, evidence, facts, home, links, lists, nodes, standings, vocabulary
from kg.pages.address import path
from kg.pages.index import ITEMS, Index
from kg.pages.model import ListPage, MergedPage
from kg.pages.nodes import Memberships
from kg.pages.render import Site
from kg.pages.titles import Titles
from kg.pages.words import WORDS
from kg.query.imprint import imprint
from kg.terms import SCHEME, shorten
from kg.texts import Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from kg.measure.uncertainty.intervals import Progress
    from kg.network import Lens
    from kg.pages.changes import Year
    from kg.pages.evidence import EvidencePage
    from kg.pages.model import AnswerPage, HomePage, Page
    from kg.pages.parts import Entry
    from kg.pages.standings import Ranked
    from kg.pages.vocabulary import Term
    from kg.store.view import View


class About(NamedTuple):
    """The title of the front page, the maker and the day of issue of a site, and whether a server offers it."""

    title: str | None = None
    author: str | None = None
    issued: date | None = None
    is_served: bool = False


class Content:
    """The pages of the nodes of a view, and those about all of them.

    Attributes:
        index, memberships: what is stated about all nodes.
        imprint: the day of issue, the maker and the licences.
    """

    def __init__(self, view: View, lens: Lens, about: About, progress: Progress = iter) -> None:
        """Read the statements of `view`; `lens` selects the network of findings, ranks and changes."""
        self._view, self._lens, self._about, self._progress = view, lens, about, progress
        self.imprint = imprint(view, about.author, about.issued)
        self.index = Index(facts.read(view))
        self.memberships = Memberships(self.index)

    @cached_property
    def ranked(self) -> Ranked:
        """The ranks of all actors."""
        return standings.ranked(network.build(self.index.facts.incidence, self._lens), self._progress)

    @cached_property
    def answered(self) -> Mapping[str, AnswerPage]:
        """The answers to questions without parameters, by path; a server answers each question when it is asked."""
        if self._about.is_served:
            return {}
        return {page.path: page for page in answers.answers(self._view, self.index)}

    @cached_property
    def year(self) -> Year:
        """The changes of the year before the day of issue."""
        return changes.of_year(self._view, self._lens, self.imprint.issued)

    @cached_property
    def front(self) -> HomePage:
        """The front page."""
        own = self._about.title
        title = Text(own, own) if own else None
        return home.home(self._view, self.index, self.memberships, self.ranked, self.questions, title)

    @cached_property
    def questions(self) -> tuple[Entry, ...]:
        """The questions that have a page."""
        return answers.forms() if self._about.is_served else answers.entries(tuple(self.answered.values()))

    @cached_property
    def lists(self) -> Mapping[str, ListPage]:
        """The lists of nodes, changes and questions, by path."""
        listed = (*lists.lists(self.index, self.memberships), changes.page(self.index, self.year), self._questions())
        return {page.path: page for page in listed}

    def _questions(self) -> ListPage:
        entries = self.questions
        title = WORDS["answers"]
        return ListPage("questions", title, ((title, entries),), WORDS["countedEntries"].format(n=len(entries)))

    @cached_property
    def site(self) -> Site:
        """The values that all pages share."""
        return Site(self.imprint, self._view.internal, frozenset(self.lists), self._about.is_served)

    @cached_property
    def nodes(self) -> Mapping[str, str]:
        """The node of each path."""
        return {path(iri): iri for iri in (*self.index.with_page, *self.index.facts.counts_as)}

    @cached_property
    def evidence(self) -> Mapping[str, str]:
        """The piece of evidence of each path, for a server; a folder has no such pages."""
        return {path(iri): iri for iri in self.index.facts.evidence} if self._about.is_served else {}

    @cached_property
    def titles(self) -> Titles:
        """The titles of nodes that are not actors."""
        return Titles(self.index)

    @cached_property
    def terms(self) -> Mapping[str, Term]:
        """The terms of the ontology by IRI."""
        return vocabulary.terms(self._view)

    @cached_property
    def concepts(self) -> Mapping[str, str]:
        """The concept or the scheme of the ontology of each path, for a server."""
        known = (iri for one in self.terms.values() for iri in (one.iri, one.group) if iri.startswith(SCHEME))
        return {path(iri): iri for iri in known} if self._about.is_served else {}

    @cached_property
    def vocabulary(self) -> Mapping[str, Text]:
        """The labels of classes, properties and concepts by their short names."""
        return {
            shorten(iri): label for iri, label in self.index.facts.words.items() if not iri.startswith(shorten(iri))
        }

    def page(self, place: str) -> Page | EvidencePage | None:
        """Return the page at a path; ``None`` if there is none."""
        if place in self.nodes:
            return self.node(self.nodes[place])
        if place in self.evidence:
            return evidence.page(self.index, self.evidence[place])
        if place in self.concepts:
            return vocabulary.part(self.terms, self.index.facts.words, self.concepts[place])
        return next((page for page in self._single() if page.path == place), None) or self._listed(place)

    def _listed(self, place: str) -> Page | None:
        return self.lists.get(place) or self.answered.get(place)

    def _single(self) -> Iterator[Page]:
        """Yield the pages of which there is one."""
        yield self.front
        if self.ranked.standings:
            yield self.front.ranking
        yield self.front.gaps
        yield vocabulary.page(self.terms, self.index.facts.words)

    def node(self, iri: str) -> Page:
        """Return the page of a node."""
        index = self.index
        if iri in index.facts.counts_as:
            return MergedPage(path(iri), index.facts.label(iri), index.ref(iri))
        if iri in index.facts.links:
            return links.page(index, iri)
        if "Actor" in index.facts.classes(iri):
            return actors.page(index, iri, self.ranked.standings)
        return self._other(iri)

    def _other(self, iri: str) -> Page:
        """Return the page of a node that is neither an actor nor a link."""
        index, classes = self.index, self.index.facts.classes(iri)
        if "Place" in classes:
            return nodes.place(index, self.memberships, iri)
        if classes.intersection(ITEMS):
            return nodes.item(index, iri)
        of_source = nodes.collection if iri in index.collections else nodes.source
        return of_source(index, self.memberships, iri)

    def pages(self) -> Iterator[Page]:
        """Yield all pages."""
        yield from self._single()
        yield from self.lists.values()
        yield from self.answered.values()
        for place in sorted(self.nodes):
            yield self.node(self.nodes[place])
