"""The sentence below the title of a map."""

from collections.abc import Sequence

from kg.findings.wording import percent
from kg.network import LinkNode, Network
from kg.texts import Message, Text

_ONE_ACTOR, _ONE_LINK = Message("1 organisation"), Message("1 link")


def subtitle(network: Network, links: Sequence[LinkNode]) -> Text:
    """Return the counts of organisations, links and named parties, with the years in which the links began."""
    totals, records = network.totals(), {link.record: link for link in links}
    n_actors, n_links, named = len(network.actors), totals.links, totals.named
    least = Message("at least ") if totals.is_lower_bound else Text("", "")
    return Message(
        "{actors} in {links}{years}; {named} of {least}{declared} parties are named ({share})",
        actors=_ONE_ACTOR if n_actors == 1 else Message("{n} organisations", n=n_actors),
        links=_ONE_LINK if n_links == 1 else Message("{n} links", n=n_links),
        named=named,
        declared=totals.declared,
        years=_years(tuple(records.values())),
        least=least,
        share=percent(named / totals.declared if totals.declared else 1.0),
    )


def _years(links: Sequence[LinkNode]) -> Text:
    """Return the range of start years and the number of links without one; empty if no link has a year."""
    years = sorted(link.start.year for link in links if link.start)
    if not years:
        return Text("", "")
    span = str(years[0]) if years[0] == years[-1] else f"{years[0]}–{years[-1]}"
    unknown = len(links) - len(years)
    if unknown:
        return Message(" begun in {span} ({unknown} without a start year)", span=span, unknown=unknown)
    return Message(" begun in {span}", span=span)
