"""Who asks for Chinese is answered in Chinese: no sentence of measures, lenses or reasons stays English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from helpers.stores import kg

from kg.measure import MEASURES, Measure
from kg.measure.rank import rank
from kg.measure.uncertainty.imputation import missing_parties
from kg.measure.uncertainty.interval_table import with_intervals
from kg.measure.uncertainty.intervals import rank_intervals
from kg.measure.uncertainty.sampling import SamplingOptions
from kg.model import Table
from kg.network import Lens, Network, build
from kg.network.incidence.load import load_incidence
from kg.store.local import Store

if TYPE_CHECKING:
    from pathlib import Path

    from kg.network import Mode

_CITED = re.compile(r"\[[^\]]*\]")
_ENGLISH = re.compile(r"[A-Za-z']+ [a-z']+ [a-z']+")
"""Three words in a row; names of methods, columns and weights stay what a user types."""


def english(text: str) -> bool:
    """Whether a sentence is English, but for citations."""
    plain = _CITED.sub("", text)
    return bool(_ENGLISH.search(plain)) or not re.search("[\u4e00-\u9fff]", plain)


def notes(table: Table) -> list[str]:
    return [note for note in table.localise("zh").notes if english(note)]


@pytest.fixture(scope="module")
def shown(built: Path) -> Network:
    with Store(built).view() as view:
        return build(load_incidence(view))


def test_what_is_english_is_found() -> None:
    assert english("Score: number of links.")
    assert english("得分：number of all links。")
    assert not english("得分：各联系之和[Newman 2001, a journal of physics 64]")
    assert not english("权重为newman；low与high：可能的范围")


def test_a_lens_is_told_in_the_words_of_the_ontology(built: Path) -> None:
    asked = Lens(
        participant_sectors=frozenset({"firm"}),
        link_types=frozenset({"Agreement"}),
        roles=frozenset({"party"}),
        between=("firm", "firm"),
    )
    with Store(built).view() as view:
        told = build(load_incidence(view), asked).notes[0].zh or ""
    assert "形式：协议；参与方：企业；企业与企业之间" in told
    assert not re.search("[A-Za-z]", told)


@pytest.mark.parametrize("measure", MEASURES, ids=lambda measure: measure.name)
@pytest.mark.parametrize("mode", ["two-mode", "one-mode"])
def test_every_ranking_is_told_in_chinese(measure: Measure, mode: Mode, shown: Network) -> None:
    table = rank(shown, measure.name, mode, "firm", 3, "zh")
    assert missing_parties(shown).any()
    told = with_intervals(table, rank_intervals(shown, measure.name, mode, "firm", SamplingOptions(2, drop_links=0.1)))
    assert notes(told) == []
    assert not english(measure.explain().zh)
    nobody = measure.function(build_of_nothing(shown), mode)
    assert notes(Table((), (), nobody.notes)) == []


def build_of_nothing(network: Network) -> Network:
    """The network of the first incidence alone, where most is not defined."""
    return network.subnetwork(network.link_of * network.actor_of < 0)


@pytest.mark.parametrize(
    "command",
    [
        "rank --explain",
        "rank --limit 3 --intervals --samples 3 --drop-links 0.1",
        "rank --limit 3 --mode one-mode --measure eigenvector --place Shaanxi --participant-sector firm",
        "rank --limit 3 --compare 2024 2025",
        "rank --limit 3 --between firm university --since 2024-01-01 --include-undated",
        "rank --limit 3 --since 2024-01-01 --until 2025-01-01 --date-mode in-force --certain-dates --weight count",
        "rank --limit 3 --derived without",
        "helix --explain",
        "helix --by-year --explain --sector firm --sector institute",
        "helix --by-kind --explain",
        "structure mixing --explain",
        "structure mixing --participant-sector firm",
        "structure brokerage --limit 3 --explain",
        "structure communities --explain",
        "structure components --explain",
        "structure backbone --explain",
        "structure backbone --filter disparity --level 0.001 --explain",
        "structure nestedness --explain",
        "structure nestedness --row-sector intermediary --column-sector institute",
        "structure specialisation --explain",
        "structure specialisation --sector intermediary",
        "suggest xaut",
        "suggest --evaluate",
    ],
)
def test_every_command_that_measures_answers_in_chinese(command: str, built: Path) -> None:
    done = kg(*command.split(), "--lang", "zh", "--format", "csv", store=built)
    assert done.status == 0, done.err
    assert [line for line in done.err.splitlines() if english(line)] == []
    head, *rows = done.out.splitlines()
    if head.endswith(",reason"):
        assert [row for row in rows if not row.endswith(",") and english(row.rpartition(",")[2])] == []


def test_a_network_that_is_written_is_told_in_chinese(built: Path, tmp_path: Path) -> None:
    done = kg("network", "-o", str(tmp_path / "a.csv"), "--lang", "zh", store=built)
    assert [line for line in done.err.splitlines() if english(line)] == []


def test_a_lens_tells_both_languages() -> None:
    assert Lens().across is False
    assert Lens(between=("firm", "university")).across
