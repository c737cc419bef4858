"""Entities: the occurrences of one name together, and the features by which a model keeps or drops each."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.read.mentions.scene import Occurrence, Scene
    from kg.read.statements.sentence import Sentence


def entities(scene: Scene) -> dict[tuple[str, str], list[Occurrence]]:
    """Return the occurrences by type and name, without those that are only words for both sides."""
    found: defaultdict[tuple[str, str], list[Occurrence]] = defaultdict(list)
    for one in scene.occurrences:
        if one.form != "side":
            found[one.key].append(one)
    return {key: some for key, some in found.items() if any(one.form != "word" for one in some)}


def features(scene: Scene, sentences: Sequence[Sentence], some: Sequence[Occurrence]) -> list[str]:
    """Return the features of an entity: its type, rule, length, and the words around its first place."""
    text = scene.document.text
    first = next((one for one in some if one.form == "name"), some[0])
    sentence = next((one for one in sentences if one.start <= first.start and first.end <= one.end), None)
    inside = {
        one.type
        for one in scene.occurrences
        if one.start <= first.start and first.end <= one.end and one.key != first.key
    }
    kind, rule = first.type, first.rule.split(":")[0]
    found = [
        "bias",
        f"type={kind}",
        f"rule={kind}:{rule}",
        f"suffix={kind}:{first.name[-2:]}",
        f"length={kind}:{min(12, len(first.name)) // 2}",
    ]
    found += [
        f"count={kind}:{min(3, len(some))}",
        f"forms={kind}:{'alias' if any(one.form != 'name' for one in some) else 'name'}",
    ]
    found += [
        f"before={kind}:{text[max(0, first.start - 1) : first.start]}",
        f"after={kind}:{text[first.end : first.end + 1]}",
    ]
    found += [f"before2={text[max(0, first.start - 2) : first.start]}", f"after2={text[first.end : first.end + 2]}"]
    if re.match(" of (?:the )?[A-Z]", text[first.end : first.end + 9]):
        found.append("cut")
    found += [f"inside={kind}:{outer}" for outer in sorted(inside)] or [f"inside={kind}:none"]
    if sentence:
        found += [f"has={kind}:{name}" for name in sentence.triggers]
        is_last = sentence.number == len(sentences) - 1
        found.append(f"sentence={kind}:{'first' if sentence.number < 2 else 'last' if is_last else 'middle'}")
    return found
