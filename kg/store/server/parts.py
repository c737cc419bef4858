"""Statements of a state in parts of limited size, in a fixed order, with a digest of all of them.

A state that is built again from the same files has the same digest and the same parts, so an interrupted upload can
continue after the last part that the server has. The parts are in a temporary file, because the digest is known only
after the last one.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from hashlib import blake2b
from itertools import islice
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg.rdf import sparql
from kg.store.bulk_load import has_blank_node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

OUTSIDE_GRAPH = "-"
"""After the digest in the IRI of a staging graph: it has statements that are in no named graph."""

DIGEST_LENGTH = 32

OUTSIDE = "SELECT ?s ?p ?o { ?s ?p ?o MINUS { GRAPH ?g { ?s ?p ?o } } }"
"""Statements that are in no named graph."""

_CHUNK = 100
_CHUNKS_OUTSIDE = 50
"""Chunks of one staging graph outside named graphs; servers delete large graphs slowly, because they do so at once."""

_HEAD = "GRAPH <~"
"""Start of the line before the triples of a staging graph; the rest is the end of its IRI."""

_LABEL = re.compile(rb"_:\w+")


class Parts(NamedTuple):
    """The statements of a state, in a temporary file.

    Attributes:
        file: the parts.
        ends: the end of each part in the file.
        with_blank_nodes: the statements that contain a blank node, as one part; empty if there are none.
        digest: digest of the content and of the division into parts.
        statements: number of statements.
    """

    file: IO[bytes]
    ends: tuple[int, ...]
    with_blank_nodes: bytes
    digest: str
    statements: int

    def texts(self) -> Iterator[bytes]:
        """Yield the parts without blank nodes."""
        self.file.seek(0)
        start = 0
        for end in self.ends:
            yield self.file.read(end - start)
            start = end


def blocks(part: bytes, stage: str) -> str:
    """Return a part as blocks for an update: its graphs in SPARQL; the IRIs of staging graphs begin with `stage`."""
    return f"\n{part.decode()}".replace(f"\n{_HEAD}", f"\nGRAPH <{stage}")


def by_graph(part: bytes, stage: str) -> Iterator[tuple[str, str]]:
    """Yield the IRI of each staging graph of a part with its triples as N-Triples."""
    for block in f"\n{part.decode()}".split(f"\n{_HEAD}")[1:]:
        head, _, rest = block.partition("> {\n")
        yield stage + head, rest.rpartition("}")[0]


@contextmanager
def of(state: ox.Store, size: int, in_place: frozenset[str] = frozenset()) -> Iterator[Parts]:
    """Yield the parts of `state`, which is merged, each of about `size` bytes; graphs `in_place` are not staged."""
    digest, ends, labelled, count, start = blake2b(str(size).encode(), digest_size=DIGEST_LENGTH // 2), [], [], 0, 0
    with TemporaryFile() as file:
        for head, triples in _grouped(state, in_place):
            count += len(triples)
            text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
            if b"_:" in text:  # or a literal that contains the characters
                nodes = [triple for triple in triples if has_blank_node(triple)]
                if nodes:
                    labelled.append(_block(head, ox.serialize(nodes, format=ox.RdfFormat.N_TRIPLES) or b""))
                plain = [triple for triple in triples if not has_blank_node(triple)]
                text = ox.serialize(plain, format=ox.RdfFormat.N_TRIPLES) or b""
            block = _block(head, text) if text else b""
            digest.update(block)
            file.write(block)
            if file.tell() - start >= size:
                start = file.tell()
                ends.append(start)
        if file.tell() > start:
            ends.append(file.tell())
        # each parser gives a blank node another label
        digest.update(b"".join(sorted(_LABEL.sub(b"_:", block) for block in labelled)))
        yield Parts(file, tuple(ends), b"".join(labelled), digest.hexdigest(), count)


def _block(head: str, triples: bytes) -> bytes:
    return b"".join((f"{head}> {{\n".encode(), triples, b"}\n"))


def _grouped(state: ox.Store, in_place: frozenset[str]) -> Iterator[tuple[str, list[ox.Triple]]]:
    """Yield some triples of a graph with the line before them, graph by graph."""
    for name in state.named_graphs():
        triples = (quad.triple for quad in state.quads_for_pattern(None, None, None, name))
        head = f"GRAPH <{name.value}" if name.value in in_place else f"{_HEAD}/{name.value}"
        for some in _chunks(triples):
            yield head, some
    outside = (ox.Triple(row["s"], row["p"], row["o"]) for row in sparql.select(state, OUTSIDE))
    for number, some in enumerate(_chunks(outside)):
        yield f"{_HEAD}{OUTSIDE_GRAPH}{number // _CHUNKS_OUTSIDE}", some


def _chunks(triples: Iterable[ox.Triple]) -> Iterator[list[ox.Triple]]:
    rest = iter(triples)
    while some := list(islice(rest, _CHUNK)):
        yield some
