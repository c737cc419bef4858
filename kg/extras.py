"""Optional libraries, which extras of the package install."""

from __future__ import annotations

import importlib
from typing import Any

from kg.errors import UsageError


def load(module: str, extra: str) -> Any:  # noqa: ANN401 - a module
    """Return the optional `module`.

    Raises:
        UsageError: it is not installed; the message names the extra that installs it.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise UsageError(
            "{module} is not installed; run pip install 'helix-kg[{extra}]'", module=module, extra=extra
        ) from error
