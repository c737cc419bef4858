"""Names of links in the language of the report, as the shipped graph words them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.ingest.readers.records import Name

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORDS = {
    "unit": {"en": "Founding of a unit", "zh": "机构成立"},
    "units": {"en": "Founding of units", "zh": "机构成立"},
    "alliance": {"en": "Founding of an alliance", "zh": "联盟成立"},
    "co-built": {"en": "Co-constructed unit", "zh": "共建机构"},
    "member": {"en": "Membership", "zh": "加入联盟"},
    "guidance": {"en": "Guidance of an event", "zh": "活动指导"},
    "programme": {"en": "Joint programme", "zh": "联合项目"},
    "counted": {"en": "Counted", "zh": "计数"},
    "claim": {"en": "Claim of support", "zh": "支持规划的表述"},
}


def label(word: str, names: str, lang: str) -> tuple[Name, ...]:
    """Return a label such as "Founding of a unit: Lake College"."""
    colon = "：" if lang == "zh" else ": "
    return (Name(f"{_WORDS[word][lang]}{colon}{names}", lang),)


def agreement_label(name: str, parties: Sequence[str], lang: str) -> tuple[Name, ...]:
    """Return a label such as "Strategic cooperation agreement: Lake University and Peak Steel"."""
    if lang == "zh":
        return (Name(f"{name}：{'、'.join(parties[:-1])}与{parties[-1]}" if len(parties) > 1 else name, lang),)
    listed = f"{', '.join(parties[:-1])} and {parties[-1]}" if len(parties) > 1 else "".join(parties)
    return (Name(f"{name[:1].upper()}{name[1:]}: {listed}", lang),)
