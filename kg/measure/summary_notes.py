"""Notes that precede every result: the lens, the size, the coverage, the sampling frame and the sources."""

from collections.abc import Iterator

import numpy as np
import pyarrow.compute as pc

from kg.model import Detail, Text
from kg.network import Mode, Network
from kg.rdf.ontology import in_chinese


def summary_notes(network: Network, mode: Mode | None = None) -> tuple[Text, ...]:
    """Return a summary of `network`, and as details its notes and those on size, coverage, frame and sources."""
    details = (Detail(*note.pair) for note in (*network.notes, *_notes(network, mode)))
    return _summary(network), *details


def _summary(network: Network) -> Text:
    """Return the scope and the largest gap in one line."""
    totals = network.totals()
    if not totals.declared:
        return Text("Scope: no links.", "统计范围：无联系。")
    least = Text("at least ", "至少") if totals.is_lower_bound else Text("", "")
    return Text(
        "Scope: {actors} actors, {links} links; {named} of {least}{declared} declared parties are named ({share:.0%}).",
        "统计范围：{actors}个行动者、{links}条联系；声明的{least}{declared}个参与方中有{named}个具名（{share:.0%}）。",
    ).format(
        actors=len(network.actors),
        links=totals.links,
        named=totals.named,
        least=least,
        declared=totals.declared,
        share=totals.named / totals.declared,
    )


def _notes(network: Network, mode: Mode | None) -> Iterator[Text]:
    links = network.links
    actors, total = len(network.actors), len(links)
    yield Text(
        f"The {f'{mode} ' if mode else ''}network of {actors} actors and {total} links.",
        f"{'' if mode is None else '双模' if mode == 'two-mode' else '单模'}网络：{actors}个行动者，{total}条联系。",
    )
    totals = network.totals()
    named, declared = totals.named, totals.declared
    least = Text("at least ", "至少") if totals.is_lower_bound else Text("", "")
    if total:
        yield Text(
            "Coverage: {named} of {least}{declared} declared parties are named ({share:.0%}).",
            "覆盖：声明的{least}{declared}个参与方中有{named}个具名（{share:.0%}）。",
        ).format(named=named, least=least, declared=declared, share=named / declared)
    gaps = links.count(links.declared > links.named)
    yield Text(
        f"{gaps} of {totals.links} links have unnamed parties.", f"{totals.links}条联系中有{gaps}条含未具名参与方。"
    )
    bounds = links.count(links.is_lower_bound)
    if bounds:
        yield Text(
            f"{bounds} of {totals.links} links declare only a lower bound of their size.",
            f"{totals.links}条联系中有{bounds}条只声明了规模下限。",
        )
    single = np.count_nonzero(links.named == 1)
    if single and mode == "one-mode":
        yield Text(
            f"{single} of {total} links name one party here and tie it to no other actor.",
            f"{total}条联系中有{single}条在此仅有一个具名方，不构成任何连接。",
        )
    if links.of_several().any():
        frame = Text(", ", "，").join(_frame(network))
        several = int(np.count_nonzero(links.of_several()))
        yield Text(
            "Frame: of the {several} links of two parties or more, {frame}.", "样本框：{several}条多方联系中{frame}。"
        ).format(several=several, frame=frame)
    sources = len(links.sources())
    yield Text(f"Sources: {sources}.", f"来源：{sources}个。") if sources else Text("Sources: unknown.", "来源：未知。")


def _frame(network: Network) -> Iterator[Text]:
    """Yield the share of the links of two parties or more of each sector, which reflects how links were collected."""
    several = network.links.of_several()
    for sector in sorted(filter(None, pc.unique(network.actors.table["sector"]).to_pylist())):
        members = network.actors.of_sector(sector)[network.actor_of]
        share = np.count_nonzero(several[np.unique(network.link_of[members])]) / np.count_nonzero(several)
        yield Text(
            f"{share:.0%} have a party of the sector {sector}", f"{share:.0%}有{in_chinese('sector', sector)}参与方"
        )
