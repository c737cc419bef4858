"""A snapshot: the whole graph as static files for any triple store, with a description and a licence.

Loaded together, the data files give any store the content of ours: the default graph is the merge of all others
(docs/decisions/0006), so the shipped questions have the same answers there.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from kg import files
from kg.errors import OutputError
from kg.export.graph import asserted, derived, lines, merged, ontology
from kg.rdf.jsonld import document
from kg.rdf.jsonld_context import context
from kg.rdf.trig import trig
from kg.terms import BASE, PREFIXES, TYPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from kg.store.view import View

_MEDIA = {
    "data.nq": "application/n-quads",
    "derived.nq": "application/n-quads",
    "merged.ttl": "text/turtle",
    "ontology.ttl": "text/turtle",
    "context.jsonld": "application/ld+json",
}
"""The data files of a snapshot with their media types."""

NAMES = (*_MEDIA, "README.txt", "dataset.ttl")
"""The files of a snapshot; the checksums come last."""

_DCAT, _DCT, _HX, _XSD = PREFIXES["dcat"], PREFIXES["dct"], PREFIXES["hx"], PREFIXES["xsd"]
_VOID, _SPDX = "http://rdfs.org/ns/void#", "http://spdx.org/rdf/terms#"
_IANA = "https://www.iana.org/assignments/media-types/"
_SNAPSHOT = BASE + "snapshot"
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_PLAIN_FILE = 0o100644 << 16

_README = """\
A snapshot of a Helix KG: {links} links among {actors} organisations, from {sources} sources.

  data.nq         what the sources state: one named graph for each piece of evidence, described in the default graph
  derived.nq      what rules made of it: each statement in a graph that names its rule and its evidence
  merged.ttl      the statements of both, each once: what a query without GRAPH is to see
  ontology.ttl    the terms, in English and Chinese
  context.jsonld  the terms as a JSON-LD context
  dataset.ttl     what this snapshot is: licence, sizes, checksums (DCAT, VoID)

To load it, keep the graphs as they are in the files, and load all four data files into one store:

  Oxigraph  oxigraph load --location DB --file {data}
            oxigraph serve-read-only --location DB
  Fuseki    tdb2.tdbloader --loc DB {data}
            fuseki-server --tdb2 --loc DB /helix
  GraphDB   Import > Upload RDF files: {unmerged}
            (without merged.ttl, as a query without GRAPH sees all graphs there)
  kg        kg build data.nq
"""


def snapshot(view: View) -> dict[str, bytes]:
    """Return the files of a snapshot of `view` by name, in the order of `NAMES`; an equal graph gives equal bytes.

    Title and licence come from the catalogue of the graphs (``dcat:Catalog``). Without a catalogue the snapshot has no
    licence statement.

    Raises:
        InputError: a blank node occurs, whose name would change between runs.
    """
    stated, inferred, terms = list(asserted(view)), list(derived(view)), list(ontology(view))
    whole = list(merged([*stated, *inferred]))
    contents = {
        "data.nq": lines(stated),
        "derived.nq": lines(inferred),
        "merged.ttl": trig(whole).encode(),
        "ontology.ttl": trig(terms).encode(),
        "context.jsonld": document({"@context": context(terms)}).encode(),
        "README.txt": _readme(view).encode(),
    }
    about = [*_catalogue(stated), *_sizes(whole), *_distributions(contents)]
    return contents | {"dataset.ttl": trig(about).encode()}


def pack(contents: Mapping[str, bytes]) -> bytes:
    """Return the files as a ZIP archive with one folder, ``snapshot/``, without the time of writing.

    The archive is equal for equal versions of zlib; the files in it are always equal.
    """
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, text in contents.items():
            entry = zipfile.ZipInfo(f"snapshot/{name}", _ZIP_EPOCH)
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, _PLAIN_FILE, 3
            archive.writestr(entry, text)
    return content.getvalue()


def write(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Write the files into `folder`, each atomically and the checksums last; an older snapshot is replaced.

    Raises:
        OutputError: the folder contains other files, or cannot be written.
    """
    check(folder)
    with files.output_errors(folder):
        folder.mkdir(exist_ok=True)
    for name, content in contents.items():
        files.atomic_write(folder / name, content)


