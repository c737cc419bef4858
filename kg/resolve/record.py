"""Record judgements in a Turtle file, atomically and only if they contradict nothing."""

from __future__ import annotations

import fcntl
import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from kg import files
from kg.errors import DataError, UsageError
from kg.rdf import files as graph_files
from kg.rdf.trig import trig
from kg.resolve import clusters, explain, judgements, load
from kg.resolve.judgements import EffectiveJudgement, Judgement, pair
from kg.terms import PREFIXES, SCHEME, readable
from kg.texts import Text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping

    from kg.rdf.sparql import Endpoint
    from kg.resolve.clusters import Clusters
    from kg.resolve.model import Facts

FILE = Path("judgements.ttl")
"""Default file of judgements, in the working directory."""

_PREFIXES = {name: PREFIXES[name] for name in ("hx", "dct", "xsd")}


@dataclass(frozen=True, slots=True)
class Verdict:
    """A person's verdict on two actors: one of `judgements.VERDICTS`, with its author, date and reason."""

    verdict: str
    author: str
    date: dt.date
    reason: str


class Decision(NamedTuple):
    """A verdict on two actors (IRIs)."""

    left: str
    right: str
    verdict: Verdict


def read_file(file: Path) -> tuple[Judgement, ...]:
    """Return the judgements in a Turtle file; none if it does not exist.

    Raises:
        InputError: the file is not Turtle.
    """
    if not file.exists():
        return ()
    graph = ox.Store()
    graph_files.load(graph, file)
    return judgements.read(graph)


def judge(facts: Facts, decisions: Iterable[Decision]) -> tuple[Judgement, ...]:
    """Return the judgements of `decisions`, each of which replaces the effective judgement of its actors.

    Raises:
        UsageError: both actors are the same node, or the author or the reason is missing.
        DataError: a judgement contradicts known facts, or is earlier than the effective judgement.
    """
    before = clusters.resolve(facts)
    effective = dict(before.effective)
    taken = {judgement.iri for judgement in facts.judgements}
    made: list[Judgement] = []
    for decision in decisions:
        judgement = _judgement(decision, effective, taken)
        made.append(judgement)
        taken.add(judgement.iri)
        effective[judgement.pair] = EffectiveJudgement(judgement.verdict, (judgement,))
    _check_contradictions(before, load.plus(facts, *made))
    return tuple(made)


def _judgement(
    decision: Decision, effective: Mapping[judgements.Pair, EffectiveJudgement], taken: Iterable[str]
) -> Judgement:
    left, right, verdict = decision
    if left == right:
        raise UsageError("{left} is one node; name two different actors", left=readable(left))
    if not verdict.reason.strip() or not verdict.author.strip():
        raise UsageError("a judgement requires an author and a reason; pass --author and --reason")
    two = pair(left, right)
    former = effective.get(two)
    if former is not None and former.judgements[0].date > verdict.date.isoformat():
        raise DataError(
            "{iri} is of {date}, and an earlier judgement has no effect; pass a later date with --date",
            iri=readable(former.judgements[0].iri),
            date=former.judgements[0].date,
        )
    return Judgement(
        iri=judgements.new_iri(*two, verdict.date, taken),
        left=two[0],
        right=two[1],
        verdict=verdict.verdict,
        author=verdict.author.strip(),
        date=verdict.date.isoformat(),
        reason=Text(verdict.reason.strip()),
        replaces=tuple(judgement.iri for judgement in former.judgements) if former else (),
    )


def _check_contradictions(before: Clusters, facts: Facts) -> None:
    """Raise an error if `facts` contain a contradiction that is not in the clusters `before`."""
    for contradiction in clusters.resolve(facts).contradictions:
        if contradiction not in before.contradictions:
            raise DataError(
                "{contradiction}; nothing was written: replace one of these judgements first",
                contradiction=explain.contradiction(contradiction),
            )


def record(graph: Endpoint, decisions: Iterable[Decision], file: Path) -> tuple[Judgement, ...]:
    """Judge by the facts in `graph` and `file`, and write all judgements to `file`, or none.

    The file is replaced atomically. Concurrent processes wait for each other.

    Raises:
        UsageError: as `judge` does.
        DataError: as `judge` does.
        InputError: the file exists and is not Turtle.
        OutputError: the file cannot be written.
    """
    files.check_writable(file)
    with files.output_errors(file), _locked(file.parent):
        made = judge(load.read(graph, read_file(file)), decisions)
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        for judgement in made:
            text = _inserted(text, judgement)
        files.atomic_write(file, text, durable=True)
    return made


def _inserted(text: str, judgement: Judgement) -> str:
    """Insert `judgement` into `text`: in canonical order if `text` is canonical, otherwise at the end."""
    quads = list(ox.parse(text, format=ox.RdfFormat.TURTLE))
    has_blank = any(isinstance(term, ox.BlankNode) for quad in quads for term in (quad.subject, quad.object))
    if not has_blank and (not text.strip() or trig(quads) == text):
        return trig([*quads, *ox.parse(turtle(judgement), format=ox.RdfFormat.TURTLE)])
    text = f"{text.rstrip()}\n\n"
    return text + turtle(judgement, text)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """Hold an exclusive lock on `folder`; the kernel releases it when the process ends."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _reasons(reason: Text) -> list[ox.Literal]:
    """Return a reason in two languages with their tags, or in the unknown language of its author without one."""
    if reason.zh is None or reason.en is None:
        return [ox.Literal(reason.en or reason.zh or "")]
    return [ox.Literal(reason.en, language="en"), ox.Literal(reason.zh, language="zh")]


def turtle(judgement: Judgement, before: str = "") -> str:
    """Return `judgement` as Turtle with full IRIs, and with the prefixes that the text `before` does not declare."""
    declarations = [f"@prefix {name}: {ox.NamedNode(iri)} ." for name, iri in _PREFIXES.items()]
    missing = [declaration for declaration in declarations if declaration not in before]
    lines = [
        f"{ox.NamedNode(judgement.iri)} a hx:Judgement ;",
        f"    dct:description {', '.join(map(str, _reasons(judgement.reason)))} ;",
        f"    dct:creator {ox.Literal(judgement.author)} ;",
        f'    dct:date "{judgement.date}"^^xsd:date ;',
        *(f"    dct:replaces {ox.NamedNode(iri)} ;" for iri in judgement.replaces),
        f"    hx:left {ox.NamedNode(judgement.left)} ;",
        f"    hx:right {ox.NamedNode(judgement.right)} ;",
        f"    hx:verdict {ox.NamedNode(f'{SCHEME}verdict/{judgement.verdict}')} .",
    ]
    return "\n".join([*missing, *([""] if missing else []), *lines]) + "\n"
