"""Construction of a network from participation tables and a lens."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kg.errors import UsageError
from kg.network.bundles import divide, division_note, linked_rows
from kg.network.credits import collection_notes, collections_of
from kg.network.filters import among, check, dated, keep, located
from kg.network.incidence.tables import Incidence
from kg.network.lens import Aggregate, Lens, describe, words
from kg.network.network import Network
from kg.network.nodes import Actors, Links, Words, combined
from kg.texts import Message, Text

_DEFAULT = Lens()


@dataclass(frozen=True, slots=True, eq=False)
class Pairs:
    """Participations, each pair once, sorted by link, then actor: rows of the tables, and the roles of each pair."""

    link: NDArray[np.int64]
    actor: NDArray[np.int64]
    roles: Words


def build(incidence: Incidence, lens: Lens = _DEFAULT) -> Network:
    """Return the two-mode network of the participations that `lens` selects.

    Several roles of one actor in one link are one incidence, also if it takes part both itself and through its units.
    An actor or a link without an incidence is not a node. `named` counts the distinct actors of a link after units are
    aggregated to hosts; the number of unnamed parties does not change.

    Raises:
        UsageError: the lens contains a value that does not occur.
    """
    check(lens, incidence)
    root, circular = roots(incidence, lens.aggregate)
    pairs, notes = select(incidence, lens, root)
    division = divide(incidence, pairs.link, pairs.actor, root)
    actor_rows, actor_of = np.unique(pairs.actor[division.pair_of], return_inverse=True)
    roles = pairs.roles.take(division.pair_of)
    if circular:
        one = Message("1 unit stands for itself because its hosts form a cycle.")
        several = Message("{count} units stand for themselves because their hosts form a cycle.")
        notes += (one if circular == 1 else several.format(count=circular),)
    money = {
        currency: np.where(division.shared, np.nan, amounts)[division.pair_of]
        for currency, amounts in _money(incidence, pairs, root).items()
    }
    links = linked_rows(incidence, division)
    found = collections_of(incidence, links)
    return Network(
        actors=Actors(incidence.actors.take(pa.array(actor_rows)).drop_columns(["host", "parent"])),
        links=_links(links, incidence.layers, division.link_of, roles),
        link_of=division.link_of.astype(np.int32),
        actor_of=actor_of.astype(np.int32),
        roles=roles,
        lens=_with_currency(lens, money),
        notes=(describe(lens, incidence), *notes, *division_note(division), *collection_notes(found)),
        money=money,
        collections=tuple(one for one, _ in found),
    )


def snapshots(incidence: Incidence, years: Sequence[int], lens: Lens = _DEFAULT) -> tuple[Network, ...]:
    """Return a network for each of `years`, with the links that the lens selects within that year, in the given order.

    A link whose date spans several years can be in several networks; with `Lens.certain_dates` it is in one.

    Raises:
        UsageError: the lens has dates of its own or an unknown value, or a year is not in the calendar.
    """
    if lens.windowed:
        raise UsageError("snapshots have their own dates: ask for years, or for a first and last day, not for both")
    for year in years:
        if not date.min.year <= year <= date.max.year:
            raise UsageError(
                "there is no year {year}; years are between {year2} and {year3}",
                year=year,
                year2=date.min.year,
                year3=date.max.year,
            )
    windows = [replace(lens, since=date(year, 1, 1), until=date(year, 12, 31)) for year in years]
    return tuple(build(incidence, window) for window in windows)


def select(incidence: Incidence, lens: Lens, root: NDArray[np.int64]) -> tuple[Pairs, tuple[Text, ...]]:
    """Return the incidences that `lens` selects, and its omissions in words; `root` gives whom an actor counts for."""
    kept, failed = keep(lens, incidence)
    link, actor = (incidence.parties[name].to_numpy().astype(np.int64) for name in ("link", "actor"))
    role, names = _roles(incidence.parties)
    in_layers = _in_layers(names, lens, incidence)[role]
    tied = kept[link] & in_layers
    left_out = list(failed)
    if lens.places is not None:
        here = among(incidence.links["place"], lens.places)
        here[link[tied & located(lens, incidence, root)[actor]]] = True
        tied &= here[link]
        _drop(left_out, Message("at other places"), kept, here)
    chosen, apart = _of_sectors(incidence, lens, (link, root[actor], tied))
    _drop(left_out, Message("without a named party in these layers"), kept, _mask(link[tied], kept))
    _drop(
        left_out,
        Message("without a named party of these sectors"),
        kept,
        _mask(link[chosen], kept),
    )
    pairs = _unite(link[chosen], root[actor[chosen]], role[chosen], names)
    kept_links = _mask(pairs.link, kept)
    others = int(np.count_nonzero(kept_links[link] & ~in_layers))
    outsiders = int(np.count_nonzero(kept_links[link] & apart))
    undated = int(np.count_nonzero(kept_links & ~dated(lens, incidence))) if lens.windowed else 0
    return pairs, tuple(_omissions(left_out, others, outsiders, undated))


def roots(incidence: Incidence, aggregate: Aggregate = "host") -> tuple[NDArray[np.int64], int]:
    """Return the actor that each actor counts for: the end of its chain of hosts, or itself in a cycle.

    With `aggregate` "group" the chain continues with parents, with "none" each actor counts for itself.

    Returns:
        rows of the actors table, one for each row; and the number of actors with cyclic hosts.
    """
    if aggregate == "none":
        return np.arange(incidence.actors.num_rows), 0
    host = incidence.actors["host"].to_numpy().astype(np.int64)
    if aggregate == "group":
        parent = incidence.actors["parent"].to_numpy().astype(np.int64)
        host = np.where(host < 0, parent, host)
    own = np.arange(len(host))
    root = np.where(host < 0, own, host)
    # Each round doubles the length of the chain, so this number of rounds reaches the end of every chain.
    for _ in range(len(host).bit_length()):
        root = root[root]
    endless = host[root] >= 0
    return np.where(endless, own, root), int(np.count_nonzero(endless))


def _roles(parties: pa.Table) -> tuple[NDArray[np.int64], list[str]]:
    """Return the role of each participation as an index into the sorted list of notations."""
    column = parties["role"].unify_dictionaries().combine_chunks()
    encoded = cast("pa.DictionaryArray[Any, Any]", column)
    names = list(map(str, encoded.dictionary.to_pylist()))
    place = np.argsort(np.argsort(np.array(names, dtype=object))) if names else np.zeros(0, np.int64)
    return place[encoded.indices.to_numpy().astype(np.int64)], sorted(names)


def _in_layers(names: Sequence[str], lens: Lens, incidence: Incidence) -> NDArray[np.bool_]:
    """Return the mask of roles that are selected and tie in one of the selected layers."""
    layers = incidence.default_layers if lens.layers is None else lens.layers
    requested = set(names) if lens.roles is None else lens.roles
    return np.array([incidence.layers.get(name) in layers and name in requested for name in names], dtype=np.bool_)


def _of_sectors(
    incidence: Incidence, lens: Lens, parties: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.bool_]]
) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the participations by actors of the selected sectors, and those by others."""
    link, actor, tied = parties
    if lens.partners is None:
        return tied, np.zeros(len(tied), np.bool_)
    sector = incidence.actors["sector"]
    inside = tied & among(sector, lens.partners)[actor]
    if lens.between is None:
        return inside, tied & ~inside
    sides = [inside & among(sector, {side})[actor] for side in lens.between]
    if lens.between[0] == lens.between[1]:
        several = np.unique(np.stack([link[inside], actor[inside]]), axis=1)[0]
        both = np.bincount(several, minlength=incidence.links.num_rows) > 1
    else:
        both = np.logical_and.reduce([_mask(link[side], incidence.links) for side in sides])
    return inside & both[link], tied & ~inside


