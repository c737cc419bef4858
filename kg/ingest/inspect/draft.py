# ruff: noqa: E501 - a line of the draft is one literal
"""Draft of a mapping, complete and commented, from the guesses about a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.ingest.inspect import naming
from kg.ingest.inspect.columns import currency_of, is_open
from kg.ingest.inspect.words import AMOUNTS, KINDS, STAGES, notation
from kg.ingest.readers import cell_dates
from kg.ingest.readers.cells import is_wide
from kg.ingest.readers.chinese_types import kind_by_name
from kg.ingest.readers.mapping_keys import PLACEHOLDER
from kg.ingest.readers.open_lists import PLACEHOLDERS
from kg.ingest.readers.parties import SEPARATORS, divided, is_complete
from kg.ingest.readers.yaml_positions import quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.ingest.inspect.columns import ColumnGuess
    from kg.ingest.inspect.survey import Survey

GUESS = "# guess / 推测"
"""Mark of each guess."""
_FREE = frozenset({"", "ignored", "key", "kind", "name", "remark", "stage"})
"""Roles of columns in which a word such as 无 may be a value."""
_SIGNS, _ANY_SCRIPT = "/／|｜，,+＋&＆", "/／|｜"
"""Signs that separate names in some ledgers, and those of them that do so between Latin names."""


def draft(survey: Survey, stem: str, language: str) -> str:
    """Return the text of the mapping; `stem` is the file name without suffix, `language` that of the ledger."""
    return "\n".join((*_head(survey, stem, language), *_rules(survey), *_actors(survey, language), *_link(survey), ""))


def _head(survey: Survey, stem: str, language: str) -> Iterator[str]:
    publisher = survey.owner or PLACEHOLDER[language]
    yield f"# Mapping of {stem}, drafted by kg ingest. Check each line with the mark: {GUESS.removeprefix('# ')}"
    yield "# All keys / 全部键: kg ingest table --keys"
    yield "source:"
    yield f"  key: {quoted(naming.key(survey, stem, language))}   {GUESS}: a permanent short name, in public addresses / 固定简称，见于公开标识"
    yield f"  publisher: {quoted(publisher)}   {GUESS}"
    yield f"  licence: not published   {GUESS}"
    yield f"  quality: university   {GUESS}"
    yield f"  title: {{{language}: {quoted(naming.title(survey, stem, language))}}}" + (
        "" if survey.title else f"   {GUESS}: public / 对外公开"
    )
    yield f"  language: {language}"
    if survey.sheet:
        yield f"sheet: {quoted(survey.sheet)}"
    if min(survey.header_rows) > 0:  # the column names of a Parquet file are not a row
        yield f"header: [{', '.join(map(str, survey.header_rows))}]"
    yield "row:"
    yield f"  key: [{', '.join(quoted(name) for name in _keys(survey))}]   {GUESS}: identifies a row and never changes / 唯一编号"
    yield f"  location: internal   {GUESS}: file name and row are in no output without --internal / 文件名与行号为内部"


def _keys(survey: Survey) -> list[str]:
    key = survey.column("key")
    if key is not None and key.filled >= survey.rows:
        return [key.name]
    others = [survey.column(role) for role in ("name", "partner", "start")]
    return [one.name for one in others if one] or [one.name for one in survey.columns[:1]]


def _rules(survey: Survey) -> Iterator[str]:
    yield "skip:   # rows that are left out, counted by name / 略过的行"
    yield "  totals: {rows: totals}"
    yield "  notes: {rows: notes}"
    yield "  blank: {rows: blank}"
    words = [word for one in survey.columns if one.role not in _FREE for word in one.words(PLACEHOLDERS.__contains__)]
    if words:
        yield f"empty: [{', '.join(quoted(word) for word in dict.fromkeys(words))}]   # words for an empty cell / 表示空白"


def _actors(survey: Survey, language: str) -> Iterator[str]:
    yield "actors:"
    university, unit, partner = (survey.column(role) for role in ("university", "unit", "partner"))
    if university:
        yield f"  us: {{key: [{quoted(university.name)}], kind: University}}   {GUESS}"
    else:
        name = survey.owner or PLACEHOLDER[language]
        kind = _kind_of_owner(survey, partner)
        yield f"  us: {{kind: {kind}, name: {{{language}: {quoted(name)}}}}}   {GUESS}: keeps the ledger / 台账所属单位"
    if unit:
        yield f"  unit: {{key: [{quoted(unit.name)}], kind: Unit, unit_of: us}}   {GUESS}"
    if partner:
        yield "  partner:"
        yield f"    key: [{quoted(partner.name)}]"
        more = _more_separators([value for value, _ in partner.values])
        if more:
            yield f"    split: [{', '.join(map(quoted, SEPARATORS + more))}]   {GUESS}: separators of names / 名称之间的分隔符"
        yield "    kind: by name   # the words of each name decide: 公司 is a firm, 医院 another organisation / 按名称判断"
        for role, key, form in (
            ("website", "domain", "{}"), ("region", "region", f"{{{language}: {{}}}}"), ("city", "city", f"{{{language}: {{}}}}"),
            ("identifier", "identifiers", "{{unifiedSocialCreditCode: {}}}"),
        ):  # fmt: skip
            column = survey.column(role)
            if column:
                value = form.replace("{}", quoted(column.name)).replace("{{", "{").replace("}}", "}")
                yield f"    {key}: {value}   {GUESS}"


def _more_separators(values: Sequence[str]) -> str:
    """Return the signs between complete names wherever they occur; those in ``A/S`` or ``Müller & Co`` are none."""
    found = ((sign, [value for value in values if sign in value]) for sign in _SIGNS)
    return "".join(sign for sign, cells in found if cells and all(_separates(sign, cell) for cell in cells))


def _separates(sign: str, cell: str) -> bool:
    """Return whether a sign stands between complete names; between Latin names, only a slash or a bar does."""
    try:
        names = divided(cell, SEPARATORS + sign)
    except ValueError:
        return False
    return all(is_complete(name) and (sign in _ANY_SCRIPT or is_wide(name[-1])) for name in names)


def _kind_of_owner(survey: Survey, partner: ColumnGuess | None) -> str:
    """Return the class of the organisation that keeps the ledger: by its name, or a firm if its partners are universities."""
    if survey.owner:
        return kind_by_name(survey.owner)
    kinds = [kind_by_name(name) for name, _ in partner.values] if partner else []
    return "Firm" if 2 * kinds.count("University") > len(kinds) else "University"


def _link(survey: Survey) -> Iterator[str]:
    yield "link:"
    yield "  form: Agreement"
    yield from _translated(survey, "kind", KINDS, "CooperationAgreement")
    yield from _translated(survey, "stage", STAGES, "signed")
    name = survey.column("name")
    if name:
        yield f"  names: {{{_language(survey)}: {quoted(name.name)}}}"
    unit = survey.column("unit")
    several = unit is not None and any(len(_parts(value)) > 1 for value, _ in unit.values)
    if several:
        yield f"  arity: multilateral   {GUESS}: a row names several units of ours"
    else:
        yield "  arity: unstated   # one agreement of all, or one with each partner / 一份多方协议或分别签署，未说明"
        yield f"  common: {'unit' if unit else 'us'}   # has a relation with each other party / 与其余各方分别合作"
    yield from _term(survey)
    yield "  parties:"
    yield "    - {actor: unit, otherwise: us}" if unit else "    - {actor: us}"
    if survey.column("partner"):
        yield "    - {actor: partner}"
    yield from _amounts(survey)
    yield from _private(survey)
    for column in survey.columns:
        if not column.role or column.role == "ignored":
            yield f"# not read / 不读取: {column.name}"


def _term(survey: Survey) -> Iterator[str]:
    columns = {role: survey.column(role) for role in ("start", "end", "term", "duration")}
    for role in ("start", "end", "term"):
        column = columns[role]
        if column and not (role == "end" and columns["term"]):
            yield f"  {role}: {quoted(column.name)}"
    length = columns["duration"]
    if length and (columns["start"] or columns["term"]):
        unit = "months" if "月" in length.unit or "month" in length.unit else "years"
        yield f"  duration: {{column: {quoted(length.name)}, in: {unit}}}   {GUESS}: counted from the start / 自起始日起算"
    yield from _order([value for one in columns.values() if one for value, _ in one.values])
    words = [word for one in columns.values() if one for word in _open_words(one)]
    if words:
        yield f"  open: [{', '.join(quoted(word) for word in dict.fromkeys(words))}]   # no end / 无终止日"


def _order(values: Sequence[str]) -> Iterator[str]:
    """Yield the order of day and month if a date such as 03/15/2023 shows it, or a comment if none does."""
    days = [part for value in values for part in (cell_dates.halves(value) or [value])]
    orders = {order for day in days if (order := cell_dates.date_order(day))}
    if len(orders) == 1:
        yield f"  date_order: {orders.pop()}   {GUESS}: of day and month / 日月次序"
    elif any(cell_dates.has_two_orders(day) for day in days):
        yield "  # date_order: DMY   # or MDY; remove the first #: no date shows the order of day and month / 日月次序不明"


def _open_words(column: ColumnGuess) -> list[str]:
    """Return the words for an open end, alone in a cell or after a start."""
    parts = [part for value, _ in column.values for part in (cell_dates.halves(value) or [value])]
    return [part for part in parts if is_open(part)]


def _amounts(survey: Survey) -> Iterator[str]:
    amounts = [column for column in survey.columns if column.role == "money"]
    if amounts:
        yield "  money:   # of the agreement as a whole / 协议总额"
    for column in amounts:
        currency = _currency(column, _language(survey))
        unit = column.unit or ("元" if currency == "CNY" else "")
        scale = f", in: {unit}" if unit else ""
        kind = notation(column.name, AMOUNTS) or "contractValue"
        mark = "" if column.unit or currency != "CNY" else ": no unit is stated / 未注明单位"
        yield f"    - {{column: {quoted(column.name)}, currency: {currency}{scale}, kind: {kind}}}   {GUESS}{mark}"
    counted = survey.column("count")
    if counted:
        yield f"  unnamed: [{{column: {quoted(counted.name)}, thing: organisations, role: party}}]   {GUESS}"


def _currency(column: ColumnGuess, language: str) -> str:
    """Return the currency that the heading or a value names, otherwise that of the language."""
    for text in (column.name, *(value for value, _ in column.values)):
        if currency := currency_of(text):
            return currency
    return "CNY" if language == "zh" else "EUR"


def _private(survey: Survey) -> Iterator[str]:
    """Yield the lines for persons and remarks, which are internal, and as a comment that for amounts."""
    for role, form in (("person", "  person: [{{column: {}}}]"), ("remark", "  remark: {}")):
        column = survey.column(role)
        if column:
            yield f"{form.format(quoted(column.name))}   # internal: in no output without --internal / 内部，默认不输出"
    amounts = [quoted(column.name) for column in survey.columns if column.role == "money"]
    if amounts:
        yield f"# internal: [{', '.join(amounts)}]   # remove the first # to keep amounts internal / 去掉首个 # 则金额为内部"


def _translated(survey: Survey, key: str, table: tuple[tuple[str, str], ...], default: str) -> Iterator[str]:
    column = survey.column(key)
    if column is None:
        return
    yield f"  {key}:"
    yield f"    column: {quoted(column.name)}"
    yield "    of:"
    for word, number in column.values:
        if (key, word) in survey.words:
            yield f"      {quoted(word)}: {survey.words[key, word]}   # ({number})"
            continue
        known = notation(word, table)
        mark = "" if known else ": no word fits / 无对应"
        yield f"      {quoted(word)}: {known or default}   {GUESS}{mark} ({number})"


def _language(survey: Survey) -> str:
    return "zh" if any("\u3400" <= letter <= "\u9fff" for column in survey.columns for letter in column.name) else "en"


def _parts(value: str) -> Sequence[str]:
    try:
        return divided(value, "、；;,，/\n")
    except ValueError:
        return [value]
