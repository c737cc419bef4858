"""`kg map`: files, options and errors; tests/map covers the drawings."""

from __future__ import annotations

import re
import subprocess
from shutil import disk_usage
from typing import TYPE_CHECKING

import pytest
from helpers.stores import Done, error_of, kg, make
from helpers.turtle import SOURCE, graph_file, in_evidence

from kg import files
from kg.network.incidence.load import load_incidence
from kg.store.local import LocalStore

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def test_a_page_is_written_and_its_size_printed(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    done = kg("map", "--samples", "2", "-o", path, store=small)
    assert (done.status, done.out) == (0, "")
    assert done.err == f"{path}: {files.size_text(path)}\n"
    page = path.read_text(encoding="utf-8")
    assert "Content-Security-Policy" in page
    assert "Bellows" in page
    assert kg(
        "map", "--samples", "2", "-o", path, "--quiet", "--measure", "degree", "--mode", "one-mode", store=small
    ) == Done(0, "", "")


def test_samples_sets_the_number_of_imputations(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    samples = []
    for options in ((), ("--samples", 7), ("--samples", 0)):
        assert kg("map", "-o", path, *options, store=small).status == 0
        page = path.read_text(encoding="utf-8")
        samples.append(re.findall(r"(\d+) samples \(seed 1\)", page))
    assert samples == [["100"], ["7"], []]


def test_an_unknown_suffix_is_refused(small: Path, tmp_path: Path) -> None:
    message = error_of(kg("map", "--samples", "2", "-o", tmp_path / "map.gif", store=small), status=2)
    assert message == "kg: map.gif: a map is written as one of: .html, .htm, .svg, .png, .pdf"
    assert list(tmp_path.iterdir()) == []


def test_pictures_are_written_reproducibly(small: Path, tmp_path: Path) -> None:
    drawing, picture, again = (tmp_path / name for name in ("map.svg", "map.PNG", "again.svg"))
    assert kg("map", "--samples", "2", "-o", drawing, store=small).status == 0
    assert "Bellows" in drawing.read_text(encoding="utf-8")
    assert kg("map", "--samples", "2", "-o", again, store=small).status == 0
    assert again.read_bytes() == drawing.read_bytes()
    done = kg("map", "--samples", "2", "-o", picture, store=small)
    assert done.err == f"{picture}: {files.size_text(picture)}\n"
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_view_and_theme_reach_the_map(small: Path, tmp_path: Path) -> None:
    for view in ("two-mode", "bands"):
        assert (
            kg(
                "map", "--samples", "2", "-o", tmp_path / f"{view}.svg", "--view", view, "--theme", "dark", store=small
            ).status
            == 0
        )
    page = tmp_path / "map.html"
    assert kg("map", "--samples", "2", "-o", page, "--view", "bands", "--theme", "dark", store=small).status == 0
    assert '"initialView":"bands","theme":"dark"' in page.read_text(encoding="utf-8")


def test_an_unavailable_view_is_refused_with_the_reason(small: Path, tmp_path: Path) -> None:
    for form in ("svg", "html"):
        words = ("map", "-o", tmp_path / f"map.{form}", "--view")
        message = error_of(kg(*words, "bands", "--layer", "guides", store=small), status=2)
        assert message == "kg: --view bands: no link with a named party passes this lens"
        message = error_of(kg(*words, "timeline", "--since", "2030-01-01", store=small), status=2)
        assert message.startswith("kg: --view timeline: it requires two links with different dates")
        assert "is not one of 'map', 'two-mode'" in error_of(kg(*words, "globe", store=small), status=2)
    assert list(tmp_path.iterdir()) == []


def test_focus_draws_a_neighbourhood(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    assert kg("map", "--samples", "2", "-o", path, "--focus", "Crucible", store=small).status == 0
    assert "Bellows" not in path.read_text(encoding="utf-8")
    message = error_of(kg("map", "--samples", "2", "-o", path, "--focus", "crucble", store=small))
    assert message.startswith("kg: there is no actor 'crucble' in this store; the nearest are id:crucible")
    message = error_of(kg("map", "--samples", "2", "-o", path, "--hops", "2", store=small), status=2)
    assert message == "kg: --hops requires --focus"
    done = kg("map", "--samples", "2", "-o", path, "--focus", "bellows", "--layer", "funds", store=small)
    assert "takes part in no link" in error_of(done)


def test_focus_refuses_links_and_units(built: Path, tmp_path: Path) -> None:
    words = ("map", "-o", tmp_path / "map.html", "--focus")
    assert error_of(kg(*words, "link/xaut-36", store=built)) == (
        "kg: id:link/xaut-36 is a link, not an actor; run kg show id:link/xaut-36, "
        "or pass one of its parties to --focus"
    )
    message = error_of(kg(*words, "xaut-ai", store=built))
    assert message == "kg: id:xaut-ai is counted with id:xaut; pass that to --focus"
    assert list(tmp_path.iterdir()) == []


def test_an_empty_map_is_written_with_a_note(small: Path, tmp_path: Path) -> None:
    for name in ("map.html", "map.svg", "map.png"):
        done = kg("map", "--samples", "2", "-o", tmp_path / name, "--layer", "guides", store=small)
        assert done.status == 0
        assert done.err.endswith("\nThe map is empty: no link with a named party passes this lens.\n")


def test_very_long_names_without_dates_are_drawn(tmp_path: Path) -> None:
    name = "The Northern Institute of " + "Very Long Names and " * 9
    works = f"<id/w> a hx:Actor, hx:Organisation, hx:Firm ; skos:prefLabel '{name}'@en, '{'研究' * 100}'@zh ."
    link = "<id/link/l> a hx:Link, hx:Agreement ; skos:prefLabel 'A link'@en ; hx:stage <scheme/stage/signed> ; "
    part = "hx:participation <id/link/l/w> . <id/link/l/w> a hx:Participation ; "
    part += "hx:participant <id/w> ; hx:role <scheme/role/party> ."
    make(tmp_path / "store", graph_file(tmp_path, SOURCE + in_evidence(works + link + part)))
    for words in (
        ("map.html",),
        ("map.svg", "--view", "bands"),
        ("map.png", "--lang", "zh"),
        ("w.html", "--focus", "w"),
    ):
        done = kg("map", "--samples", "2", "-o", tmp_path / words[0], *words[1:], store=tmp_path / "store")
        assert (done.status, "nothing" in done.err) == (0, False), done.err
    assert kg("report", "-o", tmp_path / "report.html", store=tmp_path / "store").status == 0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 kB, in memory."""
    path = tmp_path / "disk"
    path.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(path)]
    mounted = subprocess.run(words, capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted here ({mounted.stderr.strip()})")
    yield path
    subprocess.run(["umount", "--lazy", path], check=True)


OUTPUTS = [("map --samples 2", "x.html"), ("map --samples 2", "x.png"), ("network", "x.csv"), ("export", "x.trig")]


@pytest.mark.parametrize(("command", "name"), OUTPUTS)
def test_a_full_disk_leaves_the_old_file(small: Path, disk: Path, command: str, name: str) -> None:
    (disk / name).write_bytes(b"old")
    (disk / "fill").write_bytes(bytes(disk_usage(disk).free))
    message = error_of(kg(*command.split(), "-o", disk / name, store=small))
    assert message == f"kg: {disk / name} cannot be written: the disk is full"
    assert (disk / name).read_bytes() == b"old"
    assert sorted(path.name for path in disk.iterdir()) == sorted([name, "fill"])


@pytest.mark.parametrize(("command", "name"), [one for one in OUTPUTS if one[1] != "x.png"])
def test_a_read_only_disk_is_reported(small: Path, disk: Path, command: str, name: str) -> None:
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    assert error_of(kg(*command.split(), "-o", disk / name, store=small)) == (
        f"kg: {disk / name} cannot be written: the disk is read-only"
    )


@pytest.mark.parametrize(("command", "name"), OUTPUTS)
def test_a_missing_directory_is_reported(small: Path, tmp_path: Path, command: str, name: str) -> None:
    path = tmp_path / "out" / name
    assert error_of(kg(*command.split(), "-o", path, store=small)) == (
        f"kg: {path} cannot be written: the folder {path.parent} does not exist; create it first"
    )
    assert list(tmp_path.iterdir()) == []


def test_tables_serve_instead_of_a_store(small: Path, tmp_path: Path) -> None:
    with LocalStore(small).view() as view:
        load_incidence(view).save(tmp_path / "tables")
    drawing = tmp_path / "map.svg"
    options = ("-o", drawing, "--tables", tmp_path / "tables")
    assert kg("map", "--samples", "2", *options, "--limit", "2", store=tmp_path / "none").status == 0
    assert kg("map", "--samples", "2", *options, "--focus", "Bellows & Sons", store=tmp_path / "none").status == 0
    assert "Bellows" in drawing.read_text(encoding="utf-8")
    message = error_of(kg("map", "--samples", "2", *options, "--focus", "Nobody", store=tmp_path / "none"))
    assert message == "kg: there is no actor 'Nobody' in these tables; pass an IRI or a label"
    both = kg("map", "--samples", "2", *options, "--focus", "bellows", "--limit", "2", store=tmp_path / "none")
    assert error_of(both, status=2) == "kg: --limit and --focus exclude each other"
