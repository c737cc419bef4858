"""The page of a large network: every line says who says so; what is shown can be narrowed and saved."""

import csv
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from helpers.browser import Visit, faults
from helpers.large_network import big
from helpers.networks import ID
from helpers.scenes import HOSTILE, TERMS, hostile, small
from playwright.sync_api import Locator, Page

from kg.map.scene.model import Scene, SceneSource
from kg.map.webgl import page as webgl_page
from kg.model import Text

NEWS = SceneSource("https://w3id.org/helix-kg/source/news-1", "The Daily", "newspaper")
OFFICE = SceneSource("https://w3id.org/helix-kg/source/office", "教育厅", "official")
ROLES = {"party": "参与方", "host": "承办方", "coBuilder": "共建方", "funder": "资助方"}
WORDS = {
    **{f"role/{role}": Text(role, zh) for role, zh in ROLES.items()},
    "class/University": Text("university", "高校"),
    "class/GovernmentDepartment": Text("government department", "政府部门"),
    "kind/CooperationAgreement": Text("cooperation agreement", "合作协议"),
    "kind/StrategicCooperationAgreement": Text("strategic cooperation agreement", "战略合作协议"),
    "stage/signed": Text("signed", "已签署"),
    "quality/newspaper": Text("newspaper", "报纸"),
    "quality/official": Text("official", "官方"),
    **TERMS,
}


@cache
def told(**settings: str) -> Scene:
    """The calm scene with dates and sources: "college" has two, "two" has one."""
    scene = small(dated=True)
    said = {f"{ID}link/college": (NEWS, OFFICE), f"{ID}link/two": (NEWS,)}
    sources = {iri: said.get(iri, ()) for iri in scene.links}
    return replace(scene, sources=sources, terms={**scene.terms, **WORDS}, **settings)


def said(page: Page) -> str:
    return page.locator("#panel").inner_text()


def middle(page: Page, *keys: str) -> tuple[float, float]:
    """A place on the line between two actors, nearer to the first, where no point is."""
    found: list[float] = page.evaluate(
        """keys => { const all = [...Array(kgLarge.n).keys()];
            const [a, b] = keys.map((key) => all.find((i) => kgLarge.keyAt(i) === key));
            const [[x, y], [u, v]] = [a, b].map(kgLarge.toScreen);
            return [x + 0.4 * (u - x), y + 0.4 * (v - y)]; }""",
        [f"~id/{key}" for key in keys],
    )
    return found[0], found[1]


def ends(scene: Scene) -> set[frozenset[str]]:
    """The lines of a scene, as the keys of their points."""
    keys = [f"~id/{node.iri.removeprefix(ID)}" for node in scene.nodes]
    keys += [f"~id/{hyperedge.link.removeprefix(ID)}" for hyperedge in scene.hyperedges]
    return {frozenset((keys[edge.a], keys[edge.b])) for edge in scene.edges}


LINES = """() => Array.from({ length: kgLarge.lineCount }, (_, line) => kgLarge.endsOf(line).map(kgLarge.keyAt))"""


@pytest.mark.browser
@pytest.mark.parametrize("scene", [small, lambda: big(600)], ids=["small", "big"])
def test_the_lines_that_the_page_makes_of_the_links_are_those_of_the_scene(
    visit: Callable[..., Visit], scene: Callable[[], Scene]
) -> None:
    made = scene()
    found = visit(webgl_page.render(made)).page.evaluate(LINES)
    assert {frozenset(pair) for pair in found} == ends(made)
    assert len(found) == len(made.edges)


@pytest.mark.browser
def test_what_is_counted_of_an_actor_is_what_the_scene_counts(visit: Callable[..., Visit], tmp_path: Path) -> None:
    made = big(600)
    page = visit(webgl_page.render(made)).page
    rows = {row["iri"]: row for row in saved(page, "actorsCsv", tmp_path)}
    for node in made.nodes:
        row = rows[node.iri]
        assert int(row["partners_named"]) == node.named
        assert int(row["partners_unnamed"]) == node.declared - node.named
        assert row["is_lower_bound"] == str(node.bound).lower()
        assert int(row["links"]) == len(node.links)


