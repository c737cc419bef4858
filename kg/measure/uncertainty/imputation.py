"""Networks as they may be: with unnamed parties filled in, or with links left out.

The graph says how many parties of a link nobody named, and seldom more of them. So who they are is drawn, and many
draws together say how much of a result rests on whom the sources happen to name. A drawn network is columns: no object
is made for any of its nodes.
"""

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from kg.model import Text
from kg.network import Network
from kg.network.nodes import Actors, Links, Words

_ROUNDS = 8
"""How often an actor who takes part already is drawn again before somebody new takes the place."""

Numbers = NDArray[np.int64]


def missing(network: Network) -> Numbers:
    """How many parties each link declares and does not name (at least, where its size is a lower bound)."""
    gaps: Numbers = np.maximum(network.links.declared - network.links.named, 0)
    return gaps


def recurring(network: Network) -> float:
    """The share of named participations whose actor takes part in another link too; 0 where nobody takes part.

    What an unnamed party is taken for unless somebody knows better: so likely is a named one known from elsewhere.
    Traps: sources name the well known, so the share among the unnamed is rather lower.
    """
    often = np.bincount(network.actor_of, minlength=len(network.actors)) > 1
    return float(often[network.actor_of].mean()) if len(network.actor_of) else 0.0


def completed(network: Network, known: float, draw: np.random.Generator) -> Network:
    """The network with as many parties as its links declare.

    Each unnamed party is, with probability `known`, one of the actors of the network, and else a new one in this link
    alone. Of which sector it is nobody says: it is drawn like that of a named party of a link of the same kind. The
    actor is drawn among those of that sector, each as likely as it has links. Who takes part already, or is drawn twice
    for one link, is drawn again, and in the end a new one takes the place.

    The actors of `network` keep their places; the new ones follow them. Declared sizes stay.
    """
    link = np.repeat(np.arange(len(network.links)), missing(network))
    if not len(link):
        return network
    # A row of chances for each party: those of others leave its own as they are, however many there are.
    chances = draw.random((len(link), 3 + _ROUNDS))
    sector, names = _codes(network.actors.table["sector"])
    kind, _ = _codes(network.links.table["kind"])
    of_kind = _Urn(kind[network.link_of])
    like = network.actor_of[of_kind.draw(kind[link], chances[:, 0])]
    wanted = sector[like]
    of_sector = _Urn(sector[network.actor_of])
    actor = np.where(
        chances[:, 1] < known, network.actor_of[of_sector.draw(wanted, chances[:, 2])].astype(np.int64), -1
    )
    for more in range(3, 3 + _ROUNDS):
        again = _twice(network, link, actor)
        actor[again] = network.actor_of[of_sector.draw(wanted[again], chances[again, more])]
    actor[_twice(network, link, actor)] = -1
    return _with(network, link, actor, names.take(pa.array(wanted[actor < 0])))


def left_out(network: Network, share: float) -> int:
    """How many links are that share of them, to the nearest whole number; one stays in any case."""
    total = len(network.links)
    return max(min(round(share * total), total - 1), 0)


def resampled(network: Network, share: float, draw: np.random.Generator) -> tuple[Network, Numbers]:
    """The network without that share of its links (`left_out`), and the places of its actors.

    Whole links go, not participations: the parties of one agreement are known or unknown together.
    """
    kept = np.ones(len(network.links), np.bool_)
    kept[draw.permutation(len(kept))[: left_out(network, share)]] = False
    incidences = kept[network.link_of]
    note = Text(f"Without {share:.0%} of the links.", f"略去{share:.0%}的联系。")
    return network.part(incidences, note), np.unique(network.actor_of[incidences])


class _Urn:
    """Rows by their colours, to draw one of a colour."""

    def __init__(self, colour: Numbers) -> None:
        self._rows = np.argsort(colour, kind="stable")
        self._starts = np.searchsorted(colour[self._rows], np.arange(int(colour.max(initial=-1)) + 2))

    def draw(self, colour: Numbers, chance: NDArray[np.float64]) -> Numbers:
        """A row of each colour, each row of it as likely as the others; there must be one."""
        first, sizes = self._starts[colour], self._starts[colour + 1] - self._starts[colour]
        found: Numbers = self._rows[first + np.minimum((chance * sizes).astype(np.int64), sizes - 1)]
        return found


def _codes(column: pa.ChunkedArray) -> tuple[Numbers, pa.Array]:
    """A column as numbers, and what they stand for; what is not known is a value like the others."""
    encoded = column.combine_chunks().dictionary_encode(null_encoding="encode")
    return encoded.indices.to_numpy().astype(np.int64), encoded.dictionary


def _twice(network: Network, link: Numbers, actor: Numbers) -> Numbers:
    """Which of the drawn parties take part in their link already, by name or as an earlier one of the drawn."""
    width = len(network.actors)
    there = network.link_of.astype(np.int64) * width + network.actor_of
    drawn = np.flatnonzero(actor >= 0)
    keys = link[drawn] * width + actor[drawn]
    place = np.minimum(np.searchsorted(there, keys), len(there) - 1)
    first = np.zeros(len(drawn), np.bool_)
    first[np.unique(keys, return_index=True)[1]] = True
    again: Numbers = drawn[(there[place] == keys) | ~first]
    return again


def _with(network: Network, link: Numbers, actor: Numbers, sectors: pa.Array) -> Network:
    """The network with parties more; an actor below 0 is somebody new, and `sectors` are those of the new ones."""
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
        actors=Actors(pa.concat_tables([network.actors.table, _strangers(network, sectors)])),
        links=Links(old.table, named, np.maximum(old.declared, named), old.layers),
        link_of=links[order].astype(np.int32),
        actor_of=actors[order].astype(np.int32),
        roles=Words(codes.astype(np.int32), (*network.roles.kinds, ())),
        money={currency: np.concatenate((amounts, unknown))[order] for currency, amounts in network.money.items()},
    )


def _strangers(network: Network, sectors: pa.Array) -> pa.Table:
    """Actors of whom nothing but the sector is said."""
    schema = network.actors.table.schema
    told = {"iri": pc.binary_join_element_wise("urn:unnamed", pa.array(np.arange(len(sectors))).cast("string"), ":")}
    told["sector"] = sectors
    columns = [told.get(name, pa.nulls(len(sectors))) for name in schema.names]
    return pa.table(columns, schema.names).cast(schema)
