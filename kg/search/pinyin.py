"""Names whose pinyin begins as a query does, syllable by syllable, for many names at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from kg.search.arrays import Array
    from kg.search.index import SearchIndex

_LETTERS = 62
"""Letters of a query that are compared; a name that matches a longer query matches its beginning too."""

_TABLE = 11
"""Letters of a query up to which all states fit into a table."""


def spelt_rows(index: SearchIndex, rows: Array, text: str) -> Array:
    """Return those of `rows` for which `text` consists of beginnings of some syllables, from the first one on.

    The state of a name is a set of numbers of letters, as bits: those that the syllables so far can account for.
    """
    text = text[:_LETTERS]
    steps = _steps(index.syllables, text)
    starts, spelt = index.arrays["spelt.starts"], index.arrays["spelt"]
    begin = starts.take(rows)
    count = starts.take(rows + 1) - begin
    state = steps[0].take(spelt.take(begin))  # the first syllable is not left out
    table = _table(steps) if len(text) <= _TABLE and len(rows) > len(steps[0]) else None
    full = np.uint64(1 << len(text))
    if table is not None:
        state, full = state.astype(table.dtype), table.dtype.type(full)
    done = [rows[state & full > 0]]
    at = 1
    while len(rows):
        left = np.flatnonzero((count > at) & (state > 0) & (state & full == 0))
        if len(left) < len(rows):
            rows, begin, count, state = (one.take(left) for one in (rows, begin, count, state))
        syllables = spelt.take(begin + at)
        if table is None:
            state = _next(state, steps, syllables)
        else:
            state = table.ravel().take(state.astype(np.intp) * table.shape[1] + syllables)
        done.append(rows[state & full > 0])
        at += 1
    return np.sort(np.concatenate(done)).astype(np.int64)


def _steps(syllables: list[str], text: str) -> Array:
    """Return, by number of letters before and by syllable, the numbers of letters after it, as bits."""
    steps = np.zeros((len(text), len(syllables)), np.uint64)
    possible = 1 << len(text)  # numbers of letters after which syllables can account for the rest
    for start in reversed(range(len(text))):
        rest = text[start:]
        for number, syllable in enumerate(syllables):
            if syllable[0] == rest[0]:
                bits = 0
                for size in range(1, min(len(syllable), len(rest)) + 1):
                    if syllable[size - 1] != rest[size - 1]:
                        break
                    bits |= 1 << (start + size)
                steps[start, number] = bits & possible
        if steps[start].any():
            possible |= 1 << start
    return steps


def _next(state: Array, steps: Array, syllables: Array) -> Array:
    """Return the states after one more syllable each, which may be left out."""
    after = state.copy()
    for start in range(1, len(steps)):
        reached = (state >> np.uint64(start)) & np.uint64(1) > 0
        after[reached] |= steps[start, syllables[reached]]
    return after


def _table(steps: Array) -> Array:
    """Return the state after each state and each syllable."""
    states = np.arange(1 << (len(steps) + 1), dtype=np.uint64)
    table = np.repeat(states[:, None], steps.shape[1], axis=1)
    for start in range(1, len(steps)):
        table[(states >> np.uint64(start)) & np.uint64(1) > 0] |= steps[start]
    return table.astype(np.uint16)
