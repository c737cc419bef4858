"""The text of the page: self-contained, closed to the outside, with data that remain data."""

import json
import re
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from helpers.large_network import big
from helpers.markup import elements, strings
from helpers.scenes import HOSTILE, hostile, small
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from kg.map.html import encoding, modules, page, template
from kg.map.messages import LARGE, TERMS
from kg.map.webgl import page as webgl_page
from kg.model import Text
from kg.search.match import ORDER

TEXT = page.render(small())


def policy(text: str) -> dict[str, list[str]]:
    (meta,) = strings(html.document_fromstring(text), "//meta[@http-equiv='Content-Security-Policy']/@content")
    return {name: values for name, *values in (part.split() for part in meta.split(";"))}


def data(text: str) -> dict[str, Any]:
    (block,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', text, flags=re.DOTALL)
    values: dict[str, Any] = json.loads(block)
    return values


def test_the_page_is_a_whole_document() -> None:
    assert TEXT.startswith("<!doctype html>\n")
    document = html.document_fromstring(TEXT)
    assert document.get("lang") == "en"
    assert document.findtext(".//title") == "Who works with whom in industry, education and science"
    assert strings(document, "//head/*[1]/@charset") == ["utf-8"]
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
    assert len(elements(html.document_fromstring(text), "//script")) == 3


def test_the_page_refers_to_nothing_outside() -> None:
    document = html.document_fromstring(page.render(hostile()))
    assert document.xpath("//@src | //link | //base | //iframe | //object | //embed | //form | //@style") == []
    assert strings(document, "//@href") == []
    assert strings(document, "//@*[starts-with(name(), 'on')]") == []


def test_hostile_text_remains_text_in_the_template() -> None:
    document = html.document_fromstring(page.render(hostile()))
    assert document.findtext(".//title") == document.findtext(".//h1") == HOSTILE[0]


@given(
    st.recursive(
        st.text() | st.none() | st.integers(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
    )
)
def test_embedded_data_cannot_leave_the_script_element(value: object) -> None:
    text = template.embed(value)
    assert not set(text) & set("<>&\u2028\u2029")
    assert json.loads(text) == value


def texts(scene: dict[str, Any]) -> list[str | None]:
    """Return the texts of the page, decoded as in its script."""
    decoded: list[str | None] = [None]
    for shared, rest in zip(scene["shared"], scene["texts"], strict=True):
        units = (decoded[-1] or "").encode("utf-16-le")[: 2 * shared]
        decoded.append(units.decode("utf-16-le") + rest)
    return decoded


def test_data_contain_each_link_evidence_and_text_once() -> None:
    scene: Any = data(TEXT)["scene"]
    words = texts(scene)
    assert len(set(words)) == len(words)
    actors, links, evidence = scene["actors"], scene["links"], scene["evidence"]
    assert len(links["iri"]) == 5
    assert [words[english] for english, _ in evidence["note"]] == [
        f"It says that there is {key}." for key in ("alliance", "college", "thirty-six", "two")
    ]
    huawei = next(i for i, (_, zh) in enumerate(actors["label"]) if words[zh] == "华为技术有限公司")
    assert words[actors["iri"][huawei]] == "~id/I1"
    assert [actors[name][huawei] for name in ("named", "unnamed", "bound")] == [3, 71, 1]
    assert (scene["measures"][0]["per"], scene["measures"][0]["values"]) == (100, [0, 25, 0, 50, None])
    assert [(style["kind"], style["count"]) for style in scene["styles"]] == [
        ("University", 2),
        ("Firm", 2),
        ("GovernmentDepartment", 1),
    ]


def test_hostile_texts_are_decoded_unchanged() -> None:
    scene: Any = data(page.render(hostile()))["scene"]
    assert {word for text in HOSTILE for word in (text, f"also {text}")} <= set(texts(scene))


@given(st.lists(st.integers(0, 3) | st.none() | st.lists(st.integers(0, 9), max_size=3), min_size=1))
def test_short_columns_are_decoded_unchanged(column: list[Any]) -> None:
    short: Any = json.loads(json.dumps(encoding.short(column)))
    if isinstance(short, dict):
        assert [short["each"][index] for index in short["at"] or [0] * len(column)] == column
    else:
        assert short == column


@given(st.lists(st.text()))
def test_texts_are_decoded_unchanged(words: list[str]) -> None:
    encoder = encoding.Texts()
    references = [encoder.at(word) for word in words]
    decoded = texts(json.loads(json.dumps(dict(zip(("shared", "texts"), encoder.encode(), strict=True)))))
    numbers = encoding.resolve(references)
    assert isinstance(numbers, list)
    assert [decoded[number] for number in numbers] == words


def test_page_size_is_bounded_with_all_evidence() -> None:
    text = page.render(big(300))
    assert len(text.encode()) <= 860_000
    assert len(data(text)["scene"]["evidence"]["iri"]) > 300


def test_pyvis_network_contains_points_and_lines() -> None:
    pyvis_page = page.PyvisPage(small())
    assert (pyvis_page.num_nodes(), pyvis_page.num_edges()) == (6, 6)
    assert json.loads(data(TEXT)["options"])["physics"] == {"enabled": False}


def test_equal_scenes_have_equal_pages() -> None:
    assert page.render(small()) == TEXT


def test_title_in_one_language_is_used_for_both() -> None:
    text = page.render(replace(small("zh"), title=Text(en="Only English")))
    assert html.document_fromstring(text).findtext(".//title") == "Only English"


def test_scripts_use_no_api_that_parses_text(root: Path) -> None:
    folder = root / "kg" / "map" / "script"
    for path in folder.rglob("*.js"):
        script = path.read_text(encoding="utf-8")
        assert script.startswith(("// ", "/** ")), path
        banned = r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|Function\(|DOMParser|XMLHttp|import\("
        assert not re.findall(banned, script), path
        assert path.parent.name == "site" or "fetch" not in script, path  # only served pages ask their own server
        assert not re.findall(r"set(?:Timeout|Interval)\((?![\w]+,|\(\))", script), path


def test_every_message_is_bilingual_and_used(root: Path) -> None:
    folder = root / "kg" / "map"
    code = (
        (folder / "html" / "page.html").read_text(encoding="utf-8")
        + modules.script(page.MAIN)
        + modules.script(webgl_page.MAIN)
        + " ".join(page.VIEW_WORDS.values())
        + "".join(f" match/{kind}" for kind in ORDER)  # the script adds the kind
    )
    others = [folder / "webgl" / "page.html", *(folder / "svg").glob("*.py")]
    code += "".join(path.read_text(encoding="utf-8") for path in sorted(others))
    for key, label in {**LARGE, **TERMS}.items():
        assert label.en, key
        assert label.zh, key
        holes = [sorted(re.findall(r"\{(\w+)\}", text or "")) for text in (label.en, label.zh)]
        assert holes[0] == holes[1], key
    used = set(re.findall(r'word\("(\w+)"', code)) | set(re.findall(r'data-word(?:-label|-hint)?="(\w+)"', code))
    used |= set(re.findall(r'act\("\w+", "(\w+)"', code)) | set(re.findall(r"word\.(\w+)", code))
    assert used <= set(LARGE)
    plain = {key: key.removesuffix("One").removesuffix("Part") for key in LARGE}
    assert {key for key, base in plain.items() if base not in LARGE or not re.search(rf"\b{base}\b", code)} == set()
