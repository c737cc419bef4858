"""Facts about the identity of actors, and the steps that join or separate two of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.resolve.judgements import Judgement

Key = tuple[str, str]
"""An identifier: the IRI of its datatype, and its value."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Known facts about the identity of actors.

    Attributes:
        judgements: all judgements, including replaced ones.
        identifiers: actor -> its identifiers -> the evidence of each.
        wholes: actor -> everything of which it is directly or indirectly a part -> the evidence of the first step.
    """

    judgements: tuple[Judgement, ...] = ()
    identifiers: Mapping[str, Mapping[Key, tuple[str, ...]]] = field(default_factory=dict)
    wholes: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Step:
    """A direct connection or conflict of two actors: a judgement, two identifiers, or a part and its whole.

    Attributes:
        left, right: the actors, in the order of the chain.
        judgement: the judgement, if the step is one.
        keys: the identifier of `left` and that of `right`, if the step is by identifiers.
        evidence: of the identifiers or of the part; for a judgement its IRI.
    """

    left: str
    right: str
    judgement: Judgement | None = None
    keys: tuple[Key, Key] | None = None
    evidence: tuple[str, ...] = ()
