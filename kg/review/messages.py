"""Texts of the review in English and Chinese."""

from types import MappingProxyType

from kg.texts import Message

TITLE = Message("Review of {stem}")

WORDS = MappingProxyType(
    {
        "accept": Message("Accept"),
        "refuse": Message("Refuse"),
        "change": Message("Change"),
        "apply": Message("Apply"),
        "accepted": Message("accepted"),
        "refused": Message("refused", "review"),
        "open": Message("open", "review"),
        "steps": Message("keys and clicks:"),
        "save": Message("Save decisions"),
        "saved": Message("The file of decisions is saved. Pass it to kg ingest report."),
        "needReviewer": Message("Enter your name: decisions have an author."),
        "needPublisher": Message("Enter the publisher of the document."),
        "reviewer": Message("Reviewer"),
        "publisher": Message("Publisher"),
        "quality": Message("Kind of publisher"),
        "document": Message("Document"),
        "text": Message("Text"),
        "proposals": Message("Proposals"),
        "names": Message("Names"),
        "toLink": Message("to decide:"),
        "newActor": Message("somebody new, with the name"),
        "spelling": Message("Name of somebody new"),
        "refusals": Message("Refused by the reader"),
        "notWritten": Message("Cannot be written:"),
        "inferred": Message("inferred"),
        "confidence": Message("confidence"),
        "head": Message("Subject"),
        "tail": Message("Object"),
        "stage": Message("Stage"),
        "noStage": Message("none"),
        "date": Message("Date"),
        "role": Message("Office"),
        "noSource": Message("publisher and date unknown"),
        "keys": Message("Keys: a accept, r refuse, c change, j and k next and previous, i add, n names, s save"),
        "add": Message("Add a statement that is missing"),
        "addHelp": Message("Select words of the text: they fill the field that had the focus last. Or type them."),
        "addApply": Message("Add"),
        "addDone": Message("Added. kg ingest report applies the gate of every proposal to it."),
        "addEmpty": Message("Fill in the subject, the trigger and the object."),
        "addTriggerElsewhere": Message("The sentence does not contain the words of the trigger."),
        "addPartyElsewhere": Message("The sentence contains neither the name nor another word of the text for it."),
        "addKinds": Message("The relation does not join these types."),
        "sentence": Message("Sentence"),
        "relation": Message("Relation"),
        "trigger": Message("Trigger: words that state the relation"),
        "headType": Message("Type of the subject"),
        "tailType": Message("Type of the object"),
        "remove": Message("Remove"),
        "modality_planned": Message("planned"),
        "modality_hoped": Message("hoped"),
        "modality_proposed": Message("proposed"),
        "modality_negated": Message("denied"),
        "modality_hypothetical": Message("hypothetical"),
        "modality_past": Message("earlier"),
    }
)
"""Texts of the page by their key in its scripts."""

STAGES = MappingProxyType(
    {
        "planned": Message("planned"),
        "announced": Message("announced"),
        "signed": Message("signed"),
        "approved": Message("approved"),
        "founded": Message("founded"),
        "unveiled": Message("unveiled"),
        "effective": Message("in effect"),
        "published": Message("published"),
        "ended": Message("ended"),
    }
)

QUALITIES = MappingProxyType(
    {
        "official": Message("public body"),
        "university": Message("university", "publisher"),
        "newspaper": Message("newspaper"),
        "agency": Message("news agency"),
        "aggregator": Message("aggregator"),
    }
)
