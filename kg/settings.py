"""What a run was told: one frozen value, read once by the command line and handed down."""

from dataclasses import dataclass
from pathlib import Path

STORE = Path(".kg/store")
"""Where the store is unless told otherwise, under the working directory."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Options that all commands share.

    Attributes:
        store: path of the store.
        lang: language of labels, ``en`` or ``zh``.
        format: how a table is printed: ``table``, ``csv``, ``tsv`` or ``json``.
        quiet: say nothing but the result.
    """

    store: Path = STORE
    lang: str = "en"
    format: str = "table"
    quiet: bool = False
