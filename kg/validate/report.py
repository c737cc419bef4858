"""The outcome of validation: findings and the report that holds them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where data do not conform.

    Attributes:
        rule: the name of the shape or rule.
        node: IRI of the node concerned.
        message: what is wrong and what to do, in words.
        evidence: IRIs of the evidence graphs that state something of the node.
        file: the graph file, where known.
    """

    rule: str
    node: str
    message: str
    evidence: tuple[str, ...] = ()
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """What validation found; it conforms when there is no finding."""

    findings: tuple[Finding, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether there is nothing to mend."""
        return not self.findings
