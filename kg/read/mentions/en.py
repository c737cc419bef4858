"""The occurrences of an English text: every rule in order, with overlaps resolved."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.read.lexicon import load, words
from kg.read.mentions import en_names, en_people, en_things
from kg.read.mentions.scene import ACTORS, Occurrence
from kg.read.mentions.zh import bare_agreements, resolve

if TYPE_CHECKING:
    from collections.abc import Sequence

_BRACKET = re.compile(r"^ ?\([\"“]?([^()\"“”]{2,60}?)[\"”]?(?: for short)?\)")


def occurrences(text: str, known: Sequence[Occurrence]) -> list[Occurrence]:
    """Return the occurrences of a text in order; `known` are those of the names of the store."""
    organisations = [*en_things.quoted(text), *_shared(text), *known, *en_names.named(text), *en_things.lower(text)]
    agreements = en_things.agreements(text)
    shorts = [
        *aliases(text, [*organisations, *agreements]),
        *_initials(text, organisations),
        *_letters(text, organisations),
    ]
    things = [
        *agreements,
        *en_things.events(text),
        *en_things.places(text),
        *en_things.fields(text),
        *en_things.plans(text),
    ]
    people = en_people.people(text)
    rest = [*_acronyms(text, shorts), *_listed_firms(text), *_partners(text), *_roots(text, organisations)]
    kept = resolve([*organisations, *shorts, *people, *things, *rest, *en_things.topics(organisations)])
    kept = bare_agreements(_one_agreement(_called(text, kept)))
    return resolve([*kept, *common(text, kept)])


def _one_agreement(kept: Sequence[Occurrence]) -> list[Occurrence]:
    """Return the occurrences with a bare "agreement" as a word where another one is named in full."""
    is_named = any(one.type == "Agreement" and " " in one.name for one in kept)
    return [
        replace(one, form="word") if is_named and one.type == "Agreement" and one.name.lower() in _BARE else one
        for one in kept
    ]


_CALLED = re.compile(
    r",? ?(?:(?:that|which) )?(?:goes by the name of|(?:is )?(?:called|known as)|named|dubbed) (?:the )?[\"“]?"
)


def _called(text: str, kept: Sequence[Occurrence]) -> list[Occurrence]:
    """Return the occurrences with the words before a name as an alias of it: an alliance called North Star."""
    result = []
    for one in kept:
        after = [item for item in kept if item.type == one.type and _CALLED.fullmatch(text[one.end : item.start])]
        result.append(replace(one, name=after[0].name, form="alias") if after and one.form == "name" else one)
    return result


_BARE = frozenset({"agreement", "memorandum", "contract", "declaration"})


def _initials(text: str, names: Sequence[Occurrence]) -> list[Occurrence]:
    """Return abbreviations in capitals that consist of the initials of a name."""
    found = []
    for one in {item.key: item for item in names if " " in item.name}.values():
        initials = "".join(word[0] for word in one.name.split(" ") if word[0].isupper())
        if len(initials) >= 3:
            for match in re.finditer(rf"(?<![\w(-]){initials}(?![\w)-])", text):
                found.append(Occurrence(one.type, one.name, match.start(), match.end(), "alias", "alias"))
    return found


def _letters(text: str, names: Sequence[Occurrence]) -> list[Occurrence]:
    """Return abbreviations of a university by letters of its first word: FDU for Fudan University."""
    universities = {one.name for one in names if one.type == "University"}
    found = []
    for match in re.finditer(r"(?<![\w&(-])[A-Z]{2,4}U(?![\w&)+-])", text):
        expression = re.compile(".*".join(match.group()[:-1]) + "[a-z]* University", re.IGNORECASE)
        full = [name for name in universities if name.count(" ") == 1 and expression.match(name)]
        if len(full) == 1:
            found.append(Occurrence("University", full[0], match.start(), match.end(), "alias", "alias"))
    return found


def _acronyms(text: str, shorts: Sequence[Occurrence]) -> list[Occurrence]:
    """Return abbreviations in capitals that no bracket declares; one that ends like a university's is one."""
    used = {text[one.start : one.end] for one in shorts}
    found = []
    for match in re.finditer(r"(?<![\w&(-])(?:[A-Z]{3,7}|\d[A-Z]{2,6}\+?)(?![\w&)+-])", text):
        if match.group() not in used and match.group() not in _NO_NAMES:
            kind = (
                "Alliance"
                if _is_alliance(text, match)
                else "University"
                if re.search("(?:U|ST|UT|SU|TU)$", match.group())
                else "OtherOrg"
            )
            found.append(Occurrence(kind, match.group(), match.start(), match.end(), "acronym"))
    return found


