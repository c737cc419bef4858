"""The changes between two states."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from kg.changes.change import Change
from kg.changes.ranks import moved
from kg.terms import readable
from kg.texts import Message, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from kg.changes.change import Kind
    from kg.changes.ranks import Ranking
    from kg.changes.state import State
    from kg.network import Network

_LABELS: Mapping[str, Text] = {
    "kind": Message("kind {value}"),
    "stage": Message("stage {value}"),
    "start": Message("start {value}"),
    "end": Message("end {value}"),
    "parties": Message("parties {value}"),
}


class Link(NamedTuple):
    """The facts of a link that a comparison shows; `start` and `end` are intervals of days."""

    label: Text
    kind: str
    stage: str | None
    start: tuple[date | None, date | None]
    end: tuple[date | None, date | None]
    parties: frozenset[str]
    sources: int


def changes(old: State, new: State, ranking: Ranking) -> tuple[Change, ...]:
    """Return the changes from `old` to `new`: links first, then merged organisations, then ranks.

    With two days in one store a link has begun, or ended, if all its possible days are in the period. With two stores a
    link is added, changed, or removed; it has ended if its end became known and is past, and it is retired if a source
    of `new` contained it before and lacks it now.
    """
    before, after = links(old.network), links(new.network)
    found = _of_period(old, new) if old.day and new.day else _of_stores(old, new, before, after)
    return (*found, *_renewed(old, new, before, after), *_merged(old, new), *moved(old.network, new.network, ranking))


def links(network: Network) -> dict[str, Link]:
    """Return the links of a network by IRI; the parts of a divided link are one link."""
    table, nodes = network.links.table, network.links
    days = [table[name].to_pylist() for name in ("start_earliest", "start_latest", "end_earliest", "end_latest")]
    sources = [len(listed or ()) for listed in table["sources"].to_pylist()]
    parties: dict[str, set[str]] = {}
    iris = nodes.records()
    actors = network.actors.table["iri"].to_pylist()
    for link, actor in zip(network.link_of.tolist(), network.actor_of.tolist(), strict=True):
        parties.setdefault(iris[link], set()).add(actors[actor])
    return {
        node.record: Link(
            node.label, node.kind, node.stage, (first, last), (end, latest), frozenset(parties[node.record]), count
        )
        for node, first, last, end, latest, count in zip(nodes, *days, sources, strict=True)
    }


def _of_period(old: State, new: State) -> Iterator[Change]:
    first, last, whole = old.day, new.day, new.whole
    if first is None or last is None or whole is None:
        raise ValueError("both states are those of a day")
    after = links(whole)

    def within(bounds: tuple[date | None, date | None]) -> bool:
        return bool(bounds[0] and bounds[1] and first < bounds[0] and bounds[1] <= last)

    for iri, link in after.items():
        if within(link.start):
            yield Change("begun", iri, link.label, None, _interval(link.start), link.sources)
    for iri, link in after.items():
        if within(link.end):
            yield Change("ended", iri, link.label, _interval(link.start), _interval(link.end), link.sources)
    for iri, day in sorted(new.retired.items()):
        if str(first) < day[:10] <= str(last):
            label = after[iri].label if iri in after else Text(readable(iri), readable(iri))
            yield Change("retired", iri, label, None, day[:10], after[iri].sources if iri in after else None)


def _of_stores(old: State, new: State, before: Mapping[str, Link], after: Mapping[str, Link]) -> Iterator[Change]:
    for iri in sorted(after.keys() - before.keys()):
        yield Change("added", iri, after[iri].label, None, _interval(after[iri].start), after[iri].sources)
    for iri in sorted(before.keys() & after.keys()):
        yield from _changed(iri, before[iri], _with_merged(after[iri], before[iri], old, new))
    for iri in sorted(before.keys() - after.keys()):
        kind: Kind = "retired" if iri in new.retired else "removed"
        link = before[iri]
        yield Change(kind, iri, link.label, _interval(link.start), new.retired.get(iri, "")[:10] or None, link.sources)


def _changed(iri: str, before: Link, after: Link) -> Iterator[Change]:
    has_ended = before.end == (None, None) and after.end[1] is not None and after.end[1] <= _today()
    if has_ended:
        yield Change("ended", iri, after.label, None, _interval(after.end), after.sources)
    facts = [
        ("kind", before.kind, after.kind),
        ("stage", before.stage, after.stage),
        ("start", _interval(before.start), _interval(after.start)),
        ("end", _interval(before.end), _interval(after.end)),
        ("parties", _names(before.parties - after.parties), _names(after.parties - before.parties)),
    ]
    for name, left, right in facts:
        if left != right and not (name == "end" and has_ended):
            yield Change("changed", iri, after.label, _fact(name, left), _fact(name, right), after.sources)


def _with_merged(after: Link, before: Link, old: State, new: State) -> Link:
    """Return `after` with the earlier parties in place of those as which they count now: a merger has its own row."""
    merged = {actor: first for actor, first in new.counts_as.items() if old.counts_as.get(actor) != first}
    names = {merged[party]: party for party in before.parties if party in merged}
    return after._replace(parties=frozenset(names.get(party, party) for party in after.parties))


def _renewed(old: State, new: State, before: Mapping[str, Link], after: Mapping[str, Link]) -> Iterator[Change]:
    for link, former in sorted(new.renewed):
        if link not in after or former not in before:
            continue
        is_new = (link, former) not in old.renewed if old.day is None else _begun_after(after[link], old.day)
        if is_new:
            yield Change("renewed", former, before[former].label, None, readable(link), after[link].sources)


def _today() -> date:
    return datetime.now(UTC).date()


def _begun_after(link: Link, day: date) -> bool:
    return link.start[0] is not None and link.start[0] > day


def _merged(old: State, new: State) -> Iterator[Change]:
    if old.view is new.view:
        return
    names = {actor.iri: actor.label for network in (old.network, new.network) for actor in network.actors}
    known = {actor.iri for actor in old.network.actors}
    for actor, first in sorted(new.counts_as.items()):
        if old.counts_as.get(actor) != first and actor in known:
            yield Change("merged", actor, names[actor], None, readable(first))


def _interval(days: tuple[date | None, date | None]) -> str | None:
    """Return an interval of days: one day, or its bounds, ``..`` for an open one; ``None`` if nothing is known."""
    first, last = days
    if first == last:
        return None if first is None else str(first)
    return f"{first or '..'}/{last or '..'}"


def _names(actors: frozenset[str]) -> str | None:
    return " ".join(sorted(map(readable, actors))) or None


def _fact(name: str, value: str | None) -> Text | None:
    return None if value is None else _LABELS[name].format(value=value)
