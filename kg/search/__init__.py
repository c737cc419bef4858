"""Search for actors by names as people type them: parts, abbreviations, pinyin, and one typing error."""

from kg.search.find import Hit, find, table

__all__ = ["Hit", "find", "table"]
