"""Participation tables on disk: stable, complete or absent, and refused if damaged."""

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from helpers.networks import TOY, LinkSpec, incidence

from kg.errors import StoreError
from kg.network.incidence.tables import load


def test_saved_tables_are_loaded(tmp_path: Path) -> None:
    tables = incidence(TOY | {"a6": LinkSpec("U2 I1", declared=8, is_lower_bound=True)})
    tables.save(tmp_path / "incidence")
    again = load(tmp_path / "incidence")
    for name in ("actors", "links", "parties", "sources", "money"):
        assert getattr(again, name).equals(getattr(tables, name))
    for name in ("layers", "default_layers", "default_stages"):
        assert getattr(again, name) == getattr(tables, name)
    assert [path.name for path in tmp_path.iterdir()] == ["incidence"]


def test_equal_tables_have_equal_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        incidence(TOY).save(tmp_path / name)
    files = sorted(path.name for path in (tmp_path / "one").iterdir())
    assert " ".join(files) == ("actors.parquet lens.json links.parquet money.parquet parties.parquet sources.parquet")
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_existing_tables_are_not_overwritten(tmp_path: Path) -> None:
    incidence(TOY).save(tmp_path / "incidence")
    before = load(tmp_path / "incidence")
    with pytest.raises(OSError, match="Directory not empty"):
        incidence({"b": "U9 I9"}).save(tmp_path / "incidence")
    assert load(tmp_path / "incidence").links.equals(before.links)
    assert [path.name for path in tmp_path.iterdir()] == ["incidence"]


def test_a_missing_folder_is_reported(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        incidence(TOY).save(tmp_path / "nowhere" / "incidence")
    with pytest.raises(StoreError, match="kg store repair"):
        load(tmp_path / "nowhere")


@pytest.mark.parametrize("file", ["links.parquet", "lens.json"])
def test_a_damaged_file_is_reported(tmp_path: Path, file: str) -> None:
    incidence(TOY).save(tmp_path / "incidence")
    (tmp_path / "incidence" / file).write_bytes(b"PAR1 nothing")
    with pytest.raises(StoreError, match="cannot be read"):
        load(tmp_path / "incidence")


def test_tables_of_another_version_are_refused(tmp_path: Path) -> None:
    incidence(TOY).save(tmp_path / "incidence")
    pq.write_table(pa.table({"iri": ["x"]}), tmp_path / "incidence" / "actors.parquet")
    with pytest.raises(StoreError, match=r"actors\.parquet has other columns"):
        load(tmp_path / "incidence")
