"""Benchmarks of the map by size: Python time, Chromium time, bytes, and the quality of the layout.

``python tests/benchmarks --maps``. Python times are processor times. Chromium times are of the main thread, with
everything visible, in a window of 1440 by 900, without a graphics card. A page is ready two frames after its script
has finished.
"""

from __future__ import annotations

import gc
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING, Any, TypeVar
from unittest.mock import patch

import networkx as nx
import numpy as np
from helpers import layout_quality
from helpers.chromium import ARGUMENTS, executable
from helpers.large_network import big
from helpers.scenes import plain
from playwright.sync_api import sync_playwright

from kg.cli import COLLECT_AFTER
from kg.map import compose
from kg.map.html import page
from kg.map.layout.stress import positions
from kg.map.scene.communities import communities
from kg.map.webgl import page as webgl_page
from kg.network.incidence.load import load_incidence, save_incidence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from playwright.sync_api import Browser

    from kg.map.scene.model import Scene

T = TypeVar("T")

SIZES = (300, 1000, 3900, 5000)
"""Numbers of actors; 3,900 actors with their link nodes are 5,000 points, the limit for pages with all views."""
BUDGETS = {300: "ready 2 s", 1000: "ready 3 s, redraw 10 ms, 1.2 MB", 5000: "redraw 50 ms, 4 MB"}
VIEWED = {1000: 10.0, 3900: 50.0}
"""Sizes whose redraw is measured in each view, with the limit in milliseconds."""
LARGE = (20_000, 100_000)

_READY = (
    "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"
)
_PAINT = """() => { const gl = document.getElementById("points").getContext("webgl2"); const times = [];
    for (let i = 0; i < 9; i += 1) { const start = performance.now(); kgLarge.paint(); const said = performance.now();
        gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
        times.push([said - start, performance.now() - start]); } return times; }"""
_PICK = """(deed) => { const times = []; for (let i = 0; i < 31; i += 1) { const start = performance.now();
    if (deed === "pick") kgLarge.pick(300 + 17 * i, 200 + 11 * i, false);
    else { const from = document.getElementById("from"); from.stepUp(); from.dispatchEvent(new Event("input")); }
    times.push(performance.now() - start); } return times; }"""
_ALL = """() => { const top = document.getElementById("top"); top.value = top.options[top.options.length - 1].value;
    top.dispatchEvent(new Event("change")); }"""
_REDRAW = """() => { const times = []; for (let i = 0; i < 31; i += 1) { const start = performance.now();
    kgMap.network.renderer._redraw(false); times.push(performance.now() - start); } return times; }"""


@dataclass(frozen=True)
class Measured:
    """Figures of one size: seconds of Python, megabytes, milliseconds of Chromium."""

    n: int
    compose: float
    render: float
    megabytes: float
    ready: float
    redraw: float
    views: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Large:
    """Figures of one size of the WebGL page: points, lines, seconds of Python, megabytes, milliseconds of Chromium.

    `layout` covers positions and communities, and `compose` the rest of the scene. `paint` is the main thread's share
    of a frame, and `frame` the time until the picture is complete. `pick` finds the item under the pointer, and
    `narrow` changes the window of years.
    """

    points: int
    lines: int
    layout: float
    compose: float
    render: float
    megabytes: float
    ready: float
    paint: float
    frame: float
    pick: float
    narrow: float


def run(sizes: Sequence[int], say: Callable[[str], None]) -> Iterator[Measured]:
    """Draw a map of each size and open it.

    Raises:
        RuntimeError: Chromium is not installed.
    """
    with opened() as (browser, folder):
        for n in sizes:
            say(f"a map of {n}")
            yield _measure(n, browser, folder / f"{n}.html")


def larger(sizes: Sequence[int], say: Callable[[str], None]) -> Iterator[Large]:
    """Draw a WebGL page of each size from participation tables and open it.

    Raises:
        RuntimeError: Chromium is not installed.
    """
    with opened() as (browser, folder):
        for n in sizes:
            say(f"a large map of {n}")
            yield _measure_large(n, browser, folder / f"{n}.html")


@contextmanager
def opened() -> Iterator[tuple[Browser, Path]]:
    """Yield a browser and a folder for its pages."""
    chromium = executable()
    if chromium is None:
        raise RuntimeError("there is no Chromium here to open the maps with")
    gc.set_threshold(COLLECT_AFTER)  # as `kg` does
    with sync_playwright() as play, tempfile.TemporaryDirectory(prefix="kg-maps-") as folder:
        browser = play.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        yield browser, Path(folder)
        browser.close()


def _measure(n: int, browser: Browser, path: Path) -> Measured:
    begun = process_time()
    scene = big(n)
    composed = process_time()
    text = page.render(scene)
    rendered = process_time()
    path.write_text(text, encoding="utf-8")
    tab = browser.new_page(viewport={"width": 1440, "height": 900})
    tab.goto(path.as_uri())
    ready = tab.evaluate(_READY)
    tab.evaluate(_ALL)
    redraw = median(tab.evaluate(_REDRAW))
    points = tab.evaluate("kgMap.visible()")[0]
    assert points == len(scene.nodes) + len(scene.hyperedges)
    views = {}
    for view in tab.locator("#views [value]").all() if n in VIEWED else ():
        view.click()
        tab.evaluate(_READY)
        views[str(view.get_attribute("value"))] = median(tab.evaluate(_REDRAW))
    tab.close()
    return Measured(n, composed - begun, rendered - composed, len(text.encode()) / 1e6, ready, redraw, views)


