"""The page of a large network: sources of lines, filters, downloads and Chinese texts."""

import csv
import re
from base64 import b64encode
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache, partial
from pathlib import Path

import pytest
from helpers.browser import SMALL_SCREEN, Visit, serious, violations
from helpers.large_network import big
from helpers.networks import ID
from helpers.scenes import HOSTILE, TERMS, hostile, small
from map.conftest import visits
from map.test_large import ACTIVE, PANELS, first_state
from playwright.sync_api import Browser, Locator, Page

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


@pytest.fixture
def visit(visit: Callable[..., Visit]) -> Callable[..., Visit]:
    """The function that opens a page, by default on a small screen."""
    return partial(visit, viewport=SMALL_SCREEN)


@cache
def with_sources(lang: str = "en", theme: str | None = None) -> Scene:
    """Return the plain scene with dates and sources: two for "college", one for "two"."""
    scene = small(dated=True)
    known = {f"{ID}link/college": (NEWS, OFFICE), f"{ID}link/two": (NEWS,)}
    sources = {iri: known.get(iri, ()) for iri in scene.links}
    return replace(scene, sources=sources, terms={**scene.terms, **WORDS}, lang=lang, theme=theme)


@pytest.fixture(scope="module")
def opened(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visit]:
    """The plain page with sources, which several tests visit one after another."""
    for begin in visits(browser, tmp_path_factory.mktemp("lines")):
        yield begin(webgl_page.render(with_sources()), viewport=SMALL_SCREEN)


@pytest.fixture
def page(opened: Visit) -> Iterator[Page]:
    """The plain page with sources in its first state."""
    yield from first_state(opened)


def panel_text(page: Page) -> str:
    return page.locator("#panel").inner_text()


def middle(page: Page, *keys: str) -> tuple[float, float]:
    """Return a position on the line between two actors, nearer to the first, without a point."""
    position: list[float] = page.evaluate(
        """keys => { const all = [...Array(kgLarge.n).keys()];
            const [a, b] = keys.map((key) => all.find((i) => kgLarge.keyAt(i) === key));
            const [[x, y], [u, v]] = [a, b].map(kgLarge.toScreen);
            return [x + 0.4 * (u - x), y + 0.4 * (v - y)]; }""",
        [f"~id/{key}" for key in keys],
    )
    return position[0], position[1]


def ends(scene: Scene) -> set[frozenset[str]]:
    """Return the lines of a scene as pairs of keys."""
    keys = [f"~id/{node.iri.removeprefix(ID)}" for node in scene.nodes]
    keys += [f"~id/{hyperedge.link.removeprefix(ID)}" for hyperedge in scene.hyperedges]
    return {frozenset((keys[edge.a], keys[edge.b])) for edge in scene.edges}


LINES = """() => Array.from({ length: kgLarge.lineCount }, (_, line) => kgLarge.endsOf(line).map(kgLarge.keyAt))"""


@pytest.mark.browser
@pytest.mark.parametrize("scene", [small, lambda: big(600, details=False)], ids=["small", "big"])
def test_scripts_derive_the_lines_of_the_scene_from_the_links(
    visit: Callable[..., Visit], scene: Callable[[], Scene]
) -> None:
    drawn = scene()
    lines = visit(webgl_page.render(drawn)).page.evaluate(LINES)
    assert {frozenset(pair) for pair in lines} == ends(drawn)
    assert len(lines) == len(drawn.edges)


@pytest.mark.browser
def test_scripts_count_partners_as_the_scene_does(visit: Callable[..., Visit], tmp_path: Path) -> None:
    scene = big(600, details=False)
    page = visit(webgl_page.render(scene)).page
    rows = {row["iri"]: row for row in downloaded(page, "actorsCsv", tmp_path)}
    for node in scene.nodes:
        row = rows[node.iri]
        assert int(row["partners_named"]) == node.named
        assert int(row["partners_unnamed"]) == node.declared - node.named
        assert row["is_lower_bound"] == str(node.bound).lower()
        assert int(row["links"]) == len(node.links)


