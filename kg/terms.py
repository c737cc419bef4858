"""The vocabulary as a closed namespace: ``HX.Link`` is a term of ``ontology/``, and ``HX.Lnik`` raises an error.

A test keeps the list equal to the ontology.
"""

import re
from types import MappingProxyType

BASE = "https://w3id.org/helix-kg/"
"""Base of the IRIs of the shipped graphs."""

ID = BASE + "id/"
EVIDENCE = BASE + "evidence/"
DERIVED = BASE + "derived/"
"""Prefix of the IRIs of derived graphs."""

SOURCE = BASE + "source/"
COLLECTION = BASE + "collection/"
SCHEME = BASE + "scheme/"
ONTOLOGY_GRAPH = BASE + "ontology"
"""Named graph of the ontology and its concepts in a store."""


class _Closed(type):
    """A class whose attributes are the IRIs of its annotated names."""

    def __getattr__(cls, name: str) -> str:
        """Return the IRI of the term `name`."""
        if name not in cls.__annotations__:
            raise AttributeError(f"the ontology has no term {name!r}")
        return f"{ONTOLOGY_GRAPH}#{name}"


class HX(metaclass=_Closed):
    """Terms of the Helix KG ontology."""

    Actor: str
    Affiliation: str
    Agreement: str
    Alliance: str
    Association: str
    ChainSegment: str
    Claim: str
    CoConstruction: str
    CooperationArea: str
    CountedGroup: str
    Derivation: str
    Discipline: str
    Duty: str
    Event: str
    EventInvolvement: str
    Evidence: str
    Firm: str
    Founding: str
    FundingProgramme: str
    GovernmentDepartment: str
    Grant: str
    Industry: str
    IndustryChain: str
    IntellectualProperty: str
    Judgement: str
    Link: str
    Major: str
    Milestone: str
    MonetaryAmount: str
    OfficeHolding: str
    Organisation: str
    OtherOrganisation: str
    Participation: str
    Partnership: str
    PartyGroup: str
    Person: str
    Place: str
    PolicyPlan: str
    Programme: str
    Project: str
    Recognition: str
    ResearchInstitute: str
    Rule: str
    Source: str
    Supervision: str
    Technology: str
    Topic: str
    Unit: str
    University: str
    VocationalCollege: str
    about: str
    address: str
    amount: str
    amountKind: str
    arity: str
    atEvent: str
    attestedEarliest: str
    attestedLatest: str
    batch: str
    broaderTerm: str
    campus: str
    carriesOut: str
    changeKind: str
    city: str
    claimAbout: str
    claimedBy: str
    closeTerm: str
    coBuiltWith: str
    commonParty: str
    confidence: str
    contractNumber: str
    contribution: str
    cooperatesWith: str
    count: str
    countKind: str
    countedThing: str
    counts: str
    countsAs: str
    crossrefFunderId: str
    currency: str
    derivedBy: str
    digest: str
    disciplineCode: str
    divisionCode: str
    documentNumber: str
    duty: str
    educationLevel: str
    end: str
    endEarliest: str
    endLatest: str
    expectedActors: str
    expectedEvidence: str
    expectedLinks: str
    expectedSources: str
    fileName: str
    firstSeen: str
    formOfKind: str
    funds: str
    geonamesId: str
    gridId: str
    guides: str
    inDefaultLens: str
    inForceOn: str
    includesNamed: str
    industry: str
    industryCode: str
    internal: str
    isniId: str
    issuedAs: str
    issuer: str
    joinedWith: str
    kind: str
    lastSeen: str
    latitude: str
    layer: str
    learner: str
    left: str
    leiId: str
    level: str
    longitude: str
    major: str
    majorCode: str
    milestone: str
    modality: str
    moeCode: str
    monthsPerYear: str
    namedMember: str
    narrowerTerm: str
    office: str
    openalexId: str
    owner: str
    page: str
    ownership: str
    partOf: str
    partOfGroup: str
    participant: str
    participation: str
    payee: str
    payer: str
    picId: str
    placeKind: str
    placeName: str
    plan: str
    post: str
    precision: str
    publishedAs: str
    quality: str
    reading: str
    recognises: str
    region: str
    registrationNumber: str
    relatedTerm: str
    renews: str
    right: str
    rightKind: str
    role: str
    rorId: str
    rule: str
    seat: str
    sector: str
    sectorOfClass: str
    segmentPosition: str
    shortName: str
    shortcut: str
    source: str
    stage: str
    stance: str
    start: str
    startEarliest: str
    startLatest: str
    statedAs: str
    statedKind: str
    status: str
    supports: str
    termMonths: str
    topic: str
    towards: str
    transfers: str
    underPlan: str
    unifiedSocialCreditCode: str
    value: str
    vatNumber: str
    verdict: str
    webDomain: str
    wikidataId: str
    within: str


