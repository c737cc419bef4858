"""Packing of the components of the map: the largest in the centre, the others around it.

Each component is a set of raster cells that its points, lines and margins cover. In order of size, it is placed at the
free position nearest to the centre (polyomino packing: Freivalds, Dogrusoz & Kikusts 2002, LNCS 2265,
doi 10.1007/3-540-45848-4_30). Distance is elliptic with the aspect ratio of a screen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_closing, binary_fill_holes, distance_transform_edt

Mask = NDArray[np.bool_]
Points = NDArray[np.float64]

_CELL = 16.0  # map units
_MARGIN = 24.0  # margin around a component, map units
_WIDE = 1.45  # aspect ratio of the layout
_FITTED = 24  # components that are packed by their outline; smaller ones are packed as boxes
_MOST_CELLS = 400  # maximum number of cells per side; above it, cells are larger
_AT_ONCE = 4096  # positions that are compared at once
_TURN = np.arange(12) * (np.pi / 6)
_RIM = np.round(
    np.stack([np.cos(_TURN), np.sin(_TURN)], axis=1), 12
)  # rounded, because processors differ in the last digits


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One component.

    Attributes:
        points: indexes of its points.
        cover: positions that it covers, shape (any, 2): the outlines of its points, and its lines.
    """

    points: NDArray[np.int64]
    cover: Points


def outline(points: Points, radii: NDArray[np.float64], lines: NDArray[np.int64]) -> Points:
    """Return positions around the points and along the lines (indexes, shape (lines, 2)), dense enough for a raster."""
    rims = points[:, None, :] + radii[:, None, None] * _RIM
    along = np.linspace(0, 1, 24)[:, None, None]
    along_lines = points[lines[:, 0]] * (1 - along) + points[lines[:, 1]] * along
    return np.concatenate([points, rims.reshape(-1, 2), along_lines.reshape(-1, 2)])


def pack(points: Points, parts: Sequence[Part]) -> Points:
    """Return the points (shape (n, 2)) with each part moved so that no two parts touch; `parts` descend in size."""
    if len(parts) <= 1:
        return points
    boxes = sum(float(np.prod(np.ptp(part.cover, axis=0) + 2 * _MARGIN)) for part in parts)
    cell = max(_CELL, 2 * np.sqrt(boxes) / _MOST_CELLS)
    masks = [_mask(part.cover, cell) if i < _FITTED else _box(part.cover, cell) for i, part in enumerate(parts)]
    largest = max(max(mask.shape) for mask, _ in masks)
    side = int(largest + 2 * np.sqrt(sum(mask.size for mask, _ in masks)) + 2 * max(masks[0][0].shape))
    taken = np.zeros((side, side), dtype=bool)
    packed = points.copy()
    lists: dict[tuple[int, ...], Iterator[tuple[int, int]]] = {}
    offsets = _by_distance(side) if len(parts) > _FITTED else np.zeros((0, 2), np.int64)
    for place, (part, (mask, corner)) in enumerate(zip(parts, masks, strict=True)):
        if place < _FITTED:
            row, column = _nearest_free(taken, mask)
        else:
            if mask.shape not in lists:
                lists[mask.shape] = _free_boxes(taken, mask.shape, offsets)
            row, column = next(lists[mask.shape])
        taken[row : row + mask.shape[0], column : column + mask.shape[1]] |= mask
        packed[part.points] += (np.array([column, row]) - side / 2) * cell - corner
    return packed


def _mask(cover: Points, cell: float) -> tuple[Mask, Points]:
    """Return the cells of a part with its margin, and the position of the corner of the first cell."""
    corner = cover.min(axis=0) - _MARGIN - 3 * cell
    columns, rows = np.ceil((cover.max(axis=0) - corner + _MARGIN + 3 * cell) / cell).astype(int)
    free = np.ones((rows, columns), dtype=bool)
    cells = ((cover - corner) / cell).astype(int)
    free[cells[:, 1], cells[:, 0]] = False
    near = np.asarray(distance_transform_edt(free)) * cell <= _MARGIN
    filled = np.asarray(binary_fill_holes(binary_closing(near, iterations=3)))
    return filled | near, corner


