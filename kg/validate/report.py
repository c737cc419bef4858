"""The outcome of validation: findings and the report that holds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import DataError
from kg.texts import Message, Text, listed, localise

if TYPE_CHECKING:
    from collections.abc import Iterable


BLANK = "[]"
"""The node of a finding about a blank node."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A violation at one node.

    Attributes:
        rule: the name of the shape or rule.
        node: IRI of the node.
        message: the violation and its remedy.
        evidence: IRIs of the evidence graphs with statements about the node.
        file: the graph file, if it is known.
    """

    rule: str
    node: str
    message: Text | str
    evidence: tuple[str, ...] = ()
    file: str | None = None

    @property
    def line(self) -> Text:
        """The finding as a line: file, node, message, rule and evidence."""
        file = f"{self.file}: " if self.file else ""
        values = {"file": file, "node": self.node, "finding": self.message, "rule": self.rule}
        if self.evidence:
            return Message(
                "{file}{node}: {finding} ({rule}) [evidence: {evidence}]", **values, evidence=listed(self.evidence)
            )
        return Message("{file}{node}: {finding} ({rule})", **values)

    def __str__(self) -> str:
        """Return the finding as a line in English."""
        return localise(self.line, "en")


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of a validation; data without findings conform."""

    findings: tuple[Finding, ...] = ()

    @property
    def conforms(self) -> bool:
        """Return whether the report is empty."""
        return not self.findings

    def plus(self, findings: Iterable[Finding]) -> Report:
        """Return the report with more findings."""
        return Report((*self.findings, *findings))

    def raise_for_findings(self, consequence: Text | str = "") -> None:
        """Raise an error if the data do not conform, with the first findings as its notes.

        Raises:
            DataError: there are findings; its message ends with `consequence`.
        """
        if self.conforms:
            return
        count = len(self.findings)
        one = Message("the data do not conform: 1 finding{consequence}")
        several = Message("the data do not conform: {count} findings{consequence}")
        error = DataError((one if count == 1 else several).format(count=count, consequence=consequence))
        for finding in self.findings[:_FIRST]:
            error.add_note(str(finding))
        if count > _FIRST:
            error.add_note(f"… {count - _FIRST} more")
        raise error


_FIRST = 20
"""The number of findings in the notes of an error."""
