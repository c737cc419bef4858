# ruff: noqa: E501 - a key on one line is a row of a table
"""Every key of a mapping: its section, type, default, meaning and an example.

`kg.ingest.readers.mapping_parser` accepts exactly these keys. The reference page, ``kg ingest table --keys`` and the
JSON Schema are made from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.ingest.readers.cell_dates import DATE_ORDERS
from kg.rdf.ontology import classes, notations

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from kg.ingest.readers.yaml_positions import Node

BY_NAME = "by name"
"""Kind of an actor that is decided by the words of its name."""
ACTOR_KINDS = (
    *("University", "VocationalCollege", "Firm", "ResearchInstitute"),
    *("GovernmentDepartment", "Association", "Alliance", "Unit", "OtherOrganisation"),
)
PLACEHOLDER = {"zh": "请填写本单位名称", "en": "NAME OF OUR ORGANISATION"}
"""Name in a draft of the organisation that keeps the ledger, if the ledger does not give it."""
ROW_KINDS = ("totals", "notes", "blank")
"""Rows that are recognised by their content."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a section.

    Attributes:
        type: a name of `TYPES`.
        default: the effect of leaving the key out; empty for a required key.
        choices: allowed values, if the type is a choice.
    """

    name: str
    type: str
    meaning: str
    default: str
    example: str
    choices: Callable[[], tuple[str, ...]] | None = None

    @property
    def required(self) -> bool:
        """True if the section is invalid without the key."""
        return not self.default


TYPES = {
    "text": "a text",
    "boolean": "true or false",
    "column": "a column name",
    "columns": "a column name, or a list of them",
    "texts": "a text, or a list of texts",
    "choice": "one of a list of values",
    "value": "one of a list of values, or a section with column, of and otherwise",
    "columns by language": "language tags with column names",
    "columns by registry": "registries with column names",
    "texts by language": "language tags with texts",
    "text or texts by language": "a text, or language tags with texts",
    "texts by registry": "registries with identifiers",
    "texts or columns by language": "language tags with column names",
    "rows": "a row number, a list of them, or a section with contains",
    "section": "a section",
    "sections by name": "sections under names of your choice",
    "list of sections": "a section, or a list of sections",
}
"""Types of values, as the reference page describes them."""


def _sorted(scheme: str) -> Callable[[], tuple[str, ...]]:
    return lambda: tuple(sorted(notations(scheme)))


def _units() -> tuple[str, ...]:
    return ("元", "千元", "万元", "百万元", "千万元", "亿元", "thousand", "million", "billion")


_NAMES_OF_PARTIES = "the names of the parties and the kind"

SECTIONS: Mapping[str, tuple[Key, ...]] = {
    "mapping": (
        Key("source", "section", "origin of the table", "", "source: {key: liaison-office, …}"),
        Key("row", "section", "identity of a row", "", "row: {key: [No.]}"),
        Key("actors", "sections by name", "actors that a row names, and constant ones", "", "actors: {partner: {…}}"),
        Key("link", "section", "link between the actors of a row", "no link", "link: {form: Agreement, …}"),
        Key("change", "section", "renaming, merger or split of the actors of the row", "no change", "change: {original: former, …}"),
        Key("sheet", "text", "sheet of a workbook", "the only visible sheet", "sheet: 台账"),
        Key("header", "rows", "rows with the column names", "the first row that is not blank", "header: [2, 3]"),
        Key("merged", "choice", "reading of a merged cell", "fill: the value of each of its rows", "merged: refuse",
            lambda: ("fill", "refuse")),
        Key("fill_down", "columns", "columns in which a blank cell repeats the cell above", "none", "fill_down: [学院]"),
        Key("skip", "sections by name", "rules that leave rows out; counted by name", "no row", "skip: {totals: {rows: totals}}"),
        Key("empty", "texts", "words that mean an empty cell", "none", "empty: [无, /, —]"),
        Key("internal", "columns", "columns whose values are internal: in no output without --internal",
            "the columns of remark and person", "internal: [经费]"),
        Key("public", "columns", "columns of remark and person that are not internal", "none", "public: [签约人]"),
        Key("encoding", "text", "encoding of a text", "decided by evidence", "encoding: gb18030"),
        Key("delimiter", "text", "delimiter of a text", "the one of , ; tab | that divides most", 'delimiter: ";"'),
        Key("separators", "texts", "separators of names in a cell", "、 ； ;", 'separators: ["、", "；", "/"]'),
    ),
    "source": (
        Key("key", "text", "permanent short name, without a year", "", "key: liaison-office"),
        Key("publisher", "text", "publisher", "", "publisher: Liaison Office"),
        Key("quality", "choice", "kind of publisher", "", "quality: university", _sorted("quality")),
        Key("licence", "text", "licence", "", "licence: not published"),
        Key("title", "texts by language", "title", "none", "title: {zh: 合作协议台账}"),
        Key("address", "text", "web address", "none", "address: https://example.org/list"),
        Key("language", "text", "language of the content", "none", "language: zh"),
    ),
    "row": (
        Key("key", "columns", "columns that identify a row and never change", "", "key: [No.]"),
        Key("page", "column", "column with the web page of the record", "none", "page: Link"),
        Key("note", "text or texts by language", "description of a row, in English, or in en and zh",
            "A row of a table, read with a mapping.", "note: {en: A line of the ledger, zh: 台账的一行}"),
        Key("location", "choice", "whether file name and row number are internal", "public", "location: internal",
            lambda: ("public", "internal")),
    ),
    "skip": (
        Key("rows", "choice", "rows recognised by their content", "rows with the values below", "rows: totals", lambda: ROW_KINDS),
        Key("column", "column", "column that is compared", "the first cell that is not empty", "column: Status"),
        Key("is", "texts", "values of the cell", "none", "is: [草稿, draft]"),
        Key("starts", "texts", "first words of the cell", "none", "starts: [注, 说明]"),
        Key("contains", "texts", "words within the cell", "none", "contains: [作废]"),
    ),
    "actor": (
        Key("key", "columns", "columns that identify the actor; a code is better than a name", "", "key: [Partner]"),
        Key("kind", "value", "class of the actor; “by name” decides by the words of the name", "by name", "kind: Firm",
            lambda: (*ACTOR_KINDS, BY_NAME)),
        Key("names", "columns by language", "columns with names", "the key, in the language of the source", "names: {zh: Partner}"),
        Key("identifiers", "columns by registry", "columns with identifiers", "none", "identifiers: {unifiedSocialCreditCode: 信用代码}"),
        Key("region", "columns by language", "columns with the region", "none", "region: {zh: 省份}"),
        Key("city", "columns by language", "columns with the city", "none", "city: {zh: 城市}"),
        Key("seat", "section", "place of the seat, with coordinates", "none", "seat: {key: Place, …}"),
        Key("domain", "column", "column with a web address", "none", "domain: Website"),
        Key("split", "texts", "separators of names in a cell", "those of separators", "split: ;；、"),
        Key("unit_of", "text", "name of the host among the actors", "none", "unit_of: us"),
        Key("part_of", "text", "name of the actors of which it is a part, such as the group of a firm", "none", "part_of: group"),
    ),
    "seat": (
        Key("key", "column", "column with a key of the place, which rows and tables share", "", "key: Place"),
        Key("names", "columns by language", "columns with the name of the place", "", "names: {en: City}"),
        Key("geonames", "column", "column with the GeoNames number", "none", "geonames: GeoNames"),
        Key("latitude", "column", "column with the latitude in degrees", "none", "latitude: Latitude"),
        Key("longitude", "column", "column with the longitude in degrees", "none; required with latitude", "longitude: Longitude"),
        Key("within", "section", "province or country of the place", "none", "within: {key: Province, …}"),
    ),
    "within": (
        Key("key", "column", "column with a key of the place, which rows and tables share", "", "key: Province"),
        Key("names", "columns by language", "columns with the name of the place", "", "names: {en: Region}"),
    ),
    "listed actor": (
        Key("listed", "columns", "columns with the keys of actors that another table of this source describes", "", "listed: [Codes]"),
        Key("split", "texts", "separators of keys in a cell", "those of separators", 'split: "|"'),
    ),
    "constant actor": (
        Key("name", "texts by language", "names", "", "name: {zh: 甲市理工大学}"),
        Key("kind", "choice", "class of the actor", "", "kind: University", lambda: ACTOR_KINDS),
        Key("key", "text", "permanent short name of the actor", "the first name", "key: jiashi"),
        Key("identifiers", "texts by registry", "identifiers", "none", "identifiers: {moeCode: 4161010699}"),
        Key("region", "texts by language", "region", "none", "region: {zh: 陕西省}"),
        Key("city", "texts by language", "city", "none", "city: {zh: 西安市}"),
        Key("domain", "text", "web address", "none", "domain: www.example.edu.cn"),
    ),
    "known actor": (Key("id", "text", "key of an actor that other graphs describe", "", "id: xaut"),),
    "link": (
        Key("form", "choice", "class of the link", "Agreement", "form: Agreement", lambda: tuple(sorted(classes("Link")))),
        Key("kind", "value", "kind of the link; the word of the ledger is kept beside it", "CooperationAgreement",
            "kind: {column: Type, of: {捐赠: Donation}}", _sorted("kind")),
        Key("names", "columns by language", "columns with the name of the link", _NAMES_OF_PARTIES, "names: {zh: Agreement}"),
        Key("about", "texts", "names of the actors that the link founds, builds or recognises", "none", "about: laboratory"),
        Key("parties", "list of sections", "actors that take part", "", "parties: [{actor: partner}]"),
        Key("unnamed", "list of sections", "columns with counts", "none", "unnamed: [{column: Others, thing: organisations}]"),
        Key("stage", "value", "stage of the link", "none", "stage: {column: Status, of: {已签: signed}}", _sorted("stage")),
        Key("arity", "value", "number of parties of one agreement", "unstated for an agreement", "arity: bilateral", _sorted("arity")),
        Key("common", "text", "name of the actor that has a relation with each other party, if the arity is bundle or unstated",
            "the only constant actor among the parties; without one, the first party of the row, which a note reports", "common: us"),
        Key("start", "column", "column with the first day, month or year", "none", "start: Signed"),
        Key("end", "column", "column with the last day, month or year", "none", "end: 截止日期"),
        Key("as_of", "column", "column with a day on which the link held, such as the date of a list; start and end stay unknown", "none", "as_of: 统计日期"),
        Key("term", "column", "column with both, such as 2024.5-2025.4", "none", "term: 合作期限"),
        Key("duration", "section", "column with the length, counted from the start", "none", "duration: {column: 有效期, in: years}"),
        Key("date_order", "choice", "order of day and month in dates such as 03/04/2023", "such dates are refused if both orders are possible",
            "date_order: MDY", lambda: DATE_ORDERS),
        Key("open", "texts", "words for a link without an end", "none", "open: [长期, 永久]"),
        Key("money", "list of sections", "amounts of the link as a whole", "none", "money: [{column: 经费, currency: CNY, in: 万元}]"),
        Key("remark", "columns", "columns with remarks, stated as a description", "none", "remark: 备注"),
        Key("person", "list of sections", "persons in charge", "none", "person: [{column: 负责人}]"),
    ),
    "change": (
        Key("original", "text", "name of the actors before the change", "", "original: former"),
        Key("resulting", "text", "name of the actors after the change", "", "resulting: present"),
        Key("kind", "value", "kind of the change", "none", "kind: renaming", _sorted("change-kind")),
        Key("names", "columns by language", "columns with the name of the change", "the names of the actors", "names: {zh: Change}"),
        Key("day", "column", "column with the day, month or year", "none", "day: 更名日期"),
        Key("after", "column", "column with a day on which it had not happened", "none", "after: Earlier list"),
        Key("by", "column", "column with a day on which it had happened", "none", "by: Later list"),
    ),
    "party": (
        Key("actor", "text", "name of an actor of the mapping", "", "actor: partner"),
        Key("role", "choice", "role in the link", "party", "role: funder", _sorted("role")),
        Key("otherwise", "text", "name of the actor that takes part if the row names none of the first", "none", "otherwise: us"),
        Key("money", "column", "column with the contribution of the only actor", "none", "money: Funds"),
        Key("currency", "text", "currency of the contribution, by ISO 4217", "none; required with money", "currency: CNY"),
        Key("in", "choice", "unit of numbers without a unit", "the unit of the currency", "in: 万元", _units),
    ),
    "unnamed": (
        Key("column", "column", "column with a count: 36, over 30, 30余家", "", "column: Others"),
        Key("thing", "choice", "things that are counted", "", "thing: organisations", _sorted("counted-thing")),
        Key("role", "choice", "role of the parties that are counted", "no parties", "role: party", _sorted("role")),
        Key("includes_named", "boolean", "whether the count includes the named parties", "unknown", "includes_named: false"),
    ),
    "duration": (
        Key("column", "column", "column with a length: 3, 3年, 36个月, 18 months", "", "column: 有效期(年)"),
        Key("in", "choice", "unit of numbers without a unit", "such numbers are refused", "in: years",
            lambda: ("years", "months", "days")),
    ),
    "money": (
        Key("column", "column", "column with the amount", "", "column: 经费(万元)"),
        Key("currency", "text", "currency, by ISO 4217", "", "currency: CNY"),
        Key("in", "choice", "unit of numbers without a unit", "the unit of the currency", "in: 万元", _units),
        Key("kind", "choice", "function of the amount", "contractValue", "kind: donation", _sorted("amount-kind")),
    ),
    "person": (
        Key("column", "column", "column with names of persons", "", "column: 负责人"),
        Key("role", "choice", "role of the person", "contact", "role: signatory", lambda: ("contact", "signatory")),
    ),
}  # fmt: skip
"""Sections with their keys, in the order of the reference page."""

NESTED = {
    ("mapping", "source"): ("source",),
    ("mapping", "row"): ("row",),
    ("mapping", "actors"): ("actor", "listed actor", "constant actor", "known actor"),
    ("mapping", "link"): ("link",),
    ("mapping", "change"): ("change",),
    ("mapping", "skip"): ("skip",),
    ("actor", "seat"): ("seat",),
    ("seat", "within"): ("within",),
    ("link", "parties"): ("party",),
    ("link", "unnamed"): ("unnamed",),
    ("link", "duration"): ("duration",),
    ("link", "money"): ("money",),
    ("link", "person"): ("person",),
}
"""Sections that the value of a key may be."""


def fields(node: Node, section: str) -> dict[str, Node]:
    """Return the entries of a section, by key.

    Raises:
        InputError: a required key is missing, or a key is unknown.
    """
    keys = SECTIONS[section]
    return node.fields([key.name for key in keys if key.required], [key.name for key in keys if not key.required])


def choices(section: str, name: str) -> tuple[str, ...]:
    """Return the values that a key may have.

    Raises:
        KeyError: the key has no list of values.
    """
    key = next(one for one in SECTIONS[section] if one.name == name)
    if key.choices is None:
        raise KeyError(name)
    return key.choices()