def _measure_large(n: int, browser: Browser, path: Path) -> Large:
    """Measure a network without cards and with sources, as `kg map` draws it on a WebGL page."""
    spent: list[float] = []
    with (
        patch.object(compose, "communities", _timed(communities, spent)),
        patch.object(compose, "positions", _timed(positions, spent)),
        patch.object(compose, "compose", _timed(compose.compose, spent)),
    ):
        scene = big(n, details=False)
    *laid, whole = spent
    layout = sum(laid)
    begun = process_time()
    text = webgl_page.render(scene)
    rendered = process_time() - begun
    path.write_text(text, encoding="utf-8")
    tab = browser.new_page(viewport={"width": 1440, "height": 900})
    tab.goto(path.as_uri())
    ready = tab.evaluate(_READY)
    message, done = (median(times) for times in zip(*tab.evaluate(_PAINT), strict=True))
    pick, narrow = (median(tab.evaluate(_PICK, deed)) for deed in ("pick", "narrow"))
    points, lines = tab.evaluate("[kgLarge.pointCount, kgLarge.lineCount]")
    tab.close()
    size = len(text.encode()) / 1e6
    return Large(points, lines, layout, whole - layout, rendered, size, ready, message, done, pick, narrow)


def _timed(function: Callable[..., T], spent: list[float]) -> Callable[..., T]:
    """Return the function with its processor time recorded in `spent`."""

    def run_(*given: Any) -> T:
        begun = process_time()
        actual = function(*given)
        spent.append(process_time() - begun)
        return actual

    return run_


def layouts(scene: Scene) -> Iterator[tuple[str, int, float, float]]:
    """Return crossings, neighbourhood preservation and stress of the largest component, for ours and force layouts."""
    pairs = np.array([(edge.a, edge.b) for edge in scene.edges])
    points, inside = layout_quality.largest(len(scene.nodes) + len(scene.hyperedges), pairs)
    n = len(points)
    graph: nx.Graph[int] = nx.Graph(inside.tolist())
    for name, function in (
        ("ours", lambda: positions(inside, np.full(n, 6.0), communities(n, inside))),
        ("networkx spring", lambda: nx.spring_layout(graph, seed=1)),
        ("networkx ForceAtlas2", lambda: nx.forceatlas2_layout(graph, seed=1)),
    ):
        actual = function()
        places = actual if isinstance(actual, np.ndarray) else np.array([actual[i] for i in range(n)])
        yield (
            name,
            layout_quality.crossings(places, inside),
            layout_quality.preservation(places, inside),
            layout_quality.stress(places, inside),
        )


def render(say: Callable[[str], None], sizes: Sequence[int] = SIZES) -> str:
    """Return the whole table as text."""
    lines = ["actors  compose s  render s     MB  ready ms  redraw ms  wanted"]
    measured = list(run(sizes, say))
    lines += [
        f"{one.n:6}  {one.compose:9.2f}  {one.render:8.2f}  {one.megabytes:5.2f}  {one.ready:8.0f}  {one.redraw:9.1f}  "
        f"at most {BUDGETS.get(one.n, '')}"
        for one in measured
    ]
    lines += ["", "actors  redraw of each view, ms"]
    lines += [
        f"{one.n:6}  {', '.join(f'{view} {time:.1f}' for view, time in one.views.items())}; at most {VIEWED[one.n]:g}"
        for one in measured
        if one.n in VIEWED
    ]
    lines += ["", "points   lines  layout s  compose s  render s     MB  ready  paint  frame  pick  narrow, ms  WebGL"]
    lines += [
        f"{one.points:6}  {one.lines:6}  {one.layout:8.1f}  {one.compose:9.2f}  {one.render:8.2f}  {one.megabytes:5.2f}"
        f"  {one.ready:5.0f}  {one.paint:5.1f}  {one.frame:5.0f}  {one.pick:4.1f}  {one.narrow:8.1f}"
        for one in larger(LARGE, say)
    ]
    lines += ["at 20,000: layout at most 10 s, compose 1 s; at 100,000: at most 10 MB, ready in 5 s"]
    lines += ["", "largest component of the shipped graphs  crossings  preservation  stress"]
    lines += [f"{name:39}  {cross:9}  {near:12.3f}  {strain:6.3f}" for name, cross, near, strain in layouts(_shipped())]
    return "\n".join(lines) + "\n"


def _shipped() -> Scene:
    """Return the scene of the shipped graphs, without cards."""
    from kg import network  # noqa: PLC0415 - only for this table
    from kg.rdf import files as graph_files  # noqa: PLC0415 - only for this table
    from kg.store.local import LocalStore  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="kg-maps-") as folder:
        store = LocalStore(Path(folder) / "store")
        with store.writer() as writer:
            writer.load(graph_files.discover(()), graph_files.ontology_files())
            writer.finish(artefacts=save_incidence)
            store.commit(writer)
        with store.view() as view:
            return plain(network.build(load_incidence(view)))
