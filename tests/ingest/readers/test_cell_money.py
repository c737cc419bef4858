"""Amounts in cells are parsed or refused, never guessed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.ingest.readers import cell_money


def test_money() -> None:
    assert cell_money.money("1,250,000.50") == Decimal("1250000.50")
    with pytest.raises(ValueError, match="is not an amount of 0 or more"):
        cell_money.money("-3")


@pytest.mark.parametrize(
    ("text", "unit", "amount"),
    [
        ("120", 10_000, 1_200_000),
        ("120万", 1, 1_200_000),
        ("120 万元", 10_000, 1_200_000),
        ("120元", 10_000, 120),
        ("1.5亿元", 1, 150_000_000),
        ("3千万", 1, 30_000_000),
        ("1.2 million", 1, 1_200_000),
        ("￥1，250", 1, 1250),
        ("人民币120万元整", 1, 1_200_000),
        ("1 250 000", 1, 1_250_000),
        ("¥12", 10_000, 120_000),
    ],
)
def test_money_in_units(text: str, unit: int, amount: int) -> None:
    assert cell_money.money(text, unit) == amount


def test_yuan_require_the_currency_cny() -> None:
    assert cell_money.money("3万", currency="USD") == 30_000
    with pytest.raises(ValueError, match=r"is not an amount of USD; write 1250000 or 1,250,000\.50$"):
        cell_money.money("3万元", currency="USD")


@pytest.mark.parametrize("text", ["", "1.963.982,50", "1e9", "NaN", "Infinity", "万", "12万万", "12美元", "1,25"])
def test_an_invalid_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not an amount"):
        cell_money.money(text)


@pytest.mark.parametrize(
    ("heading", "unit"),
    [
        ("经费（万元）", "万元"),
        ("金额（万）", "万元"),
        ("Value (USD k)", "thousand"),
        ("Funding (kEUR)", "thousand"),
        ("Amount, '000", "thousand"),
        ("Budget (M€)", "million"),
        ("Budget (EUR)", ""),
        ("万达集团金额", ""),
    ],
)
def test_a_heading_may_name_the_unit(heading: str, unit: str) -> None:
    assert cell_money.unit_in(heading) == unit
