"""The title of a map of the whole network, and the sentence below it."""

from kg.findings.wording import percent
from kg.network import Network
from kg.texts import Message, Text

TITLE = Message("Who works with whom in industry, education and science")

_ONE_ACTOR, _ONE_LINK = Message("1 organisation"), Message("1 link")


def subtitle(network: Network) -> Text:
    """Return the counts of organisations, links and named parties, with the years in which the links began."""
    totals = network.totals()
    n_actors, n_links, named = len(network.actors), totals.links, totals.named
    least = Message("at least ") if totals.is_lower_bound else Text("", "")
    return Message(
        "{actors} in {links}{years}; {named} of {least}{declared} parties are named ({share})",
        actors=_ONE_ACTOR if n_actors == 1 else Message("{n} organisations", n=n_actors),
        links=_ONE_LINK if n_links == 1 else Message("{n} links", n=n_links),
        named=named,
        declared=totals.declared,
        years=_years(network),
        least=least,
        share=percent(named / totals.declared if totals.declared else 1.0),
    )


def _years(network: Network) -> Text:
    """Return the range of the years in which links began, and the number of links without a date; empty if all are."""
    bounds = zip(*(network.links.table[name].to_pylist() for name in ("start_earliest", "start_latest")), strict=True)
    dates = {record: [day for day in pair if day] for record, pair in zip(network.links.records(), bounds, strict=True)}
    years = sorted(day.year for days in dates.values() for day in days)
    if not years:
        return Text("", "")
    span = str(years[0]) if years[0] == years[-1] else f"{years[0]}–{years[-1]}"
    unknown = sum(not days for days in dates.values())
    if unknown:
        return Message(" begun in {span} ({unknown} undated)", span=span, unknown=unknown)
    return Message(" begun in {span}", span=span)
