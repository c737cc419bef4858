"""The geographic view: projection, cities, actors without a city, and the panels."""

from collections.abc import Callable

import pytest
from helpers.browser import Visit, chosen_panels, click
from helpers.networks import ID, ActorSpec, incidence
from helpers.scenes import HOSTILE, SEATS, hostile, small

from kg.map.html import page
from kg.map.layout.geography import equal_earth, geography, middle
from kg.model import Text
from kg.network import Network, build
from kg.query.cards import Seat


def network() -> Network:
    return build(incidence({"a": "U1 I1", "b": "U1 I2 G1"}, ActorSpec()))


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ((0, 0), (0, 0)),
        ((0, 180), (2.7066299836, 0)),
        ((90, 0), (0, 1.3173627591)),
        ((-90, 0), (0, -1.3173627591)),
    ],
)
def test_equal_earth_has_the_published_values(place: tuple[float, float], expected: tuple[float, float]) -> None:
    assert equal_earth(*place) == pytest.approx(expected, abs=1e-9)


def test_projection_preserves_areas() -> None:
    def area(low: float, high: float) -> float:
        steps = [low + (high - low) * (i + 0.5) / 2000 for i in range(2000)]
        thick = [equal_earth(s + (high - low) / 4000, 0)[1] - equal_earth(s - (high - low) / 4000, 0)[1] for s in steps]
        return sum(2 * equal_earth(s, 180)[0] * t for s, t in zip(steps, thick, strict=True))

    assert area(0, 30) == pytest.approx(2 * 3.141592653589793 * 0.5, rel=1e-4)
    assert area(30, 90) == pytest.approx(2 * 3.141592653589793 * 0.5, rel=1e-3)


@pytest.mark.parametrize(
    ("longitudes", "expected"), [([100, 120], 110), ([170, -170], 180), ([-75, 10, 110], 17.5), ([5], 5)]
)
def test_globe_is_cut_opposite_to_the_cities(longitudes: list[float], expected: float) -> None:
    assert abs((middle(longitudes) - expected + 180) % 360 - 180) == pytest.approx(0)


def test_actors_without_coordinates_are_not_placed() -> None:
    drawn_network = network()
    view = geography(drawn_network, SEATS)
    assert view
    actors = {city.label.en: {drawn_network.actors[i].iri for i in city.actors} for city in view.cities}
    assert actors == {"Xi'an": {ID + "U1", ID + "G1"}, "Shenzhen": {ID + "I1"}}
    xian, shenzhen = view.cities
    assert shenzhen.x > xian.x
    assert shenzhen.y > xian.y


def test_nearby_addresses_are_one_city() -> None:
    spots = {"U1": ("A Street 1, Turku", 60.45), "I1": ("B Street 2, Turku", 60.46), "I2": ("C Street 3, Pori", 61.5)}
    seats = {ID + key: Seat(key, Text(name), north, 22.2) for key, (name, north) in spots.items()}
    view = geography(network(), seats)
    assert view
    assert [(city.label.en, len(city.actors)) for city in view.cities] == [("Turku", 2), ("Pori", 1)]


def test_view_is_absent_without_coordinates() -> None:
    assert geography(network(), {}) is None
    assert geography(network(), {ID + "U1": Seat("p", Text("China"))}) is None


@pytest.mark.parametrize(
    ("longitudes", "names"), [((179, -179), {"179°E", "180°", "179°W"}), ((0, 90), {"0°", "90°E"})]
)
def test_graticule_surrounds_the_cities(longitudes: tuple[float, float], names: set[str]) -> None:
    seats = {ID + key: Seat(key, Text(key), 10, east) for key, east in zip(("U1", "I1"), longitudes, strict=True)}
    view = geography(network(), seats)
    assert view
    assert names <= {name.en for name, _ in view.graticule}
    xs = [x for _, line in view.graticule for x, _ in line]
    assert min(xs) <= min(city.x for city in view.cities) < max(city.x for city in view.cities) <= max(xs)
    assert max(city.x for city in view.cities) - min(city.x for city in view.cities) < 2401


CITY = "c => kgMap.network.canvasToDOM(kgMap.position(kgMap.city(c)))"


@pytest.mark.browser
def test_click_on_a_city_lists_its_actors(visit: Callable[..., Visit]) -> None:
    tab = visit(page.render(small())).page
    tab.locator("#views [value=geo]").click()
    assert tab.evaluate("kgMap.visible()") == [2, 1]  # a link is not a point here
    for lang, city, rest in (("en", "Xi'an", "Not on the map"), ("zh", "西安市", "未在图上标出")):
        tab.locator(f"#languages [value={lang}]").click()
        click(tab, **tab.evaluate(CITY, 0))
        assert (tab.locator("#panel h2").inner_text()).startswith(city)
        assert tab.locator("#panel .items button").count() == 2
        tab.locator("#unplaced").click()
        assert tab.locator("#panel h2").inner_text().startswith(rest)
        assert tab.locator("#panel .items button").count() == 2
    tab.locator("#panel .items button").first.click()
    assert "actor=" in tab.evaluate("location.hash")


@pytest.mark.browser
def test_click_on_an_arc_lists_its_links(visit: Callable[..., Visit]) -> None:
    tab = visit(page.render(small())).page
    tab.locator("#views [value=geo]").click()
    a, b = (tab.evaluate(CITY, city) for city in (0, 1))
    bend = {
        "x": (a["x"] + b["x"]) / 2 + 0.11 * (b["y"] - a["y"]),
        "y": (a["y"] + b["y"]) / 2 - 0.11 * (b["x"] - a["x"]),
    }
    click(tab, **bend)
    assert tab.locator("#panel h2").inner_text() == "2 links between Xi'an and Shenzhen"


@pytest.mark.browser
def test_hostile_names_of_cities_remain_text(visit: Callable[..., Visit]) -> None:
    tab = visit(page.render(hostile()), "#view=geo", viewport={"width": 390, "height": 800}).page
    headings, _, active = chosen_panels(tab, [f"kgMap.city({city})" for city in range(len(HOSTILE))])
    assert not any(active)
    assert all("1 organisation" in one for one in headings)
    seen = {one.partition(" · ")[0] for one in headings}
    assert len(seen) == len(HOSTILE)
    assert any("<img src=x" in one for one in seen)
