"""Filters of a lens as masks over the participation tables, with counts of what they leave out."""

import difflib
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any, cast

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from kg.errors import UsageError
from kg.network.incidence.tables import Incidence
from kg.network.lens import Lens
from kg.rdf.publishers import publisher
from kg.terms import SOURCE, expand
from kg.texts import Message, Text, listed

_FOREVER = np.iinfo(np.int32).max
_MAX_LISTED = 20
"""Number of values that an error about an unknown one lists."""


def check(lens: Lens, incidence: Incidence) -> None:
    """Refuse a value of the lens that does not occur in this graph.

    Raises:
        UsageError: a value does not occur; the message lists those that do. Or the lens has a date mode without dates.
    """
    if (lens.certain_dates or lens.in_force or lens.include_undated) and not lens.windowed:
        raise UsageError("--date-mode in-force, --certain-dates and --include-undated require --since or --until")
    links, actors = incidence.links, incidence.actors
    _known(Message("link here has the layer"), lens.layers, set(incidence.layers.values()) | incidence.default_layers)
    _known(Message("link here has the stage"), lens.stages, _values(links["stage"]) | incidence.default_stages)
    _known(Message("link here has the kind"), lens.kinds, _values(links["kind"]))
    _known(Message("link here has the type"), lens.link_types, _values(links["link_type"]))
    _known(Message("role here that makes a tie is"), lens.roles, set(incidence.layers))
    _known(Message("party here is of the sector"), lens.participant_sectors, _values(actors["sector"]))
    _known(Message("party here is of the sector"), lens.between and frozenset(lens.between), _values(actors["sector"]))
    _known(Message("source here has the quality"), lens.qualities, _values(incidence.sources["quality"]))
    _known(Message("collection here is"), lens.collections, _values(incidence.sources["collection"]))
    if lens.places:
        places = _values(actors["region"]) | _values(actors["city"]) | _values(links["place"])
        _known(Message("party or link here has the place"), lens.places, places)
    for source in sorted(lens.sources or ()):
        if not _named(source, incidence.sources).any():
            _known(
                Message("source here is or is published by"),
                frozenset({source}),
                _values(incidence.sources["publisher"]),
            )


def keep(lens: Lens, incidence: Incidence) -> tuple[NDArray[np.bool_], tuple[tuple[Text, int], ...]]:
    """Return the links that pass, and the number of those that fail by the first reason that applies.

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
    if lens.max_parties is not None:
        left_out += _large(lens.max_parties, incidence, kept)
    return kept, tuple(left_out)


def _large(most: int, incidence: Incidence, kept: NDArray[np.bool_]) -> Iterator[tuple[Text, int]]:
    """Remove links of more than `most` named parties from `kept`, and yield their number with that of their pairs."""
    named = incidence.links["named"].to_numpy().astype(np.int64)
    large = kept & (named > most)
    kept &= ~large
    if large.any():
        pairs = int((named[large] * (named[large] - 1) // 2).sum())
        reason = Message("with more than {most} named parties and {pairs} pairs of these", most=most, pairs=pairs)
        yield reason, int(np.count_nonzero(large))


def dated(lens: Lens, incidence: Incidence) -> NDArray[np.bool_]:
    """Return the links with a known bound of the dates that the lens uses."""
    names = ["start_earliest", "start_latest", *(("end_earliest", "end_latest") if lens.in_force else ())]
    known: NDArray[np.bool_] = np.logical_or.reduce([incidence.links[name].is_valid().to_numpy() for name in names])
    return known


def located(lens: Lens, incidence: Incidence, root: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return the actors located at one of the places, by themselves or by their host; all if `places` is ``None``."""
    if lens.places is None:
        return np.ones(incidence.actors.num_rows, dtype=np.bool_)
    own = among(incidence.actors["region"], lens.places) | among(incidence.actors["city"], lens.places)
    return own | own[root]


def among(column: "pa.ChunkedArray[Any]", values: Iterable[str | None]) -> NDArray[np.bool_]:
    """Return the rows of `column` that contain one of `values`."""
    mask: NDArray[np.bool_] = pc.is_in(column, value_set=pa.array(list(values), pa.string())).to_numpy()
    return mask


