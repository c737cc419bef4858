"""The results of the benchmarks, as a table and as JSON."""

from __future__ import annotations

import os
import platform
from dataclasses import asdict, dataclass
from importlib.metadata import version
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.task import Done

LIBRARIES = ("helix-kg", "pyoxigraph", "rdflib", "pyshacl", "networkx", "networkit", "scipy", "numpy", "pyarrow")
COLUMNS = ("task", "kg", "other", "the other", "ratio", "min..max", "cpu", "kg MB", "other MB", "same answer", "n")

NOTES = """\
kg, other: seconds, the median of n repeats, taken in turn. ratio: the other's median by ours: above 1 we are faster.
min..max: of the ratios of each repeat to the one beside it. cpu: the ratio of processor time, of all threads, which
holds on a busy machine too. Imports are not timed. MB: the most memory of the process
until then; rdflib's holds the data. Both sides work on the same files, of the size above the rows, and each answer is
compared. No side validates when it loads, and what is validated is loaded before; ours merges the graphs, writes the
incidence table and syncs all to disk when it loads.
"""


@dataclass(frozen=True)
class Row:
    """One task on one dataset with every repeat of our side and of the other side, if there is one.

    Attributes:
        statements: number of statements, for tasks with a rate.
    """

    data: str
    task: str
    against: str
    ours: tuple[Done, ...]
    theirs: tuple[Done, ...]
    statements: int = 0

    @property
    def agrees(self) -> bool:
        """Return whether all repeats of both sides gave the same answer."""
        return len({done.digest for done in (*self.ours, *self.theirs)}) == 1

    def ratios(self) -> list[float]:
        """Return the other side's seconds divided by ours, for each repeat."""
        return [their.seconds / our.seconds for our, their in zip(self.ours, self.theirs, strict=True)]

    def summary(self) -> dict[str, object]:
        """Return the row as a JSON object: seconds, ratios, bytes."""
        alone = not self.theirs
        return {
            "data": self.data,
            "task": self.task,
            "against": self.against or None,
            "seconds": _seconds(self.ours),
            "other_seconds": None if alone else _seconds(self.theirs),
            "ratio": None if alone else _seconds(self.theirs) / _seconds(self.ours),
            "cpu_ratio": None if alone else _cpu(self.theirs) / _cpu(self.ours),
            "ratios": self.ratios() if not alone else [],
            "peak_bytes": self.ours[-1].peak,
            "other_peak_bytes": None if alone else self.theirs[-1].peak,
            "same_answer": None if alone else self.agrees,
            "rows": self.ours[-1].rows,
            "statements": self.statements or None,
            "repeats": {"kg": [asdict(done) for done in self.ours], "other": [asdict(done) for done in self.theirs]},
        }


def machine() -> dict[str, Any]:
    """Return the platform: Python, libraries, system, cores."""
    return {
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in LIBRARIES},
        "system": f"{platform.system()} {platform.machine()}",
        "cores": os.cpu_count(),
    }


def render(rows: Sequence[Row], command: str, took: float) -> str:
    """Return the table as aligned text, with the command, the versions and the machine."""
    on = machine()
    libraries = ", ".join(f"{name} {number}" for name, number in on["libraries"].items())
    lines = [
        f"$ {command}",
        f"Python {on['python']}, {libraries}",
        f"{on['system']}, {on['cores']} cores; {took:.0f} s",
    ]
    cells = {row: _cells(row) for row in rows}
    widths = [max(map(len, column)) for column in zip(COLUMNS, *cells.values(), strict=True)]
    for data in dict.fromkeys(row.data for row in rows):
        lines += ["", data, _line(COLUMNS, widths), _line(["-" * width for width in widths], widths)]
        lines += [_line(cells[row], widths) for row in rows if row.data == data]
    return "\n".join([*lines, "", NOTES])


def _cells(row: Row) -> tuple[str, ...]:
    ours, peak, count = f"{_seconds(row.ours):.3f}", _megabytes(row.ours), str(len(row.ours))
    if row.statements:
        clock, cpu = (f"{row.statements / took(row.ours):,.0f}" for took in (_seconds, _cpu))
        task = f"{row.task}: {clock} statements/s, {cpu} by processor time"
        return task, ours, "", "", "", "", "", peak, "", "", count
    if not row.theirs:
        return row.task, ours, "", "", "", "", "", peak, "", "", count
    ratios = row.ratios()
    times = ours, f"{_seconds(row.theirs):.3f}", row.against
    ratio = _times(_seconds(row.theirs) / _seconds(row.ours)), f"{_times(min(ratios))}..{_times(max(ratios))}"
    cpu = _times(_cpu(row.theirs) / _cpu(row.ours))
    return row.task, *times, *ratio, cpu, peak, _megabytes(row.theirs), "yes" if row.agrees else "NO", count


def _line(cells: Iterable[str], widths: Sequence[int]) -> str:
    texts = {0, 3, 9}
    padded = (c.ljust(w) if i in texts else c.rjust(w) for i, (c, w) in enumerate(zip(cells, widths, strict=True)))
    return "  ".join(padded).rstrip()


def _seconds(repeats: Sequence[Done]) -> float:
    return median(done.seconds for done in repeats)


def _cpu(repeats: Sequence[Done]) -> float:
    return median(done.cpu for done in repeats)


def _megabytes(repeats: Sequence[Done]) -> str:
    return f"{max(done.peak for done in repeats) / 1e6:.0f}"


def _times(ratio: float) -> str:
    return f"{ratio:.2f}" if ratio < 10 else f"{ratio:.0f}"
