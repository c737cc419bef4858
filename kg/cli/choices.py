"""Names and defaults that options offer.

They repeat values of the library, so that help and usage errors need no slow import. A test compares them.
"""

from kg.texts import Message

FORMATS = ("table", "csv", "tsv", "json", "jsonl")
"""Formats of printed tables."""

MEASURES = (
    *("degree", "partners", "strength", "betweenness", "closeness", "harmonic", "pagerank", "eigenvector", "katz"),
    *("core", "birank", "constraint", "effective-size", "brokerage", "brokerage-coordinator", "brokerage-itinerant"),
    *("brokerage-gatekeeper", "brokerage-liaison", "heterogeneity", "partner-concentration", "repeat-rate"),
    "uic-intensity",
)
"""Measures of centrality."""

METHODS = ("walk", "birank", "paths", "adamic-adar", "resource", "sector")
"""Methods of partner suggestion; the first is the default."""

ALGORITHMS = ("leiden", "louvain")
"""Algorithms of community detection."""

BACKBONE_FILTERS = ("sdsm", "disparity")
"""Tests of the backbone."""

BACKBONE_LEVEL = 0.05
"""Default false discovery rate of the backbone."""

BROKER_ROLES = ("coordinator", "itinerant", "gatekeeper/representative", "liaison")
"""Roles of a broker."""

HELICES = ("university", "firm", "government")
"""Default sectors of the helix indicators."""

VIEWS = ("map", "two-mode", "bands", "geo", "timeline", "years")
"""Views of a map."""

GROUNDS = ("white", "transparent")
"""Grounds of a picture beside those of the themes."""

THEMES = ("light", "dark")
"""Themes of a map."""

VERDICTS = ("same", "different", "unsure")
"""Verdicts of a judgement."""

JUDGEMENTS = "judgements.ttl"
"""Default file of judgements."""

THRESHOLD = 0.7
"""Default minimum score of suggested pairs."""

TIMEOUT = 60.0
"""Default time limit of a query, seconds."""

MAX_ROWS = 10_000
"""Default maximum number of rows in an answer."""

READERS = {
    "moe": Message(
        "the list of higher-education institutions of the Chinese Ministry of Education, or its changes since 2017, "
        "as CSV"
    ),
    "cordis": Message(
        "the tables organization, project and euroSciVoc of a CORDIS export (JSON or CSV), copied project pages, "
        "registers"
    ),
    "ror": Message(
        "records of the Research Organization Registry, schema 1 or 2: a dump, JSON Lines, or a single record"
    ),
    "openalex": Message(
        "institutions and works of OpenAlex: JSON Lines of the snapshot (compressed or not), or API responses"
    ),
    "techport": Message("projects of NASA TechPort as JSON, from either version of its API"),
    "openaire": Message(
        "publications of OpenAIRE as JSON Lines: id, title, date, and rels with organisations and projects"
    ),
    "table": Message("a mapping (.yaml) and its tables: CSV, TSV, XLSX or Parquet, packed or not"),
    "report": Message("STEM.proposals.json from kg read and STEM.decisions.json from kg review"),
}
"""Names of the readers, with what each reads."""

TABLE_READERS = ("openalex",)
"""The readers whose files can be read one by one into participation tables."""
