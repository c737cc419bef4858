"""Imputation of unnamed parties, and omission of links.

The graph counts the unnamed parties of a link and rarely describes them. Each sampled network therefore draws them at
random, so that many samples show how far a result depends on the parties that sources happen to name. Sampled networks
are columns; no node objects are created.
"""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from kg.network import Network
from kg.network.bundles import unfold
from kg.network.nodes import Actors, Links, Words
from kg.texts import Message

_ROUNDS = 8
"""The number of redraws of a party that already takes part, before a new actor is used instead."""

Numbers = NDArray[np.int64]


def missing_parties(network: Network) -> Numbers:
    """Return the number of unnamed declared parties of each link; a minimum where the size is a lower bound."""
    gaps: Numbers = np.maximum(network.links.declared - network.links.named, 0)
    return gaps


def recurrence(network: Network) -> float:
    """Return the share of named participations whose actor takes part in another link too; 0 without participations.

    It is the default probability that an unnamed party is an actor of the network. Trap: sources name well-known
    actors more often, so the share among unnamed parties is probably lower.
    """
    often = np.bincount(network.actor_of, minlength=len(network.actors)) > 1
    return float(often[network.actor_of].mean()) if len(network.actor_of) else 0.0


def impute(network: Network, known_share: float, generator: np.random.Generator) -> Network:
    """Return the network with as many parties as its links declare; see `Imputation`."""
    return Imputation(network).draw(known_share, generator)


class Imputation:
    """A network prepared for the imputation of its unnamed parties, so that each draw repeats no preparation.

    Each unnamed party is an actor of the network with probability `known_share`, else a new actor that takes part in
    this link alone. Unnamed partners of a common party each have a link of their own. The sector of an unnamed party is
    drawn from the named parties of links of the same kind. An actor of that sector is drawn in proportion to its number
    of links. If it already takes part in the link, it is redrawn, and after `_ROUNDS` redraws replaced by a new actor.

    The actors of the network keep their positions, and new actors follow. Declared sizes do not change.
    """

    def __init__(self, network: Network) -> None:
        """Group the participations of `network` by kind of link and by sector."""
        self._network = network = unfold(network)
        self._link = np.repeat(np.arange(len(network.links)), missing_parties(network))
        if not len(self._link):
            return
        self._sector, self._names = _codes(network.actors.table["sector"])
        kind, _ = _codes(network.links.table["kind"])
        self._kind = kind[self._link]
        self._by_kind = PartySampler(kind[network.link_of])
        self._by_sector = PartySampler(self._sector[network.actor_of])
        self._named = network.link_of.astype(np.int64) * len(network.actors) + network.actor_of

    def draw(self, known_share: float, generator: np.random.Generator) -> Network:
        """Return the network with random parties for those that are unnamed."""
        network, link = self._network, self._link
        if not len(link):
            return network
        # One row of random numbers for each party: the draws of one party do not depend on the number of others.
        chances = generator.random((len(link), 3 + _ROUNDS))
        template = network.actor_of[self._by_kind.draw(self._kind, chances[:, 0])]
        wanted = self._sector[template]
        known = network.actor_of[self._by_sector.draw(wanted, chances[:, 2])].astype(np.int64)
        actor = np.where(chances[:, 1] < known_share, known, -1)
        for column in range(3, 3 + _ROUNDS):
            repeated = self._repeated(actor)
            if not len(repeated):
                break
            actor[repeated] = network.actor_of[self._by_sector.draw(wanted[repeated], chances[repeated, column])]
        actor[self._repeated(actor)] = -1
        return _with_parties(network, link, actor, self._names.take(pa.array(wanted[actor < 0])))

    def _repeated(self, actor: Numbers) -> Numbers:
        """Return the drawn parties that already take part in their link, as a named or an earlier drawn party."""
        drawn = np.flatnonzero(actor >= 0)
        keys = self._link[drawn] * len(self._network.actors) + actor[drawn]
        position = np.minimum(np.searchsorted(self._named, keys), len(self._named) - 1)
        first = np.zeros(len(drawn), np.bool_)
        first[np.unique(keys, return_index=True)[1]] = True
        repeated: Numbers = drawn[(self._named[position] == keys) | ~first]
        return repeated


