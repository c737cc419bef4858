"""Names of the types and relations of proposals for people."""

from __future__ import annotations

from types import MappingProxyType

from kg.texts import Message

TYPE_LABELS = MappingProxyType(
    {
        "University": Message("university or school"),
        "Unit": Message("unit"),
        "Firm": Message("firm"),
        "GovernmentDepartment": Message("government department"),
        "OtherOrg": Message("other organisation"),
        "Person": Message("person"),
        "Agreement": Message("agreement"),
        "Alliance": Message("alliance"),
        "Event": Message("event"),
        "Facility": Message("facility"),
        "PolicyPlan": Message("policy plan"),
        "Programme": Message("programme"),
        "Field": Message("field"),
        "Place": Message("place"),
    }
)

RELATION_LABELS = MappingProxyType(
    {
        "signed": Message("signed an agreement with"),
        "partnerIn": Message("takes part in"),
        "establishedBy": Message("was set up by"),
        "coEstablishedWith": Message("was built together with"),
        "partOf": Message("is part of"),
        "locatedIn": Message("is in"),
        "hostedBy": Message("was hosted by"),
        "overseenBy": Message("was overseen by"),
        "announcedAt": Message("was announced at"),
        "supportsPlan": Message("is said to support"),
        "focusesOn": Message("works on"),
        "hasRole": Message("holds an office in"),
        "countOf": Message("counts"),
    }
)


def type_label(kind: str | None) -> Message:
    """Return the name of a type; words without a type are a count."""
    return TYPE_LABELS[kind] if kind else Message("count")
