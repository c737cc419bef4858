"""Writer of the next generation of a store.

::

    DRAFT/oxigraph/     the quads: those of the current generation, whose files it shares (hard links); or none at
                        first, because a new generation is in memory (kg.store.draft)
    DRAFT/merge.nt      statements to be merged into the default graph; deleted by the merge
    DRAFT/journal       checkpoints, if the writer is resumable (docs/decisions/0010)
    DRAFT/ingested      sources whose evidence was added by an ingest, if any (docs/decisions/0017)
    DRAFT/public/       the same generation without internal evidence, if there is any (docs/decisions/0027)

Each statement of a named graph also belongs in the default graph (docs/decisions/0006). It is appended to `merge.nt`
when it is added, and the file is bulk-loaded at the end, which is faster than reading the statements back from the
store. Validation runs before the merge, because it needs the statements of the default graph itself.

**Retired** evidence, which is absent from a later edition of its source, has an ``hx:lastSeen``. Its named graph is
kept. Statements without other evidence are removed from the default graph, and so from the participation tables and
the inferences.
"""

from __future__ import annotations

import json
import os
import shutil
from contextlib import closing
from itertools import chain, islice
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import InputError, StoreError
from kg.files import discard, fsync_tree
from kg.rdf import files as graph_files
from kg.store import bulk_load, internal, inventory, updates
from kg.store.draft import Draft
from kg.store.journal import INGESTED, JOURNAL, append, read_ingested, read_journal
from kg.store.view import PUBLIC, size_of_merged
from kg.terms import ONTOLOGY_GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from kg.store.view import Size

_DEFAULT = ox.DefaultGraph()
_CHUNK = 1000


