"""`kg settings`: values and their origins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from helpers.stores import kg, kg_alone

if TYPE_CHECKING:
    from pathlib import Path


def test_settings_list_every_key_with_its_origin(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text('lang = "zh"\n', encoding="utf-8")
    done = kg_alone("settings", "--format", "csv", folder=tmp_path, env={"XDG_CONFIG_HOME": str(tmp_path)})
    assert done.status == 0
    assert "lang,zh,kg.toml\n" in done.out
    assert "timeout,60.0,default\n" in done.out


def test_the_store_comes_from_its_variable(small: Path) -> None:
    assert f"store,{small},KG_STORE" in kg("settings", "--format", "csv", store=small).out
