"""Rankings of actors by a measure, with the coverage of the links behind each score."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from kg.errors import UsageError
from kg.measure import Measure, Scores, find, star
from kg.measure.gaps import lists, missing
from kg.measure.indicators import sector_note
from kg.measure.scores import rounded
from kg.measure.summary_notes import summary_notes
from kg.model import Cell, Table, Text
from kg.network import Mode, Network
from kg.network.network import check_mode
from kg.rdf.ontology import Concept
from kg.texts import Message

COLUMNS = ("rank", "actor", "label", "sector", "score", "named", "declared", "coverage", "missing")


@dataclass(frozen=True, slots=True, eq=False)
class Order:
    """The actors of a network from the highest score down.

    Attributes:
        rows: indexes of the actors in the network; those without a score come last.
        ranks: the rank of each of `rows`; ``None`` without a score.
        scores: the scores of all actors of the network, rounded to 12 digits.
    """

    rows: NDArray[np.int64]
    ranks: tuple[int | None, ...]
    scores: Scores


def rank(
    network: Network,
    measure: str | Measure = "degree",
    mode: Mode = "two-mode",
    sector: str | None = None,
    limit: int | None = None,
    lang: str = "en",
) -> Table:
    """Return the actors of `network`, highest score first.

    `sector` omits the rows of other sectors; scores are still those of the whole network, but ranks count the actors
    listed. Scores have 12 digits. Equal scores share the best rank, and the next rank follows after the gap: 1, 2, 2,
    4. Actors with equal scores are sorted by IRI. If the measure is not defined for an actor, its rank and score are
    ``None`` and its row comes last. If a declared size is only a lower bound and the measure uses sizes, `lower` and
    `upper` bound the score. `named` and `declared` are sums over the actor's links, itself included; `coverage` is
    their ratio. `missing` lists what the data lack of an actor and of its links (`kg.measure.gaps`).

    Raises:
        UsageError: the measure or the mode does not exist, or `limit` is not positive.
    """
    chosen = resolve(measure, mode) if isinstance(measure, str) else measure
    check_mode(mode)
    if limit is not None and limit < 1:
        raise UsageError("the number of rows to show must be 1 or more, not {limit}", limit=limit)
    order = ordered(network, chosen, mode, sector)
    cells, scores = tuple(_cells(network, order, limit, lang)), order.scores
    ends = chosen.ends(), *_joint_ranks(order, len(cells))
    notes = (
        chosen.describe(mode),
        *star.note(network),
        *lists(network),
        *ends,
        *scores.notes,
        *_sector_notes(network, sector, len(order.rows)),
    )
    table = Table(COLUMNS, cells, (*summary_notes(network, mode), *notes))
    if scores.lower is None or scores.upper is None:
        return table
    return with_bounds(table, ((scores.lower[row], scores.upper[row]) for row in order.rows.tolist()))


def with_bounds(table: Table, bounds: Iterable[tuple[Cell, Cell]]) -> Table:
    """Return the ranking with the columns `lower` and `upper` from `bounds`, one pair a row."""
    start = COLUMNS.index("score") + 1
    rest = start + 2 * ("lower" in table.columns)
    rows = tuple((*row[:start], *pair, *row[rest:]) for row, pair in zip(table.rows, bounds, strict=False))
    return replace(table, columns=(*table.columns[:start], "lower", "upper", *table.columns[rest:]), rows=rows)


def resolve(name: str, mode: str) -> Measure:
    """Return the measure called `name`.

    Raises:
        UsageError: the measure or the mode does not exist.
    """
    measure = find(name)
    check_mode(mode)
    return measure


def ordered(network: Network, measure: Measure, mode: Mode, sector: str | None = None) -> Order:
    """Return the actors of `sector`, or all actors, from the highest score down."""
    scores = _scores(network, measure, mode)
    values = rounded_scores(scores.values)
    chosen = np.arange(len(values)) if sector is None else np.flatnonzero(network.actors.of_sector(sector))
    keys = np.array([np.nan if values[row] is None else values[row] for row in chosen.tolist()], dtype=np.float64)
    rows = np.argsort(-keys, kind="stable")  # nan sorts last
    descending = keys[rows]
    changes = np.ones(len(rows), np.bool_)
    changes[1:] = descending[1:] != descending[:-1]
    places = np.maximum.accumulate(np.where(changes, np.arange(1, len(rows) + 1), 0))
    undefined = np.isnan(descending)
    ranks = tuple(None if skip else place for place, skip in zip(places.tolist(), undefined, strict=True))
    lower, upper = (None if bounds is None else rounded_scores(bounds) for bounds in (scores.lower, scores.upper))
    return Order(chosen[rows], ranks, Scores(values, scores.notes, lower, upper))


_SCORES: WeakKeyDictionary[Network, dict[tuple[Callable[[Network, Mode], Scores], Mode], Scores]] = WeakKeyDictionary()


def _scores(network: Network, measure: Measure, mode: Mode) -> Scores:
    """Return the scores of a network, which is immutable, so that several parts of a page compute them once."""
    computed = _SCORES.setdefault(network, {})
    key = measure.function, mode
    if key not in computed:
        computed[key] = measure.function(network, mode)
    return computed[key]


def rounded_scores(scores: tuple[float | None, ...]) -> tuple[float | None, ...]:
    """Return the scores with 12 significant digits (`kg.measure.scores.rounded`)."""
    return tuple(map(rounded, scores))


def rounded_numbers(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the scores with 12 significant digits."""
    distinct, place = np.unique(scores, return_inverse=True)  # many actors have the same score
    numbers: NDArray[np.float64] = np.array(list(map(rounded, distinct.tolist())), dtype=np.float64)[place]
    return numbers


