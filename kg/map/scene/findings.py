"""Findings of the network, for the first screen of a page."""

from collections.abc import Iterable

from kg.findings import Finding, findings
from kg.findings.actor import about
from kg.findings.ranks import MODE
from kg.map.options import MapOptions
from kg.map.scene.intervals import Estimates
from kg.map.scene.model import SceneFinding
from kg.measure.star import chosen
from kg.network import Network

MAX_NODES = 20_000
"""Actors and links up to which a page has findings; their permutations take seconds there."""


def has_findings(network: Network) -> bool:
    """Return whether the findings of the network are computed unasked."""
    return len(network.actors) + len(network.links) <= MAX_NODES


def focus_findings(whole: Network, drawn: Network, actor: str) -> tuple[SceneFinding, ...]:
    """Return findings about an actor, with its rank in the whole network, and those about its neighbourhood."""
    return _with_parts(drawn, (*about(whole, actor), *findings(drawn, samples=0)))


def scene_findings(
    whole: Network, drawn: Network, options: MapOptions, estimates: Estimates
) -> tuple[SceneFinding, ...]:
    """Return the findings about `whole` with their drawn links; about ranks only if their intervals were computed."""
    intervals = estimates.by_measure.get(chosen(whole, None)) if options.mode == MODE else None
    return _with_parts(drawn, findings(whole, samples=0, intervals=intervals))


def _with_parts(network: Network, found: Iterable[Finding]) -> tuple[SceneFinding, ...]:
    """Return findings with the parts of their links in `network`."""
    parts: dict[str, list[str]] = {}
    for link in network.links:
        parts.setdefault(link.record, []).append(link.iri)
    return tuple(
        SceneFinding(one.name, one.text, tuple(iri for record in one.links for iri in parts.get(record, ())))
        for one in found
    )
