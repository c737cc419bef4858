"""Modules that libraries import on the way, and that no command uses: together they take half a second.

The command line and its workers skip them; a program that imports `kg` keeps all modules. pyarrow and networkit do
without pandas and networkx where these are not installed, which is what they find here.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, PathFinder
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import ModuleType

_ABSENT = frozenset({"pandas"})
"""Imported by pyarrow, which compares the class of each value with those of pandas."""

_OF_NETWORKIT = frozenset({"networkx", "tabulate"})
"""Absent while networkit is loading, which requires them to convert graphs and to print tables."""

_DEFERRED = frozenset({"numpy.testing", "numpy.f2py", "scipy.io", "networkit.gephi", "networkx"})
"""Loaded at their first use: scipy copies all names of numpy, networkit reads and draws files, pyvis reads graphs."""


class _Finder:
    """A finder before all others, for the names above."""

    @staticmethod
    def find_spec(name: str, path: Sequence[str] | None = None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Return the specification of a deferred module, and ``None`` for a module that the other finders find.

        Raises:
            ModuleNotFoundError: no command uses the module.
        """
        if name in _ABSENT or (name in _OF_NETWORKIT and _is_loading("networkit")):
            raise ModuleNotFoundError(name, name=name)
        if name not in _DEFERRED:
            return None
        from importlib.util import LazyLoader  # noqa: PLC0415 - takes 2 ms, and few commands need scipy

        spec = PathFinder.find_spec(name, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = LazyLoader(spec.loader)
        return spec


@contextmanager
def skipped() -> Iterator[None]:
    """Skip the imports in this process during the block."""
    sys.meta_path.insert(0, _Finder)
    try:
        yield
    finally:
        sys.meta_path.remove(_Finder)


def _is_loading(name: str) -> bool:
    """Return whether the import of the module `name` has begun and has not ended."""
    spec = getattr(sys.modules.get(name), "__spec__", None)
    return bool(getattr(spec, "_initializing", False))
