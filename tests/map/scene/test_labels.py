"""Names in rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.map.scene.labels import rows


@pytest.mark.parametrize(
    ("name", "found"),
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
def test_a_name_is_broken_evenly(name: str, found: tuple[str, ...]) -> None:
    assert rows(name) == found


@given(st.text())
def test_nothing_but_space_is_lost(name: str) -> None:
    assert "".join("".join(rows(name)).split()) == "".join(name.split())