PREFIXES = MappingProxyType(
    {
        "hx": BASE + "ontology#",
        "id": ID,
        "ev": EVIDENCE,
        "src": SOURCE,
        "sch": SCHEME,
        "dcat": "http://www.w3.org/ns/dcat#",
        "dct": "http://purl.org/dc/terms/",
        "org": "http://www.w3.org/ns/org#",
        "prov": "http://www.w3.org/ns/prov#",
        "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
        "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "xsd": "http://www.w3.org/2001/XMLSchema#",
    }
)
"""Prefixes that every query may use without a declaration, and that shorten IRIs in printed tables."""

SEPARATE = frozenset({"bundle", "unstated"})
"""Arities of links in which only the common party is known to be tied to the others."""

TYPE = PREFIXES["rdf"] + "type"
"""The property ``rdf:type``."""


_PREFIX_OF = {start: prefix for prefix, start in PREFIXES.items()}
_START = re.compile("|".join(map(re.escape, sorted(_PREFIX_OF, key=len, reverse=True))))


def shorten(iri: str) -> str:
    """Return `iri` with the longest matching prefix, as ``id:huawei``, or unchanged if none matches."""
    start = _START.match(iri) if iri.startswith("http") else None
    return iri if start is None else f"{_PREFIX_OF[start[0]]}:{iri[start.end() :]}"


_CODES = re.compile(r"(?:%[0-9A-F]{2})+")
_UNSAFE = re.compile(r"%(?![0-9A-F]{2})|[^\w.~%/#:-]|[\x00-\x20\x7f-\x9f]")


def readable(iri: str) -> str:
    """Return the shortened `iri` for people, with percent-encoded letters and punctuation decoded.

    >>> readable("https://w3id.org/helix-kg/id/office/%E5%BB%B6%E9%95%BF%EF%BC%88%E9%9B%86%E5%9B%A2%EF%BC%89")
    'id:office/延长（集团）'
    """
    short = shorten(iri)
    return short if short == iri or "%" not in short else _CODES.sub(_decoded, short)


def _decoded(match: re.Match[str]) -> str:
    """Return the characters of percent codes, or the codes if a character would change the structure of the IRI."""
    try:
        text = bytes.fromhex(match[0].replace("%", "")).decode()
    except UnicodeDecodeError:
        return match[0]
    return text if text.isprintable() and not set(text) & set("%/#?<>") else match[0]


def encoded(text: str) -> str:
    """Return `text`, which people typed, with the characters percent-encoded that keys of ingested rows encode.

    >>> encoded("office/延长（集团）")
    'office/延长%EF%BC%88集团%EF%BC%89'
    """
    return _UNSAFE.sub(lambda match: "".join(f"%{byte:02X}" for byte in match[0].encode(errors="surrogatepass")), text)


def expand(text: str) -> str:
    """Return the IRI for `text`: an IRI as it is, ``id:huawei`` expanded, a bare key below ``id/``."""
    if text.startswith("<") and text.endswith(">"):
        return text[1:-1]
    prefix, colon, rest = text.partition(":")
    if colon and prefix in PREFIXES:
        return PREFIXES[prefix] + rest
    return text if colon else ID + text