def _tests(lens: Lens, incidence: Incidence) -> Iterator[tuple[Text, NDArray[np.bool_]]]:
    links = incidence.links
    if lens.stages is None:
        yield Message("in another stage"), among(links["stage"], {*incidence.default_stages, None})
    else:
        yield (
            Message("in another stage, or in none that is stated"),
            among(links["stage"], lens.stages),
        )
    if lens.kinds is not None:
        yield Message("of another kind"), among(links["kind"], lens.kinds)
    if lens.link_types is not None:
        yield Message("of another type"), among(links["link_type"], lens.link_types)
    yield from _collections(lens, incidence)
    if lens.sources is not None:
        chosen = np.logical_or.reduce([_named(source, incidence.sources) for source in lens.sources])
        yield Message("from other sources"), _stated_by(chosen, links)
    if lens.qualities is not None:
        yield (
            Message("from sources of another quality"),
            _stated_by(among(incidence.sources["quality"], lens.qualities), links),
        )
    if lens.derived != "with":
        inferred = pc.fill_null(links["derived"], fill_value=False).to_numpy()
        if lens.derived == "without":
            yield Message("only inferred"), ~inferred
        else:
            yield Message("stated by a source"), inferred
    if lens.windowed:
        yield from _window(lens, incidence)


def _collections(lens: Lens, incidence: Incidence) -> Iterator[tuple[Text, NDArray[np.bool_]]]:
    links, collections = incidence.links, incidence.sources["collection"]
    if lens.collections is not None:
        yield Message("in other collections"), _stated_by(among(collections, lens.collections), links)
    elif incidence.beside_lens:
        beside = among(collections, incidence.beside_lens)
        passes = _stated_by(~beside, links) | ~_stated_by(beside, links)
        yield Message("in collections beside the default lens"), passes


def _window(lens: Lens, incidence: Incidence) -> Iterator[tuple[Text, NDArray[np.bool_]]]:
    known = dated(lens, incidence)
    if not lens.include_undated:
        yield Message("without a known date"), known
    links = incidence.links
    earliest, latest = _days(links["start_earliest"], -_FOREVER), _days(links["start_latest"], _FOREVER)
    first, last = (latest, earliest) if not lens.certain_dates else (earliest, latest)
    if lens.in_force:
        # A link that certainly began was certainly in force on that day, whatever its end.
        ended = _days(links["end_earliest"], -_FOREVER)
        first = np.maximum(ended, earliest) if lens.certain_dates else _days(links["end_latest"], _FOREVER)
    inside = (first >= _day(lens.since, -_FOREVER)) & (last <= _day(lens.until, _FOREVER))
    what = Message("in force") if lens.in_force else Message("begun")
    certainly = Message("not certainly {what} within the dates")
    outside = Message("{what} outside the dates")
    yield (certainly if lens.certain_dates else outside).format(what=what), inside | ~known


def _stated_by(sources: NDArray[np.bool_], links: pa.Table) -> NDArray[np.bool_]:
    """Return the links that have one of the sources in a mask over the sources table."""
    stating = links["sources"].combine_chunks()
    sizes = pc.fill_null(pc.list_value_length(stating), fill_value=0).to_numpy(zero_copy_only=False)
    hits = sources[stating.flatten().to_numpy(zero_copy_only=False).astype(np.int64)]
    stated: NDArray[np.bool_] = np.bincount(np.repeat(np.arange(len(sizes)), sizes)[hits], minlength=len(sizes)) > 0
    return stated


def _named(source: str, sources: pa.Table) -> NDArray[np.bool_]:
    """Return the sources that the values name: by IRI, key or publisher."""
    return among(sources["iri"], {source, expand(source), SOURCE + source}) | among(
        sources["publisher"], {source, *filter(None, publisher(source).pair)}
    )


def _known(what: Text, requested: Iterable[str] | None, there: set[str]) -> None:
    for value in sorted(set(requested or ()) - there):
        raise UsageError("no {what} {value!r}; {remedy}", what=what, value=value, remedy=_listed(value, there))


def _listed(value: str, there: set[str]) -> Text:
    if len(there) <= _MAX_LISTED:
        return Message("there are: {known}", known=listed(sorted(there)) if there else Message("none"))
    near = difflib.get_close_matches(value, sorted(there), n=3, cutoff=0.5)
    if near:
        return Message("there are {count}; near to it: {near}", count=len(there), near=listed(near))
    return Message("there are {count}; none is near to it", count=len(there))


def _days(column: "pa.ChunkedArray[Any]", unknown: int) -> NDArray[np.int32]:
    known = cast("pa.ChunkedArray[Any]", pc.fill_null(column.cast(pa.int32()), pa.scalar(unknown, pa.int32())))
    days: NDArray[np.int32] = known.to_numpy()
    return days


def _day(day: date | None, unknown: int) -> int:
    return unknown if day is None else (day - date(1970, 1, 1)).days


def _values(column: "pa.ChunkedArray[Any]") -> set[str]:
    return {value for value in column.unique().to_pylist() if value is not None}
