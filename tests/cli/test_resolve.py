"""`kg resolve`: suggestions, judgements and the chains that join records."""

from __future__ import annotations

import csv
import io
import os
import shutil
from pathlib import Path

import pytest
from helpers.stores import SMALL, Done, error_of, kg, kg_alone, make, quads
from helpers.turtle import HEAD, SOURCE, graph_file, in_evidence

TWICE = SOURCE + in_evidence(
    """<id/anvil-works-ltd> a hx:Actor, hx:Organisation, hx:Firm ; skos:prefLabel "ANVIL WORKS Co., Ltd."@en .
    <id/anvil-12> a hx:Actor, hx:Organisation, hx:Firm ; skos:prefLabel "Anvil Works 12"@en .
    <id/anvil-14> a hx:Actor, hx:Organisation, hx:Firm ; skos:prefLabel "Anvil Works 14"@en .
    <id/sx> a hx:Actor, hx:Organisation, hx:GovernmentDepartment ; skos:prefLabel "Shaanxi Department of Mines"@en .
    <id/sn> a hx:Actor, hx:Organisation, hx:GovernmentDepartment ; skos:prefLabel "Shanxi Department of Mines"@en ."""
)


@pytest.fixture(scope="module")
def unjudged(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small files, and actors with similar names."""
    folder = tmp_path_factory.mktemp("twice")
    make(folder / "store", SMALL, graph_file(folder, TWICE))
    return folder / "store"


@pytest.fixture
def store(unjudged: Path, tmp_path: Path) -> Path:
    """A copy of that store, which judgements may change."""
    return Path(shutil.copytree(unjudged, tmp_path / "copy"))


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rows(done: Done) -> list[dict[str, str]]:
    assert done.status == 0, done.err
    return list(csv.DictReader(io.StringIO(done.out)))


def suggested(store: Path, *words: str) -> list[dict[str, str]]:
    return rows(kg("resolve", "suggest", *words, "--format", "csv", store=store))


def pairs(rows: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(row["left"].rpartition("/")[2], row["right"].rpartition("/")[2]) for row in rows]


def judge(store: Path, left: str, right: str, verdict: str, *words: str) -> Done:
    details = ("--reason", "The same page.", "--author", "Li", "--date", "2026-11-24")
    return kg("resolve", "judge", left, right, verdict, *details, *words, store=store)


@pytest.mark.usefixtures("here")
def test_suggestions_have_a_score_reasons_and_both_names(store: Path) -> None:
    (row,) = suggested(store, "--actor", "anvil", "--limit", "1")
    assert row["left_name"] == "Anvil Works"
    assert row["right_name"] == "ANVIL WORKS Co., Ltd."
    assert float(row["score"]) > 0.9
    assert row["reasons"].startswith("the names are alike")
    assert row["kind"] == "Firm"


@pytest.mark.usefixtures("here")
def test_constraints_apply_at_any_threshold(store: Path) -> None:
    suggestions = pairs(suggested(store, "--threshold", "0"))
    assert ("anvil", "anvil-works-ltd") in suggestions
    assert not {("sn", "sx"), ("anvil-12", "anvil-14"), ("north", "north-forge")} & set(suggestions)


@pytest.mark.usefixtures("here")
def test_reasons_and_names_follow_the_language(store: Path) -> None:
    (row,) = suggested(store, "--actor", "铁砧公司", "--lang", "zh", "--limit", "1")
    assert row["left_name"] == "铁砧公司"
    assert row["reasons"].startswith("名称一致")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("verdict", ["same", "different", "unsure"])
def test_judged_pairs_are_not_suggested(store: Path, verdict: str) -> None:
    done = judge(store, "anvil", "anvil-works-ltd", verdict)
    assert (done.status, done.out) == (0, f"id:anvil and id:anvil-works-ltd: {verdict}\n")
    assert "judgements.ttl" in done.err
    assert ("anvil", "anvil-works-ltd") not in pairs(suggested(store, "--threshold", "0"))


def test_a_judgement_applies_at_once_and_in_a_build_until_a_later_one(here: Path) -> None:
    store, built = here / "store", here / "built"
    more = graph_file(here, TWICE)
    assert kg("build", SMALL, more, store=store).status == 0
    assert judge(store, "anvil", "anvil-works-ltd", "same").status == 0
    assert "among 11 organisations" in kg("build", SMALL, more, "judgements.ttl", store=built).err
    assert quads(store) == quads(built)
    statements = rows(kg("show", "anvil-works-ltd", "--format", "csv", store=store))
    assert "Anvil Works" in {row["value"] for row in statements}
    assert "judged same by Li on 2026-11-24 (The same page.)" in next(
        row["label"] for row in statements if row["property"] == "same as"
    )
    assert judge(store, "anvil", "anvil-works-ltd", "unsure").status == 0
    assert "among 12 organisations" in kg("build", SMALL, more, "judgements.ttl", store=built).err
    assert quads(store) == quads(built)
    history = rows(kg("resolve", "show", "anvil", "--format", "csv", store=store))
    assert [row["verdict"] for row in history] == ["(same)", "unsure"]


@pytest.mark.usefixtures("here")
def test_a_name_of_merged_actors_is_that_of_the_first(store: Path) -> None:
    assert judge(store, "anvil", "anvil-works-ltd", "same").status == 0
    (found,) = rows(kg("find", "anvil works co", "--format", "csv", store=store))
    assert (found["actor"].rpartition("/")[2], found["links"]) == ("anvil", "2")
    done = kg("show", "ANVIL WORKS Co., Ltd.", "--format", "csv", store=store)
    assert rows(done) == rows(kg("show", "anvil", "--format", "csv", store=store))


@pytest.mark.usefixtures("here")
def test_show_prints_the_chain_between_two_records(store: Path) -> None:
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
    assert "is in no cluster and has no judgements" in kg("resolve", "show", "south", store=store).err


def test_contradictory_judgements_are_refused_with_the_chain(store: Path, here: Path) -> None:
    for left, right in (("anvil", "bellows"), ("bellows", "crucible")):
        assert judge(store, left, right, "same").status == 0
    before = (here / "judgements.ttl").read_bytes()
    message = error_of(judge(store, "crucible", "anvil", "different"))
    assert message.startswith("kg: these cannot all be true: id:anvil and id:bellows: judged same by Li on 2026-11-24")
    assert "but id:anvil and id:crucible: judged different" in message
    assert (here / "judgements.ttl").read_bytes() == before
    assert "id:north-forge is part of id:north" in error_of(judge(store, "north", "north-forge", "same"))


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(
    ("words", "status", "message"),
    [
        (("judge", "anvil", "unknown", "same", "--reason", "x"), 1, "there is no actor 'unknown'"),
        (("judge", "anvil", "link/pact", "same", "--reason", "x"), 1, "id:link/pact is not an actor"),
        (("judge", "anvil", "anvil", "same", "--reason", "x"), 2, "is one node"),
        (("judge", "anvil", "bellows", "perhaps", "--reason", "x"), 2, "'perhaps' is not one of"),
        (("judge", "anvil", "bellows", "same"), 2, "pass --reason TEXT"),
        (("judge", "anvil", "bellows", "same", "--reason", " "), 2, "pass --author and --reason"),
        (
            ("judge", "anvil", "bellows", "same", "--reason", "x", "-o", "no/where.ttl"),
            1,
            "no/where.ttl cannot be written: the folder no does not exist",
        ),
        (("suggest", "--threshold", "2"), 2, "is not in the range 0<=x<=1"),
        (("suggest", "--actor", "unknown"), 1, "there is no actor 'unknown'"),
        (("show", "unknown"), 1, "there is no actor 'unknown'"),
    ],
)
def test_errors_are_one_sentence(store: Path, words: tuple[str, ...], status: int, message: str) -> None:
    assert message in error_of(kg("resolve", *words, store=store), status=status)


def test_an_unreadable_judgements_file_is_reported(store: Path, here: Path) -> None:
    (here / "judgements.ttl").write_text("Dear diary,\n", encoding="utf-8")
    for words in (("suggest",), ("show", "anvil"), ("judge", "anvil", "bellows", "same", "--reason", "x")):
        assert "judgements.ttl:1:" in error_of(kg("resolve", *words, store=store))


def test_suggestions_do_not_depend_on_the_hash_seed(store: Path, tmp_path: Path) -> None:
    words = ("resolve", "suggest", "--threshold", "0.1", "--format", "json")
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"  # that of this process is random
    other = kg_alone(*words, folder=tmp_path, store=store, env={"PYTHONHASHSEED": seed})
    assert kg(*words, store=store).out == other.out != "[]\n"


@pytest.mark.usefixtures("here")
def test_a_judgement_conforms_to_the_shapes(store: Path, here: Path) -> None:
    judge(store, "anvil", "bellows", "same")
    judge(store, "bellows", "anvil", "different")
    done = kg("validate", SMALL, "judgements.ttl", store=store)
    assert (done.status, done.err) == (0, "all files conform\n")
    assert HEAD.count("@prefix") > (here / "judgements.ttl").read_text(encoding="utf-8").count("@prefix")


def table(folder: Path, *rows: str) -> Path:
    path = folder / "decided.csv"
    path.write_text("\ufeffleft,right,score,reason,decision\n" + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return path


def test_a_table_of_suggestions_is_judged_as_a_whole(store: Path, here: Path) -> None:
    assert kg("resolve", "suggest", "-o", "pairs.csv", store=store).status == 0
    head, first, *rest = (here / "pairs.csv").read_text(encoding="utf-8-sig").splitlines()
    assert head == "left,right,score,reason,decision"
    assert first.startswith("id:anvil,id:anvil-works-ltd,")
    decided = [head, f"{first}same", *rest]
    (here / "pairs.csv").write_text("\n".join(decided), encoding="utf-8")
    counts = rows(kg("resolve", "judge", "pairs.csv", "--author", "Li", "--format", "csv", store=store))
    assert {row["decision"]: int(row["count"]) for row in counts if row["count"] != "0"} == {
        "same": 1,
        **({"open": len(rest)} if rest else {}),
    }
    again = rows(kg("resolve", "judge", "pairs.csv", "--author", "Li", "--format", "csv", store=store))
    assert {row["decision"]: row["count"] for row in again}["judged before"] == "1"
    assert ("anvil", "anvil-works-ltd") not in pairs(suggested(store, "--threshold", "0"))


def test_a_table_with_a_contradiction_changes_nothing(store: Path, here: Path) -> None:
    before = quads(store)
    decided = table(here, "anvil,bellows,,a,same", "bellows,crucible,,b,same", "crucible,anvil,,c,different")
    assert "these cannot all be true" in error_of(kg("resolve", "judge", decided, "--author", "Li", store=store))
    assert quads(store) == before
    assert not (here / "judgements.ttl").exists()


def test_rows_above_a_score_are_accepted_with_a_recorded_rule_only(store: Path, here: Path) -> None:
    decided = table(here, "anvil,anvil-works-ltd,0.99,alike,", "bellows,crucible,0.5,not alike,")
    words = ("resolve", "judge", decided, "--author", "Li", "--accept-above", "0.9")
    done = kg(*words, store=store)
    assert done.status == 2
    assert "accepted, score 0.99: anvil = anvil-works-ltd: alike" in done.err
    assert "pass --rule TEXT" in done.err
    assert kg(*words, "--rule", "I read 50 of them", store=store).status == 0
    text = (here / "judgements.ttl").read_text(encoding="utf-8")
    assert "I read 50 of them (rule: a score of at least 0.9): alike" in text
    assert "bellows" not in text


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("anvil,bellows,,x,perhaps", "decided.csv:2: decision is 'perhaps'; write same, different or unsure"),
        ("anvil,,,x,same", "decided.csv:2: left or right is empty"),
        ("anvil,bellows,high,x,same", "decided.csv:2: score is 'high'"),
        ("anvil,unknown,,x,same", "there is no actor 'unknown'"),
    ],
)
def test_a_malformed_row_is_reported(store: Path, here: Path, row: str, message: str) -> None:
    assert message in error_of(kg("resolve", "judge", table(here, row), "--author", "Li", store=store))
