"""Inferences about dates: the year from the page, and the day of an event for what was announced at it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.ingest.readers.records import Dates, Name
from kg.ingest.reports import dates
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.ingest.reports.sentences import Sentence
    from kg.read.model import Document, When

_YEAR = 4
_READINGS = {"address": "address", "metadata": "record", "given": "editorial"}
_PAGE_DATES = {
    "address": Message("The address of the page contains its date, {date}; what it reports was in that year."),
    "metadata": Message("The metadata of the page state its date, {date}; what it reports was in that year."),
    "given": Message("The reviewer states the date of the page, {date}; what it reports was in that year."),
}
_DAY = Message("The sentence gives the day, the date of the page gives the year.")
_EVENT = Message("What was announced at the event has the day of the event.")


class Inference(NamedTuple):
    """Evidence that no sentence contains.

    Attributes:
        key: of the evidence.
        reading: notation of ``scheme/reading``.
        derived_from: keys of other evidence.
        dates: keys of links and events with their dates.
    """

    key: str
    reading: str
    description: tuple[Name, ...]
    derived_from: tuple[str, ...]
    dates: tuple[tuple[str, Dates], ...]


def inferences(document: Document, sentences: Iterable[Sentence]) -> list[Inference]:
    """Return the date of the page, and what follows from it and from the dates of events."""
    found: list[Inference] = []
    whens: dict[str, tuple[When, str]] = {}
    announced: dict[str, str] = {}
    for sentence in sentences:
        announced.update({f"link/{link}": f"event/{event}" for link, event in sentence.at_events})
        for target, when in sentence.whens.items():
            whens.setdefault(target, (when, sentence.key))
    inferred = {target: (when, key) for target, (when, key) in whens.items() if when.inferred}
    if inferred and document.date:
        year = Dates(*dates.year(document.date), precision="year", stated_as=document.date[:_YEAR])
        origin = document.dated_by or "given"
        description = texts_of(_PAGE_DATES[origin].format(date=document.date))
        events = tuple((target, year) for target in inferred)
        found.append(Inference("page-date", _READINGS[origin], description, (), events))
    for target, (when, key) in whens.items():
        links = tuple(link for link, event in announced.items() if event == target and link not in whens)
        needs_page = target in inferred and document.date is not None
        dated = (target, *links) if needs_page else links
        if dated and not when.value.startswith("--"):
            stated = tuple((one, dates.bounds(when)) for one in dated)
            sources = (key, "page-date") if needs_page else (key,)
            parts = [message for message, holds in ((_DAY, needs_page), (_EVENT, links)) if holds]
            name = f"inference/{target.rpartition('/')[2]}"
            found.append(Inference(name, "inference", texts_of(*parts), sources, stated))
    return found


def texts_of(*messages: Message) -> tuple[Name, ...]:
    """Return messages as one text in both languages."""
    return (Name(" ".join(one.en for one in messages), "en"), Name("".join(one.zh for one in messages), "zh"))
