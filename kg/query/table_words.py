"""Chinese words for the heads and the codes of a printed table.

Files keep the names of columns and the codes in every language, so that programs can read them.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from kg.rdf.ontology import Concept, words
from kg.rdf.publishers import publisher
from kg.texts import Message, keys, translated

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.model import Cell, Table

_COLUMNS = (
    *keys("column", "a b accepted acts_in actor actors actors_label address adjusted after agreements alliance amount"),
    *keys(
        "column",
        "amount_kind answered_by arity asks auc batch because before built cases certain chain chain_links_held",
    ),
    *keys("column", "change claimed_by cobuilder code column community complexity component consortia consortium"),
    *keys("column", "count count_kind coverage currency day decision declared default department earliest end"),
    *keys("column", "end_earliest end_latest event evidence example examples expected field file filled finding first"),
    *keys("column", "followed_by form framework from government graph graph_file group have held here host host_key"),
    *keys("column", "in_force includes_named indicator internal_share issued its_links key kind label label_a label_b"),
    *keys("column", "language largest_count last last_record later later_links later_stage latest learner left"),
    *keys("column", "left_name level link link_iris links links_held links_of_all_stages_and_roles lower major majors"),
    *keys("column", "max_precision meaning measure member message method missing modality months most_links"),
    *keys("column", "most_named name named node note number observations of organisation organisations origin other"),
    *keys(
        "column", "other_node others ours owner ownership p pairs parameters park partner partners patents payee payer"
    ),
    *keys("column", "per period permuted_mean person place plan position post precision predecessor property"),
    *keys("column", "publication publications published publisher publishers quality question rank rca rca_lower"),
    *keys("column", "rca_upper reading reason reasons recipient region related relatedness relation renewed_by"),
    *keys("column", "reported right right_kind right_name rival role rule schools score sd seat section sector"),
    *keys(
        "column", "sector_pair sectors segment setting share share_of_all_links since size source sources specialised"
    ),
    *keys(
        "column", "stage stance start start_earliest start_latest stated_as statements step strength students subject"
    ),
    *keys(
        "column", "target text their_side theirs there thing to type unit university until upper value values verdict"
    ),
    *keys("column", "via weight what year named_share across_regions digest title score_low score_high rank_low"),
    *keys("column", "rank_high change_low change_high change_in_rank licence match frame date"),
    *keys("column", "author agreed collection papers firm document mentions proposals refusals"),
    *keys("column", "both firms firms_in members papers_per_pair provinces published_with shared signed_with"),
    *keys("column", "counts_as matching_name record universities universities_in"),
)
"""Names of columns; the names of a column with a suffix (``_label``, ``_2024``) are made of these."""

_CODES = (
    *keys("code", "all sectors rank yes no unknown new open"),
    *keys("code", "mutual-information mutual-information-corrected entropy share intensity named-coverage repeat-rate"),
    *keys("code", "partner-concentration under-plan under-plan-in-force synergy-between-kinds synergy-within nodf"),
    *keys(
        "code", "nodf-rows nodf-columns ei-index ei-index-rescaled assortativity assortativity-weighted coleman-index"
    ),
    *keys("code", "share-of-ties single-source undated-links unnamed-parties first-rank fragile-rank sector-pair"),
    *keys("code", "first-partner"),
    *keys(
        "code",
        "last-year broker degree partners strength betweenness closeness harmonic pagerank eigenvector katz core",
    ),
    *keys("code", "birank constraint effective-size brokerage brokerage-coordinator brokerage-itinerant"),
    *keys("code", "brokerage-gatekeeper brokerage-liaison heterogeneity uic-intensity coordinator itinerant"),
    *keys("code", "gatekeeper representative"),
    *keys(
        "code",
        "liaison walk paths adamic-adar resource sector popularity random true false after before either end start",
    ),
    *keys("code", "source publisher title published address quality reading digest note statement"),
    *keys("code", "begun ended added removed changed renewed merged retired moved"),
    *keys("code", "China abroad"),
    *keys("field", "start end"),
    *keys("code", "preferred other contribution signed-and-published pairs-with-papers"),
    Message("derived from", "code"),
    *keys("code", "identifier money place topic en zh zh-latn-pinyin links parties"),
    *keys("code", "name beginning abbreviation part pinyin"),
    Message("short name", "code"),
    Message("typing error", "code"),
)
"""Codes that the ontology does not define."""

_FACTS = Message("coverage of facts", "column")
"""The head of a column with the share of cases whose fact is known."""

_PHRASES = (
    Message("{a} in links of {b}", "code"),
    Message("open-ended, not known to be repealed", "code"),
    Message("no other known member", "code"),
    Message("links of {year}", "code"),
    Message("{measure} rank", "code"),
)

_CODED = {
    *("amount_kind", "arity", "certain", "change", "count_kind", "field", "finding", "form", "group", "in_force"),
    *(
        "includes_named",
        "indicator",
        "kind",
        "language",
        "later_stage",
        "learner",
        "level",
        "match",
        "measure",
        "method",
    ),
    *("missing", "modality", "ownership", "period", "precision", "quality", "reading", "relation", "right_kind"),
    *("role", "sector", "sector_pair", "sectors", "segment", "specialised", "stage", "stance", "thing"),
    *("firms_in", "unit_category", "universities_in", "verdict"),
}
"""Columns whose cells are codes, or codes with separators between them."""

_SUFFIXES = re.compile(r"(?P<name>.+?)_(?P<suffix>label|key|\d{4})")
_LIST = re.compile("[A-Za-z]+(?:-[A-Za-z]+)*")


def heads(table: Table) -> Callable[[str], str]:
    """Return the function that returns the Chinese head of a column of `table`."""
    others = {"coverage": _FACTS.english} if "have" in table.columns else {}
    if "match" in table.columns:
        others["name"] = "matching_name"
    if table.columns == ("evidence", "field", "value"):
        others["field"] = "what"
    return lambda name: column_head(others.get(name, name))


def column_head(name: str) -> str:
    """Return the Chinese head of a column; the name of a variable in SPARQL stays as it is."""
    text = translated(name, "zh", "column")
    suffixed = _SUFFIXES.fullmatch(name)
    if text != name or suffixed is None:
        return text
    whole, suffix = translated(suffixed["name"], "zh", "column"), suffixed["suffix"]
    return f"{whole}名称" if suffix == "label" else f"{whole}（{suffix}）"


def in_words(table: Table) -> Table:
    """Return a localised table with Chinese words in place of the codes of its cells."""
    rows = tuple(
        tuple(cell_in_words(cell, name) for name, cell in zip(table.columns, row, strict=True)) for row in table.rows
    )
    return replace(table, rows=rows)


def cell_in_words(cell: Cell, column: str) -> Cell:
    """Return a cell of a column with Chinese words in place of codes."""
    if column in {"author", "publisher", "publishers"} and isinstance(cell, str):
        return " | ".join(publisher(name).zh or name for name in cell.split(" | "))
    return _word(cell, column) if column in _CODED or isinstance(cell, bool) else cell


def _word(cell: Cell, column: str) -> Cell:
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if not isinstance(cell, str) or "://" in cell:
        return cell
    for phrase in _PHRASES:
        pattern = re.escape(phrase.english).replace(r"\{", "(?P<").replace(r"\}", r">[\w-]+)")
        if found := re.fullmatch(pattern, cell):
            values = {name: _code(value, column) for name, value in found.groupdict().items()}
            return phrase.format(**values).zh
    whole = _code(cell, column)
    return whole if whole != cell else _LIST.sub(lambda match: _words(match.group(), column), cell)


def _words(code: str, column: str) -> str:
    """Return the words for a code, or for the codes that hyphens join."""
    word = _code(code, column)
    return word if word != code else "—".join(_code(part, column) for part in code.split("-"))


def _code(code: str, column: str) -> str:
    """Return the Chinese word for a code: of the catalogue, else of the ontology, else the code."""
    word = translated(code, "zh", column)
    if word == code:
        word = translated(code, "zh", "code")
    if word == code:
        word = Concept(column.replace("_", "-"), code).zh
    return word if word != code else words("zh").get(code, code)
