"""How the payload says things in few characters: texts by what differs from the one before, columns by their values.

Texts are sorted, and of each stands there what differs from the one before, with the number of characters that it
shares with it. A column whose values repeat is ``each`` of them and where each row is ``at`` among these, nothing where
all are one. `script/data.js` reads both.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.model import Text
from kg.terms import BASE

Plain = Mapping[str, object]
Column = list[object]

FLAT = "\uffff"
"""The last character that JavaScript counts as one."""


class Texts:
    """Each text once; a place is handed out at once and known when all texts are."""

    def __init__(self) -> None:
        self.found: dict[str, Place] = {}

    def at(self, text: str | None) -> "Place | int":
        """The place of `text`, 0 where there is none."""
        return 0 if text is None else self.found.setdefault(text, Place())

    def iri(self, iri: str) -> "Place | int":
        """The place of an IRI, in its short form."""
        return self.at(f"~{iri.removeprefix(BASE)}" if iri.startswith(BASE) else f"={iri}")

    def label(self, label: Text) -> "list[Place | int]":
        """The places of its names, English first."""
        return [self.at(label.en), self.at(label.zh)]

    def coded(self) -> Plain:
        """The texts in order (front coding), each place now being known."""
        before, shared, rests = "", [], []
        for place, text in enumerate(sorted(self.found), start=1):
            self.found[text].number = place
            same = next((i for i, (a, b) in enumerate(zip(before, text, strict=False)) if a != b), len(before))
            shared.append(units(text[:same]))
            rests.append(text[same:])
            before = text
        return {"shared": shared, "texts": rests}


@dataclass(slots=True)
class Place:
    """Where a text stands among the sorted ones."""

    number: int = 0


def units(text: str) -> int:
    """How many characters JavaScript counts in `text`."""
    return len(text) if max(text, default="") <= FLAT else sum(1 + (letter > FLAT) for letter in text)


def known(value: object) -> object:
    """The value with numbers for places."""
    if isinstance(value, Place):
        return value.number
    return [known(inner) for inner in value] if isinstance(value, list) else value


def short(column: Column, name: str = "") -> Column | Plain:
    """The column, or what it says in fewer characters where its values repeat, the most frequent first; no IRIs."""
    said = [repr(value) for value in column]
    counts = Counter(said)
    if name == "iri" or len(counts) > len(said) / 2:
        return column
    values = dict(zip(said, column, strict=True))
    place = {key: i for i, (key, _) in enumerate(counts.most_common())}
    at = [place[key] for key in said] if len(counts) > 1 else None
    if sum(map(len, counts)) + (len(repr(at)) if at else 0) >= sum(map(len, said)):
        return column
    return {"each": [values[key] for key in place], "at": at}


def power(values: Sequence[float]) -> int:
    """The least power of ten times which all are whole numbers; 1 where none of few digits is."""
    powers = (int(10.0**power) for power in range(16))
    return next((per for per in powers if all(value == round(value * per) / per for value in values)), 1)


def whole(value: float | None, per: int) -> float | None:
    """So many times the value, as a whole number where it is one."""
    return None if value is None else round(value * per) if per > 1 or value.is_integer() else value
