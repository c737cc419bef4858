"""Links that leave a picture become exits with a number."""

from kg.map.svg.cropping import cropped
from kg.map.svg.shapes import DisplayList, Line, Point

HERE, NEAR, WEST, FAR_WEST, SOUTH = (
    Point(name, x, y, 3.0, None, name)
    for name, x, y in (("here", 0, 0), ("near", 5, 0), ("west", -100, 0), ("far west", -300, 9), ("south", 1, 200))
)


def arc(a: Point, b: Point, *links: str) -> Line:
    return Line(a, b, len(links), arc=True, records=frozenset(links))


def test_each_side_of_a_city_has_one_exit_in_which_a_link_counts_once() -> None:
    lines = (
        arc(HERE, NEAR, "l1"),
        arc(HERE, WEST, "l2", "l3"),
        arc(FAR_WEST, HERE, "l3", "l4"),
        arc(HERE, SOUTH, "l5"),
        arc(WEST, FAR_WEST, "l6"),
    )
    drawn = cropped(DisplayList("geo", (HERE, NEAR, WEST, FAR_WEST, SOUTH), lines), (-10, -10, 10, 10))
    assert drawn.points == (HERE, NEAR)
    assert drawn.lines == lines[:1]
    assert [(one.point.iri, one.text) for one in drawn.exits] == [("here", "← 3"), ("here", "↓ 1")]
    west, south = drawn.exits
    assert west.dx < -0.99
    assert south.dy > 0.99
