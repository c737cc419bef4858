"""The two states of a comparison."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import UsageError
from kg.files import temporary_folder
from kg.network import build, load_incidence
from kg.settings import settings_with
from kg.store.locate import check_damage, locate_store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.network import Lens, Network
    from kg.store.base import Store
    from kg.store.view import View

_RENEWS = "SELECT DISTINCT ?link ?former { ?link hx:renews ?former }"
_RETIRED = """SELECT ?link (MAX(?day) AS ?last) { ?e hx:lastSeen ?day GRAPH ?e { ?link a hx:Link } } GROUP BY ?link"""
_COUNTS_AS = "SELECT DISTINCT ?actor ?first { ?actor hx:countsAs ?first }"


@dataclass(frozen=True)
class State:
    """A view with the network that a lens selects in it; facts that only a comparison requires are read on access.

    Attributes:
        name: the name of the state for people.
        view: the view.
        network: the network.
        whole: the network of all days, if it is a state of one of two days; it has the links without a known start too.
        day: the day of the state, if it is one of two days in the same store.
    """

    name: str
    view: View
    network: Network
    whole: Network | None = None
    day: date | None = None

    @cached_property
    def renewed(self) -> frozenset[tuple[str, str]]:
        """Each link that renews one, with the renewed one."""
        return frozenset((row["link"].value, row["former"].value) for row in self.view.select(_RENEWS))

    @cached_property
    def retired(self) -> Mapping[str, str]:
        """The last day on which the source of each retired link contained it."""
        return {row["link"].value: row["last"].value for row in self.view.select(_RETIRED)}

    @cached_property
    def counts_as(self) -> Mapping[str, str]:
        """The actor as which each merged actor counts."""
        return {row["actor"].value: row["first"].value for row in self.view.select(_COUNTS_AS)}


def period(text: str) -> date | None:
    """Return the day that `text` names, the last one of a year written ``YYYY``; ``None`` if it names something else.

    Raises:
        UsageError: `text` has the form of a day that does not exist.
    """
    digits = text.replace("-", "")
    if not (digits.isdigit() and digits.isascii() and [len(part) for part in text.split("-")] in ([4], [4, 2, 2])):
        return None
    try:
        return date.fromisoformat(text if "-" in text else f"{text}-12-31")
    except ValueError as error:
        raise UsageError("{text}: there is no such day; write YYYY-MM-DD or YYYY", text=text) from error


@contextmanager
def states(
    old: str, new: str | None, current: Store, lens: Lens, *, internal: bool = False
) -> Iterator[tuple[State, State]]:
    """Yield the two states that a person names: two days in the store `current`, or two locations of data.

    Without `new`, the later state is `current`. `internal` is whether other stores and files are read with internal
    evidence.

    Raises:
        UsageError: a day is compared with something else, or the lens does not fit two days.
        InputError: a file is missing or malformed.
        DataError: the files do not conform.
        StoreError: a store does not exist or cannot be read.
    """
    first, last = period(old), period(new) if new else None
    if first and last:
        with current.view() as view, check_damage(view):
            yield days(view, (first, last), lens)
    elif first or last:
        raise UsageError("{day} is a day; compare two days, or two stores or files", day=old if first else new)
    else:
        later = _opened(current, lens) if new is None else _stored(new, lens, internal=internal)
        with _stored(old, lens, internal=internal) as before, later as after:
            yield before, after


def days(view: View, ends: tuple[date, date], lens: Lens) -> tuple[State, State]:
    """Return the states of one store on two days: the links that may have begun until each day.

    Raises:
        UsageError: the lens has a window of its own, or the first day is not before the second.
    """
    if lens.windowed:
        raise UsageError("--since and --until select days themselves; leave them out, or compare two stores")
    if ends[0] >= ends[1]:
        raise UsageError("{old} is not before {new}; write the earlier day first", old=ends[0], new=ends[1])
    incidence = load_incidence(view)
    whole = build(incidence, lens)
    old, new = (State(str(day), view, build(incidence, replace(lens, until=day)), whole, day) for day in ends)
    return old, new


@contextmanager
def _opened(store: Store, lens: Lens, name: str | None = None) -> Iterator[State]:
    with store.view() as view, check_damage(view):
        yield State(name or view.name, view, build(load_incidence(view), lens))


@contextmanager
def _stored(location: str, lens: Lens, *, internal: bool) -> Iterator[State]:
    """Yield the state of a store, of a graph file, or of a folder with graph files.

    Files are built into a temporary store, which is deleted afterwards.
    """
    path = Path(location)
    if not path.is_file() and not (path.is_dir() and not (path / "generations").exists()):
        with _opened(locate_store(settings_with(location, None).store, internal=internal), lens) as state:
            yield state
        return
    with temporary_folder() as folder:
        store = locate_store(folder / "store", internal=internal)
        from kg.ingest import build as ingest  # noqa: PLC0415 - takes 0.6 s, and only graph files need it

        report = ingest.build([path], store, lambda _: None).report
        report.raise_for_findings("; the files are not compared")
        with _opened(store, lens, location) as state:
            yield state
