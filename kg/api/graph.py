"""An open store."""

from __future__ import annotations

import weakref
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING, Self, Unpack

from kg.api.network import Network
from kg.store.locate import check_damage, locate_store

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from kg.ingest.facts import Link
    from kg.ingest.frames import Frame
    from kg.model import Table
    from kg.network.lens_options import LensOptions
    from kg.settings import Settings
    from kg.store.view import View


class Graph:
    """An open store, in the state in which it was opened; use it in a ``with`` block, or call ``close()``.

    `add` and `ingest` write the next state and open it; networks made before keep theirs.
    A node is an IRI, a key such as ``huawei``, or a name in any language. `view` is for functions of the library.
    """

    def __init__(self, view: View, settings: Settings) -> None:
        self.view, self.settings, self.lang = view, settings, settings.lang
        self._opened = ExitStack()
        self._opened.callback(view.close)
        self.close = weakref.finalize(self, self._opened.close)

    def __enter__(self) -> Self:
        """Return the graph."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the store."""
        self.close()

    def __repr__(self) -> str:
        """Return the location of the store."""
        return f"<kg.Graph {self.view.name}>"

    def add(self, *links: Link) -> None:
        """Add links with their sources to the store, and open its new state; they are validated first."""
        from kg.ingest import facts

        store = locate_store(self.settings.store)
        facts.add(store, self.view, links, self.lang).report.raise_for_findings("; the store is unchanged")
        self._reopen()

    def ingest(
        self,
        table: str | Path | Frame,
        mapping: str | Path | Mapping[str, object],
        *,
        as_of: date | None = None,
        keep_going: bool = False,
    ) -> Table:
        """Read a table (a path or a data frame) by a mapping (a path or a dictionary), and open the new state.

        The answer contains the counts of rows and evidence. If a row is refused, nothing is written, unless
        `keep_going` leaves such rows out. The notes of the error are the refused rows or the findings.
        """
        from kg.ingest import frames, to_file

        options = to_file.IngestOptions(as_of, keep_going, None, self.lang)
        counts = frames.ingest(locate_store(self.settings.store), table, mapping, options)
        self._reopen()
        return counts.localise(self.lang)

    def _reopen(self) -> None:
        self.view = locate_store(self.settings.store, internal=self.settings.internal).view()
        self._opened.callback(self.view.close)

    def query(
        self, text: str, *, labels: bool = True, timeout: float | None = None, source: str | None = None
    ) -> Table:
        """Return the answer to a SPARQL 1.1 query, which can only read; the prefixes of the project are declared.

        With `labels`, a column ``<column>_label`` follows each column of IRIs with labels. `timeout` is in seconds.
        With `source` (a key, an IRI or a publisher), rows without evidence from it are left out.
        """
        from kg.query import answers, source_filter

        with check_damage(self.view):
            settings = self.settings if timeout is None else replace(self.settings, timeout=timeout)
            answer = answers.query(self.view, text, settings, labels=labels)
            answer = answer if source is None else source_filter.from_source(self.view, answer, source)
            return answer.localise(self.lang)

    def questions(self) -> Table:
        """Return the names of the shipped questions, with their parameters."""
        from kg.query import questions

        return questions.table(self.lang).localise(self.lang)

    def question(self, name: str, /, *, labels: bool = True, **parameters: str | int | date) -> Table:
        """Return the answer to a shipped question; a parameter that is a keyword of Python is written ``from_``."""
        from kg.query import answers

        with check_damage(self.view):
            values = {key.removesuffix("_"): str(value) for key, value in parameters.items()}
            return answers.question(self.view, name, values, self.settings, labels=labels).localise(self.lang)

    def describe(self, node: str) -> Table:
        """Return what is stated about a node, with the evidence."""
        from kg.query import describe, lookup

        with check_damage(self.view):
            return describe.describe(self.view, lookup.lookup(self.view, node), self.lang).localise(self.lang)

    def evidence(self, iri: str) -> Table:
        """Return the source, the position and the statements of a piece of evidence (an IRI, or ``ev:…``)."""
        from kg.query import evidence

        with check_damage(self.view):
            return evidence.describe(self.view, evidence.find(self.view, iri)).localise(self.lang)

    def network(self, **lens: Unpack[LensOptions]) -> Network:
        """Return the network that a lens selects; the options are the fields of `kg.network.Lens`."""
        from kg.network.lens_options import make_lens

        return Network(self.view, self.lang, make_lens(**lens))

    def findings(self, sector: str | None = None, **lens: Unpack[LensOptions]) -> Table:
        """Return up to seven sentences about the network that a lens selects, the unknown first.

        `sector` selects the actors that are ranked; the column `link_iris` contains the links of each sentence.
        """
        return self.network(**lens).findings(sector)
