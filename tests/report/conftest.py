"""The browser of the map's tests, for the report."""

from map.conftest import visit

__all__ = ["visit"]
