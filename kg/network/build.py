"""From the incidence tables and a lens to a network."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kg.incidence import Incidence
from kg.model import Label
from kg.network.lens import Lens, check, describe, keep
from kg.network.two_mode import ActorNode, LinkNode, Network

_DEFAULT = Lens()


@dataclass(frozen=True, slots=True, eq=False)
class _Pairs:
    """Who takes part in what, each pair once, sorted: rows of the links and actors tables, and the roles of each."""

    link: NDArray[np.int64]
    actor: NDArray[np.int64]
    roles: tuple[tuple[str, ...], ...]


def build(incidence: Incidence, lens: Lens = _DEFAULT) -> Network:
    """The two-mode network of the participations that `lens` lets through.

    Several roles of one actor in one link are one incidence, also where it takes part both itself and through its
    units. An actor or a link without an incidence is no node. A link names the distinct actors that are left after
    folding units into hosts; the parties that it declares without naming them stay as many as they were.

    Raises:
        UsageError: the lens asks for a layer, stage or kind that is not there.
    """
    check(lens, incidence)
    kept, left_out = keep(lens, incidence)
    root, circular = roots(incidence) if lens.units == "host" else (np.arange(incidence.actors.num_rows), 0)
    link, actor = (incidence.parties[name].to_numpy().astype(np.int64) for name in ("link", "actor"))
    role, names = _roles(incidence.parties)
    in_layers = _in_layers(names, lens, incidence)[role]
    chosen = kept[link] & in_layers
    pairs = _unite(link[chosen], root[actor[chosen]], role[chosen], names)
    link_rows, link_of = np.unique(pairs.link, return_inverse=True)
    actor_rows, actor_of = np.unique(pairs.actor, return_inverse=True)
    other_layers = int(np.count_nonzero(np.isin(link, link_rows) & ~in_layers))
    silent = int(np.count_nonzero(kept)) - len(link_rows)
    left_out += (("without a named party in these layers", silent),) if silent else ()
    return Network(
        actors=tuple(_actors(incidence.actors.take(actor_rows))),
        links=tuple(_links(incidence, link_rows, link_of, pairs.roles)),
        link_of=link_of.astype(np.int32),
        actor_of=actor_of.astype(np.int32),
        roles=pairs.roles,
        lens=lens,
        notes=(describe(lens, incidence), *_omissions(left_out, other_layers, circular)),
    )


def roots(incidence: Incidence) -> tuple[NDArray[np.int64], int]:
    """The actor that each actor counts for: the last of its chain of hosts, or itself where the chain never ends.

    Returns:
        rows of the actors table, one for each row; and how many actors have hosts that go in a circle.
    """
    host = incidence.actors["host"].to_numpy().astype(np.int64)
    own = np.arange(len(host))
    root = np.where(host < 0, own, host)
    # Each round doubles the length of chain that is followed, so this many rounds follow every chain to its end.
    for _ in range(len(host).bit_length()):
        root = root[root]
    endless = host[root] >= 0
    return np.where(endless, own, root), int(np.count_nonzero(endless))


def _roles(parties: pa.Table) -> tuple[NDArray[np.int64], list[str]]:
    """The role of each participation as an index into the list of their notations."""
    column = parties["role"].unify_dictionaries().combine_chunks()
    encoded = cast("pa.DictionaryArray[Any, Any]", column)
    return encoded.indices.to_numpy().astype(np.int64), list(map(str, encoded.dictionary.to_pylist()))


def _in_layers(names: Sequence[str], lens: Lens, incidence: Incidence) -> NDArray[np.bool_]:
    """Whether each role makes a tie in one of the layers looked at."""
    layers = incidence.default_layers if lens.layers is None else lens.layers
    return np.array([incidence.layers.get(name) in layers for name in names], dtype=np.bool_)


def _unite(link: NDArray[np.int64], actor: NDArray[np.int64], role: NDArray[np.int64], names: Sequence[str]) -> _Pairs:
    """Each pair of link and actor once, with the names of its roles in order."""
    # One integer for each participation: sorting those is many times faster than sorting rows of three.
    width = int(actor.max(initial=0)) + 1
    pair, code = np.divmod(np.unique((link * width + actor) * len(names) + role), max(len(names), 1))
    pairs, first = np.unique(pair, return_index=True)
    ends = [*first.tolist()[1:], len(pair)]
    words = [names[number] for number in code.tolist()]
    roles = tuple(tuple(sorted(words[start:end])) for start, end in zip(first.tolist(), ends, strict=False))
    links, actors = np.divmod(pairs, width)
    return _Pairs(link=links, actor=actors, roles=roles)


def _actors(table: pa.Table) -> Iterator[ActorNode]:
    for row in table.to_pylist():
        label = Label(en=row["label_en"], zh=row["label_zh"])
        yield ActorNode(iri=row["iri"], label=label, kind=row["kind"], sector=row["sector"])


def _links(
    incidence: Incidence, rows: NDArray[np.int64], link_of: NDArray[np.int64], roles: Sequence[tuple[str, ...]]
) -> Iterator[LinkNode]:
    parties = np.bincount(link_of, minlength=len(rows)).tolist()
    layers: list[set[str]] = [set() for _ in range(len(rows))]
    for link, names in zip(link_of.tolist(), roles, strict=True):
        layers[link].update(incidence.layers[name] for name in names)
    for row, named, found in zip(incidence.links.take(rows).to_pylist(), parties, layers, strict=True):
        unnamed = max(row["declared"] - row["named"], 0)
        yield LinkNode(
            iri=row["iri"],
            label=Label(en=row["label_en"], zh=row["label_zh"]),
            kind=row["kind"],
            stage=row["stage"],
            start=row["start_earliest"],
            layers=tuple(sorted(found)),
            named=named,
            declared=named + unnamed,
            bound=row["bound"],
        )


def _omissions(left_out: Sequence[tuple[str, int]], other_layers: int, circular: int) -> Iterator[str]:
    """What the lens does not show, one sentence for each reason."""
    for reason, count in left_out:
        yield f"Left out: {count} {_plural('link', count)} {reason}."
    if other_layers:
        words = _plural("participation", other_layers)
        yield f"Left out: {other_layers} {words} of these links in roles of other layers or of none."
    if circular:
        words = "unit stands for itself because its" if circular == 1 else "units stand for themselves because their"
        yield f"{circular} {words} hosts go in a circle."


def _plural(noun: str, count: int) -> str:
    return noun if count == 1 else noun + "s"
