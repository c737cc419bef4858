"""Findings: sentences about a network, each with the condition that makes it true."""

from kg.findings.finding import COLUMNS, Finding, table
from kg.findings.select import MAX_FINDINGS, findings

__all__ = ["COLUMNS", "MAX_FINDINGS", "Finding", "findings", "table"]