def _cells(network: Network, order: Order, limit: int | None, lang: str) -> Iterator[tuple[Cell, ...]]:
    links, scores, gaps = network.links, order.scores.values, missing(network)
    named, declared = (
        np.bincount(network.actor_of, weights=sizes[network.link_of], minlength=len(network.actors))
        for sizes in (links.named, links.declared)
    )
    for row, place in list(zip(order.rows.tolist(), order.ranks, strict=True))[:limit]:
        actor = network.actors[row]
        counts = int(named[row]), int(declared[row]), float(named[row] / declared[row])
        yield place, actor.iri, actor.label.localise(lang), actor.sector, scores[row], *counts, gaps[row]


_MAX_JOINT = 3


def _joint_ranks(order: Order, shown: int) -> Iterator[Text]:
    """Yield the ranks of the first `shown` rows that several actors share, the first `_MAX_JOINT` of them."""
    sizes = Counter(order.ranks)
    joint = [place for place in dict.fromkeys(order.ranks[:shown]) if place is not None and sizes[place] > 1]
    if joint:
        some = [
            Message("joint {place} with {others}", place=Text(_ordinal(place), str(place)), others=sizes[place] - 1)
            for place in joint[:_MAX_JOINT]
        ]
        more = Message("; {count} more", count=len(joint) - _MAX_JOINT)
        listed = Message("; ").join(some)
        rest = more if len(joint) > _MAX_JOINT else Text("", "")
        yield Message("Shared ranks: {listed}{rest}.", listed=listed, rest=rest)


def _ordinal(number: int) -> str:
    """Return a number as in ``1st``, ``12th``."""
    ending = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _sector_notes(network: Network, sector: str | None, rows: int) -> Iterator[Text]:
    if sector is None:
        return
    yield Message(
        "Ranks are among the {rows} actors of the sector {sector}; scores are of the whole network.",
        rows=rows,
        sector=Concept("sector", sector),
    )
    if not rows:
        yield sector_note(sorted(filter(None, network.actors.table["sector"].unique().to_pylist())))