def _is_alliance(text: str, match: re.Match[str]) -> bool:
    """Return whether the words around an abbreviation make it an alliance."""
    before, after = text[max(0, match.start() - 24) : match.start()], text[match.end() : match.end() + 14]
    is_one = r"(?:through|name of|behind|belong to|led|leads|[Aa]lliance|[Nn]etwork|[Cc]onsortium) $"
    return bool(
        re.search(is_one, before)
        or re.match(r" (?:members|[Aa]lliance|unites)|, [Tt]he European", after)
        or match[0][0].isdigit()
    )


def _partners(text: str) -> list[Occurrence]:
    """Return one capitalised word after "in partnership with": a firm that no head noun shows."""
    lead = r"(?:in partnership with|in collaboration with|in cooperation with|together with|jointly with) "
    pattern = re.compile(rf"{lead}([A-Z][a-z]\w+)(?=[.,;]| to| on| and)")
    return [Occurrence("Firm", one[1], one.start(1), one.end(1), "partner") for one in pattern.finditer(text)]


def _roots(text: str, names: Sequence[Occurrence]) -> list[Occurrence]:
    """Return the first word of longer names where it stands alone: the parent organisation, such as a society."""
    found = []
    firsts = {
        one.name.split(" ")[0] for one in names if one.type in {"Unit", "OtherOrg", "Facility"} and " " in one.name
    }
    for word in firsts - set(words(load("en")["join"]["topics"])):
        if (
            len(word) < 5
            or en_names.places().match(word)
            or not word[0].isupper()
            or word in {"National", "Joint", "International"}
        ):
            continue
        for match in re.finditer(rf"(?<![\w-]){re.escape(word)}((?: USA|-Gesellschaft)?)(?![\w'’-]| [A-Z(])", text):
            found.append(Occurrence("OtherOrg", match.group(), match.start(), match.end(), "root"))
    return found


_NO_NAMES = frozenset(
    ["CEO", "CTO", "CFO", "COO", "MOU", "CPC", "GDP", "SME", "SMEs", "USA", "PHD", "MBA", "STEM", "TAI", "ICT"]
)


def _listed_firms(text: str) -> list[Occurrence]:
    """Return the members of a list of firms: companies such as A, B and C."""
    found = []
    lead = r"(?:[Ff]irms|[Cc]ompanies|[Ee]nterprises|[Bb]usinesses)[^.;]{0,60}?(?:such as|including|include|like) "
    name = r"[A-Z][\w&'’-]*(?: [A-Z][\w&'’-]*){0,3}"
    for match in re.finditer(rf"{lead}({name}(?:, {name})*(?:,? and {name})?)", text):
        for item in re.finditer(name, match[1]):
            found.append(
                Occurrence("Firm", item.group(), match.start(1) + item.start(), match.start(1) + item.end(), "list")
            )
    return found


def _shared(text: str) -> list[Occurrence]:
    """Return departments whose head a list shares: Shaanxi's Departments of A, B and C."""
    found: list[Occurrence] = []
    topic = r"[A-Z]\w+(?: and [A-Z]\w+)*(?: [A-Z]\w+)*"
    pattern = re.compile(
        rf"([A-Z]\w+)(?:'s)? ((?:Provincial |Municipal )?)(Departments|Ministries|Bureaus) of "
        rf"({topic}(?:, {topic})*,? and {topic})"
    )
    for match in pattern.finditer(text):
        head = {"Departments": "Department", "Ministries": "Ministry", "Bureaus": "Bureau"}[match[3]]
        for item in _items(match[4]):
            start = match.start(4) + item[0]
            plain = f"{match[1]} {head} of {item[1]}"
            name = plain if plain in text else f"{match[1]} {match[2]}{head} of {item[1]}"
            begin = match.start() if not found else start
            found.append(Occurrence("GovernmentDepartment", name, begin, start + len(item[1]), "shared-list"))
    return found


