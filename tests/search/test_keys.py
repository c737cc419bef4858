"""Keys of names for the search in a page."""

from __future__ import annotations

from kg.search.keys import keys
from kg.search.short_names import short_names
from kg.search.spelling import fold


def test_keys_list_each_character_once_with_its_readings() -> None:
    found = keys(["四川大学", "Sichuan University", "重庆大学", "尊重"])
    assert found.readings == "四si大da学xue尊zun川chuan庆qing重chong,zhong"
    assert found.short == {}


def test_short_names_are_those_of_the_names() -> None:
    assert keys(["电子科技大学"]).short == {"电子科技大学": ["成电"]}


def test_variants_lead_from_traditional_characters_to_those_in_use() -> None:
    pairs = keys(["西安交通大学", "臺灣大學"]).variants
    read = dict(zip(pairs[::2], pairs[1::2], strict=True))
    assert (read["學"], read["臺"], read["灣"]) == ("学", "台", "湾")
    assert "發" not in read


def test_short_names_are_shorter_than_the_names_and_written_as_they_are_compared() -> None:
    for name, short in short_names().items():
        assert all(len(one) < len(name) and fold(one) == one for one in short), name


def test_short_names_of_the_data_join_those_of_the_list() -> None:
    assert keys(["电子科技大学"], {"电子科技大学": ["UESTC", "成电"]}).short == {"电子科技大学": ["成电", "uestc"]}
