"""The answer to a person about an inspected table: columns with their roles, and what to look at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.ingest.inspect.words import KINDS, STAGES, notation
from kg.model import Table, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.ingest.inspect.lookalikes import Pair
    from kg.ingest.inspect.survey import Survey
    from kg.ingest.inspect.trial import Trial

ROLES = {
    "key": Text("number of the row", "行的编号"),
    "name": Text("name of the agreement", "协议名称"),
    "kind": Text("kind of agreement", "协议类型"),
    "stage": Text("stage", "状态"),
    "start": Text("date of the start", "起始日期"),
    "end": Text("date of the end", "终止日期"),
    "term": Text("start and end", "起止日期"),
    "duration": Text("duration", "期限"),
    "money": Text("amount of the agreement", "协议金额"),
    "count": Text("number of unnamed parties", "未列名单位数"),
    "partner": Text("partners", "合作单位"),
    "unit": Text("unit inside", "校内单位"),
    "university": Text("our university", "本校"),
    "person": Text("person in charge (not stated unless asked)", "负责人（默认不写入）"),
    "remark": Text("remark (not stated unless asked)", "备注（默认不写入）"),
    "website": Text("web address", "网址"),
    "region": Text("region", "省份"),
    "city": Text("city", "城市"),
    "identifier": Text("unified social credit code", "统一社会信用代码"),
    "ignored": Text("private or of no use here; not read", "个人信息或无关内容，不读取"),
    "": Text("unknown; not read", "不明，不读取"),
}
"""Meanings of columns."""
_COLUMNS = ("column", "meaning", "filled", "examples")
_UNITS = {
    "年": "in years",
    "月": "in months",
    "个月": "in months",
    "万元": "in 10,000 yuan",
    "亿元": "in 100 million yuan",
}
_SHOWN = 8


def table(survey: Survey, trial: Trial, pairs: Sequence[Pair] | None) -> Table:
    """Return the columns of a table with their meanings, and what to look at as notes.

    Args:
        survey: the table as it seems to be.
        trial: results of the drafted mapping.
        pairs: names that look alike; `None` if there is no store to compare with.
    """
    rows = tuple(
        (column.name, Text("", "").join((ROLES[column.role], *_unit(column.unit))), column.filled, column.examples)
        for column in survey.columns
    )
    notes = (*_place(survey), *_words(survey), *_trial(trial), *_pairs(pairs))
    return Table(_COLUMNS, rows, notes)


def _unit(unit: str) -> Iterator[Text]:
    if unit:
        yield Text(f", {_UNITS.get(unit, unit)}", f"，{unit}")


def _place(survey: Survey) -> Iterator[Text]:
    lines = ", ".join(map(str, survey.header_rows))
    if survey.sheet:
        yield Text(f"Sheet {survey.sheet}, header in row {lines}, {survey.rows} rows.",
                   f"工作表“{survey.sheet}”，表头在第{lines}行，共{survey.rows}行。")  # fmt: skip
    else:
        yield Text(f"Header in row {lines}, {survey.rows} rows.", f"表头在第{lines}行，共{survey.rows}行。")
    if survey.owner:
        yield Text(f"The ledger seems to be that of {survey.owner}.", f"台账似属{survey.owner}。")
    elif survey.column("university") is None:
        yield Text("The ledger does not name its owner: write the name in the mapping, under us.",
                   "台账未写明本单位名称：请在映射文件的 us 处填写。")  # fmt: skip


def _words(survey: Survey) -> Iterator[Text]:
    for role, known in (("kind", KINDS), ("stage", STAGES)):
        column = survey.column(role)
        unknown = [word for word, _ in column.values if not notation(word, known)] if column else []
        if column and unknown:
            words = ", ".join(unknown[:_SHOWN]) + (" …" if len(unknown) > _SHOWN else "")
            yield Text(
                f"{column.name}: {len(unknown)} of {len(column.values)} words fit no kind: {words}.",
                f"“{column.name}”中{len(column.values)}种写法有{len(unknown)}种无对应：{words}。",
            )
        elif column:
            yield Text(f"{column.name}: each of the {len(column.values)} words has a guess.",
                       f"“{column.name}”的{len(column.values)}种写法均有推测。")  # fmt: skip


def _trial(trial: Trial) -> Iterator[Text]:
    skipped = sum(trial.skipped.values())
    yield Text(
        f"With this mapping, {trial.used} rows can be used, {skipped} are skipped and {trial.refused} refused.",
        f"按此映射，可用{trial.used}行，略过{skipped}行，拒绝{trial.refused}行。",
    )
    if trial.unnamed:
        exact = sum(number for number, kind in trial.unnamed if kind == "exact")
        bounds = sum(number for number, kind in trial.unnamed if kind != "exact")
        cells = len(trial.unnamed)
        yield Text(
            f"{cells} cells count parties without naming all: {exact} exactly, {bounds} or more by bounds.",
            f"{cells}个单元格含未列名单位：确数合计{exact}家，概数合计至少{bounds}家。",
        )
    for (column, reason), places in list(trial.reasons.items())[:_SHOWN]:
        number, value = places[0]
        found = f" ({value[:40]})" if value else ""
        where = f"{column}: " if column else ""
        yield Text(f"Row {number}: {where}{reason}{found}.", f"第{number}行：{where}{reason}{found}。")


def _pairs(pairs: Sequence[Pair] | None) -> Iterator[Text]:
    if pairs is None:
        yield Text(
            "There is no store to compare names with; run kg build first.", "没有可比对的图谱；请先运行 kg build。"
        )
    elif pairs:
        yield Text(
            f"{len(pairs)} pairs of names may be one organisation: decide them in pairs.csv.",
            f"有{len(pairs)}对名称可能是同一单位：请在 pairs.csv 中判定。",
        )
    else:
        yield Text("No name looks like another.", "没有相似的名称。")
