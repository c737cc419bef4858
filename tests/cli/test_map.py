"""`kg map`: one page, written whole or not at all; what it draws is tested in tests/map."""

from __future__ import annotations

import re
import subprocess
from shutil import disk_usage
from typing import TYPE_CHECKING

import pytest
from helpers.stores import Done, kg, make, told
from helpers.turtle import SOURCE, said, written

from kg import files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def test_a_page_is_written_and_its_size_told(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    done = kg("map", "-o", path, store=small)
    assert (done.status, done.out) == (0, "")
    assert done.err == f"{path}: {files.size_text(path)}\n"
    page = path.read_text(encoding="utf-8")
    assert "Content-Security-Policy" in page
    assert "Bellows" in page
    assert kg("map", "-o", path, "--quiet", "--measure", "degree", "--mode", "one-mode", store=small) == Done(0, "", "")


def test_how_often_unnamed_parties_are_filled_in_can_be_chosen(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    found = []
    for asked in ((), ("--samples", 7), ("--samples", 0)):
        assert kg("map", "-o", path, *asked, store=small).status == 0
        page = path.read_text(encoding="utf-8")
        found.append(re.findall(r"(\d+) samples \(seed 1\)", page))
    assert found == [["100"], ["7"], []]


def test_a_file_that_is_no_map_is_refused(small: Path, tmp_path: Path) -> None:
    said = told(kg("map", "-o", tmp_path / "map.gif", store=small), status=2)
    assert said == "kg: map.gif: a map is written as one of: .html, .htm, .svg, .png"
    assert list(tmp_path.iterdir()) == []


def test_a_picture_for_a_report(small: Path, tmp_path: Path) -> None:
    drawing, picture, again = (tmp_path / name for name in ("map.svg", "map.PNG", "again.svg"))
    assert kg("map", "-o", drawing, store=small).status == 0
    assert "Bellows" in drawing.read_text(encoding="utf-8")
    assert kg("map", "-o", again, store=small).status == 0
    assert again.read_bytes() == drawing.read_bytes()
    done = kg("map", "-o", picture, store=small)
    assert done.err == f"{picture}: {files.size_text(picture)}\n"
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_a_view_and_a_theme(small: Path, tmp_path: Path) -> None:
    for view in ("two-mode", "bands"):
        assert kg("map", "-o", tmp_path / f"{view}.svg", "--view", view, "--theme", "dark", store=small).status == 0
    page = tmp_path / "map.html"
    assert kg("map", "-o", page, "--view", "bands", "--theme", "dark", store=small).status == 0
    assert '"initialView":"bands","theme":"dark"' in page.read_text(encoding="utf-8")


def test_a_view_that_is_not_there_says_why(small: Path, tmp_path: Path) -> None:
    for form in ("svg", "html"):
        words = ("map", "-o", tmp_path / f"map.{form}", "--view")
        said = told(kg(*words, "bands", "--layer", "guides", store=small), status=2)
        assert said == "kg: --view bands: no link with a named party passes this lens"
        said = told(kg(*words, "timeline", "--since", "2030-01-01", store=small), status=2)
        assert said.startswith("kg: --view timeline: it shows links over time, and here fewer than two have a date")
    assert "is not one of 'map', 'two-mode'" in told(kg(*words, "globe", store=small), status=2)
    assert list(tmp_path.iterdir()) == []


def test_an_actor_and_what_is_near_it(small: Path, tmp_path: Path) -> None:
    path = tmp_path / "map.html"
    assert kg("map", "-o", path, "--focus", "Crucible", store=small).status == 0
    assert "Bellows" not in path.read_text(encoding="utf-8")
    said = told(kg("map", "-o", path, "--focus", "crucble", store=small))
    assert said.startswith("kg: there is no actor 'crucble' in this store; the nearest are id:crucible")
    said = told(kg("map", "-o", path, "--hops", "2", store=small), status=2)
    assert said == "kg: --hops requires --focus"
    assert "takes part in no link" in told(kg("map", "-o", path, "--focus", "bellows", "--layer", "funds", store=small))


def test_what_no_map_can_be_about_is_told(built: Path, tmp_path: Path) -> None:
    words = ("map", "-o", tmp_path / "map.html", "--focus")
    assert told(kg(*words, "link/xaut-36", store=built)) == (
        "kg: id:link/xaut-36 is a link and no actor; kg show id:link/xaut-36 tells it, "
        "and --focus takes one of its parties"
    )
    said = told(kg(*words, "xaut-ai", store=built))
    assert said == "kg: id:xaut-ai is a unit that counts for id:xaut here; name that by --focus"
    assert list(tmp_path.iterdir()) == []


def test_an_empty_map_is_written_and_said_to_be_empty(small: Path, tmp_path: Path) -> None:
    for name in ("map.html", "map.svg", "map.png"):
        done = kg("map", "-o", tmp_path / name, "--layer", "guides", store=small)
        assert done.status == 0
        assert done.err.endswith("\nThere is nothing on it: no link with a named party passes this lens.\n")


def test_an_actor_of_a_very_long_name_without_any_date(tmp_path: Path) -> None:
    name = "The Northern Institute of " + "Very Long Names and " * 9
    works = f"<id/w> a hx:Actor, hx:Organisation, hx:Firm ; skos:prefLabel '{name}'@en, '{'研究' * 100}'@zh ."
    link = "<id/link/l> a hx:Link, hx:Agreement ; skos:prefLabel 'A link'@en ; hx:stage <scheme/stage/signed> ; "
    part = "hx:participation <id/link/l/w> . <id/link/l/w> a hx:Participation ; "
    part += "hx:participant <id/w> ; hx:role <scheme/role/party> ."
    make(tmp_path / "store", written(tmp_path, SOURCE + said(works + link + part)))
    for words in (
        ("map.html",),
        ("map.svg", "--view", "bands"),
        ("map.png", "--lang", "zh"),
        ("w.html", "--focus", "w"),
    ):
        done = kg("map", "-o", tmp_path / words[0], *words[1:], store=tmp_path / "store")
        assert (done.status, "nothing" in done.err) == (0, False), done.err
    assert kg("report", "-o", tmp_path / "report.html", store=tmp_path / "store").status == 0


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 64 kB, in memory."""
    path = tmp_path / "disk"
    path.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", path]
    mounted = subprocess.run(words, capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"a small disk cannot be mounted here ({mounted.stderr.strip()})")
    yield path
    subprocess.run(["umount", "--lazy", path], check=True)


OUTPUTS = [("map", "x.html"), ("map", "x.png"), ("network", "x.csv"), ("export", "x.trig")]


@pytest.mark.parametrize(("command", "name"), OUTPUTS)
def test_a_full_disk_leaves_the_old_file_and_no_other(small: Path, disk: Path, command: str, name: str) -> None:
    (disk / name).write_bytes(b"old")
    (disk / "fill").write_bytes(bytes(disk_usage(disk).free))
    said = told(kg(command, "-o", disk / name, store=small))
    assert said == f"kg: {disk / name} cannot be written: the disk is full"
    assert (disk / name).read_bytes() == b"old"
    assert sorted(path.name for path in disk.iterdir()) == sorted([name, "fill"])


@pytest.mark.parametrize(("command", "name"), OUTPUTS)
def test_a_read_only_disk_is_told(small: Path, disk: Path, command: str, name: str) -> None:
    subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
    assert told(kg(command, "-o", disk / name, store=small)) == (
        f"kg: {disk / name} cannot be written: the disk is read-only"
    )


@pytest.mark.parametrize(("command", "name"), OUTPUTS)
def test_a_folder_that_is_not_there_is_told(small: Path, tmp_path: Path, command: str, name: str) -> None:
    path = tmp_path / "out" / name
    assert told(kg(command, "-o", path, store=small)) == (
        f"kg: {path} cannot be written: the folder {path.parent} does not exist; create it first"
    )
    assert list(tmp_path.iterdir()) == []
