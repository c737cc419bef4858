"""Benchmarks of entity resolution: ``python tests/benchmarks/who.py``, or as part of ``python tests/benchmarks``.

Positive pairs are two names of one participant (one PIC) in two lists of CORDIS. Negative pairs are names of two
participants in one country that share at least half of their words. Only names and countries are compared at first;
then the names from a register (ROR) are added. A second task matches affiliation strings to entries of ROR. Fuzzy
ratios of rapidfuzz are in the same tables, each with the best threshold for the pairs that it is measured on.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import fuzz, process
from scipy.optimize import minimize

from kg.resolve.name_normalisation import fold, normalise
from kg.resolve.name_similarity import BASE, WEIGHTS, Rarity, compare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from kg.resolve.name_normalisation import Name

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"
FOLDS = 5
FRESH = (300, 600)
"""Numbers of positive and negative pairs that are drawn in addition to the published ones."""

REGISTER = (400, 800)
"""Numbers of positive and negative pairs that are drawn from ROR."""

AFFILIATIONS = 400


@dataclass(frozen=True)
class Pair:
    """Two names in a country, and whether they are of one participant; `key` groups pairs of one participant."""

    key: str
    left: str
    right: str
    country: str
    same: bool


@dataclass(frozen=True)
class Accuracy:
    """The precision and recall of a method."""

    method: str
    threshold: str
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        return 2 * self.precision * self.recall / max(self.precision + self.recall, 1e-12)


def published() -> list[Pair]:
    """Read the pairs of er_cordis_pic_pairs."""
    with (SHARED / "er_cordis_pic_pairs" / "pairs.csv").open(encoding="utf-8") as file:
        return [
            Pair(row["pic"], row["name_a"], row["name_b"], row["country_a"], row["same"] == "1")
            for row in csv.DictReader(file)
        ]


def lists() -> tuple[dict[str, tuple[str, str]], dict[str, tuple[str, str]]]:
    """Read the participants of H2020 (2017) and of FP7 (2018): PIC -> (name, country)."""
    h2020 = _rows("h2020_orgs_2017/h2020_orgs_typed.csv.gz")
    fp7 = _rows("fp7_orgs_2018/fp7_orgs.csv.gz")
    return (
        {row["orgId"]: (row["name"], row["country"]) for row in h2020 if row["orgId"]},
        {row["pic"]: (row["name"], row["country"]) for row in fp7},
    )


def fresh(seen: Iterable[Pair]) -> list[Pair]:
    """Return further pairs by the same rule, of participants in none of the pairs `seen`."""
    known = {pic for pair in seen for pic in pair.key.split("|")}
    one, other = ({pic: who for pic, who in named.items() if pic not in known} for named in lists())
    same = [
        Pair(pic, one[pic][0], other[pic][0], one[pic][1], same=True)
        for pic in sorted(one.keys() & other.keys(), key=_shuffled)
        if _plain(one[pic][0]) != _plain(other[pic][0])
    ]
    near = islice(_near(one, other), FRESH[1])
    return same[: FRESH[0]] + [Pair(f"{a}|{b}", one[a][0], other[b][0], one[a][1], same=False) for a, b in near]


def register_names() -> list[Pair]:
    """Return pairs of names of ROR in Latin letters: of one entry, or of two that share at least half of the words."""
    named: dict[str, tuple[str, list[str]]] = {}
    with gzip.open(SHARED / "ror" / "ror_v2_sample.jsonl.gz", "rt", encoding="utf-8") as file:
        for entry in map(json.loads, file):
            names = [name for name in entry["names"] if "acronym" not in name["types"] and _is_latin(name["value"])]
            first = [name["value"] for name in names if "ror_display" in name["types"]]
            if first:
                country = entry["locations"][0]["geonames_details"]["country_code"]
                named[entry["id"]] = (
                    country,
                    [*first, *(name["value"] for name in names if name["value"] not in first)],
                )
    same = []
    for key in sorted(named, key=_shuffled):
        country, (first_name, *others) = named[key]
        other = min((name for name in others if _plain(name) != _plain(first_name)), key=_shuffled, default=None)
        if other is not None:
            same.append(Pair(key, first_name, other, country, same=True))
    shown = {key: (names[0], country) for key, (country, names) in named.items()}
    near = islice(_near(shown, shown), REGISTER[1])
    return same[: REGISTER[0]] + [Pair(f"{a}|{b}", shown[a][0], shown[b][0], shown[a][1], same=False) for a, b in near]


def _is_latin(name: str) -> bool:
    return all(letter.isascii() for letter in fold(name) if letter.isalpha())


def _near(one: dict[str, tuple[str, str]], other: dict[str, tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield pairs of two participants in one country whose names share at least half of their words, but not all."""
    holding: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for pic, (name, country) in other.items():
        for word in set(_plain(name).split()):
            holding[country, word].append(pic)
    for pic in sorted(one, key=_shuffled):
        mine = set(_plain(one[pic][0]).split())
        shared = Counter(with_it for word in mine for with_it in holding[one[pic][1], word] if with_it != pic)
        for with_it in sorted(shared, key=_shuffled):
            if 0.5 <= shared[with_it] / len(mine | set(_plain(other[with_it][0]).split())) < 1:
                yield pic, with_it
                break  # one pair per participant


