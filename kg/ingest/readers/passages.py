"""Content of a sentence of a report beyond that of a row: place, review, events, plans, claims and offices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.ingest.readers.records import UNDATED, Record

if TYPE_CHECKING:
    from datetime import date

    from kg.ingest.readers.records import Dates, Name, Participation


@dataclass(frozen=True, slots=True)
class Event:
    """An event; `key` is under ``id/event/``."""

    key: str
    names: tuple[Name, ...] = ()
    participations: tuple[Participation, ...] = ()
    dates: Dates = UNDATED
    place_names: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A policy plan; `key` is under ``id/``, and `issuers` are keys of actors."""

    key: str
    names: tuple[Name, ...] = ()
    dates: Dates = UNDATED
    issuers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim of the source that things support a plan.

    Attributes:
        key: under ``id/claim/``.
        about: keys of links (``link/…``) and actors.
        plan: key of the plan.
        names: labels by language.
    """

    key: str
    about: tuple[str, ...]
    plan: str
    names: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True)
class Holding:
    """A person in an office.

    Attributes:
        key: under ``id/holding/``.
        person, organisation: keys of actors.
        post: under ``id/post/``.
        office: name of the post.
        dates: day on which the office is attested.
    """

    key: str
    person: str
    organisation: str
    post: str
    office: Name
    dates: Dates = UNDATED


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence or another place of a report that supports statements.

    Attributes:
        reading: notation of ``scheme/reading``.
        description: the review, by language.
        start, end, digest: place and digest of a sentence.
        derived_from: keys of the evidence from which an inference is drawn.
        reviewer, day: who accepted the statements, and when.
        at_events: keys of links with the keys of their events.
        dates: keys of links (``link/…``) and events (``event/…``) with the dates that an inference gives them.
    """

    reading: str
    description: tuple[Name, ...]
    start: int | None = None
    end: int | None = None
    digest: str | None = None
    derived_from: tuple[str, ...] = ()
    reviewer: str = ""
    day: date | None = None
    events: tuple[Event, ...] = ()
    plans: tuple[Plan, ...] = ()
    claims: tuple[Claim, ...] = ()
    holdings: tuple[Holding, ...] = ()
    at_events: tuple[tuple[str, str], ...] = ()
    dates: tuple[tuple[str, Dates], ...] = ()


@dataclass(frozen=True, slots=True)
class PassageRecord(Record):
    """A record that is a passage of a report and not a row; every one has a `passage`."""

    passage: Passage | None = None
