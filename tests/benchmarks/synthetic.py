"""Seeded graphs of realistic shape and any size; equal size and seed give equal bytes.

They follow docs/model.md. Firms, universities, departments, institutes and associations have naming evidence of their
own. Each link has one piece of evidence and 1 to 40 named parties (mostly two) drawn by a Zipf law. So a few partners
occur often, most occur once, and some links have a counted group without names. A co-construction creates a unit inside
its host, and a founding creates an alliance.

N-Quads are streamed, so a file of any size needs only the memory of its actors. The only random method is
`random.Random.random`, whose sequence Python guarantees.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from random import Random
from typing import TYPE_CHECKING

from benchmarks.population import FORMS, KINDS, Form, Population, chosen, parties, population

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

BASE = "https://w3id.org/helix-kg/"
DEFAULT_SEED = 20251108

_A = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_LABEL = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
_DCT = "<http://purl.org/dc/terms/{}>"
_UNIT_OF = "<http://www.w3.org/ns/org#unitOf>"
_XSD = "http://www.w3.org/2001/XMLSchema#"

_LINKS_PER_SOURCE = 5
_PLACES = (
    ("Shaanxi", "Xi'an"),
    ("Guangdong", "Shenzhen"),
    ("Jiangsu", "Nanjing"),
    ("Hubei", "Wuhan"),
    ("Beijing", None),
)


@dataclass(frozen=True)
class Made:
    """The size of the written file."""

    quads: int
    links: int
    actors: int


def write(path: Path, quads: int, seed: int = DEFAULT_SEED) -> Made:
    """Write at least `quads` quads (at most one link more) to the N-Quads file `path`."""
    written = links = actors = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for block in blocks(quads, seed):
            file.write("".join(block.lines))
            written, links, actors = written + len(block.lines), links + block.links, actors + block.actors
    return Made(written, links, actors)


@dataclass(frozen=True)
class Block:
    """The quads of one thing, as lines, with its numbers of links and actors."""

    lines: Sequence[str]
    links: int = 0
    actors: int = 0


def blocks(quads: int, seed: int = DEFAULT_SEED) -> Iterator[Block]:
    """Yield all actors, then links until there are `quads` quads."""
    rng = Random(seed)  # noqa: S311 - reproducible, not secret
    people = population(quads)
    left = quads
    for block in _everybody(people, rng):
        left -= len(block.lines)
        yield block
    number = 0
    while left > 0:
        if number % _LINKS_PER_SOURCE == 0:
            block = Block(_source(number // _LINKS_PER_SOURCE))
            left -= len(block.lines)
            yield block
        block = _link(number, people, rng)
        left -= len(block.lines)
        yield block
        number += 1


def _everybody(people: Population, rng: Random) -> Iterator[Block]:
    yield Block(_described("source/registry", "Source", _REGISTRY))
    for name, size in people.sizes.items():
        kind = KINDS[name]
        for number in range(size):
            names = kind.english.format(number + 1), kind.chinese.format(number + 1)
            region, city = _PLACES[int(rng.random() * len(_PLACES))]
            more = [(_hx("region"), _text(region, "en"))] + ([(_hx("city"), _text(city, "en"))] if city else [])
            graph = f"evidence/registry/{kind.key(number)}"
            yield Block(
                _evidence(graph, "registry", rng) + _actor(graph, kind.key(number), (kind.name, *names), more), 0, 1
            )


def _link(number: int, people: Population, rng: Random) -> Block:
    """Return one link with its evidence, and the unit or alliance that it creates."""
    form = FORMS[chosen(rng, [form.share for form in FORMS])]
    key, source = f"id/link/{number:07d}", f"s{number // _LINKS_PER_SOURCE:06d}"
    graph = f"evidence/{source}/{number:07d}"
    counted = rng.random() < 0.12
    named = parties(form, people, rng, alone=counted and rng.random() < 0.5)
    facts = _facts(number, form, len(named), rng)
    if form.name == "Agreement":
        arity = "unstated" if counted else "bilateral" if len(named) == 2 else "multilateral"
        facts.append((_hx("arity"), _concept("arity", arity)))
        if arity == "unstated":
            facts.append((_hx("commonParty"), _iri(f"id/{named[0][0]}")))
    lines = _evidence(graph, source, rng)
    if form.about is not None:
        about = f"{form.about.lower()}-of-{number:07d}"
        facts.append((_hx("about"), _iri(f"id/{about}")))
        names = f"{form.about} {number}", f"{number}号{'产业学院' if form.about == 'Unit' else '联盟'}"
        more = [(_UNIT_OF, _iri(f"id/{named[0][0]}"))] if form.about == "Unit" else []
        lines += _actor(graph, about, (form.about, *names), more)
    taking = [(f"id/{actor}", role, f"{actor}-{role}") for actor, role in named]
    if counted:
        taking.append((f"{key}/group/others", form.others[1], "others"))
        lines += _quads(f"{key}/group/others", graph, _group(named, rng))
    facts += [(_hx("participation"), _iri(f"{key}/party/{name}")) for _, _, name in taking]
    lines += _quads(key, graph, facts)
    for who, role, name in taking:
        part = [(_A, _hx("Participation")), (_hx("participant"), _iri(who)), (_hx("role"), _concept("role", role))]
        lines += _quads(f"{key}/party/{name}", graph, part)
    return Block(lines, 1, int(form.about is not None))


def _facts(number: int, form: Form, size: int, rng: Random) -> list[tuple[str, str]]:
    """Return the statements about the link itself."""
    stage = ("planned", "announced", "signed", "effective", "ended")[chosen(rng, (0.06, 0.16, 0.5, 0.24, 0.04))]
    return [
        (_A, _hx("Link")),
        (_A, _hx(form.name)),
        (_LABEL, _text(f"{form.name} {number} of {size} parties", "en")),
        (_LABEL, _text(f"联系{number}号（{size}方）", "zh")),
        (_hx("kind"), _concept("kind", form.kinds[int(rng.random() * len(form.kinds))])),
        (_hx("stage"), _concept("stage", stage)),
        *_dates(rng, ended=stage == "ended"),
    ]


def _group(named: Sequence[tuple[str, str]], rng: Random) -> list[tuple[str, str]]:
    """Return a counted group of parties; it includes some named parties, none, or leaves this open."""
    others = [actor for actor, role in named[1:] if role != "guide"]
    count = len(others) + 1 + int(60 * rng.random() ** 3)
    kind = ("exact", "atLeast", "moreThan", "approximate")[chosen(rng, (0.6, 0.15, 0.15, 0.1))]
    facts = [
        (_A, _hx("CountedGroup")),
        (_A, _hx("PartyGroup")),
        (_LABEL, _text(f"{count} organisations", "en")),
        (_hx("count"), f'"{count}"^^<{_XSD}integer>'),
        (_hx("countKind"), _concept("count-kind", kind)),
        (_hx("countedThing"), _concept("counted-thing", "organisations")),
    ]
    knows = chosen(rng, (0.3, 0.5, 0.2))
    if knows < 2:
        facts.append((_hx("includesNamed"), f'"{"false" if knows else "true"}"^^<{_XSD}boolean>'))
    if knows == 0:
        facts += [(_hx("namedMember"), _iri(f"id/{actor}")) for actor in others]
    return facts


def _dates(rng: Random, *, ended: bool) -> Iterator[tuple[str, str]]:
    """Return the bounds of a start with varying precision; later years are frequent, and one in five has no date."""
    precision = ("day", "month", "year", "")[chosen(rng, (0.5, 0.15, 0.15, 0.2))]
    day = date(2012, 1, 1) + timedelta(days=int(5000 * sqrt(rng.random())))
    if not precision:
        return
    first, last, stated = day, day, day.isoformat()
    if precision == "month":
        first = day.replace(day=1)
        last, stated = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1), stated[:7]
    elif precision == "year":
        first, last, stated = date(day.year, 1, 1), date(day.year, 12, 31), stated[:4]
    yield _hx("precision"), _concept("precision", precision)
    yield _hx("statedAs"), _text(stated)
    bounds = {"startEarliest": first, "startLatest": last}
    if ended:
        bounds |= {"endEarliest": last + timedelta(days=365), "endLatest": last + timedelta(days=730)}
    for name, bound in bounds.items():
        yield _hx(name), f'"{bound.isoformat()}"^^<{_XSD}date>'


def _actor(graph: str, key: str, result: tuple[str, str, str], more: Sequence[tuple[str, str]]) -> list[str]:
    """Return an actor of the class with an English and a Chinese name."""
    term, english, chinese = result
    kinds = [(_A, _hx(name)) for name in ("Actor", "Organisation", term)]
    return _quads(f"id/{key}", graph, [*kinds, (_LABEL, _text(english, "en")), (_LABEL, _text(chinese, "zh")), *more])


def _evidence(graph: str, source: str, rng: Random) -> list[str]:
    """Return the description of evidence; one in five is a sentence with a position."""
    facts = [
        (_hx("source"), _iri(f"source/{source}")),
        (_hx("confidence"), _concept("confidence", "high" if rng.random() < 0.8 else "medium")),
        (_DCT.format("description"), _text("Made by a generator; nobody says so.", "en")),
    ]
    if rng.random() < 0.2 and source != "registry":
        start = int(rng.random() * 3000)
        digest = hashlib.sha256(graph.encode()).hexdigest()
        facts += [
            (_hx("reading"), _concept("reading", "sentence")),
            (_hx("start"), f'"{start}"^^<{_XSD}integer>'),
            (_hx("end"), f'"{start + 120}"^^<{_XSD}integer>'),
            (_hx("digest"), _text(f"sha256:{digest}")),
        ]
    else:
        facts.append((_hx("reading"), _concept("reading", "record")))
    return _described(graph, "Evidence", facts)


def _source(number: int) -> list[str]:
    facts = [
        (_DCT.format("publisher"), _text(f"Publisher {number % 97}")),
        (_DCT.format("language"), _text("zh")),
        (_hx("address"), f'"https://news.example/{number:06d}"^^<{_XSD}anyURI>'),
        (_hx("quality"), _concept("quality", ("newspaper", "university", "official")[number % 3])),
    ]
    return _described(f"source/s{number:06d}", "Source", facts)


def _described(key: str, term: str, facts: Sequence[tuple[str, str]]) -> list[str]:
    """Return a source or evidence for the default graph."""
    return [f"<{BASE}{key}> {p} {o} .\n" for p, o in [(_A, _hx(term)), *facts]]


def _quads(key: str, graph: str, facts: Sequence[tuple[str, str]]) -> list[str]:
    return [f"<{BASE}{key}> {p} {o} <{BASE}{graph}> .\n" for p, o in facts]


def _hx(term: str) -> str:
    return f"<{BASE}ontology#{term}>"


def _iri(key: str) -> str:
    return f"<{BASE}{key}>"


def _concept(scheme: str, notation: str) -> str:
    return f"<{BASE}scheme/{scheme}/{notation}>"


def _text(text: str, lang: str = "") -> str:
    return f'"{text}"@{lang}' if lang else f'"{text}"'


_REGISTRY = [
    (_DCT.format("publisher"), _text("Registry")),
    (_hx("quality"), _concept("quality", "official")),
]
