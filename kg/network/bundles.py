"""Links with a common party, divided into one link for each of its partners.

A bundle records several bilateral relations in one node, and a source may leave open who agreed with whom. In both
cases only the common party is known to be tied to each other party. A network therefore contains one link for each
partner of the common party, and one for the partners that are not named. It equals the network of the same relations
recorded one by one.
"""

from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from kg.network.filters import among
from kg.network.incidence.tables import Incidence
from kg.network.network import Network
from kg.network.nodes import PART, Links
from kg.terms import SEPARATE, shorten
from kg.texts import Message, Text

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Division:
    """The links of a network and their incidences.

    Attributes:
        rows: the row of each link in the participation tables; several links can have one.
        partner: the row of the partner with whom the common party has this link; -1 for an undivided link.
        link_of: the link of each incidence, in order.
        pair_of: the index of the pair from which each incidence comes.
        shared: whether the pair is in several links.
    """

    rows: Rows
    partner: Rows
    link_of: Rows
    pair_of: Rows
    shared: NDArray[np.bool_]


def divide(incidence: Incidence, link: Rows, actor: Rows, root: Rows) -> Division:
    """Return the links of the pairs (`link`, `actor`), sorted by link, then actor, with bundles divided.

    A link of a single pair of parties stays as it is, also if it states no common party. Without its common party, each
    partner is alone in its link.
    """
    total = incidence.links.num_rows
    common = pc.fill_null(incidence.links["common"], -1).to_numpy().astype(np.int64)
    common = np.where(common < 0, -1, root[common])
    separate = among(incidence.links["arity"], SEPARATE)
    is_common = common[link] == actor
    partners = np.bincount(link[~is_common], minlength=total)
    unnamed = _open(incidence)
    fewest = np.where(common < 0, 2, 1)  # either of two parties is the common one
    divided = separate & ((partners > fewest) | ((partners == 1) & unnamed))
    whole, apart = np.flatnonzero(~divided[link]), np.flatnonzero(divided[link] & ~is_common)
    hubs = np.flatnonzero(divided[link] & is_common)
    hub_of = np.full(total, -1, np.int64)
    hub_of[link[hubs]] = hubs
    rests = hubs[unnamed[link[hubs]]]
    undivided = np.unique(link[whole])
    rows = np.concatenate((undivided, link[apart], link[rests]))
    partner = np.concatenate((np.full(len(undivided), -1), actor[apart], np.full(len(rests), -1)))
    order = np.lexsort((partner, rows))
    place = np.empty(len(order), np.int64)
    place[order] = np.arange(len(order))
    first = len(undivided)
    numbers = place[first : first + len(apart)]
    tied = hub_of[link[apart]] >= 0
    link_of = np.concatenate(
        (place[np.searchsorted(undivided, link[whole])], numbers, numbers[tied], place[first + len(apart) :])
    )
    pair_of = np.concatenate((whole, apart, hub_of[link[apart[tied]]], rests))
    sorting = np.lexsort((actor[pair_of], link_of))
    return Division(
        rows[order], partner[order], link_of[sorting], pair_of[sorting], np.bincount(pair_of, minlength=len(link)) > 1
    )


def linked_rows(incidence: Incidence, division: Division) -> pa.Table:
    """Return the rows of the links; a part of a link has an IRI of its own, and its size is two parties.

    Where a source leaves open who agreed with whom, two parties are a lower bound.
    """
    table = incidence.links.take(pa.array(division.rows)).drop_columns("common")
    parts = np.flatnonzero(division.partner >= 0)
    if not len(parts):
        return table
    ends = zip(
        table["iri"].take(pa.array(parts)).to_pylist(),
        incidence.actors["iri"].take(pa.array(division.partner[parts])).to_pylist(),
        strict=True,
    )
    columns = {
        "iri": [link + PART + shorten(partner) for link, partner in ends],
        "declared": [2] * len(parts),
        "named": [2] * len(parts),
        "is_lower_bound": pc.equal(table["arity"].take(pa.array(parts)), "unstated").to_pylist(),
    }
    for name, values in columns.items():
        field = table.schema.field(name)
        column = pc.replace_with_mask(
            table[name].combine_chunks(), pa.array(division.partner >= 0), pa.array(values, field.type)
        )
        table = table.set_column(table.schema.get_field_index(name), field, column)
    return table


def division_note(division: Division) -> tuple[Text, ...]:
    """Return a sentence on the links that are divided, if there are any."""
    parts = division.partner >= 0
    if not parts.any():
        return ()
    links, ties = len(np.unique(division.rows[parts])), int(np.count_nonzero(parts))
    one = Message(
        "Divided: 1 link bundles bilateral relations, or leaves open who agreed with whom. Only the common party is "
        "tied to each other party, in {ties} links."
    )
    several = Message(
        "Divided: {links} links bundle bilateral relations, or leave open who agreed with whom. Only the common party "
        "is tied to each other party, in {ties} links."
    )
    return (one.format(ties=ties) if links == 1 else several.format(links=links, ties=ties),)


def unfold(network: Network) -> Network:
    """Return `network` with a link for each unnamed partner of a common party, in place of one link for all of them."""
    links = network.links
    missing = np.where(among(links.table["arity"], SEPARATE), np.maximum(links.declared - links.named, 0), 0)
    rests = np.flatnonzero(missing)
    if not len(rests):
        return network
    kept = np.flatnonzero(missing == 0)
    rows = np.concatenate((kept, np.repeat(rests, missing[rests])))
    starts = np.searchsorted(network.link_of, np.arange(len(links) + 1))
    sizes = np.diff(starts)[rows]
    link_of = np.repeat(np.arange(len(rows)), sizes)
    offsets = np.arange(len(link_of)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    chosen = np.repeat(starts[rows], sizes) + offsets
    declared = np.concatenate((links.declared[kept], links.named[rows[len(kept) :]] + 1))
    return replace(
        network,
        links=Links(links.table.take(pa.array(rows)), links.named[rows], declared, links.layers.take(rows)),
        link_of=link_of.astype(np.int32),
        actor_of=network.actor_of[chosen],
        roles=network.roles.take(chosen),
        money={currency: amounts[chosen] for currency, amounts in network.money.items()},
    )


def _open(incidence: Incidence) -> NDArray[np.bool_]:
    """Return the links that may have unnamed parties."""
    declared, named = (incidence.links[name].to_numpy().astype(np.int64) for name in ("declared", "named"))
    bound = pc.fill_null(incidence.links["is_lower_bound"], fill_value=False).to_numpy()
    unnamed: NDArray[np.bool_] = (declared > named) | bound
    return unnamed
