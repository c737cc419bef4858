"""The next generation of a store while it is being made; nobody else sees it.

::

    DRAFT/oxigraph/     the quads: none at first, or those of the current generation, whose files it shares (hard links)
    DRAFT/merge.nt      what is still to be merged into the default graph; gone once it is
    DRAFT/journal       only of a draft that outlives its process: what was confirmed (docs/decisions/0010)
    DRAFT/ingested      the sources that came by an ingest, where there are any (docs/decisions/0017)

Each statement of a named graph belongs into the default graph too (docs/decisions/0006). It is noted in `merge.nt` on
its way into the store, and the file is loaded at one stroke at the end: reading it back from the store costs more than
loading it. Validation, which has to know what the default graph itself states, comes between the two.

**Retired** evidence, which a newer version of its source no longer has, has an ``hx:lastSeen``. Its named graph stays;
what nobody else states leaves the merge, and with it the incidence table and what rules make of it.
"""

from __future__ import annotations

import json
import os
import shutil
from itertools import chain, islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import InputError
from kg.files import discard, fsync_tree
from kg.rdf import files as graph_files
from kg.store import bulk_load
from kg.store.journal import INGESTED, JOURNAL, read_ingested, read_journal
from kg.store.view import size_of
from kg.terms import HX, ONTOLOGY_GRAPH, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from kg.store.view import Size

_DEFAULT = ox.DefaultGraph()
_AT_ONCE = 1000
_LAST_SEEN = ox.NamedNode(str(HX.lastSeen))
_REVIVED = ox.NamedNode("urn:x-kg:revived")
"""Marks evidence in a draft whose statements are to be merged again; no generation has it."""

_FORGOTTEN = "urn:x-kg:forgotten:"
"""How graphs of a draft begin that are to leave the merge and then be gone; no generation has them."""

_REVIVE = f"""DELETE {{ ?evidence {_LAST_SEEN} ?day }} INSERT {{ ?evidence {_REVIVED} ?day }}
  WHERE {{ VALUES ?evidence {{ %s }} ?evidence {_LAST_SEEN} ?day }}"""  # noqa: S608 - no SQL
_SUPERSEDE = f"""DELETE {{ GRAPH %(old)s {{ ?s ?p ?o }} }} INSERT {{ GRAPH %(new)s {{ ?s ?p ?o }} }}
  WHERE {{ GRAPH %(old)s {{ ?s ?p ?o }} }} ;
  DELETE {{ %(old)s ?p ?o }} INSERT {{ %(new)s ?p ?o ; {_LAST_SEEN} %(day)s }} WHERE {{ %(old)s ?p ?o }}"""
_FORGET = f"""DELETE {{ GRAPH %(old)s {{ ?s ?p ?o }} }} INSERT {{ GRAPH %(new)s {{ ?s ?p ?o }} }}
  WHERE {{ GRAPH %(old)s {{ ?s ?p ?o }} }} ;
  DELETE WHERE {{ %(old)s ?p ?o }} ; INSERT DATA {{ %(new)s {_LAST_SEEN} "forgotten" }}"""
_UNMERGE = f"""DELETE {{ ?s ?p ?o }} WHERE {{ ?gone {_LAST_SEEN} ?day . GRAPH ?gone {{ ?s ?p ?o }}
  FILTER NOT EXISTS {{ GRAPH ?other {{ ?s ?p ?o }} FILTER NOT EXISTS {{ ?other {_LAST_SEEN} ?then }} }} }}"""


