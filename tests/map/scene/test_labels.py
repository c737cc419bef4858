"""Line breaks in labels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.map.scene.labels import rows


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("BYD", ("BYD",)),
        ("Xi'an University of Technology", ("Xi'an University", "of Technology")),
        ("Huawei Technologies Co., Ltd.", ("Huawei Technologies", "Co., Ltd.")),
        ("西安理工大学", ("西安理工大学",)),
        ("中国航天科工集团有限公司", ("中国航天科工", "集团有限公司")),
        ("Supercalifragilisticexpialidocious", ("Supercalifragilisticexpialidocious",)),
        ("", ()),
    ],
)
def test_names_are_broken_evenly(name: str, expected: tuple[str, ...]) -> None:
    assert rows(name) == expected


@given(st.text())
def test_only_spaces_are_removed(name: str) -> None:
    assert "".join("".join(rows(name)).split()) == "".join(name.split())
