"""The vocabulary as a closed namespace: ``HX.Link`` is a term of ``ontology/``, and ``HX.Lnik`` raises an error.

A test keeps the list equal to the ontology.
"""

from types import MappingProxyType

from rdflib import URIRef
from rdflib.namespace import DefinedNamespace, Namespace

BASE = "https://w3id.org/helix-kg/"
"""Base of the IRIs of the shipped graphs."""

ID = BASE + "id/"
EVIDENCE = BASE + "evidence/"
SOURCE = BASE + "source/"
SCHEME = BASE + "scheme/"
ONTOLOGY_GRAPH = BASE + "ontology"
"""Named graph of the ontology and its concepts in a store."""


class HX(DefinedNamespace):
    """Terms of the Helix KG ontology."""

    _NS = Namespace(BASE + "ontology#")
    _fail = True

    Actor: URIRef
    Affiliation: URIRef
    Agreement: URIRef
    Alliance: URIRef
    Association: URIRef
    ChainSegment: URIRef
    Claim: URIRef
    CoConstruction: URIRef
    CooperationArea: URIRef
    CountedGroup: URIRef
    Derivation: URIRef
    Discipline: URIRef
    Duty: URIRef
    Event: URIRef
    EventInvolvement: URIRef
    Evidence: URIRef
    Firm: URIRef
    Founding: URIRef
    FundingProgramme: URIRef
    GovernmentDepartment: URIRef
    Grant: URIRef
    Industry: URIRef
    IndustryChain: URIRef
    IntellectualProperty: URIRef
    Judgement: URIRef
    Link: URIRef
    Major: URIRef
    Milestone: URIRef
    MonetaryAmount: URIRef
    OfficeHolding: URIRef
    Organisation: URIRef
    OtherOrganisation: URIRef
    Participation: URIRef
    Partnership: URIRef
    PartyGroup: URIRef
    Person: URIRef
    Place: URIRef
    PolicyPlan: URIRef
    Programme: URIRef
    Project: URIRef
    Recognition: URIRef
    ResearchInstitute: URIRef
    Rule: URIRef
    Source: URIRef
    Supervision: URIRef
    Technology: URIRef
    Topic: URIRef
    Unit: URIRef
    University: URIRef
    VocationalCollege: URIRef
    about: URIRef
    address: URIRef
    amount: URIRef
    amountKind: URIRef
    arity: URIRef
    atEvent: URIRef
    attestedEarliest: URIRef
    attestedLatest: URIRef
    batch: URIRef
    broaderTerm: URIRef
    campus: URIRef
    carriesOut: URIRef
    changeKind: URIRef
    city: URIRef
    claimAbout: URIRef
    claimedBy: URIRef
    closeTerm: URIRef
    coBuiltWith: URIRef
    commonParty: URIRef
    confidence: URIRef
    contractNumber: URIRef
    contribution: URIRef
    cooperatesWith: URIRef
    count: URIRef
    countKind: URIRef
    countedThing: URIRef
    counts: URIRef
    countsAs: URIRef
    crossrefFunderId: URIRef
    currency: URIRef
    derivedBy: URIRef
    digest: URIRef
    disciplineCode: URIRef
    divisionCode: URIRef
    documentNumber: URIRef
    duty: URIRef
    educationLevel: URIRef
    end: URIRef
    endEarliest: URIRef
    endLatest: URIRef
    expectedActors: URIRef
    expectedEvidence: URIRef
    expectedLinks: URIRef
    expectedSources: URIRef
    fileName: URIRef
    firstSeen: URIRef
    formOfKind: URIRef
    funds: URIRef
    geonamesId: URIRef
    gridId: URIRef
    guides: URIRef
    inDefaultLens: URIRef
    inForceOn: URIRef
    includesNamed: URIRef
    industry: URIRef
    industryCode: URIRef
    isniId: URIRef
    issuedAs: URIRef
    issuer: URIRef
    joinedWith: URIRef
    kind: URIRef
    lastSeen: URIRef
    latitude: URIRef
    layer: URIRef
    learner: URIRef
    left: URIRef
    leiId: URIRef
    level: URIRef
    longitude: URIRef
    major: URIRef
    majorCode: URIRef
    milestone: URIRef
    modality: URIRef
    moeCode: URIRef
    monthsPerYear: URIRef
    namedMember: URIRef
    narrowerTerm: URIRef
    office: URIRef
    openalexId: URIRef
    owner: URIRef
    ownership: URIRef
    partOf: URIRef
    partOfGroup: URIRef
    participant: URIRef
    participation: URIRef
    payee: URIRef
    payer: URIRef
    picId: URIRef
    placeKind: URIRef
    placeName: URIRef
    plan: URIRef
    post: URIRef
    precision: URIRef
    publishedAs: URIRef
    quality: URIRef
    reading: URIRef
    recognises: URIRef
    region: URIRef
    registrationNumber: URIRef
    relatedTerm: URIRef
    renews: URIRef
    right: URIRef
    rightKind: URIRef
    role: URIRef
    rorId: URIRef
    rule: URIRef
    seat: URIRef
    sector: URIRef
    sectorOfClass: URIRef
    segmentPosition: URIRef
    shortcut: URIRef
    source: URIRef
    stage: URIRef
    stance: URIRef
    start: URIRef
    startEarliest: URIRef
    startLatest: URIRef
    statedAs: URIRef
    status: URIRef
    supports: URIRef
    termMonths: URIRef
    topic: URIRef
    towards: URIRef
    transfers: URIRef
    underPlan: URIRef
    unifiedSocialCreditCode: URIRef
    value: URIRef
    vatNumber: URIRef
    verdict: URIRef
    webDomain: URIRef
    wikidataId: URIRef
    within: URIRef


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

TYPE = PREFIXES["rdf"] + "type"
"""The property ``rdf:type``."""


def shorten(iri: str) -> str:
    """Return `iri` with the longest matching prefix, as ``id:huawei``, or unchanged if none matches."""
    matching = [(start, prefix) for prefix, start in PREFIXES.items() if iri.startswith(start)]
    if not matching:
        return iri
    start, prefix = max(matching, key=lambda pair: len(pair[0]))
    return f"{prefix}:{iri.removeprefix(start)}"


def expand(text: str) -> str:
    """Return the IRI for `text`: an IRI as it is, ``id:huawei`` expanded, a bare key below ``id/``."""
    if text.startswith("<") and text.endswith(">"):
        return text[1:-1]
    prefix, colon, rest = text.partition(":")
    if colon and prefix in PREFIXES:
        return PREFIXES[prefix] + rest
    return text if colon else ID + text
