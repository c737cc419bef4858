"""Known actors that a name of a report may mean, with the reasons, by the scores of `kg.resolve`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kg.ingest.reports.nodes import ORGANISATIONS
from kg.resolve import profiles
from kg.resolve.blocking import candidates
from kg.resolve.name_normalisation import normalise
from kg.resolve.name_similarity import Rarity
from kg.resolve.profiles import Profile
from kg.resolve.scoring import score
from kg.texts import Message

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.rdf.sparql import Endpoint
    from kg.read.model import Mention
    from kg.resolve.scoring import Score
    from kg.texts import Text

MIN_SCORE = 0.5
"""Least score of a suggestion."""

LIMIT = 3
"""Largest number of suggestions for a name."""

_KINDS = {
    "University": frozenset({"University", "VocationalCollege"}),
    "Unit": frozenset({"Unit"}),
    "Facility": frozenset({"Unit"}),
    "Firm": frozenset({"Firm"}),
    "GovernmentDepartment": frozenset({"GovernmentDepartment"}),
    "Alliance": frozenset({"Alliance"}),
}
_MENTION = "urn:mention:"


class Suggestion(NamedTuple):
    """A known actor; the reasons are in both languages."""

    iri: str
    label: str
    score: float
    reasons: Text


def suggestions(graph: Endpoint, mentions: Sequence[Mention]) -> Mapping[tuple[str, str], tuple[Suggestion, ...]]:
    """Return the suggestions for each organisation, by type and name, most likely first."""
    actors = [mention for mention in mentions if mention.type in ORGANISATIONS]
    known = profiles.read(graph)
    mine = [_profile(number, mention) for number, mention in enumerate(actors)]
    together = (*known, *mine)
    rarity = Rarity(name for profile in together for name in profile.names)
    found: dict[int, list[Suggestion]] = {}
    for one, other in candidates(together, rarity).pairs:
        if one >= len(known) or other < len(known):
            continue
        scored = score(together[one], together[other], rarity)
        if scored is not None and scored.value >= MIN_SCORE:
            number = other - len(known)
            found.setdefault(number, []).append(_suggestion(together[one], scored, actors[number]))
    by_iri = {profile.iri: profile for profile in known}
    return {
        (mention.type, mention.name): _listed(mention, found.get(number, []), by_iri)
        for number, mention in enumerate(actors)
    }


def _profile(number: int, mention: Mention) -> Profile:
    names = tuple(normalise(name) for name in dict.fromkeys((mention.name, *mention.aliases)))
    return Profile(f"{_MENTION}{number}", names, _KINDS.get(mention.type, frozenset()))


def _suggestion(profile: Profile, scored: Score, mention: Mention) -> Suggestion:
    return Suggestion(profile.iri, _label(profile, mention), round(scored.value, 2), Message("; ").join(scored.reasons))


def _label(profile: Profile, mention: Mention) -> str:
    """Return the name of the report if the actor has it, and a Chinese name; otherwise any name."""
    texts = [name.text for name in profile.names]
    chosen = [text for text in texts if text == mention.name] + [name.text for name in profile.names if name.han][:1]
    return " / ".join(dict.fromkeys(chosen or texts[:1])) or profile.iri


def _listed(mention: Mention, found: list[Suggestion], by_iri: Mapping[str, Profile]) -> tuple[Suggestion, ...]:
    """Return the known actor, then those that have the same name to the letter, then the others by their score."""
    spelled = {one.iri for one in found if mention.name in {name.text for name in by_iri[one.iri].names}}
    others = sorted(found, key=lambda one: (one.iri not in spelled, -one.score, one.iri))
    if mention.known is None or mention.known not in by_iri:
        return tuple(others[:LIMIT])
    exact = Suggestion(
        mention.known, _label(by_iri[mention.known], mention), 1.0, Message("the store contains this name")
    )
    return (exact, *(one for one in others if one.iri != mention.known))[:LIMIT]
