"""Classification of organisations by name, for sources without types.

The names of universities, public bodies and research institutes usually contain such a word, and those of firms a legal
form. The first matching rule decides, in this order. Hospitals (including those of universities) and names without a
match are left unclassified, because a guess would change the network. The tests measure the accuracy on organisations
that the European Commission has typed.
"""

from __future__ import annotations

import re
import unicodedata

_UNCLASSIFIED = "OtherOrganisation"
_HOSPITALS = "HOSPITAL|HOSPITALS|HOPITAL|HOPITAUX|OSPEDALE|KLINIK|KLINIKUM|FAKULTNI NEMOCNICE"
_UNIVERSITY_STARTS = "UNIVERS|UNIVERZIT|UNIWERSYT|EGYETEM|SVEUCILISTE|YLIOPISTO|HOGSKOL|HOGESCHOOL|HOJSKOLE"
_UNIVERSITY_ENDS = "HOCHSCHULE|UNIVERSITET|UNIVERSITAT|UNIVERSITEIT|HOGSKOLA|HOGSKOLAN|KORKEAKOULU"
_SCHOOLS = (
    "POLITECNICO|POLITECNICA|POLITECHNIKA|POLYTECHNIC|POLYTECHNIQUE|PANEPISTIMIO|ECOLE|COLLEGE|SCUOLA|LYCEE"
    "|INSTITUTO SUPERIOR|INSTITUT NATIONAL POLYTECHNIQUE|VYSOKE UCENI|VYSOKA SKOLA"
)
_PUBLIC_STARTS = "MINIST|MUNICIP|KOMMUN(?!IK)|BUNDESAMT|LANDESAMT|PREFECTUR|PREFEIT|GOUVERN|GOVERN"
_PUBLIC = (
    "AYUNTAMIENTO|COMUNE DI|GEMEENTE|STADT|LANDESHAUPTSTADT|CITY OF|VILLE DE|VILLE D|COMMUNE DE|CITY COUNCIL"
    "|COUNTY COUNCIL|BOROUGH COUNCIL|AJUNTAMENT|CAMARA MUNICIPAL|PROVINCIA|PROVINCIE|REGIONE|DIMOS|OBEC|MESTO"
    "|JUNTA DE|GENERALITAT|DIPUTACION|COMUNIDAD|CONSEIL DEPARTEMENTAL|CONSEIL REGIONAL|DEPARTMENT OF"
    "|DIRECTORATE|DIRECTORATUL|INSPECTORATUL|POLICE|POLITIE|POLICIA|GMINA|MIASTO|STATE AGENCY"
)
_LEGAL_FORMS = (
    "GMBH|MBH|AG|KG|LTD|LIMITED|PLC|LLC|LLP|INC|CORP|CORPORATION|S ?A|S ?A ?S|SASU|S ?A ?R ?L|S ?R ?L|SRLS|S ?P ?A"
    "|S ?L|S ?L ?U|SLL|SLP|B ?V|N ?V|BVBA|SPRL|AB|A ?S|ASA|OY|OYJ|APS|IVS|D ?O ?O|S ?R ?O|KFT|ZRT|NYRT|BT"
    "|SP Z ?OO|SP Z O ?O|SPOLKA AKCYJNA|LDA|E ?P ?E|A ?E|I ?K ?E|EOOD|OOD|AD|EAD|UAB|SIA|OU|SE|UG|PTY|CO|COMPANY"
    "|GROUP|A ?D|E ?K|EIRL|EURL|SCRL|TICARET|SIRKETI|SOCIETE ANONYME"
)
_FIRMS = "GMBH|SPOLKA|SPOL|AKTIENGESELLSCHAFT|AKTIEBOLAG|ANONIM SIRKETI|SOCIEDAD LIMITADA|SOCIEDAD ANONIMA"
_RESEARCH_STARTS = (
    "RESEARCH|INSTITUT|ISTITUTO|INSTYTUT|USTAV|FRAUNHOFER|MAX PLANCK|HELMHOLTZ|LEIBNIZ|LABORATO|RECHERCHE|RICERCA"
    "|RICERCHE|INVESTIGACI|INVESTIGACA|FORSKNING|TUTKIMUS|ONDERZOEK|CENTRO TECNOL|CENTRE TECN|KUTATO|BADAWCZ"
    "|AKADEMIE VED|ACADEMY OF SCIENCES|AKADEMIE DER WISSENSCHAFTEN|VYZKUMN|SCIENCES? CENT|OBSERVATO|EREVN"
)
_RULES = (
    (_UNCLASSIFIED, re.compile(rf"\b(?:{_HOSPITALS})\b")),
    ("University", re.compile(rf"\b(?:{_UNIVERSITY_STARTS})|(?:{_UNIVERSITY_ENDS})\b|\b(?:{_SCHOOLS})\b")),
    ("GovernmentDepartment", re.compile(rf"\b(?:{_PUBLIC_STARTS})|\b(?:{_PUBLIC})\b")),
    ("Firm", re.compile(rf"\b(?:{_LEGAL_FORMS})$|\b(?:{_FIRMS})\b")),
    ("ResearchInstitute", re.compile(rf"FORSCHUNGS|\b(?:{_RESEARCH_STARTS})")),
)


def kind_of(name: str) -> str:
    """Return the local name of the class of an organisation; ``OtherOrganisation`` if its name matches no rule.

    >>> kind_of("UNIVERSITÄT OSNABRÜCK"), kind_of("STARLAB BARCELONA SL"), kind_of("BIRDLIFE INTERNATIONAL")
    ('University', 'Firm', 'OtherOrganisation')
    """
    plain = unicodedata.normalize("NFKD", name.upper()).encode("ascii", "ignore").decode()
    words = " ".join(re.findall(r"[A-Z0-9]+", plain))
    return next((kind for kind, pattern in _RULES if pattern.search(words)), _UNCLASSIFIED)
