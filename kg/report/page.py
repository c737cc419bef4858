"""The report as HTML pages without scripts."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from jinja2 import PackageLoader

from kg.map.html import template
from kg.map.scene.styles import SECTORS, base
from kg.model.display import safe
from kg.report.brief import BriefWriter
from kg.report.figure import figure
from kg.report.writer import Layout

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.report.references import References

MAX_PARTNERS = 6
"""Partners listed beside each link of an organisation; the section of the link lists all."""
MAX_PIECES = 12
"""Pieces of evidence from one source listed for a link; a command prints the rest."""

WHOLE = Layout()
"""The brief with the annex in one file."""


def render(references: References, layout: Layout = WHOLE) -> str:
    """Return the page, to be written as UTF-8; equal references have equal pages."""
    scene = references.content.scene
    writer = BriefWriter(references, layout)
    style = base() + files("kg.report").joinpath("page.css").read_text(encoding="utf-8") + swatches()
    # The annex has no picture.
    picture, drawn = figure(scene, references.actors if layout.annex else {}) if layout.brief else ("", None)
    environment = template.environment(PackageLoader("kg.report", "."), finalize=_without_control_characters)
    text: str = environment.get_template("page.html").render(
        references=references,
        content=references.content,
        overview=references.content.overview,
        imprint=references.content.imprint,
        layout=layout,
        sections=tuple(_sections(references, layout)),
        scene=scene,
        lang=template.language_tag(scene.lang),
        title=writer.text(scene.title),
        writer=writer,
        drawn=drawn,
        max_partners=MAX_PARTNERS,
        max_pieces=MAX_PIECES,
        style=style,
        picture=picture,
        policy=template.policy(styles=(style,)),
    )
    return text


def _sections(references: References, layout: Layout) -> Iterator[str]:
    """Yield the anchors of the sections of the page, in order."""
    content = references.content
    if layout.brief:
        if content.findings:
            yield "findings"
        if content.changes:
            yield "changes"
        yield from ("ranking", "picture")
        overview = content.overview
        given = {"sectors": overview.sectors, "years": overview.years.counts, "places": overview.places.counts}
        yield from (name for name, rows in given.items() if rows)
        yield from ("missing", "method")
    if layout.annex:
        yield from ("details", "helix", "mixing", "cases", "organisations", "links", "sources")


def swatches() -> str:
    """Return a CSS rule for the colour of each sector."""
    return "".join(f".swatch.{name}{{background:var(--{name})}}\n" for name in (*SECTORS, "other"))


def _without_control_characters(value: object) -> object:
    """Return text without invisible characters or changes of writing direction; markup is returned as it is."""
    return value if hasattr(value, "__html__") or not isinstance(value, str) else safe(value)
