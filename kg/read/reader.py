"""The reading of a document: mentions, statements with their probability, and the gate."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kg.read import classifier, gate, known, mentions, preacceptance
from kg.read.gate import Draft
from kg.read.mentions.scene import Occurrence
from kg.read.model import Mention, Party, Reading, Span
from kg.read.statements import attributes, described, entities, split
from kg.read.statements.candidates import specification

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.read.classifier import Models
    from kg.read.known import Names
    from kg.read.mentions.scene import Scene
    from kg.read.model import Document, Proposal, Refusal
    from kg.read.statements import Key
    from kg.read.statements.candidates import Candidate
    from kg.read.statements.sentence import Sentence

ONE_ORGANISATION = 0.8
"""Share of the highest probability of a person's office that another office of the person must reach."""
READER, VERSION = "rules", "3"


def read(document: Document, names: Names = known.NONE, models: Models | None = None) -> Reading:
    """Return what the text of a document states; `names` are those of a store."""
    chosen = models or classifier.shipped()
    scene = mentions.scene(document, names.find(document.text))
    sentences = split(scene)
    proposals, refusals = _proposals(scene, sentences, chosen)
    parties = {(party.type or "", party.name) for one in proposals for party in (one.head, one.tail)}
    found = _mentions(scene, sentences, names, (chosen, parties))
    return Reading(document, tuple(found), tuple(proposals), tuple(refusals))


def _mentions(
    scene: Scene, sentences: Sequence[Sentence], names: Names, choice: tuple[Models, set[tuple[str, str]]]
) -> list[Mention]:
    """Return the parties of proposals and the entities whose probability reaches the threshold, in order."""
    models, parties = choice
    lang = scene.document.lang
    limit = models.thresholds[lang]["mention"]
    found = []
    for (kind, name), some in entities.entities(scene).items():
        probability = models.probability(lang, "mention", entities.features(scene, sentences, some))
        if probability >= limit or (kind, name) in parties or any(_is_sure(one) for one in some):
            found.append(_mention(scene, kind, name, some, names, probability))
    return sorted(found, key=lambda one: (one.start, -one.end))


def _is_sure(one: Occurrence) -> bool:
    """Return whether an occurrence is a name of the store that is too long to be another word."""
    return one.rule == "known" and len(one.name) >= (4 if one.name > "\u2e80" else 6)


def _mention(
    scene: Scene, kind: str, name: str, some: Sequence[Occurrence], names: Names, probability: float
) -> Mention:
    text = scene.document.text
    first = next((one for one in some if one.form == "name"), some[0])
    others = {text[one.start : one.end] for one in some if one.form != "name"} - {name}
    reason = f"store: {name}" if names.iri(name) else first.rule
    return Mention(
        type=kind,
        name=name,
        surface=text[first.start : first.end],
        start=first.start,
        end=first.end,
        aliases=tuple(sorted(others)),
        known=names.iri(name),
        reason=reason,
        confidence=round(probability, 3),
    )


def _proposals(scene: Scene, sentences: tuple[Sentence, ...], models: Models) -> tuple[list[Proposal], list[Refusal]]:
    """Return the proposals, the surest sentence of each, and the refusals of the gate."""
    limits = models.thresholds[scene.document.lang]
    best = _one_organisation(best_candidates(scene, sentences, models))
    proposals, refusals = [], []
    for key, (probability, one) in best.items():
        if probability < limits["proposal"]:
            continue
        draft = _draft(scene, sentences, one)
        refusal = gate.check(draft, scene)
        if refusal:
            refusals.append(refusal)
        else:
            is_sure = probability >= limits["preaccepted"] and preacceptance.is_clear(draft, key, best, scene.document)
            proposal = draft.proposal(scene.document, VERSION, round(probability, 3))
            proposals.append(replace(proposal, preaccepted=is_sure))
    return sorted(
        proposals, key=lambda one: (one.evidence[0].start, one.relation, one.head.name, one.tail.name)
    ), refusals


def _one_organisation(best: Mapping[Key, tuple[float, Candidate]]) -> dict[Key, tuple[float, Candidate]]:
    """Return the candidates, of a person only the probable offices, and of a count only the most probable head."""
    highest: dict[tuple[str, str], float] = {}
    for key, (probability, _) in best.items():
        if group := _group(key):
            highest[group] = max(probability, highest.get(group, 0.0))
    return {key: found for key, found in best.items() if _is_kept(key, found[0], highest)}


def _group(key: Key) -> tuple[str, str] | None:
    """Return what has few offices or one head: the person, or the words of the count."""
    relation, head, tail = key
    return (relation, head) if relation == "hasRole" else (relation, tail) if relation == "countOf" else None


def _is_kept(key: Key, probability: float, highest: Mapping[tuple[str, str], float]) -> bool:
    group = _group(key)
    share = ONE_ORGANISATION if key[0] == "hasRole" else 1.0
    return group is None or probability >= share * highest[group]


def best_candidates(
    scene: Scene, sentences: tuple[Sentence, ...], models: Models
) -> Mapping[Key, tuple[float, Candidate]]:
    """Return for each statement its most probable candidate."""
    lang = scene.document.lang
    best: dict[Key, tuple[float, Candidate]] = {}
    for one in described(scene, sentences):
        probability = models.probability(lang, one.candidate.relation, one.features)
        if probability > best.get(one.key, (0.0,))[0]:
            best[one.key] = probability, one.candidate
    return best


def _draft(scene: Scene, sentences: Sequence[Sentence], one: Candidate) -> Draft:
    """Return a candidate as a draft; a party in another sentence is quoted there."""
    text, lang = scene.document.text, scene.document.lang
    spans = [Span.of(text, one.sentence.start, one.sentence.end)]
    for party in (one.head, one.tail):
        inside = one.sentence.start <= party.start and party.end <= one.sentence.end
        other = next((item for item in sentences if item.start <= party.start and party.end <= item.end), None)
        if not inside and other is not None and len(spans) < 2:
            spans.append(Span.of(text, other.start, other.end))
    triggers = specification(lang)[one.relation][2]
    state = attributes.modality(text, one, lang, triggers)
    tail = Party(one.tail.name, one.tail.type) if isinstance(one.tail, Occurrence) else Party(one.tail.words)
    return Draft(
        relation=one.relation,
        head=Party(one.head.name, one.head.type),
        tail=tail,
        evidence=tuple(spans),
        attributes=attributes.attributes(text, one, lang, state),
        reader=READER,
    )
