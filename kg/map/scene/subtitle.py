"""The sentence below the title of a map."""

from collections.abc import Sequence

from kg.model import Text
from kg.network import LinkNode, Network


def subtitle(network: Network, links: Sequence[LinkNode]) -> Text:
    """Return the counts of organisations, links and named parties, with the years in which the links began."""
    totals, records = network.totals(), {link.record: link for link in links}
    n_actors, n_links, named = len(network.actors), totals.links, totals.named
    least = Text("at least ", "至少 ") if totals.is_lower_bound else Text("", "")
    return Text(
        en=f"{n_actors} organisation{'s' * (n_actors != 1)} in {n_links} link{'s' * (n_links != 1)}{{years}}; "
        f"{named} of {{least}}{totals.declared} parties are named",
        zh=f"{n_links} 项联系{{years}}中的 {n_actors} 个单位；{{least}}{totals.declared} 个参与方中已具名 {named} 个",
    ).format(years=_years(tuple(records.values())), least=least)


def _years(links: Sequence[LinkNode]) -> Text:
    """Return the range of start years and the number of links without one; empty if no link has a year."""
    years = sorted(link.start.year for link in links if link.start)
    if not years:
        return Text("", "")
    span = str(years[0]) if years[0] == years[-1] else f"{years[0]}–{years[-1]}"
    unknown = len(links) - len(years)
    return Text(
        en=f" begun in {span}" + f" ({unknown} without a start year)" * bool(unknown),
        zh=f"（{span} 年" + f"，{unknown} 项未注明起始年份" * bool(unknown) + "）",
    )
