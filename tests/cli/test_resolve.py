"""`kg resolve`: suggest, judge, show, and judging again."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from helpers.stores import SMALL, Done, kg, kg_alone, make, told
from helpers.turtle import HEAD, SOURCE, said, written

if TYPE_CHECKING:
    from pathlib import Path

TWICE = SOURCE + said(
    """<id/anvil-works-ltd> a hx:Actor, hx:Organisation, hx:Firm ; skos:prefLabel "ANVIL WORKS Co., Ltd."@en .
    <id/anvil-12> a hx:Actor, hx:Organisation, hx:Firm ; skos:prefLabel "Anvil Works 12"@en .
    <id/anvil-14> a hx:Actor, hx:Organisation, hx:Firm ; skos:prefLabel "Anvil Works 14"@en .
    <id/sx> a hx:Actor, hx:Organisation, hx:GovernmentDepartment ; skos:prefLabel "Shaanxi Department of Mines"@en .
    <id/sn> a hx:Actor, hx:Organisation, hx:GovernmentDepartment ; skos:prefLabel "Shanxi Department of Mines"@en ."""
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small graphs, and names that are nearly theirs."""
    folder = tmp_path_factory.mktemp("twice")
    make(folder / "store", SMALL, written(folder, TWICE))
    return folder / "store"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory of one's own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rows(done: Done) -> list[dict[str, str]]:
    assert done.status == 0, done.err
    return list(csv.DictReader(io.StringIO(done.out)))


def suggested(store: Path, *words: str) -> list[dict[str, str]]:
    return rows(kg("resolve", "suggest", *words, "--format", "csv", store=store))


def pairs(found: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(row["left"].rpartition("/")[2], row["right"].rpartition("/")[2]) for row in found]


def judge(store: Path, left: str, right: str, verdict: str, *words: str) -> Done:
    why = ("--reason", "The same page.", "--author", "Li", "--date", "2026-11-24")
    return kg("resolve", "judge", left, right, verdict, *why, *words, store=store)


@pytest.mark.usefixtures("here")
def test_suggestions_have_a_score_reasons_and_both_names(store: Path) -> None:
    (row,) = suggested(store, "--actor", "anvil", "--limit", "1")
    assert row["left_name"] == "Anvil Works"
    assert row["right_name"] == "ANVIL WORKS Co., Ltd."
    assert float(row["score"]) > 0.9
    assert row["reasons"].startswith("the names are alike")
    assert row["kind"] == "Firm"


@pytest.mark.usefixtures("here")
def test_no_threshold_is_so_low_that_a_trap_is_suggested(store: Path) -> None:
    found = pairs(suggested(store, "--threshold", "0"))
    assert ("anvil", "anvil-works-ltd") in found
    assert not {("sn", "sx"), ("anvil-12", "anvil-14"), ("north", "north-forge")} & set(found)


@pytest.mark.usefixtures("here")
def test_reasons_and_names_follow_the_language(store: Path) -> None:
    (row,) = suggested(store, "--actor", "铁砧公司", "--lang", "zh", "--limit", "1")
    assert row["left_name"] == "铁砧公司"
    assert row["reasons"].startswith("名称一致")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("verdict", ["same", "different", "unsure"])
def test_what_is_judged_is_not_asked_again(store: Path, verdict: str) -> None:
    done = judge(store, "anvil", "anvil-works-ltd", verdict)
    assert (done.status, done.out) == (0, f"id:anvil and id:anvil-works-ltd: {verdict}\n")
    assert "judgements.ttl" in done.err
    assert ("anvil", "anvil-works-ltd") not in pairs(suggested(store, "--threshold", "0"))


def test_a_judgement_counts_after_a_build_and_is_undone_by_another(here: Path) -> None:
    store = here / "store"
    more = written(here, TWICE)
    assert kg("build", SMALL, more, store=store).status == 0
    assert judge(store, "anvil", "anvil-works-ltd", "same").status == 0
    assert "among 11 organisations" in kg("build", SMALL, more, "judgements.ttl", store=store).err
    shown = rows(kg("show", "anvil-works-ltd", "--format", "csv", store=store))
    assert "Anvil Works" in {row["value"] for row in shown}
    assert "judged same by Li on 2026-11-24 (The same page.)" in next(
        row["label"] for row in shown if row["property"] == "same as"
    )
    assert judge(store, "anvil", "anvil-works-ltd", "unsure").status == 0
    assert "among 12 organisations" in kg("build", SMALL, more, "judgements.ttl", store=store).err
    history = rows(kg("resolve", "show", "anvil", "--format", "csv", store=store))
    assert [row["verdict"] for row in history] == ["(same)", "unsure"]


