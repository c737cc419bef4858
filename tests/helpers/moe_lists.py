"""Lists of institutions by the Chinese education ministry, as input files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

HEADER = "seq,name,code,dept,province,city,level,note\n"


def listing(path: Path, count: int = 120, *, without: int | None = None, renamed: int | None = None) -> Path:
    """Write a list of `count` colleges, with one omitted or renamed."""
    lines = [
        f"{number},{'新' if number == renamed else ''}学院{number},{4100000000 + number},教育部,北京市,北京市,本科,\n"
        for number in range(1, count + 1)
        if number != without
    ]
    path.write_text(HEADER + "".join(lines), encoding="utf-8")
    return path
