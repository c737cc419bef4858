"""The name that maps, pages and findings show for a name in capitals: "UNIVERSITY OF OXFORD" is University of Oxford.

Registers such as CORDIS write all names in capitals. Data, tables, keys and exports keep the name of the source.
"""

import re

from kg.texts import Text

_FORMS = (
    "GmbH AG SA SAS SARL SRL SpA SL SLU BV NV AB AS ASA ApS Oy Oyj Ltd Inc LLC plc KG Co KGaA SE "
    "doo Kft Zrt Nyrt sro LDA ASBL VZW EEIG AIE APS ETS SCARL SCRL SCPA SASU SNC EPE OÜ"
)
_ACRONYMS = (
    "ABB AIT AKKA AMD AMS ASML AVL AVIC BMW CAXA CEA CERN CISC CNR COMAC CSIC EADS EPFL ESA ETH EU FEV IBM ICT imec "
    "INESC INRAE INRIA ISIS IT JRC KIT NASA NATO OECD R&D SAP SINTEF STMicroelectronics TNO TTTech TU UAB UCL UK "
    "UNESCO USA VITO VTT"
)
_WRITTEN = {word.upper(): word for word in f"{_FORMS} {_ACRONYMS}".split()}
_LEGAL_FORMS = frozenset(_FORMS.upper().split())
_SMALL_WORDS = """
a al and at au aux by d da das de degli dei del della delle dem den der des di do dos du e een el en
et for fuer fur für i in l la las le les los na nad och of og on para per pour pro s sul the to und
van ve vom von voor w y z za zu zum zur à
"""
_PARTICLES = frozenset(_SMALL_WORDS.split())
_VOWELS = frozenset("AEIOUYÄÖÜÅØÆÉÈÊÁÀÂÍÓÔÚ")
_MAX_ACRONYM = 6  # letters of a name of one word that is taken for an acronym
_MAX_CONSONANTS = 5  # letters of a word without vowels that is taken for an acronym
_MIN_INITIALS = 3
_TOKEN = re.compile(r"[^\W\d_]+(?:[&+][^\W\d_]+)*")
_WIDE = re.compile("[\u2e80-\uffef]")


def shown_name(name: Text) -> Text:
    """Return a name with each text in capitals written in title case."""
    texts = [text and shown_text(text) for text in name.pair]
    return name if tuple(texts) == name.pair else Text(*texts)


def shown_text(text: str) -> str:
    """Return a text in capitals in title case; another text, an acronym and Chinese remain.

    Acronyms remain: a short name of one word, a word without vowels, the initials of the other words, and known ones.
    Legal forms have their usual letters, and particles small ones.
    """
    if text.upper() != text or text.lower() == text or _WIDE.search(text):
        return text
    words = _TOKEN.findall(text)
    if len(words) == 1 and len(words[0]) <= _MAX_ACRONYM:
        return _WRITTEN.get(text, text)
    initials = "".join(word[0] for word in words if word.lower() not in _PARTICLES)

    def written(match: re.Match[str]) -> str:
        return _written(match[0], text[: match.start()], text[match.end() :], initials)

    return _TOKEN.sub(written, text)


def _written(word: str, before: str, after: str, initials: str) -> str:
    """Return a word as it is written between the texts before and after it."""
    if word in _WRITTEN and (before or word not in _LEGAL_FORMS):
        return _WRITTEN[word]
    if _is_acronym(word, before, after, initials):
        return word
    follows_apostrophe = before[-1:] in {"'", "’"}
    if follows_apostrophe and not re.search(r"\b[DLO]['’]$", before):
        return word.lower()  # Xi'an, People's
    if word in {"D", "L"} and after[:1] in {"'", "’"}:
        return word.lower() if before else word
    if word.lower() in _PARTICLES and before and not follows_apostrophe:
        return word.lower()
    return word[0] + word[1:].lower()


def _is_acronym(word: str, before: str, after: str, initials: str) -> bool:
    """Return whether a word of a longer name is an acronym."""
    if len(word) == 1:  # J.I.G., but not the article of a name
        return before[-1:] == "." or after[:1] == "."
    if word.lower() in _PARTICLES:
        return False
    if "&" in word or "+" in word or before[-1:].isdigit() or after[:1].isdigit():
        return True
    is_bare = not _VOWELS.intersection(word) and len(word) <= _MAX_CONSONANTS and word not in {"ST", "DR"}
    return is_bare or (len(word) >= _MIN_INITIALS and word in initials)