class StoreWriter:
    """Writer of the next generation.

    Attributes:
        path: folder of the generation.
        base: folder of the generation that a resumable writer amends, if one exists.
        checkpoints: names of the batches of a resumable writer that are durable, in order.
        internal: internal evidence (IRIs), known after `finish`.
    """

    def __init__(self, path: Path) -> None:
        """Start in the folder `path`, or continue after the last checkpoint there."""
        self.path = path
        self._resumable = (path / JOURNAL).exists()
        self._draft = Draft(path, resumable=self._resumable)
        journal = read_journal(path) if self._resumable else None
        self.base = None if journal is None or journal.base is None else path.parent / journal.base
        batches = () if journal is None else journal.batches
        self.checkpoints = tuple(name for name, _ in batches if name is not None)
        self._to_merge = (path / "merge.nt").open("ab")
        length = batches[-1][1] if batches else 0
        if self._to_merge.tell() < length:
            self.close()
            raise StoreError("{path}: the file is damaged; run kg store repair", path=path / "merge.nt")
        self._to_merge.truncate(length)
        self._with_blank_nodes: list[ox.Triple] = []
        self.internal: tuple[str, ...] = ()

    @property
    def graph(self) -> ox.Store:
        """The quads. Until `finish`, the default graph lacks the statements added to named graphs.

        Only those of the generation that the writer amends are already merged.
        """
        return self._draft.graph

    def load(self, files: Iterable[Path], ontology: Iterable[Path] = ()) -> None:
        """Load RDF files; the format follows the suffix.

        Args:
            files: Turtle, TriG, N-Triples, N-Quads, JSON-LD or RDF/XML.
            ontology: such files whose triples belong to the graph of the ontology.

        Raises:
            InputError: a file is missing or malformed; contains the line.
        """
        self.add(chain(graph_files.parse_all(ontology, ONTOLOGY_GRAPH), graph_files.parse_all(files)))

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Add `quads`: evidence in its named graphs, and its description in the default graph.

        A quad that exists already changes nothing. If the process is killed, any part of the quads may have been added,
        so a batch without a checkpoint must be added again.

        Raises:
            InputError: a quad contains a blank node, and the writer is resumable.
        """
        self._draft.load(self._serialised(quads), ox.RdfFormat.N_QUADS)

    def add_nquads(self, statements: Sequence[tuple[str, str]]) -> None:
        """Add serialised statements without blank nodes, as `add` does.

        Args:
            statements: a triple and a graph, both as in N-Quads; ``""`` is the default graph.
        """
        named = "".join(f"{triple} .\n" for triple, graph in statements if graph)
        self.add_serialised(named.encode(), "".join(f"{triple} {graph} .\n" for triple, graph in statements).encode())

    def add_serialised(self, named: bytes, every: bytes) -> None:
        """Add N-Quads without blank nodes.

        Args:
            named: those of named graphs, as N-Triples.
            every: all of them.
        """
        self._to_merge.write(named)
        self._draft.load([every], ox.RdfFormat.N_QUADS)

    def _serialised(self, quads: Iterable[ox.Quad]) -> Iterator[bytes]:
        """Yield `quads` as N-Quads, and append those of named graphs to the file of the merge.

        Quads with a blank node are added at once, because bulk-loaded text would give the node another name.
        """
        rest = iter(quads)
        while chunk := list(islice(rest, _CHUNK)):
            text = ox.serialize(chunk, format=ox.RdfFormat.N_QUADS) or b""
            if b"_:" in text:  # or a literal that contains the characters
                self._add_with_blank_nodes([quad for quad in chunk if bulk_load.has_blank_node(quad)])
                chunk = [quad for quad in chunk if not bulk_load.has_blank_node(quad)]
                text = ox.serialize(chunk, format=ox.RdfFormat.N_QUADS) or b""
            named = (quad.triple for quad in chunk if quad.graph_name != _DEFAULT)
            ox.serialize(named, self._to_merge, ox.RdfFormat.N_TRIPLES)
            yield text

    def _add_with_blank_nodes(self, quads: list[ox.Quad]) -> None:
        if quads and self._resumable:
            raise InputError(
                "a value of {value} is a blank node, which other evidence cannot refer to; give it an IRI",
                value=quads[0].predicate.value,
            )
        self._draft.extend(quads)
        self._with_blank_nodes += [quad.triple for quad in quads if quad.graph_name != _DEFAULT]

    def retire(self, evidence: Iterable[str], day: date) -> None:
        """Record that `evidence` (IRIs) was last seen on `day`; retired evidence keeps its earlier day.

        Raises:
            InputError: the evidence does not exist.
        """
        last_seen, retired = updates.literal(day), []
        for iri in evidence:
            name = ox.NamedNode(iri)
            if not self.graph.contains_named_graph(name):
                raise InputError("{iri}: the store does not contain this evidence, so it cannot be retired", iri=iri)
            if next(self.graph.quads_for_pattern(name, updates.LAST_SEEN, None, _DEFAULT), None) is None:
                retired.append(ox.Quad(name, updates.LAST_SEEN, last_seen))
        self.graph.extend(retired)

    def supersede(self, evidence: Iterable[tuple[str, str]], day: date) -> None:
        """Keep the present statements of evidence as retired evidence under another IRI, to make room for new ones.

        Args:
            evidence: pairs of the IRI of the evidence and the new IRI of its graph and description. A pair is skipped
                if its new IRI exists already.
            day: the day on which the present statements were last seen.
        """
        for old, new in ((ox.NamedNode(old), ox.NamedNode(new)) for old, new in evidence):
            if not self.graph.contains_named_graph(new):
                self.graph.update(updates.SUPERSEDE % {"old": old, "new": new, "day": updates.literal(day)})

    def delete_evidence(self, evidence: Iterable[str]) -> None:
        """Delete the statements and the description of `evidence` (IRIs)."""
        for iri in evidence:
            name = ox.NamedNode(iri)
            self.graph.update(updates.DELETE % {"old": name, "new": ox.NamedNode(updates.DELETED + iri)})
            self.graph.remove_graph(name)

    def remove_described(self, described: Iterable[ox.Triple]) -> None:
        """Remove triples of the default graph itself, such as the description of evidence or of a source."""
        for triple in described:
            self.graph.remove(ox.Quad(*triple))

    def ingested(self, sources: Iterable[str]) -> None:
        """Record that evidence of these sources (IRIs) was added by an ingest and need not be in a graph file."""
        known = sorted(read_ingested(self.path) | set(sources))
        (self.path / INGESTED).write_text(json.dumps(known) + "\n", encoding="utf-8")

    def restore(self, evidence: Iterable[str]) -> None:
        """Restore retired `evidence` (IRIs), whose source contains it again."""
        self.graph.update(updates.RESTORE % " ".join(str(ox.NamedNode(iri)) for iri in evidence))

    def write_ahead(self) -> None:
        """Begin to write a new generation to disk, unless `finish`, which follows, may remove statements."""
        if not updates.may_remove(self.graph):
            self._draft.write_ahead()

    def checkpoint(self, batch: str) -> None:
        """Make all changes so far durable, under the name `batch`.

        Raises:
            ValueError: the writer is not resumable.
        """
        if not self._resumable:
            raise ValueError("only a resumable writer has checkpoints; see LocalStore.resume")
        self.graph.flush()
        self._to_merge.flush()
        os.fsync(self._to_merge.fileno())
        append(self.path, batch, self._to_merge.tell())
        self.checkpoints = (*self.checkpoints, batch)

    def finish(
        self,
        derive: Callable[[ox.Store], Iterable[ox.Quad]] | None = None,
        artefacts: Callable[[ox.Store, Path], object] | None = None,
    ) -> Size:
        """Merge all graphs into the default graph, make the generation durable, and return its size.

        If evidence is internal, the public part of the generation is written too. An interrupted call can be repeated.

        Args:
            derive: returns the inferred statements of the merged graph, without former ones.
            artefacts: writes files that are derived from the graph into the folder of the generation.
        """
        self._merge()
        shutil.rmtree(self.path / "incidence", ignore_errors=True)
        with self._draft.completed(() if derive is None else derive(self.graph)):
            if artefacts is not None:
                artefacts(self.graph, self.path)
            size = size_of_merged(self.graph)
            self.internal = internal.evidence(self.graph)
        shutil.rmtree(self.path / PUBLIC, ignore_errors=True)
        if self.internal:
            self._write_public(derive, artefacts)
        self.close()
        (self.path / "manifest.json").write_text(json.dumps(size._asdict(), indent=1) + "\n", encoding="utf-8")
        (self.path / "readers").touch()
        inventory.write(self.path)
        fsync_tree(self.path)
        return size

    def _write_public(
        self,
        derive: Callable[[ox.Store], Iterable[ox.Quad]] | None,
        artefacts: Callable[[ox.Store, Path], object] | None,
    ) -> None:
        """Write the generation without internal evidence; what is derived from it is derived again."""
        folder = self.path / PUBLIC
        folder.mkdir()
        with closing(StoreWriter(folder)) as public:
            public.graph.bulk_extend(internal.public_quads(self.graph))
            public.finish(derive, artefacts)
        (folder / inventory.FILE).unlink()  # that of the generation lists the public files too

    def _merge(self) -> None:
        """Apply all added, restored, retired and deleted statements to the default graph."""
        to_merge = self.path / "merge.nt"
        self._to_merge.flush()
        try:
            with to_merge.open("rb") as lines:
                self._draft.load(bulk_load.blocks(lines), ox.RdfFormat.N_TRIPLES)
        except SyntaxError as error:
            raise StoreError("{path}: the file is damaged; run kg store repair", path=to_merge) from error
        self._draft.extend([ox.Quad(*triple) for triple in self._with_blank_nodes])
        restored = [quad.subject for quad in self.graph.quads_for_pattern(None, updates.RESTORED, None, _DEFAULT)]
        self.graph.bulk_extend(
            ox.Quad(*quad.triple)
            for name in restored
            for quad in self.graph.quads_for_pattern(None, None, None, name)  # type: ignore[arg-type]
        )
        self.graph.update(f"DELETE WHERE {{ ?evidence {updates.RESTORED} ?day }}")
        self.graph.update(updates.UNMERGE)
        for quad in list(self.graph.quads_for_pattern(None, updates.LAST_SEEN, ox.Literal("deleted"), _DEFAULT)):
            self.graph.remove_graph(quad.subject)  # type: ignore[arg-type]
            self.graph.remove(quad)
        self.graph.flush()
        if self._resumable:
            append(self.path, None, 0)  # a repeated merge adds nothing
        self._to_merge.close()
        to_merge.unlink()

    def close(self) -> None:
        """Close all files; the writer cannot be used afterwards."""
        with closing(self._draft):
            self._to_merge.close()

    def rollback(self) -> None:
        """Close all files and delete them."""
        self.close()
        discard(self.path)