def check(folder: Path) -> None:
    """Refuse a folder that `write` cannot write to, before any work is done for it.

    Raises:
        OutputError: the folder contains other files than a snapshot, or its parent does not exist.
    """
    with files.output_errors(folder):
        if not folder.is_dir():
            files.check_writable(folder)
            return
        entries = {entry.name for entry in folder.iterdir()}
    foreign = sorted(entries - set(NAMES)) or sorted(
        entries if "data.nq" not in entries else ()
    )  # data.nq is written first
    if foreign:
        raise OutputError(
            "{folder} holds other things than a snapshot ({foreign}); name a folder of its own",
            folder=folder,
            foreign=foreign[0],
        )
    for name in NAMES:
        files.check_writable(folder / name)


def _readme(view: View) -> str:
    data = [name for name in NAMES if name.endswith((".nq", ".ttl")) and name != "dataset.ttl"]
    unmerged = ", ".join(name for name in data if name != "merged.ttl")
    return _README.format(**view.size()._asdict(), data=" ".join(data), unmerged=unmerged)


def _catalogue(stated: Iterable[Quad]) -> Iterator[Quad]:
    """Return the description of the catalogue, applied to the snapshot; a title if there is no catalogue."""
    this = NamedNode(_SNAPSHOT)
    quads = list(stated)
    catalogues = {quad.subject for quad in quads if quad.object == NamedNode(_DCAT + "Catalog")}
    yield Quad(this, NamedNode(TYPE), NamedNode(_DCAT + "Dataset"))
    yield Quad(this, NamedNode(TYPE), NamedNode(_VOID + "Dataset"))
    for quad in quads:
        if quad.subject in catalogues and quad.predicate.value.startswith(_DCT):
            yield Quad(this, quad.predicate, quad.object)
    if not catalogues:
        yield Quad(this, NamedNode(_DCT + "title"), Literal("A snapshot of a Helix KG", language="en"))


def _sizes(whole: Iterable[Quad]) -> Iterator[Quad]:
    """Return the sizes of the graph, each statement counted once (VoID)."""
    this = NamedNode(_SNAPSHOT)
    quads = list(whole)
    members: dict[str, set[str]] = {}
    for quad in quads:
        if quad.predicate.value == TYPE and isinstance(quad.object, NamedNode):
            members.setdefault(quad.object.value, set()).add(str(quad.subject))
    counts = {
        "triples": len(quads),
        "entities": len(set().union(*members.values())),
        "distinctSubjects": len({str(quad.subject) for quad in quads}),
        "properties": len({quad.predicate for quad in quads}),
        "classes": len(members),
    }
    yield from (Quad(this, NamedNode(_VOID + name), _number(count)) for name, count in counts.items())
    yield Quad(this, NamedNode(_VOID + "vocabulary"), NamedNode(_HX))
    for kind in sorted(name for name in members if name.startswith(_HX)):
        part = NamedNode(f"{_SNAPSHOT}/class/{kind.removeprefix(_HX)}")
        yield Quad(this, NamedNode(_VOID + "classPartition"), part)
        yield Quad(part, NamedNode(_VOID + "class"), NamedNode(kind))
        yield Quad(part, NamedNode(_VOID + "entities"), _number(len(members[kind])))


def _distributions(contents: Mapping[str, bytes]) -> Iterator[Quad]:
    """Return each file with its size and checksum (DCAT, SPDX); the publisher adds the address."""
    for name, media in _MEDIA.items():
        this, checksum = NamedNode(f"{_SNAPSHOT}/{name}"), NamedNode(f"{_SNAPSHOT}/{name}/sha256")
        digest = Literal(hashlib.sha256(contents[name]).hexdigest(), datatype=NamedNode(_XSD + "hexBinary"))
        yield Quad(NamedNode(_SNAPSHOT), NamedNode(_DCAT + "distribution"), this)
        yield Quad(this, NamedNode(TYPE), NamedNode(_DCAT + "Distribution"))
        yield Quad(this, NamedNode(_HX + "fileName"), Literal(name))
        yield Quad(this, NamedNode(_DCAT + "mediaType"), NamedNode(_IANA + media))
        size = Literal(str(len(contents[name])), datatype=NamedNode(_XSD + "nonNegativeInteger"))
        yield Quad(this, NamedNode(_DCAT + "byteSize"), size)
        yield Quad(this, NamedNode(_SPDX + "checksum"), checksum)
        yield Quad(checksum, NamedNode(TYPE), NamedNode(_SPDX + "Checksum"))
        yield Quad(checksum, NamedNode(_SPDX + "algorithm"), NamedNode(_SPDX + "checksumAlgorithm_sha256"))
        yield Quad(checksum, NamedNode(_SPDX + "checksumValue"), digest)


def _number(count: int) -> Literal:
    return Literal(str(count), datatype=NamedNode(_XSD + "integer"))
