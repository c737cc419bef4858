"""Internal columns of a mapping: those that it lists, and by default those of remarks and persons."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.errors import InputError
from kg.ingest.readers.mapping_values import columns
from kg.ingest.readers.table_mapping import TableMapping
from kg.ingest.readers.table_mapping import columns as columns_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.ingest.readers.table_mapping import Column
    from kg.ingest.readers.yaml_positions import Node


def with_internal(mapping: TableMapping, entries: Mapping[str, Node]) -> TableMapping:
    """Return the mapping with its internal columns.

    Raises:
        InputError: a column cannot be internal, or is not internal by default and listed as public.
    """
    link = mapping.link
    default = () if link is None else (*link.remarks, *(column for _, column in link.persons))
    listed = columns(entries["internal"]) if "internal" in entries else ()
    public = columns(entries["public"]) if "public" in entries else ()
    by_default, named = ({column.name for column in some} for some in (default, listed))
    for column in public:
        if column.name not in by_default or column.name in named:
            raise InputError(
                "{position}: {name} is not internal by default; public is for the columns of remark and person",
                position=column.position,
                name=column.name,
            )
    open_names = {column.name for column in public}
    internal = (*listed, *(column for column in default if column.name not in open_names))
    required = {column.name for column in _required(mapping)}
    for column in internal:
        if column.name in required:
            raise InputError(
                "{position}: {name} cannot be internal, because it identifies or classifies what is public; leave it "
                "out of internal, or list it in public",
                position=column.position,
                name=column.name,
            )
    return replace(mapping, internal=internal)


def _required(mapping: TableMapping) -> tuple[Column, ...]:
    """Return the columns of keys, names, kinds and dates, without which a row has no public part."""
    actors = {
        name: replace(actor, identifiers=(), region=(), city=(), seat=None, domain=None)
        for name, actor in mapping.actors.items()
    }
    link = mapping.link
    if link is not None:
        parties = tuple(replace(party, money=None) for party in link.parties)
        link = replace(link, names=(), unnamed=(), money=(), remarks=(), persons=(), parties=parties)
    return columns_of(replace(mapping, actors=actors, link=link, skip=(), fill_down=()))
