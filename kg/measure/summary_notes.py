"""What a reader must know of a network before any number about it: its size, coverage, frame and sources."""

from collections.abc import Iterator

import numpy as np
import pyarrow.compute as pc

from kg.model import Label, Note
from kg.network import Mode, Network
from kg.rdf.ontology import in_chinese


def header(network: Network, mode: Mode | None = None) -> tuple[str, ...]:
    """The first notes of whatever is measured: the lens, the size, what is known, how it was collected, the sources.

    `mode` is that of the measure, where it has one.
    """
    return *network.notes, *_told(network, mode)


def _told(network: Network, mode: Mode | None) -> Iterator[Note]:
    links = network.links
    actors, total = len(network.actors), len(links)
    yield Note(
        f"The {f'{mode} ' if mode else ''}network of {actors} actors and {total} links.",
        f"{'' if mode is None else '双模' if mode == 'two-mode' else '单模'}网络：{actors}个行动者，{total}条联系。",
    )
    named, declared = int(links.named.sum()), int(links.declared.sum())
    least = Label("at least ", "至少") if links.is_lower_bound.any() else Label("", "")
    if total:
        yield Note(
            f"Coverage: {named} of {least.en}{declared} declared parties are named ({named / declared:.0%}).",
            f"覆盖：声明的{least.zh}{declared}个参与方中有{named}个具名（{named / declared:.0%}）。",
        )
    gaps = np.count_nonzero(links.declared > links.named)
    yield Note(f"{gaps} of {total} links have unnamed parties.", f"{total}条联系中有{gaps}条含未具名参与方。")
    bounds = np.count_nonzero(links.is_lower_bound)
    if bounds:
        yield Note(
            f"{bounds} of {total} links declare only a lower bound of their size.",
            f"{total}条联系中有{bounds}条只声明了规模下限。",
        )
    single = np.count_nonzero(links.named == 1)
    if single and mode == "one-mode":
        yield Note(
            f"{single} of {total} links name one party here and tie it to nobody.",
            f"{total}条联系中有{single}条在此仅有一个具名方，不构成任何连接。",
        )
    if total:
        frame = tuple(_frame(network))
        yield Note(f"Frame: of the links, {', '.join(frame)}.", f"样本框：联系中{'，'.join(one.zh for one in frame)}。")
    sources = len(links.sources())
    yield (
        Note(f"Sources: {sources}.", f"来源：{sources}个。")
        if sources
        else Note("Sources: none is known.", "来源：未知。")
    )


def _frame(network: Network) -> Iterator[Note]:
    """Which sectors take part in how many links: how the links were collected shows here."""
    for sector in sorted(filter(None, pc.unique(network.actors.table["sector"]).to_pylist())):
        mine = network.actors.of_sector(sector)[network.actor_of]
        share = len(np.unique(network.link_of[mine])) / len(network.links)
        yield Note(
            f"{share:.0%} have a party of the sector {sector}", f"{share:.0%}有{in_chinese('sector', sector)}参与方"
        )
