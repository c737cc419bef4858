"""Help pages with Chinese characters, which take two columns of a terminal each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from wcwidth import wcswidth

from kg.cli.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class WideFormatter(click.HelpFormatter):
    """click's formatter with lines folded and columns aligned by their width on the terminal."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage of a command."""
        del prefix
        self._write_lines(f"用法：{prog} ", fold(args, self.width - wcswidth(f"用法：{prog} ")))

    def write_heading(self, heading: str) -> None:
        """Write a heading with a full-width colon."""
        self.write(f"{'':>{self.current_indent}}{heading}：\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs, folded to the width."""
        indent = " " * self.current_indent
        folded = (f"{indent}{line}\n" for part in text.split("\n\n") for line in (*self._folded(part), ""))
        self.write("".join(line if line.strip() else "\n" for line in folded).removesuffix("\n"))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Write terms with their explanations in a second column."""
        rows = list(rows)
        first = min(max((wcswidth(term) for term, _ in rows), default=0), col_max) + col_spacing
        for term, text in rows:
            head, below = f"{'':>{self.current_indent}}{term}", " " * (first + self.current_indent)
            if wcswidth(term) > first - col_spacing:
                self.write(f"{head}\n")
                head = below
            self._write_lines(
                head + " " * (wcswidth(below) - wcswidth(head)), fold(text, max(self.width - first - 2, 10))
            )

    def _folded(self, text: str) -> Sequence[str]:
        return list(fold(text, self.width - self.current_indent))

    def _write_lines(self, head: str, lines: Iterable[str]) -> None:
        """Write `head` and lines beside it."""
        for number, line in enumerate(lines):
            start = head if not number else " " * wcswidth(head)
            self.write(f"{start}{line}".rstrip() + "\n")
