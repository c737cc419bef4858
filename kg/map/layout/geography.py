"""Where organisations have their seat: cities on a map of the world that is drawn by ourselves.

The projection is Equal Earth (Savric, Patterson & Jenny 2018, International Journal of Geographical Information
Science 33, 454-465, doi 10.1080/13658816.2018.1504949): areas are true everywhere, and shapes near the middle nearly
so. The globe is cut at the meridian that is farthest from every city. Only a net of meridians and parallels is drawn;
no coast and no border, which would be claims that no source of ours makes.

Seats that lie within 20 km of one of more organisations are one city with it: where a source gives an address of each,
a point for each would say nothing. An address has its city after the last comma, and so is it called here.

Trap: an organisation has one seat here, and works elsewhere, too. Whoever has no seat, or one without coordinates (a
country, a province), is listed apart and never placed.
"""

from collections.abc import Mapping, Sequence
from math import asin, cos, radians, sin, sqrt

import numpy as np

from kg.map.scene.model import SceneCity, SceneView
from kg.model import Text
from kg.network import Network
from kg.query.cards import Seat

_MOST = 0.85  # of the organisations are in the window in which the view opens
_NEAR = 20 / 6371  # of the radius of the globe: 20 km
_WIDE = 2400.0  # map units of the longer side
_STEPS = ((90.0, 30.0), (30.0, 10.0), (8.0, 5.0), (0.0, 1.0))  # degrees between lines, by degrees that are seen
_BENDS = 24  # pieces of a line of the net
_A = (1.340264, -0.081106, 0.000893, 0.003796)


def equal_earth(latitude: float, longitude: float) -> tuple[float, float]:
    """Place of a point on a globe of radius 1 (degrees; longitude from the middle), y upwards."""
    a1, a2, a3, a4 = _A
    t = asin(sqrt(3) / 2 * sin(radians(latitude)))
    x = 2 * sqrt(3) * radians(longitude) * cos(t) / (3 * (9 * a4 * t**8 + 7 * a3 * t**6 + 3 * a2 * t**2 + a1))
    return x, a4 * t**9 + a3 * t**7 + a2 * t**3 + a1 * t


def middle(longitudes: Sequence[float]) -> float:
    """The meridian opposite to the middle of the widest gap between the longitudes (degrees)."""
    east = sorted({longitude % 360 for longitude in longitudes})
    gaps = [(b - a, a) for a, b in zip(east, [*east[1:], east[0] + 360], strict=True)]
    wide, begin = max(gaps)
    return (begin + wide / 2 + 360) % 360 - 180


def geography(network: Network, seats: Mapping[str, Seat], hyperedges: Sequence[int]) -> SceneView | None:
    """The view, or ``None`` where the place of no actor is known.

    Args:
        network: what is drawn.
        seats: by IRI of the actor.
        hyperedges: indexes of the links that are points; each lies in the middle of the cities of its actors.
    """
    found: dict[str, list[int]] = {}
    known = {seat.iri: seat for seat in seats.values()}
    for i, actor in enumerate(network.actors):
        seat = seats.get(actor.iri)
        if seat is not None and seat.latitude is not None and seat.longitude is not None:
            found.setdefault(seat.iri, []).append(i)
    if not found:
        return None
    found = _gathered(found, known)
    spots = {iri: (known[iri].latitude or 0.0, known[iri].longitude or 0.0) for iri in found}
    centre = middle([longitude for _, longitude in spots.values()])
    scale = _scale(list(spots.values()), centre)

    def at(latitude: float, longitude: float) -> tuple[float, float]:
        x, y = equal_earth(latitude, (longitude - centre + 180) % 360 - 180)
        return round(x * scale, 1), round(-y * scale, 1)

    order = sorted(found, key=lambda iri: (-len(found[iri]), iri))
    cities = tuple(SceneCity(_city(known[iri].label), *at(*spots[iri]), tuple(found[iri])) for iri in order)
    city_of = {i: city for city in cities for i in city.actors}
    links = {}
    for k in hyperedges:
        ends = {city_of[i] for i in network.actor_of[network.link_of == k].tolist() if i in city_of}
        if len(ends) > 1:
            x, y = np.mean([(city.x, city.y) for city in sorted(ends, key=lambda city: (city.x, city.y))], axis=0)
            links[network.links[k].iri] = (round(float(x), 1), round(float(y), 1))
    net = tuple((name, tuple(at(*place) for place in places)) for name, places in _net(list(spots.values()), centre))
    return SceneView("geo", (), links, cities=cities, graticule=net, viewport=_home(cities))