def _box(cover: Points, cell: float) -> tuple[Mask, Points]:
    """Return the cells of a small part as a box; sides are rounded up, so that few shapes of boxes occur."""
    corner = cover.min(axis=0) - _MARGIN / 2
    columns, rows = np.ceil((np.ptp(cover, axis=0) + _MARGIN) / cell / 2).astype(int) * 2
    return np.ones((rows, columns), dtype=bool), corner


def _nearest_free(taken: Mask, mask: Mask) -> tuple[int, int]:
    """Return the row and column at which `mask` meets no taken cell and is nearest to the centre."""
    height, width = taken.shape[0] - mask.shape[0] + 1, taken.shape[1] - mask.shape[1] + 1
    blocked = np.zeros((height, width), dtype=bool)
    rows, columns = (np.flatnonzero(taken.any(axis=axis)) for axis in (1, 0))
    if len(rows):
        # Elsewhere the mask meets no taken cell.
        top, left = max(int(rows[0]) - mask.shape[0] + 1, 0), max(int(columns[0]) - mask.shape[1] + 1, 0)
        near = blocked[top : int(rows[-1]) + 1, left : int(columns[-1]) + 1]
        # A run of cells is free where the sums of taken cells before and after it are equal.
        sums = np.pad(taken[top:, left:], ((0, 0), (1, 0))).cumsum(axis=1, dtype=np.int32)
        for row, start, end in _runs(mask):
            beside = sums[row : row + near.shape[0]]
            near |= beside[:, end : end + near.shape[1]] != beside[:, start : start + near.shape[1]]
    down = np.arange(height)[:, None] + mask.shape[0] / 2 - taken.shape[0] / 2
    right = np.arange(width)[None, :] + mask.shape[1] / 2 - taken.shape[1] / 2
    distance = np.where(blocked, np.inf, (right / _WIDE) * (right / _WIDE) + down * down)
    best = int(np.argmin(distance))
    return best // width, best % width


def _runs(mask: Mask) -> Iterator[tuple[int, int, int]]:
    """Yield the row, the first column and the column after the last of each run of cells in a row."""
    changes = np.diff(np.pad(mask, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    starts, ends = np.argwhere(changes > 0), np.argwhere(changes < 0)
    yield from zip(starts[:, 0].tolist(), starts[:, 1].tolist(), ends[:, 1].tolist(), strict=True)


def _by_distance(side: int) -> NDArray[np.int64]:
    """Return twice the offsets of boxes from the centre of a raster, the nearest first, then by row and column.

    The sides of boxes are even numbers, so that the offsets are whole or half numbers with `side`.
    """
    steps = np.arange(-side, side + 1, 2)
    down, right = np.repeat(steps, len(steps)) / 2, np.tile(steps, len(steps)) / 2 / _WIDE
    order = np.argsort(down * down + right * right, kind="stable")
    return np.stack([steps[order // len(steps)], steps[order % len(steps)]], axis=1)


def _free_boxes(taken: Mask, shape: tuple[int, ...], offsets: NDArray[np.int64]) -> Iterator[tuple[int, int]]:
    """Yield positions at which a box of this shape meets no taken cell, the nearest to the centre first.

    A rejected position remains taken, so that one pass over all positions suffices for each shape.
    """
    sums = np.pad(taken, ((1, 0), (1, 0))).cumsum(axis=0, dtype=np.int32).cumsum(axis=1, dtype=np.int32)
    rows, columns = shape
    inside = sums[rows:, columns:] - sums[:-rows, columns:] - sums[rows:, :-columns] + sums[:-rows, :-columns]
    for start in range(0, len(offsets), _AT_ONCE):
        places = (offsets[start : start + _AT_ONCE] + taken.shape - shape) // 2
        places = places[((places >= 0) & (places < inside.shape)).all(axis=1)]
        for row, column in places[inside[places[:, 0], places[:, 1]] == 0].tolist():
            if not taken[row : row + rows, column : column + columns].any():
                yield row, column
