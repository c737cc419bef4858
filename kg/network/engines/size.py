"""The size of a network, by which an engine is chosen."""

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kg.network.network import Network
from kg.texts import Message, Text

BYTES = 400
"""Bytes that the engine in memory needs for each participation with its names, measured up to 3·10^6 participations."""

_SHARE = 0.5
"""The share of the available memory that the engine in memory may use."""


@dataclass(frozen=True, slots=True)
class Size:
    """The numbers of participations and of shared links of pairs, and the available memory in bytes."""

    participations: int
    pairs: int
    available: int

    @property
    def needed(self) -> int:
        """The bytes that the engine in memory needs."""
        return BYTES * self.participations

    def fits(self) -> bool:
        """Return whether the engine in memory needs at most half of the available memory."""
        return self.needed <= _SHARE * self.available

    def text(self) -> Text:
        """Return the size in words."""
        return Message(
            "{participations} participations with {pairs} shared links of pairs need {needed} GB in memory, of "
            "{available} GB available",
            participations=self.participations,
            pairs=self.pairs,
            needed=f"{self.needed / 1e9:.2f}",
            available=f"{self.available / 1e9:.1f}",
        )


def size_of(network: Network) -> Size:
    """Return the size of `network` on this machine."""
    parties = np.bincount(network.link_of).astype(np.int64)
    return Size(len(network.link_of), int((parties * (parties - 1) // 2).sum()), available_memory())


def available_memory() -> int:
    """Return the bytes of memory that programs can still use, by the kernel's estimate where there is one."""
    try:
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
    except OSError:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    kilobytes = next(int(line.split()[1]) for line in lines if line.startswith("MemAvailable:"))
    return kilobytes * 1024
