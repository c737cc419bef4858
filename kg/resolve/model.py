"""The facts on who is who, and what joins or bars two actors directly."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.resolve.judgements import Judgement

Key = tuple[str, str]
"""A scheme of identifiers, by the IRI of its datatype, and a number in it."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of who is who.

    Attributes:
        judgements: all there are, also those that others took the place of.
        identifiers: actor -> its identifiers -> the evidence of each.
        wholes: actor -> what it is part of, near and far -> the evidence of the first step.
    """

    judgements: tuple[Judgement, ...] = ()
    identifiers: Mapping[str, Mapping[Key, tuple[str, ...]]] = field(default_factory=dict)
    wholes: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """What joins two actors directly, or bars them: a judgement, identifiers, or that one is part of the other.

    Attributes:
        left, right: the actors, in the order in which the chain passes them.
        judgement: what was judged; otherwise `keys` are the identifier of `left` and that of `right`, or neither has.
        evidence: of the identifiers or of the part; IRI of the judgement.
    """

    left: str
    right: str
    judgement: Judgement | None = None
    keys: tuple[Key, Key] | None = None
    evidence: tuple[str, ...] = ()
