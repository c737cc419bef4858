"""Helix indicators: synergy, combinations, intensity, repeat rates, concentration, plans and coverage.

A case is a link; a helix is a sector. `value` is the share among named parties. `lower` and `upper` bound it for any
sectors of the unnamed parties, as far as the declared sizes of links leave room.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.errors import UsageError
from kg.measure.helix import synergy
from kg.measure.helix.counts import coverage, mean_concentrations, plan_shares, repeat_rates
from kg.measure.indicators import COLUMNS, Indicator, indicator_table, undefined
from kg.measure.significance import DRAWS, lower_p
from kg.measure.summary_notes import framed_notes
from kg.model import Table, Text
from kg.network import Network
from kg.network.engines.arrays import ArraysEngine
from kg.network.engines.base import Engine, table_of
from kg.network.engines.tables import UNKNOWN, engine_tables
from kg.query.link_topics import Force
from kg.rdf.ontology import Concept
from kg.texts import Message, listed

HELICES = ("university", "firm", "government")


@dataclass(frozen=True, slots=True)
class _Cases:
    """The links that have at least one of the helices.

    Attributes:
        presence: cases x helices.
        several: the cases of two parties or more, named or declared.
        room: the number of unnamed parties of each case; all helices if its size is only a lower bound.
        outside: the same of each link without a named party of the helices.
    """

    helices: tuple[str, ...]
    presence: NDArray[np.bool_]
    several: NDArray[np.bool_]
    room: NDArray[np.int64]
    outside: NDArray[np.int64]


def helix(
    network: Network,
    helices: Sequence[str] = HELICES,
    plans: Mapping[str, Force] | None = None,
    engine: Engine | None = None,
) -> tuple[Indicator, ...]:
    """Return all helix indicators of `network`.

    Args:
        network: the network.
        helices: two to four sectors.
        plans: for each link under a plan, by IRI, whether the plan was in force at its start.
        engine: the engine that counts links by their helices; ``None`` for arrays.

    Raises:
        UsageError: there are not two to four different helices.
    """
    cases = _cases(network, helices, engine)
    return (
        *_synergy(cases),
        *_entropies(cases),
        *_combinations(cases),
        *_intensity(cases),
        *repeat_rates(network, helices),
        *mean_concentrations(network, helices),
        *plan_shares(network, plans or {}),
        coverage(network),
    )


def table(
    periods: Mapping[str, Network],
    helices: Sequence[str] = HELICES,
    plans: Mapping[str, Force] | None = None,
    engine: Engine | None = None,
) -> Table:
    """Return `helix` of each period as a table, with the notes of the first, which is the whole.

    Several periods have a column `period`.

    Raises:
        UsageError: there are not two to four different helices.
    """
    indicators = {period: helix(network, helices, plans, engine) for period, network in periods.items()}
    whole = next(iter(periods.values()))
    if len(indicators) == 1:
        return indicator_table(indicators.popitem()[1], _notes(whole, helices))
    rows = tuple((period, *_if_enough(one).cells()) for period, several in indicators.items() for one in several)
    note = Message("A link that may have begun in either of two years is in both; a link of unknown date is in none.")
    return Table(("period", *COLUMNS), rows, (*_notes(whole, helices), note))


MIN_CASES = 20
"""The links of a period below which no mutual information is stated."""


def _if_enough(indicator: Indicator) -> Indicator:
    """Return the indicator of a period, without a value if it is mutual information of few links."""
    if indicator.observations >= MIN_CASES or not indicator.name.startswith("mutual-information"):
        return indicator
    reason = Message(
        "too few links: {observations}; at least {min_cases} are needed",
        observations=indicator.observations,
        min_cases=MIN_CASES,
    )
    return undefined(indicator.name, indicator.group, indicator.observations, reason)


def by_kind(network: Network, helices: Sequence[str] = HELICES) -> Table:
    """Return `decompose` as a table.

    Raises:
        UsageError: there are not two to four different helices.
    """
    note = Message("Synergy by kind of link, in bits; the rows sum to the mutual information of all links.")
    return indicator_table(decompose(network, helices), (*_notes(network, helices), note))


def decompose(network: Network, helices: Sequence[str] = HELICES) -> tuple[Indicator, ...]:
    """Return the synergy within and between kinds of link: ``T = T_0 + sum_g (n_g / N) T_g``, in bits.

    Each kind contributes ``(n_g / N) T_g``; the rest T_0 arises between kinds. If a helix is in all links of a kind or
    in none, T_g is 0 by construction, and `reason` states it.

    Citation: Leydesdorff & Strand 2013, J. Am. Soc. Inf. Sci. Technol. 64, 1890-1902 (the decomposition by region).
    """
    cases = _cases(network, helices)
    everywhere = _presence(network, helices)
    inside = everywhere.any(axis=1)
    presence, kinds = everywhere[inside], np.array([link.kind for link in network.links])[inside]
    group, total = "×".join(helices), len(kinds)
    if reason := _no_synergy(cases):
        return (undefined("synergy-between-kinds", group, total, reason),)
    whole = float(synergy.mutual_information(synergy.cells(cases.presence))[0])
    parts = []
    for kind in sorted(set(kinds.tolist())):
        counts = synergy.cells(presence[kinds == kind])
        n = int(counts.sum())
        trivial = any(synergy.constant(counts))
        contribution = 0.0 if trivial else n / total * float(synergy.mutual_information(counts)[0])
        parts.append(Indicator("synergy-within", kind, contribution, n, reason=_TRIVIAL if trivial else None))
    between = whole - sum(part.value or 0.0 for part in parts)
    return Indicator("synergy-between-kinds", group, between, total), *parts


_TRIVIAL = Message("0 by construction: a helix is in all of its links, or in none")


def _notes(network: Network, helices: Sequence[str]) -> tuple[Text, ...]:
    outside = len(network.links) - int(_presence(network, helices).any(axis=1).sum())
    notes = (
        Message(
            "Frame: links with a named party of {helices}; links without one are left out: {outside}.",
            helices=listed(Concept("sector", helix) for helix in helices),
            outside=outside,
        ),
        Message(
            "expected and p: {DRAWS} draws in this frame with fixed numbers of links of each helix; p is the share of "
            "draws as low.",
            DRAWS=DRAWS,
        ),
        Message("lower and upper: bounds for any values of unknown parties or dates."),
    )
    return *framed_notes(network), *notes


def _presence(network: Network, helices: Sequence[str]) -> NDArray[np.bool_]:
    index = {name: number for number, name in enumerate(helices)}
    helix_of = np.array([index.get(actor.sector or "", -1) for actor in network.actors], dtype=np.int64)
    presence = np.zeros((len(network.links), len(helices)), dtype=np.bool_)
    inside = helix_of[network.actor_of] >= 0
    presence[network.link_of[inside], helix_of[network.actor_of[inside]]] = True
    return presence


def _cases(network: Network, helices: Sequence[str], engine: Engine | None = None) -> _Cases:
    """Return the cases, from the counts of equal links."""
    if len(set(helices)) != len(helices) or len(helices) not in synergy.HELICES:
        raise UsageError(
            "name two to four different helices, not {helices}", helices=listed(helices) if helices else Message("none")
        )
    counts = table_of(engine or ArraysEngine(), "cases", engine_tables(network, tuple(helices)))
    pattern, several, room, links = (column.to_numpy() for column in counts.columns)
    pattern, several, room = (np.repeat(column, links) for column in (pattern, several, room))
    room = np.where(room == UNKNOWN, len(helices), room)
    presence = (pattern[:, None] >> np.arange(len(helices)) & 1).astype(np.bool_)
    inside = pattern > 0
    return _Cases(tuple(helices), presence[inside], several[inside] > 0, room[inside], room[~inside])


def _no_synergy(cases: _Cases) -> Text | None:
    """Return the reason why mutual information is not defined in the frame, or ``None``."""
    if not len(cases.presence):
        return Message("no link in the frame")
    always, never = synergy.constant(synergy.cells(cases.presence))
    for helices, one, several in ((always, *_IN_EVERY_LINK), (never, *_IN_NO_LINK)):
        if helices:
            names = Message(" and ", "list").join(Concept("sector", cases.helices[helix]) for helix in helices)
            return (one if len(helices) == 1 else several).format(names=names)
    return None


_IN_EVERY_LINK = (
    Message("not defined for this frame: {names} is in every link, so that it is 0 by construction"),
    Message("not defined for this frame: {names} are in every link, so that it is 0 by construction"),
)
_IN_NO_LINK = (
    Message("not defined for this frame: {names} is in no link, so that it is 0 by construction"),
    Message("not defined for this frame: {names} are in no link, so that it is 0 by construction"),
)


def _synergy(cases: _Cases) -> Iterator[Indicator]:
    group, n = "×".join(cases.helices), len(cases.presence)
    if reason := _no_synergy(cases):
        yield undefined("mutual-information", group, n, reason)
        return
    counts = synergy.cells(cases.presence)
    value = float(synergy.mutual_information(counts)[0])
    corrected = value - synergy.bias(len(cases.helices), n, framed=True)
    if len(cases.helices) == min(synergy.HELICES):
        reason = Message("p is not defined for two helices: the frame leaves one table only")
        yield Indicator("mutual-information", group, value, n, reason=reason)
    else:
        draws = synergy.mutual_information(synergy.draw(counts))
        p = lower_p(value, draws)
        yield Indicator("mutual-information", group, value, n, expected=float(draws.mean()), p=p)
    yield Indicator("mutual-information-corrected", group, corrected, n)


def _entropies(cases: _Cases) -> Iterator[Indicator]:
    n = len(cases.presence)
    if n:
        for helices, bits in synergy.entropies(synergy.cells(cases.presence)).items():
            yield Indicator("entropy", "×".join(cases.helices[helix] for helix in helices), float(bits[0]), n)


def _combinations(cases: _Cases) -> Iterator[Indicator]:
    """Yield the share of each exact combination of helices: the cells of the table of the mutual information.

    Unnamed parties may add helices to a case, and may turn a link outside the frame into a case.
    """
    n = len(cases.presence)
    patterns = cases.presence @ (1 << np.arange(len(cases.helices)))
    whole = (1 << len(cases.helices)) - 1
    sizes = np.array([pattern.bit_count() for pattern in range(whole + 1)])
    for wanted in sorted(range(1, whole + 1), key=lambda pattern: (sizes[pattern], pattern)):
        matches = patterns == wanted
        possible = (patterns & ~wanted == 0) & (sizes[wanted] - sizes[patterns] <= cases.room)
        certain = matches & ((cases.room == 0) | (wanted == whole))
        new, others = _count(cases.outside >= sizes[wanted]), _count(cases.outside > 0)
        name = "+".join(helix for bit, helix in enumerate(cases.helices) if wanted >> bit & 1)
        lower, upper = (_count(certain), n + others), (_count(possible) + new, n + new)
        yield _share("share", name, (_count(matches), n), lower, upper)


def _intensity(cases: _Cases) -> Iterator[Indicator]:
    """Yield for each pair of helices the share of the links of one that have the other too.

    A link of one party, named and declared, cannot have both and does not count. Unnamed parties may belong to the
    one helix, to the other, or to both.
    """
    presence, room = cases.presence[cases.several], cases.room[cases.several]
    one, two = room > 0, room > 1
    for first, helix in enumerate(cases.helices):
        for second, name in enumerate(cases.helices):
            if first != second:
                has_first, has_second = presence[:, first], presence[:, second]
                both, total = _count(has_first & has_second), _count(has_first)
                new = _count(~has_first & has_second & one) + _count(~has_first & ~has_second & two)
                new += _count(cases.outside > 1)
                without = _count(~has_first & ~has_second & one) + _count(cases.outside > 0)
                upper = both + _count(has_first & ~has_second & one) + new, total + new
                yield _share("intensity", f"{name} in links of {helix}", (both, total), (both, total + without), upper)


def _share(
    name: str, group: str, observed: tuple[int, int], lower: tuple[int, int], upper: tuple[int, int]
) -> Indicator:
    """Return a share and its bounds, each given as a count and a total."""
    if not observed[1]:
        return undefined(name, group, 0, Message("no link of this kind in the frame"))
    value, least, most = (count / total for count, total in (observed, lower, upper))
    return Indicator(name, group, value, observed[1], least, most)


def _count(cases: NDArray[np.bool_]) -> int:
    return int(np.count_nonzero(cases))
