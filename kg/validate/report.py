"""The outcome of validation: findings and the report that holds them."""

from __future__ import annotations

from dataclasses import dataclass


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
    message: str
    evidence: tuple[str, ...] = ()
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of a validation; data without findings conform."""

    findings: tuple[Finding, ...] = ()

    @property
    def conforms(self) -> bool:
        """Return whether the report is empty."""
        return not self.findings