def saved(page: Page, button: str, folder: Path) -> list[dict[str, str]]:
    with page.expect_download() as waiting:
        page.locator(f"#{button}").click()
    waiting.value.save_as(folder / "saved.csv")
    with (folder / "saved.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.browser
def test_a_line_under_the_pointer_says_who_says_so(visit: Callable[..., Visit]) -> None:
    page = visit(webgl_page.render(told())).page
    x, y = middle(page, "U1", "I1")
    page.locator("#points").hover(position={"x": x, "y": y})
    page.locator("#tip strong").wait_for()
    tip = page.locator("#tip").inner_text().splitlines()
    assert tip == [
        "1 link between Xi'an University of Technology and Huawei Technologies Co., Ltd.",
        "cooperation agreement · signed · 2020-03-01",
        "Xi'an University of Technology: host",
        "Huawei Technologies Co., Ltd.: co-builder",
        "Who says so: The Daily · 教育厅",
    ]
    assert page.locator("#over line").is_visible()
    page.mouse.move(2, 2)
    page.locator("#tip").wait_for(state="hidden")


@pytest.mark.browser
@pytest.mark.parametrize("touch", [False, True])
def test_a_line_is_chosen_and_its_panel_tells_all_that_is_here(visit: Callable[..., Visit], *, touch: bool) -> None:
    page = visit(webgl_page.render(told()), has_touch=touch).page
    x, y = middle(page, "U1", "I1")
    if touch:
        page.locator("#points").tap(position={"x": x, "y": y + 8})
    else:
        page.locator("#points").click(position={"x": x, "y": y})
    assert page.locator("#panel h2").first.inner_text().startswith("1 link between Xi'an University of Technology and")
    for one in (
        "The link college",
        "cooperation agreement · signed · 2020-03-01",
        "host",
        "co-builder",
        "The Daily",
        "newspaper",
        "https://w3id.org/helix-kg/source/news-1",
        "official",
        "https://w3id.org/helix-kg/source/office",
        "kg show 'https://w3id.org/helix-kg/id/link/college'",
    ):
        assert one in said(page), one
    assert "#line=0-1" in page.url
    again = visit(webgl_page.render(told()), "#" + page.url.partition("#")[2]).page
    assert said(again) == said(page)
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()


@pytest.mark.browser
def test_a_spoke_tells_its_actor_first(visit: Callable[..., Visit]) -> None:
    page = visit(webgl_page.render(told())).page
    line = page.evaluate(
        """[...Array(kgLarge.lineCount).keys()].find((line) => { const [a, b] = kgLarge.endsOf(line);
            return b >= kgLarge.n && kgLarge.keyAt(a) === "~id/G1"; })"""
    )
    page.evaluate("line => kgLarge.choose({ line }, true)", line)
    assert page.locator("#panel .items button").first.inner_text() == "Department of Education"
    assert "No source of it is in this page." in said(page)
    assert "at least 71 unnamed organisations" in said(page)


@pytest.mark.browser
def test_a_link_is_reached_by_keys_alone_and_its_address_brings_it_back(visit: Callable[..., Visit]) -> None:
    page = visit(webgl_page.render(told())).page
    page.keyboard.press("/")
    page.keyboard.type("baoti")
    page.keyboard.press("Enter")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").startswith("The link two"):
            break
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "heading"
    assert "2021-01-01 – 2021-12-31" in said(page)
    assert "The Daily" in said(page)
    assert "#link=%7Eid%2Flink%2Ftwo" in page.url
    again = visit(webgl_page.render(told()), "#" + page.url.partition("#")[2]).page
    assert said(again) == said(page)


@pytest.mark.browser
def test_what_lies_in_a_crowd_of_lines_is_not_guessed(visit: Callable[..., Visit]) -> None:
    page = visit(webgl_page.render(big(1200))).page
    seen = page.evaluate(
        """() => { const found = { points: 0, lines: 0, none: 0 };
            for (let x = 300; x < 700; x += 7) for (let y = 200; y < 500; y += 7) {
              const one = kgLarge.pick(x, y, false);
              found[one === null ? "none" : one.line === undefined ? "points" : "lines"] += 1;
            }
            return found; }"""
    )
    assert min(seen.values()) > 0


def tick(page: Page, label: str) -> Locator:
    return page.locator("#side label").filter(has_text=label).locator("input")


@pytest.mark.browser
def test_the_legend_and_the_years_narrow_what_is_shown(visit: Callable[..., Visit], tmp_path: Path) -> None:
    page = visit(webgl_page.render(told())).page
    shown = page.locator("#visibleCount")
    assert shown.inner_text() == "shown: 5 organisations, 5 links"
    tick(page, "government department").uncheck()
    assert shown.inner_text() == "shown: 4 organisations, 5 links"
    assert page.evaluate("document.activeElement.name") == "kind"
    tick(page, "undated").uncheck()
    assert shown.inner_text() == "shown: 3 organisations, 2 links"
    page.locator("#from").focus()
    page.keyboard.press("ArrowRight")
    assert shown.inner_text() == "shown: 2 organisations, 1 link"
    assert [row["parties"] for row in saved(page, "linksCsv", tmp_path)] == [f"{ID}I1 {ID}I2"]
    assert [row["sources"] for row in saved(page, "linksCsv", tmp_path)] == [NEWS.iri]
    assert {row["iri"] for row in saved(page, "actorsCsv", tmp_path)} == {f"{ID}I1", f"{ID}I2"}
    again = visit(webgl_page.render(told()), "#" + page.url.partition("#")[2]).page
    assert again.locator("#visibleCount").inner_text() == shown.inner_text()
    assert again.url == page.url
    page.locator("#all").click()
    assert shown.inner_text() == "shown: 5 organisations, 5 links"
    assert "off" not in page.url


@pytest.mark.browser
def test_a_kind_of_link_is_switched_off_and_what_is_hidden_is_not_met(visit: Callable[..., Visit]) -> None:
    page = visit(webgl_page.render(told())).page
    x, y = middle(page, "U1", "I1")
    under = "([x, y]) => kgLarge.pick(x, y, false)"
    assert page.evaluate(under, [x, y]) == {"line": 0}
    form = page.locator("#filters details").first
    form.locator("summary").click()
    form.get_by_role("checkbox", name="cooperation agreement 4").uncheck()
    assert form.locator("summary").inner_text() == "Kind of link (1/2)"
    assert page.evaluate(under, [x, y]) is None
    assert page.locator("#visibleCount").inner_text() == "shown: 1 organisation, 1 link"
    form.get_by_role("button", name="all").click()
    assert page.evaluate(under, [x, y]) == {"line": 0}


@pytest.mark.browser
def test_the_picture_that_is_saved_shows_what_is_seen(visit: Callable[..., Visit], tmp_path: Path) -> None:
    page = visit(webgl_page.render(told(theme="dark")), viewport={"width": 1000, "height": 700}).page
    with page.expect_download() as waiting:
        page.locator("#png").click()
    waiting.value.save_as(tmp_path / "map.png")
    told_ = page.evaluate(
        """async (bytes) => {
            const image = await createImageBitmap(new Blob([new Uint8Array(bytes)], { type: "image/png" }));
            const { width, height } = image;
            const on = new OffscreenCanvas(width, height).getContext("2d");
            on.drawImage(image, 0, 0);
            const { data } = on.getImageData(0, 0, width, height);
            const colours = new Set();
            for (let i = 0; i < data.length; i += 4) colours.add(data[i] << 16 | data[i + 1] << 8 | data[i + 2]);
            return [width, height, data[0], colours.has(0x4e8fe0), colours.has(0xf0a63a)]; }""",
        list((tmp_path / "map.png").read_bytes()),
    )
    wide = page.locator("#points").evaluate("one => one.clientWidth")
    high = page.locator("#points").evaluate("one => one.clientHeight")
    assert told_ == [wide, high + 64, 0x14, True, True]


LATIN = re.compile(r"[A-Za-z]{2,}")
NO_WORDS = {"PNG", "CSV", "WebGL", "Esc", "kg"}
"""What stays Latin in a Chinese sentence."""


@pytest.mark.browser
def test_everything_is_said_in_chinese_to_who_reads_it(visit: Callable[..., Visit]) -> None:
    notes = (Text("A lens.", "一种视角。"),)
    made = told(lang="zh")
    nodes = tuple(replace(node, label=Text(node.label.en, node.label.zh or "某大学")) for node in made.nodes)
    links = {iri: replace(card, label=Text("A link", "某项联系")) for iri, card in made.links.items()}
    sources = dict.fromkeys(made.links, (OFFICE,))
    scene = replace(made, nodes=nodes, links=links, sources=sources, notes=notes)
    page = visit(webgl_page.render(scene), "#nonsense").page
    page.locator("#list summary").click()
    page.locator("#rows td").first.wait_for()
    page.locator("#filters details").evaluate_all("all => all.forEach((one) => { one.open = true })")
    page.locator("#search").fill("华")
    page.evaluate("kgLarge.choose({ point: 0 })")
    seen = [page.evaluate(SPOKEN)]
    for what in ("line: 0", "point: kgLarge.n"):
        page.evaluate(f"kgLarge.choose({{ {what} }})")
        seen.append(page.evaluate(SPOKEN))
    assert "一种视角" in seen[0]
    english = {word for text in seen for word in LATIN.findall(text)} - NO_WORDS
    assert english == set()


SPOKEN = """() => {
  const copy = document.body.cloneNode(true);
  for (const one of copy.querySelectorAll("script, code, [lang], [translate=no]")) one.remove();
  const told = ["aria-label", "placeholder", "title"].flatMap((name) =>
    [...copy.querySelectorAll(`[${name}]`)].map((one) => one.getAttribute(name)));
  return [copy.textContent, ...told].join("\\n");
}"""


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_hostile_sources_roles_and_links_run_nothing(visit: Callable[..., Visit], lang: str) -> None:
    scene = hostile(dated=True)
    word = dict(zip(scene.links, HOSTILE, strict=True))
    scene = replace(
        scene,
        roles={iri: ((word[iri],),) * len(scene.members[iri]) for iri in scene.links},
        sources={iri: (SceneSource(word[iri], word[iri], word[iri]),) for iri in scene.links},
        notes=tuple(map(Text, HOSTILE)),
    )
    page = visit(webgl_page.render(scene)).page
    page.locator(f".lang[value={lang}]").click()
    page.locator("#filters details").evaluate_all("all => all.forEach((one) => { one.open = true })")
    seen = ""
    for line in range(len(scene.edges)):
        page.evaluate("line => kgLarge.choose({ line }, true)", line)
        seen += said(page)
        assert page.locator(":is(#panel, #side, #tip) :is(img, script, iframe, a, b, [onerror], [srcdoc])").count() == 0
    page.evaluate("kgLarge.choose(null)")
    page.locator("#zoom [value=fit]").click()
    x, y = page.evaluate("kgLarge.toScreen(3)")
    page.locator("#points").hover(position={"x": x, "y": y})
    page.locator("#tip strong").wait_for()
    assert all(" ".join(one.split()) in " ".join(seen.split()) for one in HOSTILE)
    page.evaluate(
        "word => { location.hash = `link=${word}&line=${word}&off.kind=${word}&off.form=${word}&from=${word}` }",
        HOSTILE[1],
    )
    page.wait_for_function("document.getElementById('status').textContent.length > 10")


@pytest.mark.browser
@pytest.mark.parametrize(("width", "deeds"), [(390, ["line"]), (820, ["narrow"]), (1440, ["narrow", "line"])])
def test_axe_finds_no_serious_fault_in_what_is_told_of_lines(
    visit: Callable[..., Visit], width: int, deeds: list[str]
) -> None:
    page = visit(webgl_page.render(told()), viewport={"width": width, "height": 900}, bypass_csp=True).page
    for deed in deeds:
        if deed == "line":
            page.evaluate("kgLarge.choose({ line: 0 }, true)")
        else:
            page.locator("#filters details").evaluate_all("all => all.forEach((one) => { one.open = true })")
            tick(page, "undated").uncheck()
        assert faults(page, {"lang": "button.lang", "theme": "#theme"}) == {}
        assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.browser
def test_everything_can_be_reached_with_the_keyboard_and_seen_to_be(visit: Callable[..., Visit]) -> None:
    page = visit(webgl_page.render(told())).page
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        told_ = "(({ id, value, name }) => [id, value, name])(document.activeElement)"
        reached.update(page.evaluate(told_))
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none" or page.evaluate("document.activeElement === document.body")
    assert {
        "theme",
        "zh",
        "search",
        "kind",
        "from",
        "to",
        "undated",
        "points",
        "png",
        "linksCsv",
        "in",
        "fit",
    } <= reached
