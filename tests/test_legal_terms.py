"""Random terms that RDF allows pass through all commands and exports unchanged."""

from __future__ import annotations

import csv
import io
import json
import random
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from defusedxml import ElementTree
from helpers.stores import SMALL, Done, kg
from helpers.terms import value_of

from kg.terms import HX, TYPE

if TYPE_CHECKING:
    from pathlib import Path

CHARACTERS = "aé中\u202e\u0085\u2028\x1b\x07\"'\\<>&,;|=@{}\t\n\r\ufeff\U0001f600\x7f% \ufffe\uffff"
IN_IRIS = "ab,;'()*!$&=@:~+-._é中"
LANGUAGES = ("en", "en-GB", "zh", "zh-Hans", "zh-CN", "de-AT", "x-private")
DAYS = ("2020-01-01Z", "2020-01-01+08:00", "0000-01-01", "-0044-03-15", "12020-01-01")
EVIDENCE = ox.NamedNode("https://w3id.org/helix-kg/evidence/signed")
SCHEME = "https://w3id.org/helix-kg/scheme/"
LABELS = "http://www.w3.org/2004/02/skos/core#"
QUERY = "SELECT ?a ?l { ?a skos:altLabel ?l }"


def quad(subject: ox.NamedNode, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
    return ox.Quad(subject, ox.NamedNode(predicate), value, EVIDENCE)


def trig(quads: list[ox.Quad]) -> str:
    written = ox.serialize(quads, format=ox.RdfFormat.TRIG)
    assert written is not None
    return written.decode()


def terms(seed: int) -> list[ox.Quad]:
    """Return firms and agreements with random IRIs, names and languages."""
    chance = random.Random(seed)  # noqa: S311 - names, not secrets

    def iri() -> ox.NamedNode:
        return ox.NamedNode("https://ex.example/" + "".join(chance.choices(IN_IRIS, k=9)) + "z%20q#f(1)")

    def name() -> ox.Literal:
        text = "x" + "".join(chance.choices(CHARACTERS, k=chance.randint(1, 12))) + "y"
        return ox.Literal(text, language=chance.choice(LANGUAGES))

    found, firms = [], [iri() for _ in range(30)]
    for firm in firms:
        found += [quad(firm, TYPE, ox.NamedNode(kind)) for kind in (HX.Actor, HX.Organisation, HX.Firm)]
        names = [("prefLabel", name()), ("altLabel", name())]
        named = names if firm != firms[0] else [("prefLabel", ox.Literal("", language="en"))]
        found += [quad(firm, LABELS + term, value) for term, value in named]
    for link in (iri() for _ in range(20)):
        found += [quad(link, TYPE, ox.NamedNode(kind)) for kind in (HX.Link, HX.Agreement)]
        found.append(quad(link, LABELS + "prefLabel", name()))
        for term, value in (
            (HX.kind, "kind/CooperationAgreement"),
            (HX.arity, "arity/bilateral"),
            (HX.stage, "stage/signed"),
        ):
            found.append(quad(link, term, ox.NamedNode(SCHEME + value)))
        for number, firm in enumerate(chance.sample(firms, 2)):
            party = ox.NamedNode(f"{link.value}/{number}")
            found += [quad(link, HX.participation, party), quad(party, TYPE, ox.NamedNode(HX.Participation))]
            found += [quad(party, HX.participant, firm), quad(party, HX.role, ox.NamedNode(SCHEME + "role/party"))]
    return found


@pytest.fixture(scope="module")
def drawn() -> list[ox.Quad]:
    return terms(7)


@pytest.fixture(scope="module")
def store(drawn: list[ox.Quad], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the terms, which `kg build` validates."""
    folder = tmp_path_factory.mktemp("terms")
    text = trig(drawn)
    (folder / "terms.trig").write_text(f"\ufeff{SMALL.read_text(encoding='utf-8')}\n{text}", encoding="utf-8")
    succeed(kg("build", folder / "terms.trig", store=folder / "store"))
    return folder / "store"


def succeed(done: Done) -> str:
    assert done.status == 0, done.err
    return done.out


def other_names(drawn: list[ox.Quad]) -> set[tuple[str, str]]:
    return {
        (value_of(one.subject), value_of(one.object)) for one in drawn if one.predicate.value == LABELS + "altLabel"
    }


def test_answers_contain_them_unchanged(store: Path, drawn: list[ox.Quad]) -> None:
    answer = succeed(kg("--format", "csv", "query", "-e", QUERY, "--limit", "999", store=store))
    rows = csv.DictReader(io.StringIO(answer, newline=""))
    assert {(row["a"], row["l"]) for row in rows} == other_names(drawn)
    answer = succeed(kg("--format", "json", "query", "-e", QUERY, "--limit", "999", store=store))
    assert {(row["a"], row["l"]) for row in json.loads(answer)} == other_names(drawn)


@pytest.mark.parametrize("suffix", [".trig", ".nq", ".jsonld"])
def test_exports_contain_them_unchanged(store: Path, drawn: list[ox.Quad], tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"graph{suffix}"
    succeed(kg("export", "-o", file, store=store))
    form = ox.RdfFormat.from_extension(suffix[1:])
    assert set(drawn) - set(ox.parse(path=str(file), format=form)) == set()


@pytest.mark.parametrize("words", ["network -o n.graphml", "network -o n.gexf", "map --samples 2 -o n.svg"])
def test_drawings_are_well_formed(store: Path, tmp_path: Path, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    succeed(kg(*words.split(), store=store))
    ElementTree.parse(words.rpartition(" ")[2])


@pytest.mark.parametrize(
    "words",
    [
        *("network -o n.csv", "network -o n.json", "map --samples 2 -o n.html", "report --measure degree -o n.docx"),
        *("export -o n.sqlite", "rank", "pages -o n"),
    ],
)
def test_other_commands_accept_them(store: Path, tmp_path: Path, words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    succeed(kg(*words.split(), store=store))


def test_days_that_cannot_be_drawn_are_refused_by_a_shape(drawn: list[ox.Quad], tmp_path: Path) -> None:
    links = sorted({value_of(one.subject) for one in drawn if one.predicate.value == HX.arity})
    date = ox.NamedNode("http://www.w3.org/2001/XMLSchema#date")
    dated = [
        quad(ox.NamedNode(link), HX.startEarliest, ox.Literal(day, datatype=date))
        for link, day in zip(links, DAYS, strict=False)
    ]
    assert len(dated) == len(DAYS)
    text = trig([*drawn, *dated])
    (tmp_path / "t.trig").write_text(f"{SMALL.read_text(encoding='utf-8')}\n{text}", encoding="utf-8")
    done = kg("validate", tmp_path / "t.trig")
    assert done.status == 1
    assert done.out.count("a day has no time zone and a year from 1 to 9999") == len(DAYS)
