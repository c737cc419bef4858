"""Every command and page in Chinese: no Latin words but names, identifiers and one short list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click
import pytest
from helpers import chinese
from helpers.markup import elements
from helpers.stores import SMALL, kg
from lxml import html

from kg.cli import kg as commands
from kg.map import messages as map_messages
from kg.query.questions import all_questions
from kg.report import messages as report_messages

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def command_lines(command: click.Command, path: str = "") -> Iterator[str]:
    """Yield the words of a command and of each of its subcommands."""
    yield path
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from command_lines(command.get_command(context, name) or command, f"{path} {name}".strip())


HELP = list(command_lines(commands))
RUNS = [
    "diff 2024 2025 --samples 2 --place Shaanxi",
    "evidence ev:chinadaily-2025-11-11/s599-717",
    "find 西交大",
    "find xajtdx --limit 1",
    "findings --samples 2 --place Shaanxi",
    "forget --list",
    "helix --explain --place Shaanxi",
    "helix --by-kind --explain --place Shaanxi",
    "ingest table --keys",
    "query in-force --param date=2025-11-08",
    "query parties --param link=link/xaut-36",
    "resolve suggest --limit 5 --actor xaut",
    "questions",
    "rank --limit 3 --explain --measure katz",
    "rank --limit 3 --intervals --samples 2 --drop-links 0.1 --place Shaanxi",
    "rank --limit 3 --compare 2024 2025",
    "resolve show xaut-hwc",
    "settings",
    "show link/xaut-36",
    "show xaut",
    "structure backbone --explain --place Shaanxi",
    "structure brokerage --limit 3 --explain --place Shaanxi",
    "structure communities --explain --place Shaanxi",
    "structure components --explain --place Shaanxi",
    "structure mixing --explain --place Shaanxi",
    "structure nestedness --explain --place Shaanxi",
    "structure specialisation --explain --actor xaut",
    "suggest --evaluate --place Shaanxi",
    "suggest xaut",
    f"validate --coverage {SMALL}",
    f"validate {SMALL}",
]
FAILURES = [
    *("", "rank --foo", "rank --sector foo", "rank --limit x", "rank --since 2024", "rank --measure betwenness"),
    *("rank --seed 3", "query foo", "query", "show foo", "evidence foo", "map", "report -o x.txt", "network -o x.y"),
    *("resolve judge xaut xaut same", "validate nowhere.trig", "ingest moe", "export -o x.y", "suggest", "foo"),
]


FOREIGN = re.compile(r"^.{0,20}（(?:英文|拼音)）")
"""A line with a name in another language, of `kg show`."""


def lines(text: str) -> list[tuple[set[str], str]]:
    """Return the Latin words of each line that contains any, with the line."""
    chosen = (line for line in text.splitlines() if not FOREIGN.match(line))
    return [(found, line) for line in chosen if (found := chinese.latin(line))]


def test_the_list_is_short_and_sorted() -> None:
    words = chinese.LISTED.read_text(encoding="utf-8").splitlines()[1:]
    assert words == sorted(set(words))
    assert len(words) <= 40


@pytest.mark.parametrize("name", HELP)
def test_help_is_chinese(name: str) -> None:
    done = kg(*name.split(), "--lang", "zh", "--help")
    assert done.status == 0
    assert lines(done.out + done.err) == []
    assert re.findall(r"(?m)^(?! *\$).*[a-z0-9], (?!-).*", done.out) == []


def test_the_form_of_a_day_is_that_of_iso_8601() -> None:
    done = kg("map", "--lang", "zh", "--help")
    assert ("--since YYYY-MM-DD" in done.out, "--width 毫米" in done.out) == (True, True)


@pytest.mark.parametrize("words", RUNS)
def test_a_command_prints_chinese(words: str, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    done = kg(*words.split(), "--lang", "zh", "--verbose", store=built)
    assert done.status == 0, done.err
    assert lines(done.out + done.err) == []


@pytest.mark.parametrize("words", FAILURES)
def test_an_error_is_chinese(words: str, built: Path) -> None:
    done = kg(*words.split(), "--lang", "zh", store=built)
    assert lines(done.out + done.err) == []


def test_a_map_is_chinese(built: Path, tmp_path: Path) -> None:
    assert (
        kg("map", "--samples", "2", "-o", tmp_path / "a.svg", "--lang", "zh", "--focus", "xaut", store=built).status
        == 0
    )
    drawn = re.sub(r"<style.*?</style>", "", (tmp_path / "a.svg").read_text(encoding="utf-8"), flags=re.DOTALL)
    assert lines("\n".join(re.findall(r">([^<>]+)<", drawn))) == []


@pytest.mark.parametrize("texts", [map_messages.UI, report_messages.WORDS], ids=["map", "report"])
def test_words_of_a_page_are_chinese(texts: dict[str, object]) -> None:
    places = re.compile(r"\{\w+\}")
    assert lines("\n".join(places.sub("", text.zh) for text in texts.values())) == []  # type: ignore[attr-defined]


def test_a_report_is_chinese(built: Path, tmp_path: Path) -> None:
    page = tmp_path / "a.html"
    words = ("--place", "Shaanxi", "--since", "2025-01-01", "--measure", "degree")
    done = kg("report", "-o", page, "--lang", "zh", *words, store=built)
    assert done.status == 0, done.err
    document = html.document_fromstring(page.read_text(encoding="utf-8"))
    for element in elements(document, "//style | //script"):
        element.drop_tree()
    assert lines("\n".join(document.itertext())) == []


@pytest.mark.parametrize("name", ["amounts", "integration-firms", "our-links", "recognised", "who-says"])
def test_an_answer_is_chinese(name: str, built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "600")
    params = {"our-links": "of=xaut", "who-says": "about=link/xaut-36"}
    given = ("--param", params[name]) if name in params else ()
    done = kg("query", name, *given, "--limit", "30", "--lang", "zh", "--verbose", store=built)
    assert done.status == 0, done.err
    assert lines(done.out + done.err) == []


def test_questions_are_chinese() -> None:
    for one in all_questions():
        texts = [one.asks, one.caveat, one.awaits, one.frame and one.frame.text, *(p.meaning for p in one.params)]
        places = re.compile(r"\{\w+\}")
        assert lines("\n".join(places.sub("", text.zh or "") for text in texts if text)) == [], one.name


def test_places_and_publishers_have_their_chinese_names(built: Path) -> None:
    assert "宁德市、福建省" in kg("resolve", "suggest", "--actor", "catl", "--lang", "zh", store=built).out
    answer = kg("query", "who-says", "--param", "about=link/xaut-36", "--lang", "zh", store=built).out
    assert ("中国日报" in answer, "China Daily" in answer) == (True, False)
