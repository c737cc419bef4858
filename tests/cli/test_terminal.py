"""Tables on a terminal: fitted, folded into cards, with percentages, counts of evidence and colour by request."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from kg.cli import terminal
from kg.model import Table

RANKING = Table(
    ("rank", "actor", "label", "score", "coverage"),
    ((1, "https://w3id.org/helix-kg/id/huawei", "Huawei Technologies Co., Ltd. of Shenzhen", 0.16284, 0.3145),),
)


@pytest.fixture(autouse=True)
def plain(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)


def render(monkeypatch: pytest.MonkeyPatch, table: Table, layout: terminal.Layout, width: int) -> list[str]:
    monkeypatch.setenv("COLUMNS", str(width))
    return terminal.render(table, layout, wide=False).splitlines()


def test_a_table_fits_the_width_and_folds_its_widest_text(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = render(monkeypatch, RANKING, "table", 60)
    assert all(len(line) <= 60 for line in lines)
    assert lines[2].startswith("   1  id:huawei  Huawei")
    assert lines[2].endswith("31%")
    assert {"Huawei", "Technologies", "Co.,", "Ltd.", "of", "Shenzhen"} <= set(" ".join(lines[2:]).split())


def test_a_label_stands_before_the_key_that_it_describes(monkeypatch: pytest.MonkeyPatch) -> None:
    huawei = "https://w3id.org/helix-kg/id/huawei"
    table = Table(("actor", "actor_label", "links"), ((huawei, "Huawei", 3), (huawei, None, 4)))
    lines = render(monkeypatch, table, "table", 60)
    assert [line.split("  ")[0] for line in lines] == ["actor", "-" * 18, "Huawei (id:huawei)", "id:huawei"]


def test_short_words_do_not_break(monkeypatch: pytest.MonkeyPatch) -> None:
    table = Table(("sectors", "note"), (("university×government", "36 unnamed enterprises"),))
    assert render(monkeypatch, table, "table", 24)[2:] == ["university×  36 unnamed", "government   enterprises"]


def test_without_a_terminal_a_table_is_complete() -> None:
    text = terminal.render(RANKING, "table", wide=False)
    assert "Huawei Technologies Co., Ltd. of Shenzhen" in text
    assert "0.3145" in text


def test_a_table_too_wide_for_columns_becomes_cards(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = render(monkeypatch, RANKING, "table", 30)
    assert lines[0] == "Huawei Technologies Co., Ltd. of Shenzhen"
    assert "coverage  31%" in lines


def test_evidence_is_counted_unless_wide_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    table = Table(("property", "value", "label", "evidence"), (("name", "X", None, "urn:a urn:b"),))
    assert render(monkeypatch, table, "description", 80) == ["name  X [2]"]
    assert "urn:a urn:b" in terminal.render(table, "description", wide=True)


def test_equal_properties_share_one_heading(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (("link", "id:a", "A", ""), ("link", "id:b", "B", ""))
    table = Table(("property", "value", "label", "evidence"), rows)
    assert render(monkeypatch, table, "description", 80) == ["link  A (id:a)", "      B (id:b)"]


def test_fields_are_grouped_by_their_subject(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = (("ev:1", "source", "x"), ("ev:1", "note", "y"), ("ev:2", "source", "z"))
    lines = render(monkeypatch, Table(("evidence", "field", "value"), rows), "fields", 80)
    assert lines == ["ev:1", "source  x", "note    y", "", "ev:2", "source  z"]


def test_colour_follows_no_color_and_force_color(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\033[1m" in "\n".join(render(monkeypatch, RANKING, "table", 80))
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\033" not in "\n".join(render(monkeypatch, RANKING, "table", 80))


WORDS = st.text(st.characters(categories=["L", "N", "P", "Zs"]), max_size=60)


@given(rows=st.lists(st.tuples(WORDS, WORDS, st.floats(allow_nan=False)), max_size=5), width=st.integers(40, 120))
def test_no_line_is_wider_than_the_terminal(rows: list[tuple[str, str, float]], width: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", str(width))
        for layout in ("table", "cards"):
            text = terminal.render(Table(("label", "note", "score"), tuple(rows)), layout, wide=False)
            heads = {row[0] for row in rows}
            assert all(wcswidth(line) <= width for line in text.splitlines() if line not in heads)


def test_a_narrow_table_omits_empty_and_expendable_columns_and_lists_them(monkeypatch: pytest.MonkeyPatch) -> None:
    table = Table(("indicator", "value", "observations", "reason"), (("entropy", 0.4306, 238, None),))
    assert render(monkeypatch, table, "table", 30) == [
        "indicator   value",
        "---------  ------",
        "entropy    0.4306",
        "Omitted columns: observations,",
        "reason. --wide prints them.",
    ]


def test_a_terminal_shows_the_first_rows_and_their_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    table = Table(("rank", "label"), tuple((number, f"firm {number}") for number in range(1, 43)))
    lines = terminal.render(table, "table", wide=False, first=True).splitlines()
    assert lines[-2:] == ["  40  firm 40", "Shown: 40 of 42 rows. --limit 42 prints all."]
    assert render(monkeypatch, table, "table", 60)[-1] == "  42  firm 42"


def test_a_description_shows_the_first_values_of_a_property(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = tuple(("link", f"id:{number}", None, "") for number in range(7))
    table = Table(("property", "value", "label", "evidence"), (*rows, ("link | id:b", "id:8", None, "")))
    lines = render(monkeypatch, table, "description", 60)
    assert lines[4:] == ["      id:4", "      and 2 more; --wide prints them", "", "id:b", "link  id:8"]
