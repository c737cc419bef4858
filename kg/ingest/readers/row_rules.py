"""Rows that are not records: totals, notes and blank rows, recognised by their content or left out by a rule."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kg.ingest.readers.cells import folded

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.ingest.readers.table_mapping import SkipRule

_TOTAL = re.compile(
    r"(?:本页|本年|全年|年度|以上|各项)?(?:合计|总计|小计|共计|累计|总数|总和)(?:[:：(（].*|[0-9].*|数|额)?"
    r"|(?:grand|sub|sub-)?totals?(?:[:(].*)?|sum|gesamt|summe|insgesamt|totaux?|итого"
)
_NOTE = re.compile(
    r"(?:备?注|说明|附注|备考|填表说明|填报说明|数据来源|资料来源|数据截至|截至|制表人?|填表人|审核人?|填报(?:人|单位|日期)"
    r"|notes?|sources?|remarks?|as of)\s*(?:[0-9]*\s*[:：.、].*|$)|(?:数据|资料|统计数据)(?:截至|截止|来源).*|[*※].+"
)


def rule_of(rules: Sequence[SkipRule], cells: Mapping[str, str], keys: Sequence[str]) -> str | None:
    """Return the name of the first rule that leaves a row out; `keys` are the columns that identify the row."""
    first = next((cell for cell in cells.values() if cell), "")
    for rule in rules:
        if rule.rows:
            if rule.rows == kind_of(cells, keys):
                return rule.rule
            continue
        text = folded(cells[rule.column.name] if rule.column else first)
        if (
            text in rule.values
            or any(text.startswith(start) for start in rule.starts)
            or any(word in text for word in rule.contains)
        ):
            return rule.rule
    return None


def kind_of(cells: Mapping[str, str], keys: Sequence[str]) -> str | None:
    """Return ``totals``, ``notes`` or ``blank`` for a row that is not a record.

    A total begins in its key, or in its first cell if the key is empty. A blank row has an empty key and at most one
    cell.
    """
    filled = [cell for cell in cells.values() if cell]
    if not filled:
        return "blank"
    has_key = all(cells[key] for key in keys)
    texts = [folded(cells[key]) for key in keys if cells[key]] or [folded(filled[0])]
    if any(_TOTAL.fullmatch(text) for text in texts) or (not has_key and _TOTAL.fullmatch(folded(filled[0]))):
        return "totals"
    if any(_NOTE.fullmatch(text) for text in texts):
        return "notes"
    return None
