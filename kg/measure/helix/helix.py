"""Helix indicators: who is in the links, together with whom, how often again, and is it more than chance.

A case is a link; a helix is a sector. `value` is the share among named parties. `lower` and `upper` bound it for any
sectors of the unnamed parties, as far as the declared sizes of links leave room.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.errors import UsageError
from kg.measure.helix import synergy
from kg.measure.helix.counts import concentrated, coverage, repeated, under_plan
from kg.measure.indicators import COLUMNS, Indicator, indicator_table, undefined
from kg.measure.significance import DRAWS, lower_p
from kg.measure.summary_notes import summary_notes
from kg.model import Table, Text
from kg.network import Network
from kg.query.link_topics import Force
from kg.rdf.ontology import in_chinese

HELICES = ("university", "firm", "government")


@dataclass(frozen=True, slots=True)
class _Cases:
    """The links that have at least one of the helices.

    Attributes:
        presence: cases x helices.
        room: how many more parties each may have: 0 where all are named, enough for all helices where nobody knows.
        outside: the same of each link that has no named party of the helices.
    """

    helices: tuple[str, ...]
    presence: NDArray[np.bool_]
    room: NDArray[np.int64]
    outside: NDArray[np.int64]


def helix(
    network: Network, helices: Sequence[str] = HELICES, plans: Mapping[str, Force] | None = None
) -> tuple[Indicator, ...]:
    """All helix indicators of `network`, in their order; `plans` tells of links under a plan whether it is in force.

    Raises:
        UsageError: not two to four different helices.
    """
    cases = _cases(network, helices)
    return (
        *_synergy(cases),
        *_entropies(cases),
        *_combinations(cases),
        *_intensity(cases),
        *repeated(network, helices),
        *concentrated(network, helices),
        *under_plan(network, plans or {}),
        coverage(network),
    )


def table(
    periods: Mapping[str, Network], helices: Sequence[str] = HELICES, plans: Mapping[str, Force] | None = None
) -> Table:
    """`helix` of each period, with the notes of the first, which is the whole; several have a column `period`.

    Raises:
        UsageError: not two to four different helices.
    """
    found = {period: helix(network, helices, plans) for period, network in periods.items()}
    whole = next(iter(periods.values()))
    if len(found) == 1:
        return indicator_table(found.popitem()[1], _notes(whole, helices))
    rows = tuple((period, *one.cells()) for period, several in found.items() for one in several)
    note = Text(
        "A link that may have begun in either of two years is in both; one of no known date is in none.",
        "可能始于两年中任一年的联系在两年中都计；日期未知者哪一年都不计。",
    )
    return Table(("period", *COLUMNS), rows, (*_notes(whole, helices), note))


def by_kind(network: Network, helices: Sequence[str] = HELICES) -> Table:
    """`decomposed` as a table.

    Raises:
        UsageError: not two to four different helices.
    """
    note = Text(
        "Synergy by kind of link, in bits; the rows sum to the mutual information of all.",
        "按联系种类分解的协同（比特）；各行之和为总互信息。",
    )
    return indicator_table(decomposed(network, helices), (*_notes(network, helices), note))


def decomposed(network: Network, helices: Sequence[str] = HELICES) -> tuple[Indicator, ...]:
    """Synergy within the kinds of link and between them: ``T = T_0 + sum_g (n_g / N) T_g``, as shares of T in bits.

    Each kind gives ``(n_g / N) T_g``; what is left, T_0, arises between kinds. Where a kind has a helix in all of its
    links, or in none, its T_g is 0 by construction: it gives nothing and `reason` says so.

    Citation: Leydesdorff & Strand 2013, J. Am. Soc. Inf. Sci. Technol. 64, 1890-1902 (the decomposition by region).
    """
    cases = _cases(network, helices)
    inside = _inside(network, helices)
    kinds = np.array([link.kind for link in network.links])[inside]
    of, total = "×".join(helices), len(kinds)
    if reason := _no_synergy(cases):
        return (undefined("synergy-between-kinds", of, total, reason),)
    whole = float(synergy.mutual_information(synergy.cells(cases.presence))[0])
    parts = []
    for kind in sorted(set(kinds.tolist())):
        counts = synergy.cells(cases.presence[kinds == kind])
        n = int(counts.sum())
        trivial = any(synergy.constant(counts))
        gives = 0.0 if trivial else n / total * float(synergy.mutual_information(counts)[0])
        reason = _TRIVIAL if trivial else None
        parts.append(Indicator("synergy-within", kind, gives, n, reason=reason))
    between = whole - sum(one.value or 0.0 for one in parts)
    return Indicator("synergy-between-kinds", of, between, total), *parts


_TRIVIAL = Text(
    "0 by construction: a helix is in all of its links, or in none", "必然为0：某一螺旋存在于其全部联系中，或一条也没有"
)


def _notes(network: Network, helices: Sequence[str]) -> tuple[Text, ...]:
    outside = len(network.links) - int(np.count_nonzero(_inside(network, helices)))
    about = (
        Text(
            f"Frame: links with a named party of {', '.join(helices)}; left out, with none: {outside}.",
            f"样本框：有{in_chinese('sector', *helices)}具名参与方的联系；未计入的其余联系：{outside}条。",
        ),
        Text(
            f"expected and p: {DRAWS} draws in that frame, each helix in as many links as it is; p counts "
            "those as low.",
            f"expected与p：在该样本框内抽取{DRAWS}次，各螺旋所在联系数不变；p为同样低者的比例。",
        ),
        Text(
            "lower and upper: what the parties, or the dates, that are not known could change.",
            "lower与upper：未知的参与方或日期可能造成的变化范围。",
        ),
    )
    return *summary_notes(network), *about


def _inside(network: Network, helices: Sequence[str]) -> NDArray[np.bool_]:
    """Whether a link has a named party of the helices."""
    return np.asarray(_presence(network, helices).any(axis=1))


def _presence(network: Network, helices: Sequence[str]) -> NDArray[np.bool_]:
    places = {name: place for place, name in enumerate(helices)}
    of = np.array([places.get(actor.sector or "", -1) for actor in network.actors], dtype=np.int64)
    found = np.zeros((len(network.links), len(helices)), dtype=np.bool_)
    inside = of[network.actor_of] >= 0
    found[network.link_of[inside], of[network.actor_of[inside]]] = True
    return found


def _cases(network: Network, helices: Sequence[str]) -> _Cases:
    if len(set(helices)) != len(helices) or len(helices) not in synergy.HELICES:
        raise UsageError(f"name two to four different helices, not {', '.join(helices) or 'none'}")
    presence = _presence(network, helices)
    room = np.array(
        [len(helices) if link.is_lower_bound else link.declared - link.named for link in network.links], dtype=int
    )
    inside = presence.any(axis=1)
    return _Cases(tuple(helices), presence[inside], room[inside], room[~inside])


def _no_synergy(cases: _Cases) -> Text | None:
    """Return the reason why the frame leaves nothing to measure, or ``None``."""
    if not len(cases.presence):
        return Text("no link in the frame", "样本框内没有联系")
    always, never = synergy.constant(synergy.cells(cases.presence))
    wheres = (always, Text("in every link", "存在于每条联系中")), (never, Text("in no link", "不在任何联系中"))
    for places, where in wheres:
        if places:
            names = [cases.helices[place] for place in places]
            verb = "is" if len(places) == 1 else "are"
            return Text(
                "not defined for this frame: {names} {verb} {where}, so that it is 0 by construction",
                "在此样本框内无定义：{names}{where}，结果必然为0",
            ).format(names=Text(" and ".join(names), in_chinese("sector", *names)), verb=verb, where=where)
    return None


def _synergy(cases: _Cases) -> Iterator[Indicator]:
    of, n = "×".join(cases.helices), len(cases.presence)
    if reason := _no_synergy(cases):
        yield undefined("mutual-information", of, n, reason)
        return
    counts = synergy.cells(cases.presence)
    value = float(synergy.mutual_information(counts)[0])
    corrected = value - synergy.bias(len(cases.helices), n, framed=True)
    if len(cases.helices) == min(synergy.HELICES):
        reason = Text(
            "p is not defined for two helices: the frame leaves one table only",
            "两个螺旋时p无定义：样本框内只有一种可能的表",
        )
        yield Indicator("mutual-information", of, value, n, reason=reason)
    else:
        drawn = synergy.mutual_information(synergy.draw(counts))
        chance, p = float(drawn.mean()), lower_p(value, drawn)
        yield Indicator("mutual-information", of, value, n, expected=chance, p=p)
    yield Indicator("mutual-information-corrected", of, corrected, n)


def _entropies(cases: _Cases) -> Iterator[Indicator]:
    n = len(cases.presence)
    if n:
        for places, bits in synergy.entropies(synergy.cells(cases.presence)).items():
            yield Indicator("entropy", "×".join(cases.helices[place] for place in places), float(bits[0]), n)


def _combinations(cases: _Cases) -> Iterator[Indicator]:
    """The share of each combination of helices, exactly: the cells of the table that T is made of.

    Unnamed parties may add helices to a case, and make one of a link that is none yet.
    """
    n = len(cases.presence)
    patterns = cases.presence @ (1 << np.arange(len(cases.helices)))
    whole = (1 << len(cases.helices)) - 1
    sizes = np.array([pattern.bit_count() for pattern in range(whole + 1)])
    for wanted in sorted(range(1, whole + 1), key=lambda pattern: (sizes[pattern], pattern)):
        is_so = patterns == wanted
        fits = (patterns & ~wanted == 0) & (sizes[wanted] - sizes[patterns] <= cases.room)
        sure = is_so & ((cases.room == 0) | (wanted == whole))
        new, others = _count(cases.outside >= sizes[wanted]), _count(cases.outside > 0)
        name = "+".join(helix for place, helix in enumerate(cases.helices) if wanted >> place & 1)
        lower, upper = (_count(sure), n + others), (_count(fits) + new, n + new)
        yield _share("share", name, (_count(is_so), n), lower, upper)


def _intensity(cases: _Cases) -> Iterator[Indicator]:
    """Of the links that have one helix, the share that has the other too; for each pair.

    Unnamed parties may be of the one helix (the links that are looked at), of the other, or of both.
    """
    for place, helix in enumerate(cases.helices):
        for other, name in enumerate(cases.helices):
            if place != other:
                here, there = cases.presence[:, place], cases.presence[:, other]
                some, two = cases.room > 0, cases.room > 1
                both, all_ = _count(here & there), _count(here)
                new = _count(~here & there & some) + _count(~here & ~there & two) + _count(cases.outside > 1)
                without = _count(~here & ~there & some) + _count(cases.outside > 0)
                upper = both + _count(here & ~there & some) + new, all_ + new
                yield _share("intensity", f"{name} in links of {helix}", (both, all_), (both, all_ + without), upper)


def _share(name: str, group: str, seen: tuple[int, int], lower: tuple[int, int], upper: tuple[int, int]) -> Indicator:
    """A share as count and total; the least and the most that it can be too."""
    if not seen[1]:
        return undefined(name, group, 0, Text("no link of this kind in the frame", "样本框内没有此类联系"))
    value, least, most = (count / total for count, total in (seen, lower, upper))
    return Indicator(name, group, value, seen[1], least, most)


def _count(cases: NDArray[np.bool_]) -> int:
    return int(np.count_nonzero(cases))
