"""What a map can be written as, by the suffix of its file."""

from collections.abc import Callable, Mapping

from kg.draw import page, still
from kg.draw.scene import Scene

FORMS: Mapping[str, Callable[[Scene], str | bytes]] = {
    ".html": page.render,
    ".htm": page.render,
    ".svg": still.svg,
    ".png": still.png,
}
"""The writer of each suffix; text is to be written as UTF-8."""
