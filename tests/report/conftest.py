"""The browser of the map's tests, for the report."""

from draw.conftest import browser, visit

__all__ = ["browser", "visit"]
