"""The topics of links, and the plans that they are carried out under.

Networks do not contain them; a measure receives them by the IRI of the link.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from kg.network.incidence.load import load_incidence
from kg.texts import Text, tags

if TYPE_CHECKING:
    from kg.store.view import View

Force = Literal["yes", "no", "unknown"]
"""The answer whether a plan was in force when a link began; unknown if a bound of either is missing."""

_TOPICS = """SELECT DISTINCT ?link ?topic {
  ?link a hx:Link ; hx:about?/hx:topic ?topic } ORDER BY ?link ?topic"""

_NAMES = """SELECT ?topic ?name (LANG(?name) AS ?lang) {
  { SELECT DISTINCT ?topic { ?anything hx:topic ?topic } } ?topic skos:prefLabel ?name } ORDER BY ?topic ?name"""

_PLANS = """SELECT ?link ?plan (MAX(?a) AS ?from) (MIN(?b) AS ?by) (MAX(?c) AS ?until) (MIN(?d) AS ?last) {
  ?link a hx:Link ; hx:underPlan ?plan
  OPTIONAL { ?plan hx:startEarliest ?a } OPTIONAL { ?plan hx:startLatest ?b }
  OPTIONAL { ?plan hx:endEarliest ?c } OPTIONAL { ?plan hx:endLatest ?d }
} GROUP BY ?link ?plan ORDER BY ?link ?plan"""


class Span(NamedTuple):
    """Bounds of a beginning and of an end; ``None`` if unknown."""

    start_earliest: date | None
    start_latest: date | None
    end_earliest: date | None
    end_latest: date | None


def topics(view: View) -> dict[str, tuple[str, ...]]:
    """Return the sorted topics of each link that has any: its own, and those of the unit or alliance it concerns."""
    by_link: dict[str, list[str]] = {}
    for row in view.select(_TOPICS):
        by_link.setdefault(row["link"].value, []).append(row["topic"].value)
    return {link: tuple(sorted(several)) for link, several in by_link.items()}


def fields(view: View) -> dict[str, Text]:
    """Return the names of all topics."""
    by_topic: dict[str, dict[str, str]] = {}
    for row in view.select(_NAMES):
        by_topic.setdefault(row["topic"].value, {}).setdefault(row["lang"].value, row["name"].value)
    return {topic: Text(en=tags.best(names, "en"), zh=tags.best(names, "zh")) for topic, names in by_topic.items()}


def plans(view: View) -> dict[str, Force]:
    """Return for each link under a plan whether a plan was in force on the day on which the link began.

    "yes" if a plan was certainly in force on every possible day, "no" if none was on any, else "unknown".
    """
    columns = ("start_earliest", "start_latest")
    links = load_incidence(view).links
    starts = dict(
        zip(links["iri"].to_pylist(), zip(*(links[name].to_pylist() for name in columns), strict=True), strict=True)
    )
    by_link: dict[str, list[Force]] = {}
    for row in view.select(_PLANS):
        bounds = (row[name] for name in ("from", "by", "until", "last"))
        span = Span(*(None if bound is None else date.fromisoformat(bound.value) for bound in bounds))
        link = row["link"].value
        by_link.setdefault(link, []).append(force(span, *starts[link]))
    return {link: _either(several) for link, several in by_link.items()}


def force(plan: Span, earliest: date | None, latest: date | None) -> Force:
    """Return whether `plan` was in force on a day between `earliest` and `latest`, both included."""
    if latest and plan.start_earliest and latest < plan.start_earliest:
        return "no"
    if earliest and plan.end_latest and plan.end_latest < earliest:
        return "no"
    started = earliest and plan.start_latest and plan.start_latest <= earliest
    lasting = latest and plan.end_earliest and latest <= plan.end_earliest
    return "yes" if started and lasting else "unknown"


def _either(several: list[Force]) -> Force:
    if "yes" in several:
        return "yes"
    return "unknown" if "unknown" in several else "no"
