"""Layout of the geographic view: the cities in which organisations have their seats.

The projection is Equal Earth, which preserves areas (Savric, Patterson & Jenny 2018, International Journal of
Geographical Information Science 33, 454-465, doi 10.1080/13658816.2018.1504949). The globe is cut at the meridian
opposite to the cities. The background is a graticule without coasts and borders
(docs/decisions/0040-no-borders-on-the-map-of-cities.md). A link has no place of
its own: its lines lead from the city of most of its parties to the others.

Seats within 20 km of a seat with more organisations are merged with it, because some sources give a street address for
each organisation. The name of a city is the part of the address after the last comma.

Trap: each organisation has one seat, although it may work elsewhere. Organisations without a seat or without
coordinates (a country, a province) are listed separately and not placed.
"""

from collections.abc import Mapping, Sequence
from math import asin, cos, radians, sin, sqrt

import numpy as np

from kg.map.scene.model import SceneCity, SceneView
from kg.network import Network
from kg.query.cards import Seat
from kg.texts import Message, Text

_VIEWPORT_SHARE = 0.85  # share of the organisations inside the viewport
_NEAR = 20 / 6371  # 20 km, relative to the radius of the globe
_WIDE = 2400.0  # length of the longer side, map units
_STEPS = ((90.0, 30.0), (30.0, 10.0), (8.0, 5.0), (0.0, 1.0))  # visible degrees, and degrees between lines
_BENDS = 24  # segments per line of the graticule
_A = (1.340264, -0.081106, 0.000893, 0.003796)


def equal_earth(latitude: float, longitude: float) -> tuple[float, float]:
    """Return the projection of a point on a globe of radius 1 (degrees; longitude from the centre), y upwards."""
    a1, a2, a3, a4 = _A
    t = asin(sqrt(3) / 2 * sin(radians(latitude)))
    x = 2 * sqrt(3) * radians(longitude) * cos(t) / (3 * (9 * a4 * t**8 + 7 * a3 * t**6 + 3 * a2 * t**2 + a1))
    return x, a4 * t**9 + a3 * t**7 + a2 * t**3 + a1 * t


def middle(longitudes: Sequence[float]) -> float:
    """Return the meridian opposite to the centre of the widest gap between the longitudes (degrees)."""
    east = sorted({longitude % 360 for longitude in longitudes})
    gaps = [(b - a, a) for a, b in zip(east, [*east[1:], east[0] + 360], strict=True)]
    wide, begin = max(gaps)
    return (begin + wide / 2 + 360) % 360 - 180


def geography(network: Network, seats: Mapping[str, Seat]) -> SceneView | None:
    """Return the view, or ``None`` if no actor has a seat with coordinates.

    Args:
        network: the network.
        seats: seats by IRI of the actor.
    """
    residents: dict[str, list[int]] = {}
    known = {seat.iri: seat for seat in seats.values()}
    for i, actor in enumerate(network.actors):
        seat = seats.get(actor.iri)
        if seat is not None and seat.latitude is not None and seat.longitude is not None:
            residents.setdefault(seat.iri, []).append(i)
    if not residents:
        return None
    residents = _merged(residents, known)
    coordinates = {iri: (known[iri].latitude or 0.0, known[iri].longitude or 0.0) for iri in residents}
    centre = middle([longitude for _, longitude in coordinates.values()])
    scale = _scale(list(coordinates.values()), centre)

    def at(latitude: float, longitude: float) -> tuple[float, float]:
        x, y = equal_earth(latitude, (longitude - centre + 180) % 360 - 180)
        return round(x * scale, 1), round(-y * scale, 1)

    order = sorted(residents, key=lambda iri: (-len(residents[iri]), iri))
    cities = tuple(SceneCity(_city(known[iri].label), *at(*coordinates[iri]), tuple(residents[iri])) for iri in order)
    graticule = tuple(
        (name, tuple(at(*place) for place in places)) for name, places in _graticule(list(coordinates.values()), centre)
    )
    return SceneView("geo", (), {}, cities=cities, graticule=graticule, viewport=_viewport(cities))


def _merged(residents: Mapping[str, list[int]], known: Mapping[str, Seat]) -> dict[str, list[int]]:
    """Return the actors of each city: in order of size, each seat absorbs the seats near it."""
    order = sorted(residents, key=lambda iri: (-len(residents[iri]), iri))
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
            cities[iri] = sorted(i for row in np.flatnonzero(near).tolist() for i in residents[order[row]])
    return cities


def _city(address: Text) -> Text:
    """Return the part after the last comma of each name."""
    return Text(*(name and name.rpartition(", ")[2] for name in (address.en, address.zh)))


def _viewport(cities: Sequence[SceneCity]) -> tuple[float, float, float, float]:
    """Return the box of the cities nearest to the median that contain most organisations."""
    counts = np.array([len(city.actors) for city in cities])
    places = np.array([(city.x, city.y) for city in cities])
    centre = [
        float(np.repeat(axis, counts)[np.argsort(np.repeat(axis, counts))][counts.sum() // 2]) for axis in places.T
    ]
    x, y = (places - centre).T
    order = np.argsort(x * x + y * y, kind="stable")
    count = int(np.searchsorted(np.cumsum(counts[order]), _VIEWPORT_SHARE * counts.sum())) + 1
    near = places[order[:count]]
    (left, top), (right, bottom) = near.min(axis=0).tolist(), near.max(axis=0).tolist()
    return left, top, right, bottom


def _scale(coordinates: Sequence[tuple[float, float]], centre: float) -> float:
    """Return the map units per unit of the projection."""
    places = [equal_earth(latitude, (longitude - centre + 180) % 360 - 180) for latitude, longitude in coordinates]
    wide, high = (max(axis) - min(axis) for axis in zip(*places, strict=True))
    return float(_WIDE / max(wide, high, 0.02))


def _graticule(
    coordinates: Sequence[tuple[float, float]], centre: float
) -> list[tuple[Text, list[tuple[float, float]]]]:
    """Return meridians and parallels around the cities, each as a name and positions (latitude, longitude)."""
    norths = [latitude for latitude, _ in coordinates]
    easts = [(longitude - centre + 180) % 360 - 180 for _, longitude in coordinates]
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
        lines.append((_degrees(longitude, _EAST_WEST), [(float(low + part * (high - low)), inside) for part in parts]))
    west, east = max(begin, centre - 179.9), min(end, centre + 179.9)
    for latitude in np.arange(low, high + step / 2, step).tolist():
        places = [(latitude, float(west + part * (east - west))) for part in parts]
        lines.append((_degrees(latitude, _NORTH_SOUTH) if latitude > low else Text(), places))
    return lines


def _floor(value: float, step: float) -> float:
    return float(np.floor(value / step) * step)


_EAST_WEST = Message("{size}E"), Message("{size}W")
_NORTH_SOUTH = Message("{size}N"), Message("{size}S")


def _degrees(value: float, sides: tuple[Message, Message]) -> Text:
    """Return the text of a latitude or a longitude, such as "30°N"."""
    turned = (value + 180) % 360 - 180
    size = f"{abs(turned):g}°"
    return sides[turned < 0].format(size=size) if turned % 180 else Text(size, size)