@pytest.mark.usefixtures("here")
def test_show_prints_the_chain_that_joined_two_ids(store: Path) -> None:
    for left, right in (("anvil", "bellows"), ("bellows", "crucible")):
        assert judge(store, left, right, "same").status == 0
    done = kg("resolve", "show", "anvil", "--format", "csv", store=store)
    chain = [row for row in rows(done) if (row["left"][-5:], row["right"][-8:]) == ("anvil", "crucible")]
    assert [(row["step"], row["from"][-5:], row["to"][-5:]) for row in chain] == [
        ("1", "anvil", "llows"),
        ("2", "llows", "cible"),
    ]
    assert all(row["because"].startswith("judged same by Li") and row["evidence"] for row in chain)
    assert done.err == "3 ids count as id:anvil.\n"
    assert "is one with nobody" in kg("resolve", "show", "south", store=store).err


def test_what_contradicts_is_refused_with_the_chain(store: Path, here: Path) -> None:
    for left, right in (("anvil", "bellows"), ("bellows", "crucible")):
        assert judge(store, left, right, "same").status == 0
    before = (here / "judgements.ttl").read_bytes()
    said_so = told(judge(store, "crucible", "anvil", "different"))
    assert said_so.startswith("kg: these cannot all be true: id:anvil and id:bellows: judged same by Li on 2026-11-24")
    assert "but id:anvil and id:crucible: judged different" in said_so
    assert (here / "judgements.ttl").read_bytes() == before
    assert "id:north-forge is part of id:north" in told(judge(store, "north", "north-forge", "same"))


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (("judge", "anvil", "nobody", "same", "--reason", "x"), 1, "there is no actor 'nobody'"),
        (("judge", "anvil", "link/pact", "same", "--reason", "x"), 1, "id:link/pact is not an actor"),
        (("judge", "anvil", "anvil", "same", "--reason", "x"), 2, "is one node"),
        (("judge", "anvil", "bellows", "perhaps", "--reason", "x"), 2, "'perhaps' is not one of"),
        (("judge", "anvil", "bellows", "same"), 2, "Missing option '--reason'"),
        (("judge", "anvil", "bellows", "same", "--reason", " "), 2, "pass --author and --reason"),
        (
            ("judge", "anvil", "bellows", "same", "--reason", "x", "-o", "no/where.ttl"),
            1,
            "no/where.ttl: cannot be written",
        ),
        (("suggest", "--threshold", "2"), 2, "is not in the range 0<=x<=1"),
        (("suggest", "--actor", "nobody"), 1, "there is no actor 'nobody'"),
        (("show", "nobody"), 1, "there is no actor 'nobody'"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_sentence(
    store: Path, words: tuple[str, ...], status: int, says: str
) -> None:
    assert says in told(kg("resolve", *words, store=store), status=status)


def test_a_judgements_file_that_cannot_be_read_is_told(store: Path, here: Path) -> None:
    (here / "judgements.ttl").write_text("Dear diary,\n", encoding="utf-8")
    for words in (("suggest",), ("show", "anvil"), ("judge", "anvil", "bellows", "same", "--reason", "x")):
        assert "judgements.ttl:1:" in told(kg("resolve", *words, store=store))


def test_the_same_input_gives_the_same_bytes_in_two_processes(store: Path, tmp_path: Path) -> None:
    words = ("resolve", "suggest", "--threshold", "0.1", "--format", "json")
    seen = [kg_alone(*words, folder=tmp_path, store=store, env={"PYTHONHASHSEED": seed}).out for seed in ("1", "2")]
    assert seen[0] == seen[1] != "[]\n"


@pytest.mark.usefixtures("here")
def test_a_judgement_conforms_to_the_shapes(store: Path, here: Path) -> None:
    judge(store, "anvil", "bellows", "same")
    judge(store, "bellows", "anvil", "different")
    done = kg("validate", SMALL, "judgements.ttl", store=store)
    assert (done.status, done.err) == (0, "all files conform\n")
    assert HEAD.count("@prefix") > (here / "judgements.ttl").read_text(encoding="utf-8").count("@prefix")
