"""The page as text: whole, closed to the outside, and with data that stay data."""

import json
import re
import subprocess
import sys
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from helpers.large_network import big
from helpers.scenes import HOSTILE, hostile, small
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from kg.map.html import encoding, page
from kg.map.messages import LARGE, TERMS
from kg.model import Text

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


@given(
    st.recursive(
        st.text() | st.none() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_embedded_data_cannot_leave_their_block(value: object) -> None:
    found = page.embed(value)
    assert not set(found) & set("<>&\u2028\u2029")
    assert json.loads(found) == value


def texts(scene: dict[str, Any]) -> list[str | None]:
    """The texts of the page as its script puts them together."""
    found: list[str | None] = [None]
    for shared, rest in zip(scene["shared"], scene["texts"], strict=True):
        units = (found[-1] or "").encode("utf-16-le")[: 2 * shared]
        found.append(units.decode("utf-16-le") + rest)
    return found


def test_the_data_hold_each_link_each_evidence_and_each_text_once() -> None:
    scene: Any = data(TEXT)["scene"]
    words = texts(scene)
    assert len(set(words)) == len(words)
    actors, links, evidence = scene["actors"], scene["links"], scene["evidence"]
    assert len(links["iri"]) == 5
    assert [words[place] for place in evidence["note"]] == [
        f"It says that there is {key}." for key in ("alliance", "college", "thirty-six", "two")
    ]
    huawei = next(i for i, (_, zh) in enumerate(actors["label"]) if words[zh] == "华为技术有限公司")
    assert words[actors["iri"][huawei]] == "~id/I1"
    assert [actors[name][huawei] for name in ("named", "unnamed", "bound")] == [3, 71, 1]
    assert (scene["measures"][0]["per"], scene["measures"][0]["values"]) == (100, [0, 25, 0, 50, None])
    assert [(look["kind"], look["count"]) for look in scene["looks"]] == [
        ("University", 2),
        ("Firm", 2),
        ("GovernmentDepartment", 1),
    ]


def test_texts_come_back_as_they_were() -> None:
    scene: Any = data(page.render(hostile()))["scene"]
    assert {word for text in HOSTILE for word in (text, f"also {text}")} <= set(texts(scene))


@given(st.lists(st.integers(0, 3) | st.none() | st.lists(st.integers(0, 9), max_size=3), min_size=1))
def test_a_column_comes_back_and_is_no_longer_than_it_was(column: list[Any]) -> None:
    told: Any = json.loads(json.dumps(encoding.short(column)))
    if isinstance(told, dict):
        assert [told["each"][place] for place in told["at"] or [0] * len(column)] == column
    else:
        assert told == column


@given(st.lists(st.text()))
def test_any_texts_come_back(some: list[str]) -> None:
    coder = encoding.Texts()
    places = [coder.at(text) for text in some]
    coded = coder.coded()
    found = texts(json.loads(json.dumps(coded)))
    assert [found[encoding.known(place)] for place in places] == some


@pytest.mark.parametrize(("n", "most"), [(1000, 1.2e6)])
def test_a_map_is_small_with_all_its_evidence(n: int, most: float) -> None:
    text = page.render(big(n))
    assert len(text.encode()) <= most
    assert len(data(text)["scene"]["evidence"]["iri"]) > n


def test_pyvis_has_the_points_and_lines() -> None:
    found = page.PyvisPage(small())
    assert (found.num_nodes(), found.num_edges()) == (6, 6)
    assert json.loads(data(TEXT)["options"])["physics"] == {"enabled": False}


def test_the_same_scene_gives_the_same_text() -> None:
    assert page.render(small()) == TEXT


def test_a_title_in_one_language_serves_both() -> None:
    text = page.render(replace(small("zh"), title=Text(en="Only English")))
    assert html.document_fromstring(text).findtext(".//title") == "Only English"


def test_the_script_makes_nothing_of_text_but_text(root: Path) -> None:
    folder = root / "kg" / "map" / "html" / "script"
    assert {path.stem for path in folder.iterdir()} == set(page.SCRIPTS)
    for path in folder.iterdir():
        script = path.read_text(encoding="utf-8")
        assert script.startswith("// ----"), path
        assert len(script.splitlines()) <= 200, path
        banned = (
            r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|Function\(|DOMParser|fetch|XMLHttp|import\("
        )
        assert not re.findall(banned, script), path
        assert not re.findall(r"set(?:Timeout|Interval)\((?![\w]+,|\(\))", script), path


def test_every_word_of_the_page_is_in_both_languages_and_used(root: Path) -> None:
    folder = root / "kg" / "map"
    code = (
        (folder / "html" / "page.html").read_text(encoding="utf-8")
        + page.script_text()
        + " ".join(page.VIEW_WORDS.values())
    )
    others = [*(folder / "webgl").glob("*.[jh]*"), folder / "svg" / "legend.py"]
    code += "".join(path.read_text(encoding="utf-8") for path in sorted(others))
    for key, label in {**LARGE, **TERMS}.items():
        assert label.en, key
        assert label.zh, key
        holes = [sorted(re.findall(r"\{(\w+)\}", text or "")) for text in (label.en, label.zh)]
        assert holes[0] == holes[1], key
    asked = set(re.findall(r'word\("(\w+)"', code)) | set(re.findall(r'data-word(?:-label|-hint)?="(\w+)"', code))
    asked |= set(re.findall(r'act\("\w+", "(\w+)"', code)) | set(re.findall(r"word\.(\w+)", code))
    assert asked <= set(LARGE)
    plain = {key: key.removesuffix("One").removesuffix("Part") for key in LARGE}
    assert {key for key, used in plain.items() if used not in LARGE or not re.search(rf"\b{used}\b", code)} == set()


def test_the_page_is_the_same_whatever_the_order_of_hashes(root: Path) -> None:
    command = [sys.executable, str(root / "tests" / "helpers" / "scenes.py")]
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