class StoreWriter:
    """The next generation while it is being made.

    Attributes:
        path: its folder.
        graph: its quads. Until `finish` its default graph lacks what was loaded into named graphs; only what a draft
            that amends a generation started with is merged already.
        confirmed: of a draft that outlives its process, the batches that are safe, in order.
    """

    def __init__(self, path: Path) -> None:
        """Start in the folder `path`, or go on after what was confirmed there."""
        self.path = path
        self.graph = ox.Store(str(path / "oxigraph"))
        self._lasting = (path / JOURNAL).exists()
        lines = read_journal(path).batches if self._lasting else ()
        self.checkpoints = tuple(name for name, _ in lines)
        self._noted = (path / "merge.nt").open("ab")
        self._noted.truncate(min(self._noted.tell(), lines[-1][1] if lines else 0))  # it is empty if it was merged
        self._blank: list[ox.Triple] = []

    def load(self, files: Iterable[Path], ontology: Iterable[Path] = ()) -> None:
        """Load RDF files; the format follows the suffix.

        Args:
            files: Turtle, TriG, N-Triples, N-Quads, JSON-LD or RDF/XML.
            ontology: such files whose triples are to stand in the graph of the ontology.

        Raises:
            InputError: a file is missing or broken: which, and the line.
        """
        self.add(chain(graph_files.placed(ontology, ONTOLOGY_GRAPH), graph_files.placed(files)))

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Add `quads`, evidence in its named graphs and its description in the default graph.

        What is there already changes nothing. Where the process is killed, any part of them may have been added: a
        batch that was not confirmed has to be added again.

        Raises:
            InputError: a blank node is to be added to a draft that outlives its process.
        """
        self._load(self._written(quads), ox.RdfFormat.N_QUADS)

    def add_nquads(self, stated: Sequence[tuple[str, str]]) -> None:
        """Add statements as `add` does, which are written out already, and without blank nodes.

        Args:
            stated: subject, predicate and object as N-Triples has them, and the graph likewise; ``""`` for none.
        """
        self._noted.write("".join(f"{one} .\n" for one, graph in stated if graph).encode())
        text = "".join(f"{one} {graph} .\n" for one, graph in stated)
        self._load([text.encode()], ox.RdfFormat.N_QUADS)

    def _written(self, quads: Iterable[ox.Quad]) -> Iterator[bytes]:
        """`quads` as N-Quads, of which those in named graphs are noted for the merge.

        A blank node keeps its name in memory only: text that is read in bulk gives it another.
        """
        rest = iter(quads)
        while some := list(islice(rest, _AT_ONCE)):
            text = ox.serialize(some, format=ox.RdfFormat.N_QUADS) or b""
            if b"_:" in text:  # or a literal that looks like it
                self._add_blank([quad for quad in some if _has_blank(quad)])
                some = [quad for quad in some if not _has_blank(quad)]
                text = ox.serialize(some, format=ox.RdfFormat.N_QUADS) or b""
            named = (quad.triple for quad in some if quad.graph_name != _DEFAULT)
            ox.serialize(named, self._noted, ox.RdfFormat.N_TRIPLES)
            yield text

    def _load(self, texts: Iterable[bytes], kind: ox.RdfFormat) -> None:
        """Load lines of our own writing, so that their terms need no second look."""
        bulk_load.load(texts, lambda part: self.graph.bulk_load(part, format=kind, lenient=True))

    def _add_blank(self, quads: list[ox.Quad]) -> None:
        if quads and self._lasting:
            raise InputError(
                f"{quads[0].predicate.value} is stated with a blank node, which no other evidence could speak of; "
                "give it an IRI"
            )
        self.graph.extend(quads)
        self._blank += [quad.triple for quad in quads if quad.graph_name != _DEFAULT]

    def retire(self, evidence: Iterable[str], day: date) -> None:
        """Note that `evidence` (IRIs) was seen for the last time on `day`; what is retired already keeps its day.

        Raises:
            InputError: the draft has no such evidence.
        """
        seen, gone = _day(day), []
        for iri in evidence:
            name = ox.NamedNode(iri)
            if not self.graph.contains_named_graph(name):
                raise InputError(f"{iri}: the store has no such evidence, so that it cannot be retired")
            if next(self.graph.quads_for_pattern(name, _LAST_SEEN, None, _DEFAULT), None) is None:
                gone.append(ox.Quad(name, _LAST_SEEN, seen))
        self.graph.extend(gone)

    def supersede(self, evidence: Iterable[tuple[str, str]], day: date) -> None:
        """Keep what evidence says so far as retired evidence of another name, and make room for what it says now.

        Args:
            evidence: pairs of IRIs, of the evidence and of what its graph and its description become. Where the other
                is there already this was done before, and nothing is.
            day: when it was seen for the last time to say so.
        """
        for old, new in ((ox.NamedNode(old), ox.NamedNode(new)) for old, new in evidence):
            if not self.graph.contains_named_graph(new):
                self.graph.update(_SUPERSEDE % {"old": old, "new": new, "day": _day(day)})

    def delete_evidence(self, evidence: Iterable[str]) -> None:
        """Take out what `evidence` (IRIs) says and its description, as if it had never been there."""
        for iri in evidence:
            name = ox.NamedNode(iri)
            self.graph.update(_FORGET % {"old": name, "new": ox.NamedNode(_FORGOTTEN + iri)})
            self.graph.remove_graph(name)

    def remove_described(self, described: Iterable[ox.Triple]) -> None:
        """Take back what the default graph itself states, as a description of evidence or of a source."""
        for triple in described:
            self.graph.remove(ox.Quad(*triple))

    def ingested(self, sources: Iterable[str]) -> None:
        """Note that evidence of these sources (IRIs) came by an ingest, and need be in no graph file."""
        known = sorted(read_ingested(self.path) | set(sources))
        (self.path / INGESTED).write_text(json.dumps(known) + "\n", encoding="utf-8")

    def restore(self, evidence: Iterable[str]) -> None:
        """Take back that `evidence` (IRIs) was retired: its source has it again. What is not retired stays as it is."""
        self.graph.update(_REVIVE % " ".join(str(ox.NamedNode(iri)) for iri in evidence))

    def checkpoint(self, batch: str) -> None:
        """Make everything up to here safe, under the name `batch`; from now on a kill loses nothing of it.

        Raises:
            ValueError: this draft does not outlive its process.
        """
        if not self._lasting:
            raise ValueError("only a draft that outlives its process can confirm a batch; see Store.resume")
        self.graph.flush()
        self._noted.flush()
        os.fsync(self._noted.fileno())
        with (self.path / JOURNAL).open("r+b") as journal:
            journal.seek(journal.read().rfind(b"\n") + 1)  # over a line that a kill has cut short
            journal.truncate()
            journal.write((json.dumps([batch, self._noted.tell()]) + "\n").encode())
            journal.flush()
            os.fsync(journal.fileno())
        self.checkpoints = (*self.checkpoints, batch)

    def finish(
        self,
        derive: Callable[[ox.Store], object] | None = None,
        artefacts: Callable[[ox.Store, Path], object] | None = None,
    ) -> Size:
        """Merge all graphs into the default graph and make the generation durable.

        A finish that was killed can be repeated.

        Args:
            derive: adds inferred statements to the merged graph.
            artefacts: writes files that are derived from the graph into the folder of the generation.
        """
        self._merge()
        if derive is not None:
            derive(self.graph)
        self.graph.optimize()
        shutil.rmtree(self.path / "incidence", ignore_errors=True)
        if artefacts is not None:
            artefacts(self.graph, self.path)
        size = size_of(self.graph)
        self.graph.flush()
        self.close()
        (self.path / "manifest.json").write_text(json.dumps(size._asdict(), indent=1) + "\n", encoding="utf-8")
        (self.path / "readers").touch()
        fsync_tree(self.path)
        return size

    def _merge(self) -> None:
        """Bring the default graph up to date with what was added, revived and retired."""
        noted = self.path / "merge.nt"
        self._noted.flush()
        with noted.open("rb") as lines:
            self._load(bulk_load.blocks(lines), ox.RdfFormat.N_TRIPLES)
        self.graph.bulk_extend(ox.Quad(*triple) for triple in self._blank)
        revived = [quad.subject for quad in self.graph.quads_for_pattern(None, _REVIVED, None, _DEFAULT)]
        self.graph.bulk_extend(
            ox.Quad(*quad.triple)
            for name in revived
            for quad in self.graph.quads_for_pattern(None, None, None, name)  # type: ignore[arg-type]
        )
        self.graph.update(f"DELETE WHERE {{ ?evidence {_REVIVED} ?day }}")
        self.graph.update(_UNMERGE)
        for quad in list(self.graph.quads_for_pattern(None, _LAST_SEEN, ox.Literal("forgotten"), _DEFAULT)):
            self.graph.remove_graph(quad.subject)  # type: ignore[arg-type]
            self.graph.remove(quad)
        self.graph.flush()
        self._noted.close()
        noted.unlink()

    def close(self) -> None:
        """Let go of the files; the draft is of no use afterwards."""
        try:
            self._noted.close()
        finally:
            self.__dict__.pop("graph", None)  # RocksDB lets go of its lock with the last reference

    def rollback(self) -> None:
        """Let go of the files and remove them: nothing of this draft is wanted."""
        self.close()
        discard(self.path)


def _has_blank(terms: Iterable[object]) -> bool:
    """Whether a blank node is among the terms of a quad, or within a triple that is one of them."""
    return any(isinstance(term, ox.BlankNode) or (isinstance(term, ox.Triple) and _has_blank(term)) for term in terms)


def _day(day: date) -> ox.Literal:
    return ox.Literal(day.isoformat(), datatype=ox.NamedNode(PREFIXES["xsd"] + "date"))
