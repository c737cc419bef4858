"""Encodings are decided by evidence, or refused with the candidates."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.errors import InputError
from kg.ingest.readers.input_files import Inputs
from kg.text_encodings import decide, declared

if TYPE_CHECKING:
    from pathlib import Path

CHINESE = "序号,高校,合作单位\n1,甲市理工大学,某某技术有限公司\n2,甲市理工大学,合作协议"


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (CHINESE, "utf-8"),
        (CHINESE, "gb18030"),
        (CHINESE, "utf-16"),
        (CHINESE, "utf-16-le"),
        ("編號,學校\n1,國立某某大學,某某電子工業股份有限公司", "big5hkscs"),
        ("番号,大学\n1,某々大学,トヨタ某自動車株式会社", "cp932"),
        ("번호,대학\n1,서울대학교,삼성전자주식회사", "cp949"),
        ("No,Hochschule\n1,Hochschule Münster,Süß & Müller GmbH", "cp1252"),
        ("No,Université\n1,École de Génie,Société Générale", "cp1252"),
        ("Nr,Uczelnia\n1,Uniwersytet Łódzki,Spółka Śląska", "cp1250"),
    ],
)
def test_a_text_is_read_in_its_encoding(text: str, encoding: str) -> None:
    data = text.encode(encoding)
    assert data.decode(decide(data, "t.csv").encoding).lstrip("\ufeff") == text


def test_the_decision_is_noted(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(CHINESE.encode("gb18030"))
    inputs = Inputs([path])
    with inputs.text(path) as stream:
        assert stream.read() == CHINESE
    assert inputs.notes == [f"{path}: read as GB18030, by its letters"]


def test_a_doubtful_text_shows_a_line_of_each_candidate() -> None:
    data = "Завод\nЭлектрон".encode("cp1251")
    with pytest.raises(InputError, match=r"t\.csv: its encoding is doubtful; .*Windows-1251: Завод; .*Windows-"):
        decide(data, "t.csv")


@pytest.mark.parametrize("far", [0, 200_000])
def test_a_wrong_byte_has_a_place(tmp_path: Path, far: int) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("高校,企业\n".encode() + b"a,b\n" * far + "甲大学,乙".encode() + b"\xff" + "公司\n".encode())
    inputs = Inputs([path])
    with (
        pytest.raises(InputError, match=rf"t\.csv:{far + 2}:6: the byte 0xFF is not valid UTF-8"),
        inputs.text(path) as s,
    ):
        s.read()


def test_a_declared_encoding_is_not_questioned(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes("Завод".encode("cp1251"))
    with Inputs([path]).text(path, declared("windows-1251")) as stream:
        assert stream.read() == "Завод"


def test_an_unknown_encoding_has_no_codec() -> None:
    assert declared("utf-9") is None
