"""Compact encoding of the payload: front-coded texts, and columns that store repeated values once.

Texts are sorted; each stores the length of the prefix that it shares with the previous text, and the rest. A column
with repeated values is an object with the distinct values (``each``) and the index of each row's value (``at``, or null
if there is one value). `script/canvas/data.js` decodes both.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.map.scene.labels import MAX_UTF16_UNIT
from kg.terms import BASE
from kg.texts import Text

Plain = Mapping[str, object]
Column = list[object]


class Texts:
    """A set of texts; a text is referenced at once and numbered when all texts are known."""

    def __init__(self) -> None:
        self._references: dict[str, Reference] = {}

    def at(self, text: str | None) -> "Reference | int":
        """Return a reference to `text`, or 0 for ``None``."""
        return 0 if text is None else self._references.setdefault(text, Reference())

    def iri(self, iri: str) -> "Reference | int":
        """Return a reference to the short form of an IRI."""
        return self.at(f"~{iri.removeprefix(BASE)}" if iri.startswith(BASE) else f"={iri}")

    def label(self, label: Text) -> "list[Reference | int]":
        """Return references to the English and the Chinese text of `label`."""
        return [self.at(label.en), self.at(label.zh)]

    def encode(self) -> tuple[list[int], list[str]]:
        """Number the references; return the lengths of shared prefixes, and the rests of the texts."""
        before = ""
        shared: list[int] = []
        rests: list[str] = []
        for number, text in enumerate(sorted(self._references), start=1):
            self._references[text].number = number
            same = next((i for i, (a, b) in enumerate(zip(before, text, strict=False)) if a != b), len(before))
            shared.append(utf16_units(text[:same]))
            rests.append(text[same:])
            before = text
        return shared, rests


@dataclass(slots=True)
class Reference:
    """The index of a text among the sorted texts."""

    number: int = 0


def utf16_units(text: str) -> int:
    """Return the length of `text` as a JavaScript string."""
    if max(text, default="") <= MAX_UTF16_UNIT:
        return len(text)
    return sum(1 + (letter > MAX_UTF16_UNIT) for letter in text)


def resolve(value: object) -> object:
    """Return `value` with each reference replaced by its number."""
    if isinstance(value, Reference):
        return value.number
    return [resolve(inner) for inner in value] if isinstance(value, list) else value


def short(column: Column, name: str = "") -> Column | Plain:
    """Return the column, or its distinct values with indexes if that is shorter; columns of IRIs stay as they are."""
    keys = [repr(value) for value in column]
    counts = Counter(keys)
    if name == "iri" or len(counts) > len(keys) / 2:
        return column
    values = dict(zip(keys, column, strict=True))
    index = {key: i for i, (key, _) in enumerate(counts.most_common())}
    at = [index[key] for key in keys] if len(counts) > 1 else None
    if sum(map(len, counts)) + (len(repr(at)) if at else 0) >= sum(map(len, keys)):
        return column
    return {"each": [values[key] for key in index], "at": at}


def power(values: Sequence[float]) -> int:
    """Return the least power of ten by which all values become integers, or 1 if they have too many digits."""
    powers = (int(10.0**power) for power in range(16))
    return next((per for per in powers if all(value == round(value * per) / per for value in values)), 1)


def scaled(value: float | None, per: int) -> float | None:
    """Return `value` times `per`, as an integer if it is one."""
    return None if value is None else round(value * per) if per > 1 or value.is_integer() else value
