"""Graph files that exhaust a parser end within the limits, with a sentence that names the file and the remedy."""

from __future__ import annotations

import os
import socket
import time
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from helpers.fuzz_borders import GRAPHS
from helpers.terms import value_of

from kg.errors import InputError
from kg.rdf import files

if TYPE_CHECKING:
    from pathlib import Path

ENTITIES = "".join(f'<!ENTITY a{number} "{f"&a{number - 1};" * 10}">' for number in range(1, 10))
BOMB = f"""<!DOCTYPE x [<!ENTITY a0 "{"a" * 44}">{ENTITIES}]>
<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e:">
<r:Description r:about="urn:x"><e:p>&a9;</e:p></r:Description></r:RDF>"""
ROOT_XML = '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e:">'
DEEP_XML = f"{ROOT_XML}{'<r:Description><e:p>' * 50_000}{'</e:p></r:Description>' * 50_000}</r:RDF>"
DEEP_COLUMN = len(ROOT_XML) + len("<r:Description><e:p>") * 100 - len("<e:p>") + 1
"""The column of the 201st element, one more than the limit."""
LONG_XML = f'<r:Description r:about="urn:a"><e:p>{"x" * (17 << 20)}</e:p></r:Description></r:RDF>'
ATTRIBUTES = "<a " + " ".join(f"b{number}='x'" for number in range(100_000)) + "/>"
PREFIXES = f"@prefix a: <urn:{'x' * 10_000}> . a: a: {', '.join(f'a:{number}' for number in range(20_000))} ."

ATTACKS = {
    "entities.rdf": (BOMB, r"entities\.rdf:\d+:\d+: the entities expand to .*; write the text without entities"),
    "deep.rdf": (DEEP_XML, rf"deep\.rdf:1:{DEEP_COLUMN}: more than 200 elements are nested; flatten"),
    "deep.jsonld": ('{"http://a/p":' * 4000 + "1" + "}" * 4000, r"jsonld:1:2801: more than 200 objects and arrays"),
    "lists.jsonld": ("[" * 100_000 + "]" * 100_000, r"jsonld:1:201: more than 200 objects and arrays"),
    "prefixes.ttl": (PREFIXES, r"prefixes\.ttl: the (statements have more than 100 times|file requires too)"),
    "star.ttl": (
        "<a:a> <a:b> " + "<<( <a:a> <a:b> " * 100_000 + "1" + " )>>" * 100_000 + " .",
        r"star\.ttl: the file is nested too deeply; flatten",
    ),
    "attributes.rdf": (ATTRIBUTES, r"attributes\.rdf:1: an element has more than 10000 attributes; write elements"),
    "comment.rdf": (f"<!--{'x' * (20 << 20)}-->{DEEP_XML}", r"comment\.rdf:1:\d+: more than 200 elements are nested"),
    "long.jsonld": (f'{{"urn:a:b": "{"x" * (17 << 20)}"}}', r"long\.jsonld: a value has more than 16 MB"),
    "long.rdf": (DEEP_XML[: DEEP_XML.index("<r:D")] + LONG_XML, r"long\.rdf: a value has more than 16 MB"),
    "long.ttl": (f'<a:a> <a:b> "{"x" * (17 << 20)}" .', r"long\.ttl: a value has more than 16 MB; store it in a file"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_an_exhausting_file_is_refused_in_time(tmp_path: Path, name: str) -> None:
    content, message = ATTACKS[name]
    (tmp_path / name).write_text(content)
    start = time.monotonic()
    with pytest.raises(InputError, match=message):
        list(files.parse(tmp_path / name))
    assert time.monotonic() - start < 15


def test_quads_pass_through_the_worker_unchanged(tmp_path: Path) -> None:
    text = """PREFIX : <urn:x:> :a :b "a\\n\\u00e9\\"\\\\\\u2028"@zh-Hans, "1"^^:t, 01, <http://a/x,(y)'z> .
_:a :b _:a . :a :b <<( :a :b "c" )>> . GRAPH :g { :a :b [ :c () ] }"""
    (tmp_path / "a.trig").write_text(text)
    quads = list(files.parse(tmp_path / "a.trig"))
    assert {
        str(quad.object)
        for quad in quads
        if value_of(quad.subject) == "urn:x:a" and quad.graph_name == ox.DefaultGraph()
    } == {
        '"a\\né\\"\\\\\\u2028"@zh-hans'.replace("\\u2028", "\u2028"),
        '"1"^^<urn:x:t>',
        '"01"^^<http://www.w3.org/2001/XMLSchema#integer>',
        "<http://a/x,(y)'z>",
        '<urn:x:a> <urn:x:b> "c"',
    }
    (loop,) = (quad for quad in quads if quad.subject == quad.object)
    assert loop.predicate.value == "urn:x:b"


@pytest.mark.parametrize("kind", ["a named pipe", "a socket", "a folder", "a device"])
def test_another_kind_of_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket has at most 108 bytes
    path = tmp_path / "a.ttl"
    if kind == "a named pipe":
        os.mkfifo(path)
    elif kind == "a folder":
        path.mkdir()
    elif kind == "a device":
        path.symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as bound:
        if kind == "a socket":
            bound.bind("a.ttl")
        with pytest.raises(InputError, match=rf"a\.ttl: is {kind}, not a file; copy its content to a file"):
            list(files.parse(path))


@pytest.mark.parametrize("suffix", GRAPHS)
def test_a_byte_order_mark_is_skipped(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"a{suffix}").write_bytes(GRAPHS[suffix])
    (tmp_path / f"b{suffix}").write_bytes(b"\xef\xbb\xbf" + GRAPHS[suffix])
    plain, marked = (list(map(str, files.parse(tmp_path / f"{name}{suffix}"))) for name in "ab")
    assert len(marked) == len(plain) > 0
