"""Evidence from reviewed reports: what is accepted, as the sentence has it, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from helpers import readings
from helpers.stores import kg

from kg.errors import InputError, UsageError
from kg.ingest.readers.input_files import Inputs
from kg.ingest.readers.passages import PassageRecord
from kg.ingest.readers.records import Skipped
from kg.ingest.readers.report import REPORT
from kg.read.decisions import Addition, Change, NameDecision, write_decisions
from kg.read.model import Attributes, Count, Party, When
from kg.read.proposals import read_proposals
from kg.store.local import LocalStore

if TYPE_CHECKING:
    from pathlib import Path

    from kg.ingest.readers.records import Link, Row
    from kg.read.decisions import DocumentDecisions
    from kg.read.model import Reading

SOURCE = "news.example-"


def rows(folder: Path, one: Reading, decided: DocumentDecisions) -> list[Row]:
    return list(REPORT.read(Inputs(readings.write(folder, one, decided))))


@pytest.fixture
def records(tmp_path: Path) -> list[PassageRecord]:
    one = readings.reading()
    return [row for row in rows(tmp_path, one, readings.accepted(one)) if isinstance(row, PassageRecord)]


def links(records: list[PassageRecord], end: str) -> list[Link]:
    return [link for record in records for link in record.links if link.key.endswith(end)]


def test_a_sentence_is_evidence_with_its_place_and_its_review(records: list[PassageRecord]) -> None:
    first = records[0]
    assert first.key == "s0-70"
    assert first.passage is not None
    assert (first.passage.start, first.passage.end) == (0, 70)
    assert (first.passage.reviewer, str(first.passage.day)) == ("Zhang San", "2024-06-01")
    assert "rules 1" in first.passage.description[0].text


def test_agreements_with_each_of_several_firms_have_a_common_party(records: list[PassageRecord]) -> None:
    (link,) = (one for record in records for one in record.links if "/cooperation-agreement/" in one.key)
    assert {part.actor for part in link.participations} == {
        "reported/lake-university",
        "reported/peak-steel-co-ltd",
        "reported/river-motors-co-ltd",
    }
    assert (link.arity, link.common_party, link.stage) == ("unstated", "reported/lake-university", "signed")


def test_unnamed_parties_are_a_group_with_their_bound(records: list[PassageRecord]) -> None:
    (link,) = links(records, "/joint-construction-agreement")
    (group,) = link.groups
    assert (group.count, group.kind, group.role, group.thing) == (30, "moreThan", "party", "organisations")
    assert [part.actor for part in link.participations] == ["reported/lake-university"]


def test_counted_institutions_are_one_founding_with_the_named_ones(records: list[PassageRecord]) -> None:
    (link,) = links(records, "/4-new-institutions")
    (group,) = link.groups
    assert (group.count, group.includes_named, group.role) == (4, True, None)
    assert link.about == group.members == ("reported/lake-university/lake-robotics-college",)


def test_a_college_built_with_a_firm_has_a_host_and_a_co_builder(records: list[PassageRecord]) -> None:
    (link,) = links(records, "/lake-hydrogen-college")
    roles = {(part.role, part.actor) for part in link.participations}
    assert roles == {("host", "reported/lake-university"), ("coBuilder", "reported/peak-steel-co-ltd")}
    assert link.form == "CoConstruction"


def test_the_year_of_the_page_is_an_inference_of_its_own(records: list[PassageRecord]) -> None:
    assert records[0].passage is not None
    (event,) = records[0].passage.events
    assert (event.dates.stated_as, event.dates.start_earliest) == ("--05-03", None)
    (inference,) = (one.passage for one in records if one.key.startswith("inference/") and one.passage)
    assert inference.reading == "inference"
    assert inference.derived_from == ("s0-70", "page-date")
    assert sorted(key.split("/")[0] for key, _ in inference.dates) == ["event", "link"]
    assert {str(dates.start_earliest) for _, dates in inference.dates} == {"2024-05-03"}


def test_a_wish_is_not_evidence(tmp_path: Path) -> None:
    one = readings.reading()
    paths = readings.write(tmp_path, one, readings.accepted(one))
    inputs = Inputs(paths)
    found = list(REPORT.read(inputs))
    assert [row.rule for row in found if isinstance(row, Skipped)] == ["not-expressible"]
    assert [str(note.en) for note in inputs.notes if not isinstance(note, str)] == [
        "not written: signed (Lake University, Hill Bank): the text does not assert it (hoped)"
    ]
    assert "hill-bank" not in str(found)


def test_without_a_decision_nothing_is_evidence(tmp_path: Path) -> None:
    one = readings.reading()
    decided = readings.accepted(one, p1=None, p3="refused", p4="refused", p5="refused")
    found = rows(tmp_path, one, decided)
    rules = sorted(row.rule for row in found if isinstance(row, Skipped))
    assert rules == ["not-expressible", "refused-in-review", "refused-in-review", "refused-in-review", "undecided"]
    assert "river-motors" not in str(found)


def test_a_person_changes_values_within_the_names_of_the_text(tmp_path: Path) -> None:
    one = readings.reading()
    decided = readings.accepted(one, p12=Change(stage="planned"), p1=Change(date="2024-05-02"))
    found = [row for row in rows(tmp_path, one, decided) if isinstance(row, PassageRecord)]
    (link,) = links(found, "/an-agreement")
    assert link.stage == "planned"
    assert found[0].passage is not None
    assert str(found[0].passage.events[0].dates.start_latest) == "2024-05-02"
    assert "with changes" in found[0].passage.description[0].text
    with pytest.raises(InputError, match="'Moon University' is not a name of the document"):
        rows(tmp_path, one, readings.accepted(one, p3=Change(head="Moon University")))


def test_names_are_linked_to_known_actors_or_created(tmp_path: Path) -> None:
    one = readings.reading()
    known = NameDecision("University", "Lake University", actor="https://w3id.org/helix-kg/id/lake")
    new = NameDecision("Firm", "Peak Steel Co., Ltd.", spelling="Peak Steel", kind="Firm")
    decided = replace(readings.accepted(one), names=(known, new))
    text = str(rows(tmp_path, one, decided))
    assert "'lake/lake-hydrogen-college'" in text
    assert "'reported/peak-steel'" in text
    assert "reported/lake-university" not in text


@pytest.mark.parametrize("dated", [When("2024-05-03", "May 3, 2024"), When("--05-03", "May 3"), None])
def test_dates_need_no_inference_if_the_text_has_the_year_or_no_source_has(tmp_path: Path, dated: When | None) -> None:
    one = readings.reading()
    first = one.proposals[0]
    one = replace(one, proposals=(replace(first, attributes=replace(first.attributes, date=dated)), *one.proposals[1:]))
    found = [row for row in rows(tmp_path, one, readings.accepted(one)) if isinstance(row, PassageRecord)]
    derived = [one.passage.derived_from for one in found if one.passage and one.passage.reading == "inference"]
    assert derived == ([("s0-70",)] if dated and dated.value.startswith("2024") else [])


def test_faults_of_the_files_are_reported(tmp_path: Path) -> None:
    one = readings.reading()
    decided = readings.accepted(one)
    with pytest.raises(InputError, match="no document has the digest"):
        rows(tmp_path, readings.reading(f"{readings.TEXT} More."), decided)
    with pytest.raises(InputError, match="there is no proposal"):
        rows(tmp_path, replace(one, proposals=one.proposals[1:]), decided)
    with pytest.raises(InputError, match="the publisher is not known; pass --publisher"):
        rows(tmp_path, readings.without_publisher(one), decided)
    with pytest.raises(UsageError, match=r"lake\.proposals\.json: report reads pairs of files"):
        list(REPORT.read(Inputs([tmp_path / "lake.proposals.json"])))


def test_the_evidence_conforms_and_a_later_review_replaces_it(tmp_path: Path) -> None:
    one, store = readings.reading(), tmp_path / "store"
    paths = readings.write(tmp_path, one, readings.accepted(one))
    first = kg("ingest", "report", *paths, store=store)
    assert first.status == 0, first.err
    assert "the store already contains all of this" in kg("ingest", "report", *paths, store=store).err
    readings.write(tmp_path, one, readings.accepted(one, p13="refused"))
    again = kg("ingest", "report", *paths, "--format", "csv", store=store)
    assert '"evidence, gone",1' in again.out
    output = tmp_path / "lake.trig"
    kg("ingest", "report", *paths, "-o", output, store=store)
    reviewers = [quad for quad in ox.parse(path=str(output)) if quad.predicate.value.endswith("contributor")]
    assert {quad.object.value for quad in reviewers} == {"Zhang San"}


def test_a_known_actor_is_described_where_the_graphs_lack_it(tmp_path: Path) -> None:
    one = readings.reading()
    known = NameDecision("University", "Lake University", actor="https://w3id.org/helix-kg/id/lake")
    paths = readings.write(tmp_path, one, replace(readings.accepted(one), names=(known,)))
    for is_there, kind in ((True, ""), (False, "University")):
        described = frozenset({"lake"} if is_there else ())
        inputs = Inputs(paths, described.__contains__)
        found = [row for row in REPORT.read(inputs) if isinstance(row, PassageRecord)]
        assert {actor.kind for actor in found[0].actors if actor.key == "lake"} == {kind}


def test_a_counted_thing_of_a_unit_has_no_other_host(tmp_path: Path) -> None:
    """The store may have a host of the unit that the text does not state."""
    one = readings.reading()
    count = one.proposals[6]
    college = replace(count, id="x", head=replace(count.head, name="Lake Hydrogen College", type="Unit"))
    resources = Attributes(count=Count(280, None, "practical resources", approximate=True))
    one = replace(one, proposals=(replace(college, tail=Party("over 280 practical resources"), attributes=resources),))
    found = [row for row in rows(tmp_path, one, readings.accepted(one)) if isinstance(row, PassageRecord)]
    (link,) = links(found, "/over-280-practical-resources")
    assert (link.about, link.groups[0].kind) == ((), "moreThan")
    assert [part.actor for part in link.participations] == ["reported/lake-hydrogen-college"]


def test_two_reports_of_one_signing_are_one_link_with_two_pieces_of_evidence(tmp_path: Path) -> None:
    store = tmp_path / "store"
    for name, words in (("one", "Lake"), ("two", "Hill")):
        one = readings.reading(f"{readings.TEXT} {words} Daily wrote this.")
        one = replace(one, document=replace(one.document, address=f"https://{name}.example/a.htm", publisher=words))
        (tmp_path / name).mkdir()
        done = kg("ingest", "report", *readings.write(tmp_path / name, one, readings.accepted(one)), store=store)
        assert done.status == 0, done.err
    with LocalStore(store).view() as view:
        rows = list(
            view.select("SELECT ?l (COUNT(?e) AS ?n) { ?e a hx:Evidence GRAPH ?e { ?l a hx:Link } } GROUP BY ?l")
        )
    shared = {row["l"].value.partition("/link/")[2]: int(row["n"].value) for row in rows}
    assert shared["reported/co-construction/lake-university/lake-hydrogen-college"] == 2
    assert sum(1 for key in shared if key.startswith("reported/cooperation-agreement/2024-05-03/")) == 1


def test_the_host_of_a_unit_is_inferred_from_the_units_announced_with_it(tmp_path: Path) -> None:
    one = readings.reading()
    announced = one.proposals[4]
    both = [
        replace(announced, id=name, head=Party(name, "Unit"), evidence=one.proposals[place].evidence)
        for name, place in (("Lake Robotics College", 5), ("Lake Hydrogen College", 8))
    ]
    one = replace(one, proposals=(*one.proposals[:7], one.proposals[8], *both))
    for decided, hosts in (
        (readings.accepted(one), ["inference/host-lake-hydrogen-college"]),
        (readings.accepted(one, p6="refused"), []),
    ):
        found = [row for row in rows(tmp_path, one, decided) if isinstance(row, PassageRecord)]
        inferred = [row for row in found if "/host-" in row.key]
        assert [row.key for row in inferred] == hosts
        for row in inferred:
            assert [(part.role, part.actor) for part in row.links[0].participations] == [
                ("host", "reported/lake-university")
            ]


def test_the_first_source_becomes_what_the_shipped_graph_states(tmp_path: Path, built: Path, shared: Path) -> None:
    """All proposals of the reader are accepted as they are; the text is that of the first source of the project."""
    address = "https://education.chinadaily.com.cn/2025-11/11/c_1139523.htm"
    proposals, decisions = tmp_path / "first.proposals.json", tmp_path / "first.decisions.json"
    about = ("--address", address, "--publisher", "China Daily", "-o", proposals)
    assert kg("read", shared / "corpus" / "first-source.txt", *about, store=built).status == 0
    (one,) = read_proposals(proposals)
    write_decisions(decisions, (readings.accepted(one),))
    found = [row for row in REPORT.read(Inputs([proposals, decisions])) if isinstance(row, PassageRecord)]
    made = {link.key: link for row in found for link in row.links}
    groups = {(group.count, group.kind, group.thing, group.role) for link in made.values() for group in link.groups}
    assert {
        (13, "exact", "units", None),
        (36, "exact", "organisations", "party"),
        (280, "moreThan", "resources", None),
    } <= groups
    tied = {part.actor for link in made.values() if "36" in link.key for part in link.participations}
    assert tied == {"xaut"}
    (signed,) = (link for key, link in made.items() if "strategic-cooperation-agreement" in key)
    assert {part.actor for part in signed.participations} == {"xaut", "sx-iit"}
    passages = [row.passage for row in found if row.passage is not None]
    assert len(passages) == len(found)
    roles = {part.role for passage in passages for event in passage.events for part in event.participations}
    assert roles == {"organiser", "overseer"}
    event = passages[0].events[0]
    assert (event.dates.stated_as, event.dates.start_earliest) == ("--11-08", None)


def test_an_added_statement_is_evidence_and_one_that_the_gate_refuses_is_listed(tmp_path: Path) -> None:
    one = readings.reading()
    start = one.document.text.index("The university signed")
    end = one.document.text.index(" It founded")
    added = Addition(
        "partnerIn", "River Motors Co., Ltd.", "Firm", "cooperation agreements", start, end, "signed", "Agreement"
    )
    decided = replace(readings.accepted(one, p4=None), added=(added, replace(added, head="Moon Works")))
    inputs = Inputs(readings.write(tmp_path, one, decided))
    found = list(REPORT.read(inputs))
    assert "river-motors" in str([row for row in found if isinstance(row, PassageRecord)])
    assert "refused-by-gate" in [row.rule for row in found if isinstance(row, Skipped)]
    assert "not added: partnerIn (Moon Works, cooperation agreements): a party is in none of the quoted sentences" in [
        str(note.en) for note in inputs.notes if not isinstance(note, str)
    ]


def test_an_agreement_has_its_field_and_its_place(tmp_path: Path) -> None:
    last = "The cooperation agreements cover robotics in Laketown."
    one = readings.reading(f"{readings.TEXT} {last}")
    start, end = len(readings.TEXT) + 1, len(one.document.text)
    field = Addition("focusesOn", "cooperation agreements", "Agreement", "robotics", start, end, "cover", "Field")
    place = replace(field, relation="locatedIn", tail="Laketown", tail_type="Place")
    found = rows(tmp_path, one, replace(readings.accepted(one), added=(field, place)))
    (record,) = (row for row in found if isinstance(row, PassageRecord) and row.key == f"s{start}-{end}")
    assert {topic.names[0].text for link in record.links for topic in link.topics} == {"robotics"}
    assert {name.text for link in record.links for name in link.place_names} == {"Laketown"}
