"""Mappings parsed from the YAML that a person writes, by the keys of `kg.ingest.readers.mapping_keys`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg import text_encodings
from kg.ingest.readers.cell_money import UNITS, unit_in
from kg.ingest.readers.cells import folded
from kg.ingest.readers.mapping_actors import actor
from kg.ingest.readers.mapping_internal import with_internal
from kg.ingest.readers.mapping_keys import choices, fields
from kg.ingest.readers.mapping_values import column, columns, texts, texts_of, value
from kg.ingest.readers.parties import SEPARATORS
from kg.ingest.readers.records import Name, Source
from kg.ingest.readers.table_layout import Layout
from kg.ingest.readers.table_mapping import (
    ActorMapping,
    ChangeMapping,
    Column,
    GroupMapping,
    LinkMapping,
    MoneyMapping,
    PartyMapping,
    SkipRule,
    TableMapping,
    TermMapping,
    Value,
)
from kg.ingest.readers.yaml_positions import Node, parse
from kg.texts import Message, Text

if TYPE_CHECKING:
    from collections.abc import Mapping

_NOTE = Message("A row of a table, read with a mapping.")
_CURRENCY = re.compile("[A-Z]{3}")


def read(text: str, file: str) -> TableMapping:
    """Parse a mapping; `file` is its name for messages.

    Raises:
        InputError: the mapping is invalid; the message gives line and column.
    """
    entries = fields(parse(text, file), "mapping")
    source = _source(entries["source"])
    row = fields(entries["row"], "row")
    separators = "".join(texts_of(entries, "separators")) or SEPARATORS
    actors = {name: actor(name, node, source, separators) for name, node in entries["actors"].entries()}
    for name, node in entries["actors"].entries():
        for key, other in (("unit_of", actors[name].unit_of), ("part_of", actors[name].part_of)):
            if other not in ("", *actors) or other == name:
                others = ", ".join(actors)
                raise node.error(Message("{key} must name another actor of the row: {actors}", key=key, actors=others))
    mapping = TableMapping(
        source=source,
        key=columns(row["key"]),
        note=_note(row["note"]) if "note" in row else _NOTE,
        layout=_layout(entries),
        skip=tuple(_skip(name, node) for name, node in entries["skip"].entries()) if "skip" in entries else (),
        actors=actors,
        link=_link(entries["link"], actors) if "link" in entries else None,
        change=_change(entries["change"], tuple(actors)) if "change" in entries else None,
        page=column(row["page"]) if "page" in row else None,
        fill_down=columns(entries["fill_down"]) if "fill_down" in entries else (),
        empty=frozenset(map(folded, texts_of(entries, "empty"))),
        internal_location="location" in row and row["location"].text(choices("row", "location")) == "internal",
    )
    return with_internal(mapping, entries)


def _note(node: Node) -> Text:
    """Return the description of a row: a text in English, or one in each language."""
    texts = {"en": node} if isinstance(node.value, str) else dict(node.entries(("en", "zh")))
    english, chinese = (texts[lang].text() if lang in texts else None for lang in ("en", "zh"))
    return Text(english and _sentence(english, "."), chinese and _sentence(chinese, "。"))


def _sentence(text: str, stop: str) -> str:
    return text if text.endswith(stop) else text + stop


def _source(node: Node) -> Source:
    entries = fields(node, "source")
    titles = entries["title"].entries() if "title" in entries else ()
    publisher = entries["publisher"].text()
    return Source(
        key=entries["key"].text(),
        publisher=publisher,
        quality=entries["quality"].text(choices("source", "quality")),
        title=tuple(Name(title.text(), lang) for lang, title in titles),
        address=entries["address"].text() if "address" in entries else None,
        language=entries["language"].text() if "language" in entries else None,
        licence=entries["licence"].text(),
    )


def _layout(entries: Mapping[str, Node]) -> Layout:
    rows, texts = _header(entries["header"]) if "header" in entries else ((), ())
    encoding = None
    if "encoding" in entries:
        named = entries["encoding"].text()
        encoding = text_encodings.declared(named)
        if encoding is None:
            unknown = Message(
                "{encoding!r} is not an encoding; write utf-8, gb18030, big5, shift_jis or cp1252", encoding=named
            )
            raise entries["encoding"].error(unknown)
    delimiter = entries["delimiter"].raw() if "delimiter" in entries else None
    if delimiter is not None and len(delimiter) != 1:
        raise entries["delimiter"].error("the delimiter must be one character, such as ;")
    return Layout(
        sheet=entries["sheet"].text() if "sheet" in entries else None,
        header_rows=rows,
        header_texts=texts,
        fill_merged="merged" not in entries or entries["merged"].text(choices("mapping", "merged")) == "fill",
        encoding=encoding,
        delimiter=delimiter,
    )


def _header(node: Node) -> tuple[tuple[int, ...], tuple[str, ...]]:
    if node.kind == "a mapping":
        found = node.fields(("contains",))["contains"]
        return (), tuple(item.text() for item in found.items())
    rows = [item.text() for item in node.items()]
    if not all(row.isdigit() and 0 < int(row) <= 10_000 for row in rows):  # noqa: PLR2004 - headers are near the top
        raise node.error("the header must be a row number such as 2, a list such as [2, 3], or {contains: [No.]}")
    return tuple(sorted(map(int, rows))), ()


def _skip(rule: str, node: Node) -> SkipRule:
    entries = fields(node, "skip")
    conditions = [name for name in ("rows", "is", "starts", "contains") if name in entries]
    if len(conditions) != 1:
        raise node.error("a rule requires one of rows, is, starts and contains")
    if "rows" in entries:
        return SkipRule(rule, rows=entries["rows"].text(choices("skip", "rows")))
    return SkipRule(
        rule,
        column=column(entries["column"]) if "column" in entries else None,
        values=frozenset(map(folded, texts_of(entries, "is"))),
        starts=tuple(map(folded, texts_of(entries, "starts"))),
        contains=tuple(map(folded, texts_of(entries, "contains"))),
    )


def _link(node: Node, actors: Mapping[str, ActorMapping]) -> LinkMapping:
    entries = fields(node, "link")
    form = entries["form"].text(choices("link", "form")) if "form" in entries else "Agreement"
    default = Value(constant="unstated") if form == "Agreement" else Value()
    kind = Value(constant="CooperationAgreement") if form == "Agreement" else None
    if "kind" not in entries and kind is None:
        raise node.error(Message("add kind to a link of the form {form}", form=form))
    arity = value(entries["arity"], choices("link", "arity")) if "arity" in entries else default
    parties = tuple(_party(item, actors) for item in entries["parties"].items())
    fixed = list(dict.fromkeys(one.actor for one in parties if not actors[one.actor].key))
    return LinkMapping(
        form=form,
        kind=value(entries["kind"], choices("link", "kind")) if "kind" in entries else kind or Value(),
        names=texts(entries["names"]) if "names" in entries else (),
        parties=parties,
        unnamed=tuple(_group(item) for item in entries["unnamed"].items()) if "unnamed" in entries else (),
        stage=value(entries["stage"], choices("link", "stage")) if "stage" in entries else Value(),
        arity=arity,
        common=entries["common"].text(tuple(actors)) if "common" in entries else "".join(fixed[:1]),
        term=_term(entries),
        money=tuple(_money(item) for item in entries["money"].items()) if "money" in entries else (),
        remarks=columns(entries["remark"]) if "remark" in entries else (),
        about=tuple(item.text(tuple(actors)) for item in entries["about"].items()) if "about" in entries else (),
        persons=tuple(_person(item) for item in entries["person"].items()) if "person" in entries else (),
    )


def _change(node: Node, actors: tuple[str, ...]) -> ChangeMapping:
    entries = fields(node, "change")
    if "day" in entries and ("after" in entries or "by" in entries):
        raise entries["day"].error("day is the day itself; remove it, or after and by")
    return ChangeMapping(
        texts(entries["names"]) if "names" in entries else (),
        value(entries["kind"], choices("change", "kind")) if "kind" in entries else Value(),
        entries["original"].text(actors),
        entries["resulting"].text(actors),
        *(column(entries[name]) if name in entries else None for name in ("day", "after", "by")),
    )


def _term(entries: Mapping[str, Node]) -> TermMapping:
    both, start, end = (column(entries[name]) if name in entries else None for name in ("term", "start", "end"))
    length = fields(entries["duration"], "duration") if "duration" in entries else {}
    if both and end:
        raise entries["term"].error("term contains the end; remove end or term")
    if "as_of" in entries and (both or start or end):
        raise entries["as_of"].error("as_of leaves start and end unknown; remove it, or start, end and term")
    if length and not (both or start):
        raise entries["duration"].error("a duration is counted from the start; add start")
    return TermMapping(
        start,
        end,
        both,
        column(length["column"]) if length else None,
        length["in"].text(choices("duration", "in")) if "in" in length else None,
        frozenset(map(folded, texts_of(entries, "open"))),
        column(entries["as_of"]) if "as_of" in entries else None,
        entries["date_order"].text(choices("link", "date_order")) if "date_order" in entries else None,
    )


def _party(node: Node, actors: Mapping[str, ActorMapping]) -> PartyMapping:
    entries = fields(node, "party")
    if ("money" in entries) != ("currency" in entries) or ("in" in entries and "money" not in entries):
        raise node.error("money requires currency, and currency requires money; give both or neither")
    return PartyMapping(
        entries["actor"].text(tuple(actors)),
        entries["role"].text(choices("party", "role")) if "role" in entries else "party",
        column(entries["money"]) if "money" in entries else None,
        _currency(entries["currency"]) if "currency" in entries else None,
        _unit(entries, entries.get("money"), "party"),
        entries["otherwise"].text(tuple(actors)) if "otherwise" in entries else "",
    )


def _money(node: Node) -> MoneyMapping:
    entries = fields(node, "money")
    return MoneyMapping(
        column(entries["column"]),
        _currency(entries["currency"]),
        _unit(entries, entries["column"], "money"),
        entries["kind"].text(choices("money", "kind")) if "kind" in entries else "contractValue",
    )


def _unit(entries: Mapping[str, Node], column: Node | None, section: str) -> int:
    if column is not None and "in" not in entries and unit_in(column.text()):
        raise column.error("the column name contains a unit; add the unit of the values, such as in: 万元 or in: 元")
    return UNITS[entries["in"].text(choices(section, "in"))] if "in" in entries else 1


def _currency(node: Node) -> str:
    if not _CURRENCY.fullmatch(node.text()):
        raise node.error("the currency must have three letters of ISO 4217, such as CNY")
    return node.text()


def _person(node: Node) -> tuple[str, Column]:
    entries = fields(node, "person")
    role = entries["role"].text(choices("person", "role")) if "role" in entries else "contact"
    return role, column(entries["column"])


def _group(node: Node) -> GroupMapping:
    entries = fields(node, "unnamed")
    return GroupMapping(
        column(entries["column"]),
        entries["thing"].text(choices("unnamed", "thing")),
        entries["role"].text(choices("unnamed", "role")) if "role" in entries else None,
        entries["includes_named"].boolean() if "includes_named" in entries else None,
    )
