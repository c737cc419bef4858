"""The browser of the map's tests, for the report."""

from draw.conftest import visit

__all__ = ["visit"]
