"""The shortest chain through the rows of an answer."""

from __future__ import annotations

from collections import deque

from kg.model import Cell, Table

_Row = tuple[Cell, ...]


def shortest(steps: Table, start: str, end: str) -> Table:
    """Return the shortest chain of rows from `start` to `end`; no rows if they are not connected.

    A row of `steps` leads from its column `here` to its column `there`. Among several shortest chains, the one with the
    earliest rows is returned.

    Returns:
        Table: the column `step`, from 1, and the columns of `steps`.
    """
    here, there = steps.columns.index("here"), steps.columns.index("there")
    steps_from: dict[Cell, list[_Row]] = {}
    for row in steps.rows:
        steps_from.setdefault(row[here], []).append(row)
    reached: dict[Cell, _Row | None] = {start: None}
    queue: deque[Cell] = deque([start])
    while queue and end not in reached:
        for row in steps_from.get(queue.popleft(), ()):
            if row[there] not in reached:
                reached[row[there]] = row
                queue.append(row[there])
    chain: deque[_Row] = deque()
    last = reached.get(end)
    while last is not None:
        chain.appendleft(last)
        last = reached[last[here]]
    return Table(("step", *steps.columns), tuple((step, *row) for step, row in enumerate(chain, start=1)), steps.notes)
