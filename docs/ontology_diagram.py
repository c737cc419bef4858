"""The diagram of the ontology: boxes of classes with a row per property, and lines from rows to classes.

The columns of the classes are fixed here; everything else is read from the ontology and the shapes. The page draws the
diagram (``ontology_page.html``); units are those of the drawing, y grows downwards.
"""

from __future__ import annotations

from typing import NamedTuple

from rdflib import RDFS, SDO, SH, SKOS, Graph, Namespace, URIRef

from kg.terms import PREFIXES, shorten

HX = Namespace(PREFIXES["hx"])

COLUMNS = (
    ("Source", "Evidence", "Claim", "PolicyPlan"),
    ("Event", "Link", "Duty"),
    ("Participation", "PartyGroup", "CountedGroup", "Judgement", "Derivation"),
    ("Person", "Actor", "Organisation", "Unit", "OfficeHolding", "Place"),
)
WIDTH, GAP, HEAD, ROW, SPACE, MARGIN, LEFT = 262, 92, 40, 19, 26, 16, 56


class Row(NamedTuple):
    """A property of a class: its name and label, its values, and whether only rules state it."""

    name: str
    zh: str
    values: str
    derived: bool = False
    y: int = 0


class Box(NamedTuple):
    """A class with its position; `module` determines the colour."""

    name: str
    en: str
    zh: str
    module: str
    x: int
    y: int
    rows: tuple[Row, ...]

    @property
    def height(self) -> int:
        """Return the distance from the upper edge of the head to the lower edge of the last row."""
        return HEAD + ROW * len(self.rows) + (8 if self.rows else 0)


class Line(NamedTuple):
    """A curve from a row to a class, or from a head to the head of the superclass, as an SVG path."""

    path: str
    style: str
    title: str


class Diagram(NamedTuple):
    """The whole drawing."""

    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def draw(ontology: Graph, shapes: Graph) -> Diagram:
    """Return the diagram of `ontology`; properties from other vocabularies are read from `shapes`."""
    columns = [_column(ontology, shapes, number) for number in range(len(COLUMNS))]
    tallest = max(sum(box.height + SPACE for box in column) for column in columns) - SPACE
    boxes = [box for column in columns for box in _spread(column, tallest)]
    width = LEFT + MARGIN + len(COLUMNS) * WIDTH + (len(COLUMNS) - 1) * GAP
    return Diagram(width, tallest + 2 * MARGIN, tuple(boxes), tuple(_lines(ontology, boxes)))


def _column(ontology: Graph, shapes: Graph, number: int) -> list[Box]:
    x = LEFT + number * (WIDTH + GAP)
    return [_box(ontology, shapes, HX[name], x) for name in COLUMNS[number]]


def _spread(column: list[Box], height: int) -> list[Box]:
    """Return the boxes below each other, with the rest of `height` distributed between them."""
    free = height - sum(box.height for box in column)
    placed, y = [], MARGIN
    for box in column:
        rows = tuple(row._replace(y=y + HEAD + 4 + ROW * place) for place, row in enumerate(box.rows))
        placed.append(box._replace(y=y, rows=rows))
        y += box.height + free // max(len(column) - 1, 1)
    return placed


def _box(ontology: Graph, shapes: Graph, term: URIRef, x: int) -> Box:
    module = str(ontology.value(term, RDFS.isDefinedBy)).rpartition("/")[2]
    own = [*ontology.subjects(RDFS.domain, term), *ontology.subjects(SDO.domainIncludes, term)]
    rows = [_row(ontology, one) for one in own if isinstance(one, URIRef)]
    borrowed = [
        Row(
            shorten(str(path)),
            "",
            ", ".join(sorted(_short(one) for one in shapes.objects(rule, SH["class"]))),
        )
        for shape in shapes.subjects(SH.targetClass, term)
        for rule in shapes.objects(shape, SH.property)
        for path in shapes.objects(rule, SH.path)
        if (rule, SH["class"], None) in shapes and not str(path).startswith(HX)
    ]
    leading = sorted(
        rows, key=lambda row: (row.derived, not row.values[0].isupper(), row.values == "Concept", row.name)
    )
    return Box(_short(term), *_labels(ontology, term), module, x, 0, (*leading, *sorted(borrowed)))


def _row(ontology: Graph, term: URIRef) -> Row:
    ends = [*ontology.objects(term, RDFS.range), *ontology.objects(term, SDO.rangeIncludes)]
    definitions = [str(text) for text in ontology.objects(term, SKOS.definition)]
    values = ", ".join(sorted(_short(one) for one in ends))
    return Row(_short(term), _labels(ontology, term)[1], values, any("Derived" in text for text in definitions))


def _labels(ontology: Graph, term: URIRef) -> tuple[str, str]:
    labels = {getattr(one, "language", None): str(one) for one in ontology.objects(term, RDFS.label)}
    return labels["en"], labels["zh"]


def _short(node: object) -> str:
    return str(node).rpartition("#")[2].rpartition("/")[2]


def _lines(ontology: Graph, boxes: list[Box]) -> list[Line]:
    named = {box.name: box for box in boxes}
    lines = []
    for box in boxes:
        for row in box.rows:
            for value in row.values.split(", "):
                if value in named and value != box.name:
                    style = "derived" if row.derived else "stated"
                    path = _curve(box, row.y + ROW // 2, named[value])
                    lines.append(Line(path, style, f"{box.name} {row.name} {value}"))
        for wider in ontology.objects(HX[box.name], RDFS.subClassOf):
            if _short(wider) in named and str(wider).startswith(HX):
                path = _curve(box, box.y + HEAD // 2, named[_short(wider)])
                lines.append(Line(path, "kind", f"{box.name} is a kind of {_short(wider)}"))
    return lines


def _curve(box: Box, y: int, target: Box) -> str:
    """Return a curve from the side of `box` that faces `target` to the head of `target`; outside within a column."""
    end = target.y + HEAD // 2
    if box.x == target.x:
        x, bend = box.x, min(24 + abs(end - y) // 12, LEFT)
        return f"M{x} {y}C{x - bend} {y} {x - bend} {end} {x - 7} {end}"
    right = target.x > box.x
    start, stop = (box.x + WIDTH, target.x - 7) if right else (box.x, target.x + WIDTH + 7)
    bend = GAP * 3 // 5 if right else -GAP * 3 // 5
    return f"M{start} {y}C{start + bend} {y} {stop - bend} {end} {stop} {end}"
