"""Probability that two actors are the same, from names, places and web domains, with reasons.

A score only suggests a pair. Name similarity has the highest weight (`kg.resolve.name_similarity`): for each script in
which both actors have names, the best pair counts, and the scripts are averaged; without a common script, names are
compared across scripts. Place, domain and class shift the result by weights set by hand, because labelled pairs to fit
them are not available.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.rdf.ontology import Concept
from kg.resolve.name_similarity import compare
from kg.texts import Message, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.resolve.name_normalisation import Name
    from kg.resolve.name_similarity import Rarity, Similarity
    from kg.resolve.profiles import Profile

SAME_CITY, OTHER_CITY, SAME_DOMAIN, OTHER_KIND = 0.5, -1.0, 3.0, -1.0
"""Shifts of the log odds."""

_DIGITS = 12


@dataclass(frozen=True, slots=True)
class Score:
    """Probability that two actors are the same.

    Attributes:
        value: from 0 to 1.
        reasons: the reasons, the most informative first.
    """

    value: float
    reasons: tuple[Text, ...]


def score(left: Profile, right: Profile, rarity: Rarity) -> Score | None:
    """Return the score of two actors; ``None`` if one has no name or their names have nothing in common."""
    by_script = (_best(left, right, rarity, han=han) for han in (True, False))
    similarities = [similarity for similarity in by_script if similarity is not None]
    if not similarities:
        across = [compare(one, other, rarity) for one in left.names for other in right.names]
        similarities = [max(across, key=_order)] if across else []
    if not any(one.shared or one.acronym or one.equal for one in similarities):
        return None
    shifts = list(_shifts(left, right))
    log_odds = sum(one.log_odds for one in similarities) / len(similarities) + sum(shift for shift, _ in shifts)
    similarities.sort(key=_order, reverse=True)
    reasons = (*(reason for one in similarities for reason in _reasons(one)), *(reason for _, reason in shifts))
    return Score(round(1 / (1 + math.exp(-log_odds)), _DIGITS), tuple(dict.fromkeys(reasons)))


def _best(left: Profile, right: Profile, rarity: Rarity, *, han: bool) -> Similarity | None:
    """Return the most similar pair of names in one script; ``None`` if one actor has no name in it."""
    mine, theirs = (_names(profile, han=han) for profile in (left, right))
    similarities = [compare(one, other, rarity) for one in mine for other in theirs]
    return max(similarities, key=_order) if similarities else None


def _names(profile: Profile, *, han: bool) -> list[Name]:
    return [name for name in profile.names if name.han == han]


def _order(similarity: Similarity) -> tuple[float, str, str]:
    return similarity.log_odds, similarity.left.text, similarity.right.text


def _reasons(one: Similarity) -> Iterator[Text]:
    both = f"“{one.left.text}” / “{one.right.text}”"
    if one.equal:
        yield Message("the names are alike: {both}", both=both)
    elif one.acronym:
        yield Message("one abbreviates the other: {both}", both=both)
    elif one.contained:
        yield Message("one name contains the other: {both}", both=both)
    else:
        yield Message("the names have words in common: {both}", both=both)
    common, left, right = one.words
    if common and not one.equal:
        yield Message("both contain “{common}”", common=common)
    if one.mark:
        yield Message("but “{mark}” marks another body", mark=one.mark)
    if left and right:
        yield Message("but “{left}” is not “{right}”", left=left, right=right)


def _shifts(left: Profile, right: Profile) -> Iterator[tuple[float, Text]]:
    shared = sorted(left.domains & right.domains)
    if shared:
        yield SAME_DOMAIN, Message("they share the domain {shared}", shared=shared[0])
    if left.cities and right.cities:
        cities = sorted(left.cities & right.cities)
        if cities:
            yield SAME_CITY, Message("both are in {cities}", cities=cities[0])
        else:
            yield OTHER_CITY, Message("but their cities differ")
    if left.kinds and right.kinds and not left.kinds & right.kinds:
        kinds = Message(" / ").join(Concept("", min(side.kinds)) for side in (left, right))
        yield OTHER_KIND, Message("but their classes differ: {kinds}", kinds=kinds)
