"""Relations between organisations of the Research Organization Registry, as links and change events."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.ingest.readers import records
from kg.ingest.readers.records import Name, key
from kg.ingest.readers.ror_organisations import ror_id

if TYPE_CHECKING:
    from kg.ingest.readers.fields import Fields
    from kg.ingest.readers.records import Change, Link

_RELATIONS = {one: one for one in ("parent", "child", "related", "predecessor", "successor")}


class Relation(NamedTuple):
    """A relation to another organisation."""

    kind: str
    ror: str
    label: str


def relations(row: Fields) -> list[Relation]:
    """Return the relations of a record; one of an unknown type is left open."""
    typed = [(end.choice("type", _RELATIONS, None), end) for end in row.objects("relationships")]
    return [Relation(kind, ror_id(end), end.required("label")) for kind, end in typed if kind is not None]


def link(ror: str, name: str, other: Relation) -> Link:
    """Return the link of two related organisations, which has the same key from either."""
    ends = sorted([(ror, name), (other.ror, other.label)])
    return records.Link(
        key("ror", *(end for end, _ in ends)),
        "Partnership",
        "RegisteredRelation",
        (Name(" – ".join(label for _, label in ends)),),
        tuple(records.Participation(key("ror", end), "related") for end, _ in ends),
    )


def change(ror: str, name: str, other: Relation) -> Change:
    """Return the event in which one organisation follows another."""
    ends = [(ror, name), (other.ror, other.label)]
    (old, before), (new, after) = ends if other.kind == "successor" else ends[::-1]
    names = (Name(f"{before} is followed by {after}", "en"), Name(f"{before}由{after}承继", "zh"))
    return records.Change(key("ror", old, new), names, (key("ror", old),), (key("ror", new),))