def drop_count(network: Network, share: float) -> int:
    """Return the number of links in `share` of the network, rounded; at least one link remains."""
    total = len(network.links)
    return max(min(round(share * total), total - 1), 0)


def drop_links(network: Network, share: float, generator: np.random.Generator) -> tuple[Network, Numbers]:
    """Return the network without a random `share` of its links (`drop_count`), and the indexes of its actors.

    Whole links are dropped, because the parties of one agreement are known or unknown together.
    """
    kept = np.ones(len(network.links), np.bool_)
    kept[generator.permutation(len(kept))[: drop_count(network, share)]] = False
    incidences = kept[network.link_of]
    note = Message("Without {share:.0%} of the links.", share=share)
    return network.subnetwork(incidences, note), np.unique(network.actor_of[incidences])


class PartySampler:
    """Rows grouped by category, from which one row of a category can be drawn."""

    def __init__(self, category: Numbers) -> None:
        """Group the rows by their `category`, a small non-negative number."""
        self._rows = np.argsort(category, kind="stable")
        self._starts = np.searchsorted(category[self._rows], np.arange(int(category.max(initial=-1)) + 2))

    def draw(self, category: Numbers, chance: NDArray[np.float64]) -> Numbers:
        """Return one row of each category, selected by a `chance` in [0, 1); every category must have a row."""
        first, sizes = self._starts[category], self._starts[category + 1] - self._starts[category]
        rows: Numbers = self._rows[first + np.minimum((chance * sizes).astype(np.int64), sizes - 1)]
        return rows


def _codes(column: pa.ChunkedArray) -> tuple[Numbers, pa.Array]:
    """Return a column as codes, and the dictionary of the codes; null has a code of its own."""
    encoded = column.combine_chunks().dictionary_encode(null_encoding="encode")
    return encoded.indices.to_numpy().astype(np.int64), encoded.dictionary


def _with_parties(network: Network, link: Numbers, actor: Numbers, sectors: pa.Array) -> Network:
    """Return the network with additional parties; an actor below 0 is new, and `sectors` are those of new actors."""
    known, new = len(network.actors), int(np.count_nonzero(actor < 0))
    ends = actor.copy()
    ends[actor < 0] = known + np.arange(new)
    links, actors = np.concatenate((network.link_of, link)), np.concatenate((network.actor_of, ends))
    order = np.lexsort((actors, links))
    codes = np.concatenate((network.roles.codes, np.full(len(link), len(network.roles.kinds))))[order]
    named = np.bincount(links, minlength=len(network.links))
    old = network.links
    unknown = np.full(len(link), np.nan)
    return replace(
        network,
        actors=Actors(pa.concat_tables([network.actors.table, _new_actors(network, sectors)])),
        links=Links(old.table, named, np.maximum(old.declared, named), old.layers),
        link_of=links[order].astype(np.int32),
        actor_of=actors[order].astype(np.int32),
        roles=Words(codes.astype(np.int32), (*network.roles.kinds, ())),
        money={currency: np.concatenate((amounts, unknown))[order] for currency, amounts in network.money.items()},
    )


def _new_actors(network: Network, sectors: pa.Array) -> pa.Table:
    """Return rows for new actors, whose only known attribute is the sector."""
    schema = network.actors.table.schema
    known = {"iri": pc.binary_join_element_wise("urn:unnamed", pa.array(np.arange(len(sectors))).cast("string"), ":")}
    known["sector"] = sectors
    columns = [known.get(name, pa.nulls(len(sectors))) for name in schema.names]
    return pa.table(columns, schema.names).cast(schema)
