"""Workbooks: their first sheet, and workbooks written part by part, for forms that no library writes."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

from openpyxl.worksheet.worksheet import Worksheet

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from openpyxl import Workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


@dataclass(frozen=True)
class Parts:
    """Parts of a workbook with one sheet.

    Attributes:
        rows: elements ``<row>``.
        formats: number formats; the first is style 1.
        texts: elements ``<si>``.
        before, after: XML before and after the rows.
        book: XML before the list of sheets.
        namespace: of the main parts.
    """

    rows: str
    formats: Sequence[str] = ()
    texts: str = ""
    before: str = ""
    after: str = ""
    book: str = ""
    namespace: str = MAIN


def first_sheet(book: Workbook) -> Worksheet:
    """Return the sheet of a new workbook."""
    assert isinstance(book.active, Worksheet)
    return book.active


def written(path: Path, one: Parts) -> Path:
    """Write a workbook from its parts."""
    namespace, formats = one.namespace, one.formats
    relations = _RELATIONS if namespace == MAIN else "http://purl.oclc.org/ooxml/officeDocument/relationships"
    codes = "".join(f'<numFmt numFmtId="{200 + n}" formatCode="{_quoted(code)}"/>' for n, code in enumerate(formats))
    styles = "".join(f'<xf numFmtId="{200 + n}"/>' for n in range(len(formats)))
    parts = {
        "_rels/.rels": _relation("r1", "officeDocument", "xl/workbook.xml", relations),
        "xl/workbook.xml": f'<workbook xmlns="{namespace}" xmlns:r="{relations}">{one.book}'
        '<sheets><sheet name="台账" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _relation("r1", "worksheet", "worksheets/sheet1.xml", relations)
        + _relation("r2", "styles", "styles.xml", relations)
        + _relation("r3", "sharedStrings", "sharedStrings.xml", relations),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{namespace}">{one.before}<sheetData>{one.rows}</sheetData>'
        f"{one.after}"
        "</worksheet>",
        "xl/styles.xml": f'<styleSheet xmlns="{namespace}"><numFmts>{codes}</numFmts>'
        f'<cellXfs><xf numFmtId="0"/>{styles}</cellXfs></styleSheet>',
        "xl/sharedStrings.xml": f'<sst xmlns="{namespace}">{one.texts}</sst>',
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            whole = f'<Relationships xmlns="{_PACKAGE}">{text}</Relationships>' if name.endswith(".rels") else text
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{whole}')
    return path


def _relation(key: str, kind: str, target: str, relations: str) -> str:
    return f'<Relationship Id="{key}" Type="{relations}/{kind}" Target="{target}"/>'


def _quoted(code: str) -> str:
    return code.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