def _items(some: str) -> list[tuple[int, str]]:
    """Return the members of a list with their offsets; an "and" inside a member stays."""
    parts, place = [], 0
    for piece in re.split(r"(, and |, )", some):
        if not piece.startswith(","):
            parts.append((place, piece))
        place += len(piece)
    if len(parts) == 1 and " and " in some:
        left, right = some.split(" and ", 1)
        return [(0, left), (len(left) + 5, right)]
    return parts


def aliases(text: str, names: Sequence[Occurrence]) -> list[Occurrence]:
    """Return abbreviations in brackets, and short names, at each of their places."""
    found = []
    for one in {item.key: item for item in names}.values():
        shorts = set()
        for item in names:
            match = _BRACKET.match(text[item.end : item.end + 70]) if item.key == one.key else None
            if match and re.match(r"[A-Z]", match[1]) and not re.search(r"\d{4}", match[1]):
                shorts |= {part.strip() for part in match[1].split(",") if part.strip()}
        shorts |= _short(text, one)
        for short in shorts:
            for match in re.finditer(rf"(?<![\w-]){re.escape(short)}(?![\w-])", text):
                found.append(Occurrence(one.type, one.name, match.start(), match.end(), "alias", "alias"))
    return found


def _region(match: re.Match[str]) -> str:
    """Return the region for which a government acts: the vice governor of Guizhou Province."""
    return " Province" if match[1] == "Provincial" else " City"


def _short(text: str, one: Occurrence) -> set[str]:
    """Return the short forms of a name that the text uses."""
    rest = text.replace(one.name, "")
    found = set()
    match = re.fullmatch(r"([A-Z][\w'-]+) University", one.name)
    if one.type == "University" and match and not en_names.places().fullmatch(match[1]):
        found.add(match[1])
    if one.type == "Firm":
        core = re.sub(rf",? (?:{load('en')['firms']['suffix']})$", "", one.name)
        found |= {core} if core != one.name else set()
        for length in (3, 2):
            found |= {" ".join(core.split(" ")[:length])} if core.count(" ") >= length else set()
    if one.type == "GovernmentDepartment" and (
        match := re.fullmatch(r"([A-Z]\w+) (?:district|District|county|city)", one.name)
    ):
        found.add(match[1])
    if "People's Government" in one.name:
        found.add(one.name.replace("People's Government", "Government"))
        found.add(re.sub(r" (Provincial|Municipal) People's Government$", _region, one.name))
    if one.type == "OtherOrg" and one.name.endswith(" National Laboratories"):
        found.add(one.name.split(" ")[0])
    return {short for short in found if re.search(rf"(?<![\w-]){re.escape(short)}(?![\w-])", rest) and len(short) > 2}


def common(text: str, names: Sequence[Occurrence]) -> list[Occurrence]:
    """Return the places of common nouns such as "the university", each for a name of its type or with its noun."""
    found = []
    named = [one for one in names if one.form != "word"]
    for kind, lines in load("en")["words"].items():
        of_kind = [one for one in named if one.type == kind]
        for word in words(lines):
            noun = word.split(" ", 1)[1]
            ends = re.compile(rf"\b{noun}(?=$| of | for )", re.IGNORECASE)
            with_noun = [one for one in named if one.type in ACTORS and ends.search(one.name)]
            some = [one for one in with_noun if one.type == kind] or with_noun or of_kind
            some = of_kind if noun.lower() == "university" else some
            shown = re.escape(word.removeprefix("the ").removeprefix("The "))
            for match in re.finditer(rf"\b[Tt]he {shown}\b(?! of [A-Z])", text) if some else ():
                one = _meant(some, match.start(), kind)
                found.append(replace(one, start=match.start(), end=match.end(), rule="common", form="word"))
    return found


def _meant(some: Sequence[Occurrence], place: int, kind: str) -> Occurrence:
    """Return the name that a common noun stands for: of a school the most frequent, else the last one before it."""
    before = [one for one in some if one.start < place]
    if before and kind != "University":
        return before[-1]
    counts = Counter(one.key for one in some)
    return max(some, key=lambda item: counts[item.key])
