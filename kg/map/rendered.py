"""A rendered page or picture, to be saved as a file or displayed in a notebook."""

from __future__ import annotations

from dataclasses import dataclass, field
from html import escape
from pathlib import Path

from kg import files

_HEIGHT = 640
"""The height of a page in a notebook, pixels."""

_SANDBOX = "allow-scripts allow-downloads allow-modals allow-popups allow-popups-to-escape-sandbox"
"""Permissions of a page in a notebook. Its origin is separate, so it cannot read the notebook."""


@dataclass(frozen=True, slots=True)
class Page:
    """The content of a file: an HTML page, or an SVG or PNG picture.

    A notebook displays it: a page in a frame, a picture as it is.

    Attributes:
        content: text for pages and SVG, bytes for PNG.
        suffix: suffix of the file format: ``.html``, ``.svg`` or ``.png``.
        note: a note for the user; empty if there is none.
    """

    content: str | bytes = field(repr=False)
    suffix: str
    note: str = ""

    def save(self, path: str | Path) -> None:
        """Write the content to the file at `path`; an existing file is replaced atomically.

        Raises:
            OutputError: the file cannot be written.
        """
        files.atomic_write(Path(path), self.content)

    def _repr_html_(self) -> str | None:
        """Return a frame with the page; ``None`` for a picture."""
        if not isinstance(self.content, str) or self.suffix == ".svg":
            return None
        # Without this base, a link to a part of the page would open the notebook in the frame. It must precede the
        # policy of the page, which allows no base.
        page = self.content.replace("<head>", '<head><base href="about:srcdoc">', 1)
        style = f"width: 100%; height: {_HEIGHT}px; border: 0"
        return f'<iframe sandbox="{_SANDBOX}" style="{style}" srcdoc="{escape(page)}"></iframe>'

    def _repr_svg_(self) -> str | None:
        """Return the SVG; ``None`` for other formats."""
        return self.content if isinstance(self.content, str) and self.suffix == ".svg" else None

    def _repr_png_(self) -> bytes | None:
        """Return the PNG; ``None`` for other formats."""
        return self.content if isinstance(self.content, bytes) else None
