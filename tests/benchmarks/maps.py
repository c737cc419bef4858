"""The map by size: how long Python takes, how long Chromium takes, how many bytes; and how well it is laid out.

``python tests/benchmarks --maps``. Times of Python are of its own processor time; those of Chromium are of the main
thread, with everything shown, on a window of 1440 by 900, painted by software. A page is ready when two frames have
passed since the script was done.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
from draw import quality
from draw.big import big
from playwright.sync_api import sync_playwright

from kg.draw import page
from kg.draw.communities import communities
from kg.draw.layout import positions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playwright.sync_api import Browser

    from kg.draw.scene import Scene

SIZES = (300, 1000, 5000)
BUDGETS = {300: "ready 2 s", 1000: "ready 3 s, redraw 10 ms, 1.2 MB", 5000: "redraw 50 ms, 4 MB"}
LARGE = 20_000

_READY = (
    "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"
)
_ALL = """() => { const top = document.getElementById("top"); top.value = top.options[top.options.length - 1].value;
    top.dispatchEvent(new Event("change")); }"""
_REDRAW = """() => { const times = []; for (let i = 0; i < 31; i += 1) { const start = performance.now();
    kgMap.network.renderer._redraw(false); times.push(performance.now() - start); } return times; }"""


@dataclass(frozen=True)
class Measured:
    """One size: seconds of Python, megabytes, and milliseconds of Chromium."""

    n: int
    compose: float
    render: float
    megabytes: float
    ready: float
    redraw: float


def run(sizes: Sequence[int], say: Callable[[str], None]) -> Iterator[Measured]:
    """Draw a map of each size and open it.

    Raises:
        RuntimeError: there is no Chromium here.
    """
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise RuntimeError("there is no Chromium here to open the maps with")
    with sync_playwright() as play, tempfile.TemporaryDirectory(prefix="kg-maps-") as folder:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        for n in sizes:
            say(f"a map of {n}")
            yield _measure(n, browser, Path(folder) / f"{n}.html")
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
    points = tab.evaluate("kgMap.drawn()")[0]
    assert points == len(scene.nodes) + len(scene.knots)
    tab.close()
    return Measured(n, composed - begun, rendered - composed, len(text.encode()) / 1e6, ready, redraw)


def large(n: int = LARGE) -> tuple[float, int]:
    """The seconds that the layout of a map of `n` actors takes, and its lines."""
    rng = np.random.default_rng(1)
    weights = 1 / np.arange(1, n + 1) ** 0.7
    pairs = np.sort(rng.choice(n, size=(round(1.3 * n), 2), p=weights / weights.sum()), axis=1)
    pairs = np.unique(pairs[pairs[:, 0] < pairs[:, 1]], axis=0).astype(np.int64)
    begun = process_time()
    positions(pairs, np.full(n, 6.0), communities(n, pairs))
    return process_time() - begun, len(pairs)


def layouts(scene: Scene) -> Iterator[tuple[str, int, float, float]]:
    """Crossings, neighbourhood preservation and stress of the largest component, by ours and by force layouts."""
    pairs = np.array([(edge.a, edge.b) for edge in scene.edges])
    points, inside = quality.largest(len(scene.nodes) + len(scene.knots), pairs)
    n = len(points)
    graph = nx.Graph(inside.tolist())
    for name, made in (
        ("ours", lambda: positions(inside, np.full(n, 6.0), communities(n, inside))),
        ("networkx spring", lambda: nx.spring_layout(graph, seed=1)),
        ("networkx ForceAtlas2", lambda: nx.forceatlas2_layout(graph, seed=1)),
    ):
        found = made()
        places = found if isinstance(found, np.ndarray) else np.array([found[i] for i in range(n)])
        yield (
            name,
            quality.crossings(places, inside),
            quality.preservation(places, inside),
            quality.stress(places, inside),
        )


def render(say: Callable[[str], None], sizes: Sequence[int] = SIZES) -> str:
    """The whole table as text."""
    lines = ["actors  compose s  render s     MB  ready ms  redraw ms  wanted"]
    lines += [
        f"{one.n:6}  {one.compose:9.2f}  {one.render:8.2f}  {one.megabytes:5.2f}  {one.ready:8.0f}  {one.redraw:9.1f}  "
        f"at most {BUDGETS.get(one.n, '')}"
        for one in run(sizes, say)
    ]
    seconds, count = large()
    lines += ["", f"layout of {LARGE} points and {count} lines: {seconds:.1f} s of processor time, at most 10"]
    lines += ["", "largest component of the shipped graphs  crossings  preservation  stress"]
    lines += [f"{name:39}  {cross:9}  {near:12.3f}  {strain:6.3f}" for name, cross, near, strain in layouts(_shipped())]
    return "\n".join(lines) + "\n"


def _shipped() -> Scene:
    """The scene of the shipped graphs, without cards."""
    from kg import graphs, network  # noqa: PLC0415 - only for this table
    from kg.draw import compose  # noqa: PLC0415
    from kg.store import Store  # noqa: PLC0415
    from kg.terms import ONTOLOGY_GRAPH  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="kg-maps-") as folder:
        store = Store(Path(folder) / "store")
        with store.draft() as draft:
            draft.load(graphs.ontology_files(), ONTOLOGY_GRAPH)
            draft.load(graphs.discover(()))
            draft.finish()
            store.commit(draft)
        with store.view() as view:
            return compose.compose(network.build(view.incidence()), {}, {})
