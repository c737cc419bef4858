"""What part of the graph a network looks at, and what that leaves out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from kg.errors import UsageError
from kg.incidence import Incidence

_FOREVER = np.iinfo(np.int32).max


@dataclass(frozen=True, slots=True)
class Lens:
    """What part of the graph is looked at.

    A link is kept when all of these hold:

    * its stage is in `stages`; with ``None``, in the ontology's default stages or not stated;
    * its kind is in `kinds`; with ``None``, always;
    * it may have begun within [`since`, `until`], both days included: its start is an interval of days, an open end
      of which reaches for ever, and one common day is enough. With neither day given the date does not matter; with
      either, a link of which no bound of the start is known is left out (and counted);
    * a named actor takes part in it in a role of one of the `layers` (``None``: the ontology's default layers).

    Only participations in those layers are incidences. A unit counts for its host, and for the host of that, with
    `units` "host"; with "own" each actor stands for itself.

    Raises:
        UsageError: `since` is after `until`.
    """

    layers: frozenset[str] | None = None
    stages: frozenset[str] | None = None
    kinds: frozenset[str] | None = None
    since: date | None = None
    until: date | None = None
    units: Literal["host", "own"] = "host"

    def __post_init__(self) -> None:
        """Refuse a window that ends before it begins."""
        if self.since and self.until and self.since > self.until:
            raise UsageError(f"the first day, {self.since}, is after the last, {self.until}")


def describe(lens: Lens, incidence: Incidence) -> str:
    """The lens in one sentence, with the defaults filled in."""
    layers = incidence.default_layers if lens.layers is None else lens.layers
    stages = incidence.default_stages if lens.stages is None else lens.stages
    units = "units count for their hosts" if lens.units == "host" else "units stand for themselves"
    kinds = "any kind" if lens.kinds is None else f"kinds {_words(lens.kinds)}"
    return f"Lens: layers {_words(layers)}; stages {_words(stages)}; {kinds}; {_dates(lens)}; {units}."


def check(lens: Lens, incidence: Incidence) -> None:
    """Refuse a word that means nothing in this graph.

    Raises:
        UsageError: a layer no role is in, or a stage or kind no link has; the sentence lists those there are.
    """
    stages = _values(incidence.links["stage"]) | incidence.default_stages
    known = {
        "layer": (lens.layers, set(incidence.layers.values()) | incidence.default_layers),
        "stage": (lens.stages, stages),
        "kind": (lens.kinds, _values(incidence.links["kind"])),
    }
    for word, (asked, there) in known.items():
        for value in sorted((asked or frozenset()) - there):
            raise UsageError(f"no link here has the {word} {value!r}; there are: {_words(there)}")


def keep(lens: Lens, incidence: Incidence) -> tuple[NDArray[np.bool_], tuple[tuple[str, int], ...]]:
    """Which links pass by stage, kind and date, and how many do not, by the first reason that holds.

    Returns:
        a mask over the rows of `incidence.links`, and pairs (reason in words, links left out), none of them 0.
    """
    kept = np.ones(incidence.links.num_rows, dtype=np.bool_)
    left_out = []
    for reason, passes in _tests(lens, incidence):
        count = int(np.count_nonzero(kept & ~passes))
        if count:
            left_out.append((reason, count))
        kept &= passes
    return kept, tuple(left_out)


def _tests(lens: Lens, incidence: Incidence) -> Iterable[tuple[str, NDArray[np.bool_]]]:
    links = incidence.links
    if lens.stages is None:
        yield "in another stage", _among(links["stage"], {*incidence.default_stages, None})
    else:
        yield "in another stage, or in none that is stated", _among(links["stage"], lens.stages)
    if lens.kinds is not None:
        yield "of another kind", _among(links["kind"], lens.kinds)
    if lens.since or lens.until:
        earliest, latest = _days(links["start_earliest"], -_FOREVER), _days(links["start_latest"], _FOREVER)
        yield "without a known date", (earliest > -_FOREVER) | (latest < _FOREVER)
        since, until = _day(lens.since, -_FOREVER), _day(lens.until, _FOREVER)
        yield "begun outside the dates", (latest >= since) & (earliest <= until)


def _among(column: "pa.ChunkedArray[Any]", values: Iterable[str | None]) -> NDArray[np.bool_]:
    mask: NDArray[np.bool_] = pc.is_in(column, value_set=pa.array(list(values), pa.string())).to_numpy()
    return mask


def _days(column: "pa.ChunkedArray[Any]", unknown: int) -> NDArray[np.int32]:
    known = cast("pa.ChunkedArray[Any]", pc.fill_null(column.cast(pa.int32()), pa.scalar(unknown, pa.int32())))
    days: NDArray[np.int32] = known.to_numpy()
    return days


def _day(day: date | None, unknown: int) -> int:
    return unknown if day is None else (day - date(1970, 1, 1)).days


def _values(column: "pa.ChunkedArray[Any]") -> set[str]:
    return {value for value in column.unique().to_pylist() if value is not None}


def _words(values: Iterable[str]) -> str:
    return ", ".join(sorted(values)) or "none"


def _dates(lens: Lens) -> str:
    match lens.since, lens.until:
        case None, None:
            return "any date"
        case since, None:
            return f"possibly begun since {since}"
        case None, until:
            return f"possibly begun until {until}"
        case since, until:
            return f"possibly begun between {since} and {until}"