def downloaded(page: Page, button: str, folder: Path) -> list[dict[str, str]]:
    with page.expect_download() as waiting:
        page.locator(f"#{button}").click()
    waiting.value.save_as(folder / "saved.csv")
    with (folder / "saved.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.browser
def test_tooltip_of_a_line_lists_its_sources(page: Page) -> None:
    x, y = middle(page, "U1", "I1")
    page.locator("#points").hover(position={"x": x, "y": y})
    page.locator("#tip strong").wait_for()
    tip = page.locator("#tip").inner_text().splitlines()
    assert tip == [
        "1 link between Xi'an University of Technology and Huawei Technologies Co., Ltd.",
        "cooperation agreement · signed · 2020-03-01",
        "Xi'an University of Technology: host",
        "Huawei Technologies Co., Ltd.: co-builder",
        "Evidence: The Daily · 教育厅",
    ]
    assert page.locator("#over line").is_visible()
    page.mouse.move(2, 2)
    page.locator("#tip").wait_for(state="hidden")


@pytest.mark.browser
@pytest.mark.parametrize("touch", [False, True])
def test_panel_of_a_line_contains_everything_in_the_page(visit: Callable[..., Visit], *, touch: bool) -> None:
    page = visit(webgl_page.render(with_sources()), has_touch=touch).page
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
        assert one in panel_text(page), one
    assert "#line=0-1" in page.url
    again = visit(webgl_page.render(with_sources()), "#" + page.url.partition("#")[2]).page
    assert panel_text(again) == panel_text(page)
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()


@pytest.mark.browser
def test_panel_of_a_spoke_lists_its_actor_first(page: Page) -> None:
    line = page.evaluate(
        """[...Array(kgLarge.lineCount).keys()].find((line) => { const [a, b] = kgLarge.endsOf(line);
            return b >= kgLarge.n && kgLarge.keyAt(a) === "~id/G1"; })"""
    )
    page.evaluate("line => kgLarge.choose({ line }, true)", line)
    assert page.locator("#panel .items button").first.inner_text() == "Department of Education"
    assert "This page has no source for it." in panel_text(page)
    assert "at least 71 unnamed organisations" in panel_text(page)


@pytest.mark.browser
def test_link_is_reached_by_keyboard_and_restored_by_its_address(visit: Callable[..., Visit]) -> None:
    page = visit(webgl_page.render(with_sources())).page
    page.keyboard.press("/")
    page.keyboard.type("baoti")
    page.keyboard.press("Enter")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent").startswith("The link two"):
            break
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "heading"
    assert "2021-01-01 – 2021-12-31" in panel_text(page)
    assert "The Daily" in panel_text(page)
    assert "#link=%7Eid%2Flink%2Ftwo" in page.url
    again = visit(webgl_page.render(with_sources()), "#" + page.url.partition("#")[2]).page
    assert panel_text(again) == panel_text(page)


@pytest.mark.browser
def test_no_line_is_picked_among_too_many(visit: Callable[..., Visit]) -> None:
    page = visit(webgl_page.render(big(600, details=False))).page
    seen = page.evaluate(
        """() => { const counts = { points: 0, lines: 0, none: 0 };
            for (let x = 300; x < 700; x += 7) for (let y = 200; y < 500; y += 7) {
              const one = kgLarge.pick(x, y, false);
              counts[one === null ? "none" : one.line === undefined ? "points" : "lines"] += 1;
            }
            return counts; }"""
    )
    assert min(seen.values()) > 0


def checkbox(page: Page, label: str) -> Locator:
    return page.locator("#side label").filter(has_text=label).locator("input")


@pytest.mark.browser
def test_filters_by_kind_and_year_limit_the_visible_actors(visit: Callable[..., Visit], tmp_path: Path) -> None:
    page = visit(webgl_page.render(with_sources())).page
    count = page.locator("#visibleCount")
    assert count.inner_text() == "shown: 5 organisations, 5 links"
    checkbox(page, "government department").uncheck()
    assert count.inner_text() == "shown: 4 organisations, 5 links"
    assert page.evaluate("document.activeElement.name") == "kind"
    checkbox(page, "undated").uncheck()
    assert count.inner_text() == "shown: 3 organisations, 2 links"
    page.locator("#from").focus()
    page.keyboard.press("ArrowRight")
    assert count.inner_text() == "shown: 2 organisations, 1 link"
    assert [row["parties"] for row in downloaded(page, "linksCsv", tmp_path)] == [f"{ID}I1 {ID}I2"]
    assert [row["sources"] for row in downloaded(page, "linksCsv", tmp_path)] == [NEWS.iri]
    assert {row["iri"] for row in downloaded(page, "actorsCsv", tmp_path)} == {f"{ID}I1", f"{ID}I2"}
    again = visit(webgl_page.render(with_sources()), "#" + page.url.partition("#")[2]).page
    assert again.locator("#visibleCount").inner_text() == count.inner_text()
    assert again.url == page.url
    page.locator("#all").click()
    assert count.inner_text() == "shown: 5 organisations, 5 links"
    assert "off" not in page.url


@pytest.mark.browser
def test_hidden_links_cannot_be_picked(page: Page) -> None:
    x, y = middle(page, "U1", "I1")
    pick = "([x, y]) => kgLarge.pick(x, y, false)"
    assert page.evaluate(pick, [x, y]) == {"line": 0}
    form = page.locator("#filters details").first
    form.locator("summary").click()
    form.get_by_role("checkbox", name="cooperation agreement 4").uncheck()
    assert form.locator("summary").inner_text() == "Kind of link (1/2)"
    assert page.evaluate(pick, [x, y]) is None
    assert page.locator("#visibleCount").inner_text() == "shown: 1 organisation, 1 link"
    form.get_by_role("button", name="all").click()
    assert page.evaluate(pick, [x, y]) == {"line": 0}


@pytest.mark.browser
def test_downloaded_picture_shows_the_screen(visit: Callable[..., Visit], tmp_path: Path) -> None:
    page = visit(webgl_page.render(with_sources(theme="dark")), viewport={"width": 1000, "height": 700}).page
    with page.expect_download() as waiting:
        page.locator("#png").click()
    waiting.value.save_as(tmp_path / "map.png")
    pixels = page.evaluate(
        """async (text) => {
            const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
            const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
            const { width, height } = image;
            const on = new OffscreenCanvas(width, height).getContext("2d");
            on.drawImage(image, 0, 0);
            const { data } = on.getImageData(0, 0, width, height);
            const colours = new Set();
            for (let i = 0; i < data.length; i += 4) colours.add(data[i] << 16 | data[i + 1] << 8 | data[i + 2]);
            return [width, height, data[0], colours.has(0x4e8fe0), colours.has(0xf0a63a)]; }""",
        b64encode((tmp_path / "map.png").read_bytes()).decode(),
    )
    wide = page.locator("#points").evaluate("one => one.clientWidth")
    high = page.locator("#points").evaluate("one => one.clientHeight")
    assert pixels == [wide, high + 64, 0x14, True, True]


LATIN = re.compile(r"[A-Za-z]{2,}")
NO_WORDS = {"PNG", "CSV", "WebGL", "Esc", "kg"}
"""Words that remain Latin in a Chinese sentence."""


@pytest.mark.browser
def test_chinese_page_has_no_english_texts(visit: Callable[..., Visit]) -> None:
    notes = (Text("A lens.", "一种视角。"),)
    base = with_sources(lang="zh")
    nodes = tuple(replace(node, label=Text(node.label.en, node.label.zh or "某大学")) for node in base.nodes)
    links = {iri: replace(card, label=Text("A link", "某项联系")) for iri, card in base.links.items()}
    sources = dict.fromkeys(base.links, (OFFICE,))
    scene = replace(base, nodes=nodes, links=links, sources=sources, notes=notes)
    page = visit(webgl_page.render(scene), "#nonsense").page
    page.locator("#list summary").click()
    page.locator("#rows td").first.wait_for()
    page.locator("#filters details").evaluate_all("all => all.forEach((one) => { one.open = true })")
    page.locator("#search").fill("华")
    page.evaluate("kgLarge.choose({ point: 0 })")
    seen = [page.evaluate(ALL_TEXTS)]
    for what in ("line: 0", "point: kgLarge.n"):
        page.evaluate(f"kgLarge.choose({{ {what} }})")
        seen.append(page.evaluate(ALL_TEXTS))
    assert "一种视角" in seen[0]
    english = {word for text in seen for word in LATIN.findall(text)} - NO_WORDS
    assert english == set()


ALL_TEXTS = """() => {
  const copy = document.body.cloneNode(true);
  for (const one of copy.querySelectorAll("script, code, [lang], [translate=no]")) one.remove();
  const attributes = ["aria-label", "placeholder", "title"].flatMap((name) =>
    [...copy.querySelectorAll(`[${name}]`)].map((one) => one.getAttribute(name)));
  return [copy.textContent, ...attributes].join("\\n");
}"""


@pytest.mark.browser
def test_hostile_sources_roles_and_links_are_not_executed(visit: Callable[..., Visit]) -> None:
    scene = hostile(dated=True)
    word = dict(zip(scene.links, HOSTILE, strict=True))
    scene = replace(
        scene,
        roles={iri: ((word[iri],),) * len(scene.members[iri]) for iri in scene.links},
        sources={iri: (SceneSource(word[iri], word[iri], word[iri]),) for iri in scene.links},
        notes=tuple(map(Text, HOSTILE)),
    )
    page = visit(webgl_page.render(scene)).page
    page.locator("#filters details").evaluate_all("all => all.forEach((one) => { one.open = true })")
    lines = [{"line": line} for line in range(len(scene.edges))]
    for lang in ("en", "zh"):
        page.locator(f"#languages [value={lang}]").click()
        _, texts, active = zip(*page.evaluate(PANELS, [lines, ACTIVE]), strict=True)
        seen = " ".join(" ".join(texts).split())
        assert all(" ".join(one.split()) in seen for one in HOSTILE)
        assert not any(active)
        assert page.locator(f":is(#side, #tip) {ACTIVE}").count() == 0
    page.evaluate("kgLarge.choose(null)")
    page.locator("#zoom [value=fit]").click()
    x, y = page.evaluate("kgLarge.toScreen(3)")
    page.locator("#points").hover(position={"x": x, "y": y})
    page.locator("#tip strong").wait_for()
    page.evaluate(
        "word => { location.hash = `link=${word}&line=${word}&off.kind=${word}&off.form=${word}&from=${word}` }",
        HOSTILE[1],
    )
    page.wait_for_function("document.getElementById('status').textContent.length > 10")


SEARCH = """() => {
  document.getElementById("side").open = true;
  for (const one of document.querySelectorAll("#filters details")) one.open = true;
}"""


def search(page: Page) -> None:
    """Open the results of a search and all filters, one of which hides links."""
    page.evaluate(SEARCH)
    checkbox(page, "undated").uncheck()
    page.locator("#search").fill("a")


def everything(page: Page) -> None:
    """Open the results, all filters, the panel of a line and the table at once."""
    search(page)
    page.evaluate("kgLarge.choose({ line: 0 }, true)")
    page.locator("#list summary").click()
    page.locator("#rows td").first.wait_for()


def panel(page: Page) -> None:
    """Open the panel of a line, which must fit, and then that of an actor."""
    page.evaluate("kgLarge.choose({ line: 0 }, true)")
    assert page.evaluate("document.documentElement.scrollWidth") == page.evaluate("innerWidth")
    page.evaluate("kgLarge.choose({ point: 0 })")


@pytest.mark.browser
@pytest.mark.parametrize(("width", "act", "lang", "theme"), [(390, panel, "zh", "dark"), (820, search, "en", "light")])
def test_axe_reports_no_serious_violation_on_small_screens(
    visit: Callable[..., Visit], width: int, act: Callable[[Page], None], lang: str, theme: str
) -> None:
    settings = {"viewport": {"width": width, "height": 900}, "bypass_csp": True}
    page = visit(webgl_page.render(with_sources(lang, theme)), **settings).page
    act(page)
    assert serious(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.browser
def test_axe_reports_no_serious_violation_with_everything_open(visit: Callable[..., Visit]) -> None:
    settings = {"viewport": {"width": 1440, "height": 900}, "bypass_csp": True}
    page = visit(webgl_page.render(with_sources()), **settings).page
    everything(page)
    assert violations(page, {"lang": "#languages button", "theme": "#theme"}) == {}
    assert page.evaluate("document.documentElement.scrollWidth") == 1440


@pytest.mark.browser
def test_every_control_is_reachable_by_keyboard_with_a_visible_focus(visit: Callable[..., Visit]) -> None:
    page = visit(webgl_page.render(with_sources())).page
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        names = "(({ id, value, name }) => [id, value, name])(document.activeElement)"
        reached.update(page.evaluate(names))
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