def _mask(link: NDArray[np.int64], links: NDArray[np.bool_] | pa.Table) -> NDArray[np.bool_]:
    """Return the mask of links that are among `link`."""
    there = np.zeros(len(links), np.bool_)
    there[link] = True
    return there


def _drop(left_out: list[tuple[Text, int]], reason: Text, kept: NDArray[np.bool_], stay: NDArray[np.bool_]) -> None:
    """Count the links that fail for this reason, and remove them from those kept."""
    count = int(np.count_nonzero(kept & ~stay))
    if count:
        left_out.append((reason, count))
    kept &= stay


def _unite(link: NDArray[np.int64], actor: NDArray[np.int64], role: NDArray[np.int64], names: Sequence[str]) -> Pairs:
    """Return each pair of link and actor once, with the sorted names of its roles."""
    # One integer per participation: sorting integers is many times faster than sorting rows of three.
    width = int(actor.max(initial=0)) + 1
    pair, code = np.divmod(_distinct((link * width + actor) * len(names) + role), max(len(names), 1))
    pairs = _distinct(pair)
    group = np.searchsorted(pairs, pair)
    links, actors = np.divmod(pairs, width)
    return Pairs(link=links, actor=actors, roles=combined(group, code, names, len(pairs)))


def _distinct(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the distinct values in order; `numpy.unique` uses a hash table first, which is slower for millions."""
    ordered = np.sort(values)
    fresh: NDArray[np.bool_] = np.concatenate((np.ones(min(len(ordered), 1), np.bool_), ordered[1:] != ordered[:-1]))
    return ordered[fresh]


def _links(table: pa.Table, layers: Mapping[str, str], link_of: NDArray[np.int64], roles: Words) -> Links:
    rows = table.num_rows
    named = np.bincount(link_of, minlength=rows)
    unnamed = np.maximum(table["declared"].to_numpy().astype(np.int64) - table["named"].to_numpy(), 0)
    names = sorted(set(layers.values()))
    tied = np.array([[layers[role] for role in kind].count(name) for kind in roles.kinds for name in names])
    of_kind = tied.reshape(len(roles.kinds), len(names)) > 0
    there = np.zeros((rows, len(names)), np.bool_)
    for column in range(len(names)):
        there[link_of[of_kind[roles.codes, column]], column] = True
    group, code = np.nonzero(there)
    return Links(table, named, named + unnamed, combined(group, code, names, rows))


def _money(incidence: Incidence, pairs: Pairs, root: NDArray[np.int64]) -> dict[str, NDArray[np.float64]]:
    """Return the contribution of each incidence, including the actor's units, by currency; nan if unknown."""
    width = int(pairs.actor.max(initial=0)) + 1
    keys = pairs.link * width + pairs.actor
    link, actor = (incidence.money[name].to_numpy().astype(np.int64) for name in ("link", "actor"))
    mine = root[actor]
    wanted = np.where(mine < width, link * width + mine, -1)
    place = np.searchsorted(keys, wanted)
    amount = incidence.money["amount"].to_numpy()
    matched = (place < len(keys)) & (keys[np.minimum(place, len(keys) - 1)] == wanted) if len(keys) else wanted > 0
    money = {}
    for currency in sorted(set(incidence.money["currency"].to_pylist())):
        here = matched & among(incidence.money["currency"], {currency})
        if here.any():
            sums = np.bincount(place[here], weights=amount[here], minlength=len(keys))
            money[currency] = np.where(np.bincount(place[here], minlength=len(keys)) > 0, sums, np.nan)
    return money


def _with_currency(lens: Lens, money: Mapping[str, object]) -> Lens:
    """Return the lens with the only currency, if ties are weighted by contributions."""
    if lens.weight != "contribution":
        return lens
    if lens.currency is None and len(money) > 1:
        raise UsageError("contributions here are in several currencies; choose one of: {money}", money=words(money))
    if lens.currency is not None and lens.currency not in money:
        raise UsageError(
            "no contribution here is in {currency!r}; there are: {money}", currency=lens.currency, money=words(money)
        )
    if not money:
        raise UsageError("no contribution in money is known of any link that this lens shows; choose another weight")
    return replace(lens, currency=lens.currency or next(iter(money)))


def _omissions(left_out: Sequence[tuple[Text, int]], others: int, outsiders: int, undated: int) -> Iterator[Text]:
    """Return the omissions of the lens, one sentence for each reason, and the undated links that it keeps."""
    for reason, count in left_out:
        note = Message("Left out: 1 link {reason}.") if count == 1 else Message("Left out: {count} links {reason}.")
        yield note.format(count=count, reason=reason)
    if others:
        yield Message(
            "Left out: {participations} of these links in roles of other layers or of none.",
            participations=_participations(others),
        )
    if outsiders:
        yield Message(
            "Left out: {participations} of these links by actors of other sectors.",
            participations=_participations(outsiders),
        )
    if undated:
        yield Message("Of no known date: {undated} of these links; they may be of any day.", undated=undated)


def _participations(count: int) -> Text:
    return Message("1 participation") if count == 1 else Message("{count} participations", count=count)
