"""The page as text: whole, closed to the outside, and with data that stay data."""

import json
import re
import subprocess
import sys
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from draw.scenes import HOSTILE, hostile, small
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from kg.draw import page
from kg.draw.words import TERMS, UI
from kg.model import Label

TEXT = page.render(small())


def policy(text: str) -> dict[str, list[str]]:
    (meta,) = html.document_fromstring(text).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    return {name: values for name, *values in (part.split() for part in meta.split(";"))}


def data(text: str) -> dict[str, object]:
    (block,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', text, flags=re.DOTALL)
    found: dict[str, object] = json.loads(block)
    return found


def test_the_page_is_a_whole_document() -> None:
    assert TEXT.startswith("<!doctype html>\n")
    document = html.document_fromstring(TEXT)
    assert document.get("lang") == "en"
    assert document.findtext(".//title") == "Who works with whom in industry, education and science"
    assert document.xpath("//head/*[1]/@charset") == ["utf-8"]
    assert html.document_fromstring(page.render(small("zh"))).findtext(".//h1") == "产业、教育与科技：谁与谁合作"


@pytest.mark.parametrize("text", [TEXT, page.render(hostile())], ids=["small", "hostile"])
def test_only_our_scripts_and_styles_may_run(text: str) -> None:
    allowed = policy(text)
    assert allowed["default-src"] == ["'none'"]
    assert {"img-src", "connect-src", "font-src"}.isdisjoint(allowed)
    for tag, directive in (("script", "script-src"), ("style", "style-src")):
        inlined = re.findall(rf"<{tag}>(.*?)</{tag}>", text, flags=re.DOTALL)
        digests = [f"'sha256-{b64encode(sha256(one.encode()).digest()).decode()}'" for one in inlined]
        assert allowed[directive] == digests
    assert len(html.document_fromstring(text).xpath("//script")) == 3


def test_the_page_refers_to_nothing_outside() -> None:
    document = html.document_fromstring(page.render(hostile()))
    assert document.xpath("//@src | //link | //base | //iframe | //object | //embed | //form | //@style") == []
    assert document.xpath("//@href") == []
    assert document.xpath("//@*[starts-with(name(), 'on')]") == []


def test_hostile_text_is_text_in_the_template() -> None:
    document = html.document_fromstring(page.render(hostile()))
    assert document.findtext(".//title") == document.findtext(".//h1") == HOSTILE[0]
    noted = html.document_fromstring(page.render(replace(small(), notes=HOSTILE)))
    assert [item.text_content() for item in noted.xpath("//details[@id='about']//li")] == list(HOSTILE)


@given(
    st.recursive(
        st.text() | st.none() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_embedded_data_cannot_leave_their_block(value: object) -> None:
    found = page.embed(value)
    assert not set(found) & set("<>&\u2028\u2029")
    assert json.loads(found) == value


def test_the_data_hold_each_link_and_each_evidence_once() -> None:
    scene = data(TEXT)["scene"]
    assert isinstance(scene, dict)
    assert len(scene["links"]) == 5
    assert len(scene["evidence"]) == 4
    huawei = next(node for node in scene["nodes"] if node["label"]["zh"] == "华为技术有限公司")
    assert (huawei["rank"], huawei["score"], huawei["named"], huawei["unnamed"], huawei["bound"]) == (
        2,
        0.25,
        3,
        71,
        True,
    )
    assert {"rank", "score"}.isdisjoint(
        next(node for node in scene["nodes"] if node["label"]["en"] == "Lone University")
    )
    assert [(look["kind"], look["count"]) for look in scene["looks"]] == [
        ("University", 2),
        ("Firm", 2),
        ("GovernmentDepartment", 1),
    ]


def test_pyvis_has_the_points_and_lines() -> None:
    found = page.Canvas(small())
    assert (found.num_nodes(), found.num_edges()) == (6, 6)
    assert json.loads(data(TEXT)["options"])["physics"] == {"enabled": False}


def test_the_same_scene_gives_the_same_text() -> None:
    assert page.render(small()) == TEXT


def test_a_title_in_one_language_serves_both() -> None:
    text = page.render(replace(small("zh"), title=Label(en="Only English")))
    assert html.document_fromstring(text).findtext(".//title") == "Only English"


def test_the_script_makes_nothing_of_text_but_text(root: Path) -> None:
    script = (root / "kg" / "draw" / "map.js").read_text(encoding="utf-8")
    assert script.startswith('"use strict";')
    assert len(script.splitlines()) <= 400
    banned = (
        r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|Function\(|DOMParser|setTimeout|fetch|XMLHttp"
    )
    assert not re.findall(banned, script)


def test_every_word_of_the_page_is_in_both_languages_and_used(root: Path) -> None:
    folder = root / "kg" / "draw"
    code = "".join((folder / name).read_text(encoding="utf-8") for name in ("page.html", "map.js"))
    for key, label in {**UI, **TERMS}.items():
        assert label.en, key
        assert label.zh, key
        holes = [sorted(re.findall(r"\{(\w+)\}", text or "")) for text in (label.en, label.zh)]
        assert holes[0] == holes[1], key
    asked = set(re.findall(r'word\("(\w+)"', code)) | set(re.findall(r'data-word(?:-label|-hint)?="(\w+)"', code))
    assert asked <= set(UI)
    assert {key for key in UI if key.removesuffix("Part") not in code} == set()


def test_the_page_is_the_same_whatever_the_order_of_hashes(root: Path) -> None:
    command = [sys.executable, str(root / "tests" / "draw" / "scenes.py")]
    digests = {
        subprocess.run(
            command,
            check=True,
            capture_output=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": f"{root}:{root / 'tests'}"},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1