def _plain(name: str) -> str:
    return " ".join("".join(char if char.isalnum() else " " for char in name.casefold()).split())


def _shuffled(key: str) -> str:
    return sha256(key.encode()).hexdigest()


def _rows(path: str) -> list[dict[str, str]]:
    with gzip.open(SHARED / path, "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def rarity() -> Rarity:
    """Return the rarity of words among all names of both lists, as a store with both lists would compute it."""
    return Rarity(normalise(name) for name in sorted({name for named in lists() for name, _ in named.values()}))


def features(pairs: Sequence[Pair], common: Rarity) -> NDArray[np.float64]:
    """Return the features of `kg.resolve.name_similarity` for each pair, in the order of its weights."""
    actual = (compare(normalise(pair.left), normalise(pair.right), common) for pair in pairs)
    return np.array([[float(getattr(similarity, name)) for name in WEIGHTS] for similarity in actual])


def shipped(rows: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the scores with the shipped weights."""
    return np.asarray(BASE + rows @ np.array(list(WEIGHTS.values())))


def fitted(rows: NDArray[np.float64], same: NDArray[np.bool_]) -> tuple[float, NDArray[np.float64]]:
    """Compute a logistic regression (ridge 1) whose weights keep the signs of the shipped weights."""
    middle, width = rows.mean(0), rows.std(0) + 1e-9
    scaled = np.c_[np.ones(len(rows)), (rows - middle) / width]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        sums = scaled @ weights
        slope = scaled.T @ (1 / (1 + np.exp(-sums)) - same)
        slope[1:] += weights[1:]
        return float(np.logaddexp(0, np.where(same, -sums, sums)).sum() + (weights[1:] ** 2).sum() / 2), slope

    bounds = [(None, None), *((0, None) if weight > 0 else (None, 0) for weight in WEIGHTS.values())]
    best = minimize(loss, np.zeros(scaled.shape[1]), jac=True, method="L-BFGS-B", bounds=bounds).x
    return float(best[0] - (best[1:] / width * middle).sum()), best[1:] / width


def at(method: str, accepted: NDArray[np.bool_], same: NDArray[np.bool_], threshold: str) -> Accuracy:
    """Return precision and recall of `accepted`."""
    right = float((accepted & same).sum())
    return Accuracy(method, threshold, right / max(float(accepted.sum()), 1.0), right / float(same.sum()))


def best(method: str, scores: NDArray[np.float64], same: NDArray[np.bool_]) -> tuple[Accuracy, float]:
    """Return the method at the threshold with the highest F1 on these pairs, and that threshold."""
    actual = [(at(method, scores >= edge, same, f"{edge:.2f}, best here"), float(edge)) for edge in np.unique(scores)]
    return max(actual, key=lambda pair: (pair[0].f1, -pair[1]))


def held_out(pairs: Sequence[Pair], rows: NDArray[np.float64], same: NDArray[np.bool_]) -> Accuracy:
    """Compute weights and threshold on four fifths of the participants and test on the last fifth, five times."""
    fold = np.array([int(_shuffled(pair.key.partition("|")[0]), 16) % FOLDS for pair in pairs])
    accepted = np.zeros(len(pairs), bool)
    for number in range(FOLDS):
        rest = fold != number
        base, weights = fitted(rows[rest], same[rest])
        edge = best("", base + rows[rest] @ weights, same[rest])[1]
        accepted[~rest] = base + rows[~rest] @ weights >= edge
    return at("kg, weights and threshold from the other folds", accepted, same, "of each fold")


def compared(pairs: Sequence[Pair], common: Rarity) -> Iterator[Accuracy]:
    """Compare fuzzy ratios and kg on `pairs`, by names and country alone."""
    same = np.array([pair.same for pair in pairs])
    for ratio in (fuzz.token_set_ratio, fuzz.WRatio):
        scores = np.array([ratio(pair.left.casefold(), pair.right.casefold()) for pair in pairs])
        yield best(f"rapidfuzz {ratio.__name__}", scores, same)[0]
    sums = shipped(features(pairs, common))
    yield at("kg, as likely as not", sums >= 0, same, "0.50")
    yield best("kg", 1 / (1 + np.exp(-sums)), same)[0]


class Register:
    """The names of ROR, indexed by their words and by country."""

    def __init__(self) -> None:
        """Read the sample of ROR."""
        self.entries: dict[str, tuple[str, ...]] = {}
        self._by_words: defaultdict[tuple[str, frozenset[str]], set[str]] = defaultdict(set)
        with gzip.open(SHARED / "ror" / "ror_v2_sample.jsonl.gz", "rt", encoding="utf-8") as file:
            for entry in map(json.loads, file):
                country = entry["locations"][0]["geonames_details"]["country_code"]
                texts = tuple(name["value"] for name in entry["names"])
                self.entries[entry["id"]] = texts
                for name in map(normalise, texts):
                    if not name.acronym:
                        self._by_words[_COUNTRIES.get(country, country), frozenset(name.words)].add(entry["id"])

    def entry(self, name: str, country: str) -> str | None:
        """Return the only entry of the country with `name`, apart from case, accents and legal form."""
        actual = self._by_words[country, frozenset(normalise(name).words)]
        return next(iter(actual)) if len(actual) == 1 else None


_COUNTRIES = {"GB": "UK", "GR": "EL"}


def with_register(pairs: Sequence[Pair], common: Rarity, register: Register) -> Iterator[Accuracy]:
    """Measure matches by equal register entries, and kg with the names of each entry."""
    same = np.array([pair.same for pair in pairs])
    ids = [[register.entry(name, pair.country) for name in (pair.left, pair.right)] for pair in pairs]
    equal = np.array([left is not None and left == right for left, right in ids])
    apart = np.array([None not in (left, right) and left != right for left, right in ids])
    yield at("accepted by entries of ROR alone", equal, same, "equal entries")
    sums = np.array([_widest(pair, entry, common, register) for pair, entry in zip(pairs, ids, strict=True)])
    yield at("kg, with the names of ROR", (sums >= 0) & ~apart | equal, same, "0.50")


def _widest(pair: Pair, ids: Sequence[str | None], common: Rarity, register: Register) -> float:
    left, right = (
        [normalise(text) for text in (own, *register.entries.get(entry or "", ()))]
        for own, entry in zip((pair.left, pair.right), ids, strict=True)
    )
    return max(compare(a, b, common).log_odds for a in left for b in right)


def accepted_in_lists(register: Register) -> Accuracy:
    """Measure matches by equal register entries among all participants of both lists; a match with one PIC is right.

    Some organisations have two PICs and count as wrong here.
    """
    entries = [
        [(pic, entry) for pic, who in named.items() if (entry := register.entry(*who)) is not None] for named in lists()
    ]
    both = {pic for pic, _ in entries[0]} & {pic for pic, _ in entries[1]}
    same = [left == right for left, one in entries[0] for right, other in entries[1] if one == other]
    return Accuracy(
        f"the {len(same)} pairs of equal entries", "equal entries", sum(same) / len(same), sum(same) / len(both)
    )


def affiliations(register: Register) -> list[tuple[str, frozenset[str]]]:
    """Return affiliation strings of crossref_train with an entry in the register; a fixed sample."""
    wanted: defaultdict[str, set[str]] = defaultdict(set)
    for row in _rows("ror_affiliation_matching/crossref_train.csv.gz"):
        wanted[row["affiliation"]].add(row["ror_id"])
    kept = [(text, frozenset(ids)) for text, ids in wanted.items() if ids & register.entries.keys()]
    return sorted(kept, key=lambda one: _shuffled(one[0]))[:AFFILIATIONS]


def led_to_register(register: Register, requested: Sequence[tuple[str, frozenset[str]]]) -> Iterator[Accuracy]:
    """Return the register entry that each string matches best."""
    flat = [(normalise(text), entry) for entry, texts in register.entries.items() for text in texts]
    common = Rarity(name for name, _ in flat)
    plain = [name.text.casefold() for name, _ in flat]
    for ratio in (fuzz.token_set_ratio, fuzz.WRatio):
        actual = [process.extractOne(text.casefold(), plain, scorer=ratio) for text, _ in requested]
        scores = np.array([hit[1] for hit in actual])
        right = np.array([flat[hit[2]][1] in ids for hit, (_, ids) in zip(actual, requested, strict=True)])
        yield _reached(f"rapidfuzz {ratio.__name__}", scores, right)
    index: defaultdict[str, list[int]] = defaultdict(list)
    for position, (name, _) in enumerate(flat):
        for word in name.words:
            index[word].append(position)
    hits = [_led(text, flat, index, common) for text, _ in requested]
    right = np.array([hit[1] in ids for hit, (_, ids) in zip(hits, requested, strict=True)])
    yield _reached("kg", np.array([hit[0] for hit in hits]), right)


def _reached(method: str, scores: NDArray[np.float64], right: NDArray[np.bool_]) -> Accuracy:
    def told(edge: float) -> Accuracy:
        kept = scores >= edge
        return Accuracy(method, f"{edge:.2f}, best here", right[kept].mean(), (right & kept).sum() / len(right))

    return max(map(told, np.unique(scores)), key=lambda one: one.f1)


def _led(text: str, flat: Sequence[tuple[Name, str]], index: dict[str, list[int]], common: Rarity) -> tuple[float, str]:
    """Return the entry most similar to a comma-separated part of `text`; ties go to the last part, longest name."""
    actual: tuple[float, int, int, str] = (-99.0, 0, 0, "")
    for place, part in enumerate(text.replace(";", ",").split(",")):
        name = normalise(part)
        rare = sorted(name.words, key=lambda word: (common.count(word), word))[:2]
        for position in {position for word in rare for position in index.get(word, ())[:_MOST]}:
            other, entry = flat[position]
            actual = max(actual, (compare(name, other, common).log_odds, place, len(other.words), entry))
    return actual[0], actual[3]


_MOST = 400


def curve(pairs: Sequence[Pair], common: Rarity) -> Iterator[Accuracy]:
    """Return the results of kg at thresholds from 0.1 to 0.9."""
    same = np.array([pair.same for pair in pairs])
    scores = 1 / (1 + np.exp(-shipped(features(pairs, common))))
    yield from (at("kg", scores >= edge, same, f"{edge:.2f}") for edge in np.arange(1, 10) / 10)


def tables() -> Iterator[tuple[str, list[Accuracy]]]:
    """Return all results by dataset."""
    pairs, common, register = published(), rarity(), Register()
    same = np.array([pair.same for pair in pairs])
    stored = held_out(pairs, features(pairs, common), same)
    head = f"{same.sum()} of {len(pairs)} CORDIS pairs are of one participant"
    yield f"{head}: names and country alone", [*compared(pairs, common), stored]
    yield f"{head}: with a register", list(with_register(pairs, common, register))
    yield "all participants of both lists whose name is that of an entry of ROR", [accepted_in_lists(register)]
    yield f"{head}: the threshold", list(curve(pairs, common))
    others = fresh(pairs)
    ones = sum(pair.same for pair in others)
    yield f"{ones} of {len(others)} fresh pairs are of one participant", list(compared(others, common))
    names = register_names()
    same = np.array([pair.same for pair in names])
    stored = held_out(names, features(names, common), same)
    yield f"{same.sum()} of {len(names)} pairs of names are of one entry of ROR", [*compared(names, common), stored]
    requested = affiliations(register)
    yield (
        f"{len(requested)} affiliations, {len(register.entries)} entries of ROR",
        list(led_to_register(register, requested)),
    )


def render() -> str:
    """Return the tables as text, or a note if the data are absent."""
    if not SHARED.is_dir():
        return "who is who: ../shared is not here, so nothing was measured\n"
    return "\n".join(_table(head, rows) for head, rows in tables())


def _table(head: str, rows: Sequence[Accuracy]) -> str:
    width = max(len(row.method) for row in rows)
    lines = [f"{head}", f"{'method':{width}}  precision  recall     F1  threshold"]
    lines += [
        f"{row.method:{width}}  {row.precision:9.3f}  {row.recall:6.3f}  {row.f1:5.3f}  {row.threshold}" for row in rows
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(render())
