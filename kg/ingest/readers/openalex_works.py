"""Works of OpenAlex as links between the institutions of their authors, with a count of those that are not named."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING

from kg.ingest.readers import openalex_organisations
from kg.ingest.readers.records import (
    UNDATED,
    Actor,
    Dates,
    Link,
    Name,
    Participation,
    Record,
    Skipped,
    Topic,
    UnnamedGroup,
    key,
)
from kg.texts import Message, Text

if TYPE_CHECKING:
    from kg.ingest.readers.fields import Fields
    from kg.ingest.readers.records import Row, RowLocation, Source

_BOUNDS = {"exact": Text("", ""), "atLeast": Message("at least ")}
_WORK = re.compile(r"https://openalex\.org/W[1-9][0-9]*")
_FIELD = re.compile(r"https://openalex\.org/fields/[0-9]+")
_YEAR = re.compile(r"1[5-9][0-9]{2}|20[0-9]{2}")


def work(location: RowLocation, row: Fields, source: Source) -> Row:
    """Return the link of a work, or the rule that leaves it out.

    Raises:
        CellError: a field is invalid.
    """
    this = row.match("id", _WORK, "a work has an ID such as https://openalex.org/W2741809807").rpartition("/")[2]
    for rule in ("is_retracted", "is_paratext"):
        if row.text(rule) == "true":
            return Skipped(location, rule.removeprefix("is_"))
    institutions = [author.objects("institutions") for author in _authors(row)]
    authors = [
        [openalex_organisations.mentioned(one) for one in several if openalex_organisations.is_identified(one)]
        for several in institutions
    ]
    actors = {actor.key: actor for affiliations in authors for actor in affiliations}
    unnamed = _unnamed(row, institutions, tuple(actors))
    if not _joins_science_and_firms(list(actors.values())):
        return Skipped(location, "no firm with a university or institute")
    link = Link(
        key("openalex", this),
        "Partnership",
        "CoAffiliation" if any(map(_joins_science_and_firms, authors)) else "JointPublication",
        (Name(row.text("display_name") or row.text("title") or f"OpenAlex {this}"),),
        tuple(Participation(actor, "author") for actor in actors),
        dates=_published(row),
        topics=_field(row),
        groups=(unnamed,) if unnamed else (),
    )
    note = Message("A work by authors of several institutions, including firms and universities or institutes.")
    if unnamed:
        note = Message(
            "A work by authors of several institutions, including firms and universities or institutes; the record "
            "names {named} of {bound}{count}.",
            named=len(actors),
            bound=_BOUNDS[unnamed.kind],
            count=unnamed.count,
        )
    described = tuple(actors.values())
    return Record(key(this), location, source, note, described, (link,), left_open=tuple(row.left_open))


def _authors(row: Fields) -> list[Fields]:
    """Return the authors of a work.

    Raises:
        CellError: the list is null.
    """
    if row.is_null("authorships"):
        raise row.error("authorships", "it is null, so the work has no institution; download the record again", "null")
    return row.objects("authorships")


def _unnamed(row: Fields, institutions: list[list[Fields]], named: tuple[str, ...]) -> UnnamedGroup | None:
    """Return the count of institutions if the record leaves some of them without an ID, or its authors out."""
    nameless = {
        one.text("display_name") or f"{place}/{number}"
        for place, several in enumerate(institutions)
        for number, one in enumerate(several)
        if not openalex_organisations.is_identified(one)
    }
    declared = row.whole("institutions_distinct_count")
    lost = row.nulls("authorships") + sum(author.nulls("institutions") for author in row.objects("authorships"))
    is_open = declared is None and (lost > 0 or row.text("is_authors_truncated") == "true")
    count = max(declared or 0, len(named) + max(len(nameless), is_open))
    if count <= len(named):
        return None
    bound = "atLeast" if is_open else "exact"
    return UnnamedGroup("institutions", count, "organisations", bound, "party", includes_named=True, members=named)


def _joins_science_and_firms(actors: list[Actor]) -> bool:
    kinds = {actor.kind for actor in actors}
    return "Firm" in kinds and not kinds.isdisjoint({"University", "ResearchInstitute"})


def _published(row: Fields) -> Dates:
    if not row.text("publication_year"):
        return UNDATED
    year = int(row.match("publication_year", _YEAR, "a year has four digits"))
    first, last = date(year, 1, 1), date(year, 12, 31)
    return Dates(first, last, first, last, "year", row.text("publication_date") or str(year))


def _field(row: Fields) -> tuple[Topic, ...]:
    field = row.nested("primary_topic").nested("field")
    if not field.text("id"):
        return ()
    number = field.match("id", _FIELD, "a field has an ID such as https://openalex.org/fields/13").rpartition("/")[2]
    return (Topic("openalex-field", number, (Name(field.required("display_name"), "en"),)),)
