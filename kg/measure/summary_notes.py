"""Notes that precede every result: the lens, the size, the coverage, the sampling frame and the sources."""

from collections.abc import Iterator

import numpy as np
import pyarrow.compute as pc

from kg.model import Detail, Text
from kg.network import Mode, Network
from kg.rdf.ontology import Concept
from kg.texts import Message


def summary_notes(network: Network, mode: Mode | None = None) -> tuple[Text, ...]:
    """Return a summary of `network`, and as details its notes and those on size, coverage, frame and sources."""
    details = (Detail(note) for note in (*network.notes, *_notes(network, mode)))
    return _summary(network), *details


def framed_notes(network: Network) -> tuple[Text, ...]:
    """Return the summary for a measure that depends on absent links, such as nestedness: it holds within one frame."""
    several = Message(
        "Frame: the links come from {count} collections, each complete in a frame of its own and none in all. Absent "
        "links count here, so the values hold within one collection only; choose it with --collection.",
        count=len(network.collections),
    )
    return *summary_notes(network), *((several,) if len(network.collections) > 1 else ())


def _summary(network: Network) -> Text:
    """Return the scope and the largest gap in one line."""
    totals = network.totals()
    if not totals.declared:
        return Message("Scope: no links.")
    least = Message("at least ") if totals.is_lower_bound else Text("", "")
    return Message(
        "Scope: {actors} actors, {links} links; {named} of {least}{declared} declared parties are named ({share:.0%}).",
        actors=len(network.actors),
        links=totals.links,
        named=totals.named,
        least=least,
        declared=totals.declared,
        share=totals.named / totals.declared,
    )


_SIZES = {
    None: Message("The network of {actors} actors and {total} links."),
    "two-mode": Message("The two-mode network of {actors} actors and {total} links."),
    "one-mode": Message("The one-mode network of {actors} actors and {total} links."),
}


def _notes(network: Network, mode: Mode | None) -> Iterator[Text]:
    links = network.links
    totals = network.totals()
    total = totals.links
    yield _SIZES[mode].format(actors=len(network.actors), total=total)
    named, declared = totals.named, totals.declared
    least = Message("at least ") if totals.is_lower_bound else Text("", "")
    if total:
        yield Message(
            "Coverage: {named} of {least}{declared} declared parties are named ({share:.0%}).",
            named=named,
            least=least,
            declared=declared,
            share=named / declared,
        )
    gaps = links.count(links.declared > links.named)
    yield Message("{gaps} of {links} links have unnamed parties.", gaps=gaps, links=totals.links)
    bounds = links.count(links.is_lower_bound)
    if bounds:
        yield Message(
            "{bounds} of {links} links declare only a lower bound of their size.", bounds=bounds, links=totals.links
        )
    single = links.count(links.named == 1)
    if single and mode == "one-mode":
        yield Message(
            "{single} of {total} links name one party here and tie it to no other actor.", single=single, total=total
        )
    if links.of_several().any():
        frame = Message(", ").join(_frame(network))
        several = links.count(links.of_several())
        yield Message("Frame: of the {several} links of two parties or more, {frame}.", several=several, frame=frame)
    sources = len(links.sources())
    yield Message("Sources: {sources}.", sources=sources) if sources else Message("Sources: unknown.")


def _frame(network: Network) -> Iterator[Text]:
    """Yield the share of the links of two parties or more of each sector, which reflects how links were collected."""
    links = network.links
    several, records = links.of_several(), links.record_indexes()
    total = len(np.unique(records[several]))
    for sector in sorted(filter(None, pc.unique(network.actors.table["sector"]).to_pylist())):
        members = network.actors.of_sector(sector)[network.actor_of]
        has_member = np.isin(np.arange(len(links)), network.link_of[members])
        share = len(np.unique(records[several & has_member])) / total
        yield Message("{share:.0%} have a party of the sector {sector}", share=share, sector=Concept("sector", sector))
