"""Optional libraries."""

import pytest

from kg import extras
from kg.errors import UsageError


def test_a_missing_library_names_its_extra() -> None:
    with pytest.raises(UsageError, match=r"no_such_module is not installed; run pip install 'helix-kg\[png\]'"):
        extras.load("no_such_module", "png")


def test_an_installed_library_is_returned() -> None:
    assert extras.load("json", "x").loads("1") == 1
