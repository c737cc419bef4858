"""Notes of measures, lenses and reasons are in Chinese with ``--lang zh``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click
import pytest
from helpers.chinese import latin
from helpers.sampling import sampled
from helpers.stores import kg
from helpers.texts import notes_of

from kg.cli import language
from kg.measure import MEASURES, Measure
from kg.measure.rank import rank
from kg.measure.uncertainty.imputation import missing_parties
from kg.measure.uncertainty.interval_table import with_intervals
from kg.measure.uncertainty.intervals import rank_intervals
from kg.measure.uncertainty.sampling import SamplingOptions
from kg.model import Table
from kg.network import Lens, Network, build
from kg.network.incidence.load import load_incidence
from kg.store.local import LocalStore
from kg.texts import localise

if TYPE_CHECKING:
    from pathlib import Path

    from kg.network import Mode

_CITED = re.compile(r"\[[^\]]*\]")
_ENGLISH = re.compile(r"[A-Za-z']+ [a-z']+ [a-z']+")
"""Three English words in a row; names of methods, columns and weights are not translated."""


def english(text: str) -> bool:
    """Return whether a sentence is English, apart from citations."""
    plain = _CITED.sub("", text)
    return bool(_ENGLISH.search(plain)) or not re.search("[\u4e00-\u9fff]", plain)


def notes(table: Table) -> list[str]:
    return [note for note in notes_of(table, "zh") if english(note)]


@pytest.fixture(scope="module")
def network(built: Path) -> Network:
    with LocalStore(built).view() as view:
        return build(load_incidence(view))


def test_english_sentences_are_detected() -> None:
    assert english("Score: number of links.")
    assert english("得分：number of all links。")
    assert not english("得分：各联系之和[Newman 2001, a journal of physics 64]")
    assert not english("权重为newman；low与high：可能的范围")


def test_the_lens_uses_the_labels_of_the_ontology(built: Path) -> None:
    lens = Lens(
        participant_sectors="firm",
        link_types="Agreement",
        roles="party",
        between=("firm", "firm"),
    )
    with LocalStore(built).view() as view:
        note = build(load_incidence(view), lens).notes[0].zh or ""
    assert "形式：协议；参与方类型：企业；企业与企业之间" in note
    assert latin(note) == set()


@pytest.mark.parametrize(
    ("measure", "mode"),
    sampled(MEASURES, ("two-mode", "one-mode")),
    ids=lambda value: getattr(value, "name", value),
)
def test_rankings_have_chinese_notes(measure: Measure, mode: Mode, network: Network) -> None:
    table = rank(network, measure.name, mode, "firm", 3, "zh")
    assert missing_parties(network).any()
    ranking = with_intervals(
        table, rank_intervals(network, measure.name, mode, "firm", SamplingOptions(2, drop_links=0.1))
    )
    assert notes(ranking) == []
    assert not english(localise(measure.explain(), "zh"))
    undefined = measure.function(single_incidence(network), mode)
    assert notes(Table((), (), undefined.notes)) == []


def single_incidence(network: Network) -> Network:
    """Return the network of the first incidence only, for which most measures are undefined."""
    return network.subnetwork(network.link_of * network.actor_of < 0)


@pytest.mark.parametrize(
    "command",
    [
        "rank --explain",
        "rank --limit 3 --intervals --samples 3 --drop-links 0.1",
        "rank --limit 3 --mode one-mode --measure eigenvector --place Shaanxi --participant-sector firm",
        "rank --limit 3 --between firm university --since 2024-01-01 --include-undated",
        "rank --limit 3 --since 2024-01-01 --until 2025-01-01 --date-mode in-force --certain-dates --weight count",
        "rank --limit 3 --derived without",
        "helix --explain",
        "helix --by-year --explain --sector firm --sector institute",
        "structure mixing --participant-sector firm",
        "structure backbone --filter disparity --level 0.001 --explain",
        "structure nestedness --row-sector intermediary --column-sector institute",
        "structure specialisation --sector intermediary",
    ],
)
def test_measuring_commands_print_chinese_notes(command: str, built: Path) -> None:
    """Check lenses and options beyond those of `test_chinese_words`."""
    done = kg(*command.split(), "--lang", "zh", "--format", "csv", store=built)
    assert done.status == 0, done.err
    assert [line for line in done.err.splitlines() if english(line)] == []
    head, *rows = done.out.splitlines()
    if head.endswith(",reason"):
        assert [row for row in rows if not row.endswith(",") and english(row.rpartition(",")[2])] == []


def test_writing_a_network_prints_chinese_notes(built: Path, tmp_path: Path) -> None:
    done = kg("network", "-o", str(tmp_path / "a.csv"), "--lang", "zh", store=built)
    assert [line for line in done.err.splitlines() if english(line)] == []


def test_a_lens_between_two_sectors_is_across() -> None:
    assert Lens().across is False
    assert Lens(between=("firm", "university")).across


def test_a_kind_of_path_is_translated_when_it_is_printed() -> None:
    with language.use("zh"):
        kind = click.Path(exists=True)
        with pytest.raises(click.BadParameter, match="路径"):
            kind.convert("/nonexistent", None, None)
    assert kind.name == "path"
