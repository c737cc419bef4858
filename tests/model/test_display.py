"""Tables as Python and notebooks display them."""

from __future__ import annotations

from datetime import date

from defusedxml.ElementTree import fromstring

from kg.model import Table, Text

HOSTILE = Table(
    ("<b>", "n", "day"),
    (("<script>alert(1)</script>", 0.123456, date(2025, 11, 8)), ("\u202eabc\x1b[31m", None, None)),
    ("A <note> & more.", Text("English.", "中文。")),
)


def test_text_is_aligned_with_notes_below() -> None:
    table = Table(("name", "n"), (("甲", 1), ("https://w3id.org/helix-kg/id/huawei", 22.5)), ("A note.",))
    assert repr(table).splitlines() == [
        "name          n",
        "---------  ----",
        "甲            1",
        "id:huawei  22.5",
        "A note.",
    ]
    assert str(table) == repr(table)


def test_only_the_first_rows_are_displayed() -> None:
    table = Table(("n",), tuple((n,) for n in range(21)))
    assert repr(table).splitlines()[-2:] == ["19", "… 1 more row"]
    assert repr(table.head(20)).splitlines()[-1] == "19"
    assert '<td style="text-align: right">19</td>' in table._repr_html_()
    assert ">20<" not in table._repr_html_()
    assert "<p>… 3 more rows</p>" in Table(("n",), ((1,),) * 23)._repr_html_()


def test_html_is_escaped() -> None:
    html = HOSTILE._repr_html_()
    tree = fromstring(f"<div>{html}</div>")
    assert {element.tag for element in tree.iter()} == {"div", "table", "thead", "tbody", "tr", "th", "td", "p"}
    assert [cell.text for cell in tree.iter("th")] == ["<b>", "n", "day"]
    assert [cell.text for cell in tree.iter("td")] == [
        *("<script>alert(1)</script>", "0.1235", "2025-11-08"),
        *("\ufffdabc\ufffd[31m", None, None),
    ]
    assert [note.text for note in tree.iter("p")] == ["A <note> & more.", "English."]


def test_numbers_are_aligned_to_the_right() -> None:
    tree = fromstring(f"<div>{HOSTILE._repr_html_()}</div>")
    assert [cell.get("style") for cell in tree.iter("th")] == [
        f"text-align: {side}" for side in ("left", "right", "left")
    ]


def test_table_without_rows() -> None:
    table = Table(("a", "b"), ())
    assert repr(table).splitlines() == ["a  b", "-  -"]
    assert table._repr_html_().endswith("<tbody></tbody></table>")


def test_long_cells_are_shortened() -> None:
    table = Table(("text",), (("x" * 61,), ("y" * 60,)))
    assert repr(table).splitlines()[2:] == ["x" * 59 + "…", "y" * 60]
    assert f">{'x' * 59}…<" in table._repr_html_()