def _gathered(found: Mapping[str, list[int]], known: Mapping[str, Seat]) -> dict[str, list[int]]:
    """The actors of each city: of the seats, from the one of the most on, those that are near join it."""
    order = sorted(found, key=lambda iri: (-len(found[iri]), iri))
    places = np.radians([(known[iri].latitude or 0.0, known[iri].longitude or 0.0) for iri in order])
    north, east = places.T
    globe = np.column_stack((np.cos(north) * np.cos(east), np.cos(north) * np.sin(east), np.sin(north)))
    left = np.ones(len(order), np.bool_)
    cities: dict[str, list[int]] = {}
    for first, iri in enumerate(order):
        if left[first]:
            way = globe - globe[first]
            near = left & (np.round((way * way).sum(axis=1), 12) <= _NEAR * _NEAR)
            left &= ~near
            cities[iri] = sorted(i for row in np.flatnonzero(near).tolist() for i in found[order[row]])
    return cities


def _city(address: Text) -> Text:
    """What follows the last comma of each name."""
    return Text(*(name and name.rpartition(", ")[2] for name in (address.en, address.zh)))


def _home(cities: Sequence[SceneCity]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of where most organisations are: the cities nearest to the middle of all of them."""
    counts = np.array([len(city.actors) for city in cities])
    places = np.array([(city.x, city.y) for city in cities])
    centre = [
        float(np.repeat(axis, counts)[np.argsort(np.repeat(axis, counts))][counts.sum() // 2]) for axis in places.T
    ]
    x, y = (places - centre).T
    order = np.argsort(x * x + y * y, kind="stable")
    most = int(np.searchsorted(np.cumsum(counts[order]), _MOST * counts.sum())) + 1
    near = places[order[:most]]
    (left, top), (right, bottom) = near.min(axis=0).tolist(), near.max(axis=0).tolist()
    return left, top, right, bottom


def _scale(spots: Sequence[tuple[float, float]], centre: float) -> float:
    """Map units for each unit of the projection."""
    places = [equal_earth(latitude, (longitude - centre + 180) % 360 - 180) for latitude, longitude in spots]
    wide, high = (max(axis) - min(axis) for axis in zip(*places, strict=True))
    return float(_WIDE / max(wide, high, 0.02))


def _net(spots: Sequence[tuple[float, float]], centre: float) -> list[tuple[Text, list[tuple[float, float]]]]:
    """Meridians and parallels around the cities, each as a name and places (latitude, longitude)."""
    norths = [latitude for latitude, _ in spots]
    easts = [(longitude - centre + 180) % 360 - 180 for _, longitude in spots]
    tall, wide = max(norths) - min(norths), max(easts) - min(easts)
    seen = sqrt(tall * tall + wide * wide)
    step = next(step for least, step in _STEPS if seen >= least)
    low, high = max(_floor(min(norths), step), -90.0), min(_floor(max(norths), step) + step, 90.0)
    begin = _floor(min(easts) + centre, step)
    end = min(_floor(max(easts) + centre, step) + step, begin + 360.0)
    parts = np.linspace(0, 1, _BENDS + 1)
    lines = []
    for longitude in np.arange(begin, end + step / 2, step).tolist():
        inside = min(max(longitude, centre - 179.9), centre + 179.9)
        lines.append(
            (_degrees(longitude, "EW", "东西"), [(float(low + part * (high - low)), inside) for part in parts])
        )
    west, east = max(begin, centre - 179.9), min(end, centre + 179.9)
    for latitude in np.arange(low, high + step / 2, step).tolist():
        places = [(latitude, float(west + part * (east - west))) for part in parts]
        lines.append((_degrees(latitude, "NS", "北南") if latitude > low else Text(), places))
    return lines


def _floor(value: float, step: float) -> float:
    return float(np.floor(value / step) * step)


def _degrees(value: float, en: str, zh: str) -> Text:
    """A latitude or a longitude in words: "30°N", "北纬30°"."""
    turned = (value + 180) % 360 - 180
    size, side = f"{abs(turned):g}°", int(turned < 0)
    axis = "纬" if en == "NS" else "经"
    return Text(f"{size}{en[side] if turned % 180 else ''}", f"{zh[side] + axis if turned % 180 else ''}{size}")
