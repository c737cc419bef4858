"""Write a judgement down: in a Turtle file, atomically, and only where it contradicts nothing."""

from __future__ import annotations

import fcntl
import os
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import DataError, OutputError, UsageError, reason
from kg.model import Text
from kg.rdf import files as graph_files
from kg.resolve import clusters, explain, judgements, load
from kg.resolve.judgements import Judgement, pair
from kg.terms import PREFIXES, SCHEME, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from kg.rdf.sparql import Endpoint
    from kg.resolve.clusters import Clusters
    from kg.resolve.model import Facts

FILE = Path("judgements.ttl")
"""Where judgements go unless told otherwise, under the working directory."""

_PREFIXES = {name: PREFIXES[name] for name in ("hx", "dct", "xsd")}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What somebody says of two actors: one of `judgements.VERDICTS`, by whom, on what day, why."""

    word: str
    by: str
    on: date
    why: str


@dataclass(frozen=True, slots=True)
class JudgementFile:
    """A Turtle file of judgements, and how statements are written in canonical form."""

    file: Path
    canonical: Callable[[Iterable[ox.Quad]], str]


def read_file(file: Path) -> tuple[Judgement, ...]:
    """The judgements of `file`, none where it is not there.

    Raises:
        InputError: it cannot be read as Turtle: where.
    """
    if not file.exists():
        return ()
    found = ox.Store()
    graph_files.load(found, file)
    return judgements.read(found)


def judge(known: Facts, left: str, right: str, verdict: Verdict) -> Judgement:
    """The judgement of `verdict` on two actors, which replaces what stands for them.

    Raises:
        UsageError: they are one node, or there is no reason or nobody who judges.
        DataError: it would contradict what is known: the chain; or it is of an earlier day than what stands.
    """
    if left == right:
        raise UsageError(f"{shorten(left)} is one node; a judgement compares two")
    if not verdict.why.strip() or not verdict.by.strip():
        raise UsageError("a judgement requires an author and a reason; pass --author and --reason")
    two = pair(left, right)
    before = clusters.resolve(known)
    effective = before.effective.get(two)
    if effective is not None and effective.judgements[0].on > verdict.on.isoformat():
        raise DataError(
            f"{shorten(effective.judgements[0].iri)} is of {effective.judgements[0].on}, and a judgement of an earlier "
            "day changes nothing; pass a later one with --date"
        )
    judgement = Judgement(
        iri=judgements.name(*two, verdict.on, (judgement.iri for judgement in known.judgements)),
        left=two[0],
        right=two[1],
        verdict=verdict.word,
        by=verdict.by.strip(),
        on=verdict.on.isoformat(),
        why=Text(verdict.why.strip()),
        replaces=tuple(judgement.iri for judgement in effective.judgements) if effective else (),
    )
    _hold_against(before, load.plus(known, judgement))
    return judgement


def _hold_against(before: Clusters, known: Facts) -> None:
    """Refuse what is `known` now where something cannot be true of it that could `before`."""
    after = clusters.resolve(known)
    for found in after.contradictions:
        if found not in before.contradictions:
            raise DataError(f"{explain.contradiction(found)}; nothing was written: judge one of these anew first")


def record(graph: Endpoint, left: str, right: str, verdict: Verdict, book: JudgementFile) -> Judgement:
    """Judge by what `graph` and `book` hold, and write the judgement into `book`.

    The file then holds it whole or is as it was; of two processes the second waits for the first.

    Raises:
        UsageError, DataError: as `judge` does.
        InputError: the file is there and is no Turtle.
        OutputError: it cannot be written.
    """
    try:
        with _alone(book.file.parent):
            judgement = judge(load.read(graph, read_file(book.file)), left, right, verdict)
            text = book.file.read_text(encoding="utf-8") if book.file.exists() else ""
            _replace(book.file, _written(text, judgement, book.canonical))
    except OSError as error:
        raise OutputError(f"{book.file}: cannot be written ({reason(error)})") from error
    return judgement


def _written(text: str, judgement: Judgement, canonical: Callable[[Iterable[ox.Quad]], str]) -> str:
    """Insert `judgement` into `text`: in canonical order if `text` is canonical, otherwise at the end."""
    quads = list(ox.parse(text, format=ox.RdfFormat.TURTLE))
    plain = not any(isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode) for quad in quads)
    if plain and (not text.strip() or canonical(quads) == text):
        return canonical([*quads, *ox.parse(turtle(judgement), format=ox.RdfFormat.TURTLE)])
    text = f"{text.rstrip()}\n\n"
    return text + turtle(judgement, text)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other judges out of `folder` for as long; the kernel lets go of it however the process ends."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _replace(file: Path, text: str) -> None:
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    fresh = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        fresh.chmod(file.stat().st_mode if file.exists() else 0o644)
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)


def turtle(judgement: Judgement, before: str = "") -> str:
    """`judgement` as Turtle, with the prefixes that the text `before` it does not declare; IRIs are written in full."""
    heads = [f"@prefix {name}: <{iri}> ." for name, iri in _PREFIXES.items()]
    missing = [head for head in heads if head not in before]
    lines = [
        f"<{judgement.iri}> a hx:Judgement ;",
        f"    dct:description {ox.Literal(judgement.why.en or '')} ;",
        f"    dct:creator {ox.Literal(judgement.by)} ;",
        f'    dct:date "{judgement.on}"^^xsd:date ;',
        *(f"    dct:replaces <{iri}> ;" for iri in judgement.replaces),
        f"    hx:left <{judgement.left}> ;",
        f"    hx:right <{judgement.right}> ;",
        f"    hx:verdict <{SCHEME}verdict/{judgement.verdict}> .",
    ]
    return "\n".join([*missing, *([""] if missing else []), *lines]) + "\n"
