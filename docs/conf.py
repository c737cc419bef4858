"""Configuration of the documentation site (Sphinx)."""

from __future__ import annotations

import kg

project = "Helix KG"
author = "Helix KG maintainers"
copyright = "Helix KG maintainers"  # noqa: A001 - the name that Sphinx reads
version = release = kg.__version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["ontology_*"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
suppress_warnings = ["myst.xref_missing"]

html_theme = "furo"
html_title = "Helix KG"
html_static_path: list[str] = []
html_show_sphinx = False
html_copy_source = False
# The theme and the search index are local files, so that a reader's browser sends no request.
html_theme_options: dict[str, object] = {"top_of_page_buttons": []}

autodoc_typehints = "signature"
autodoc_member_order = "bysource"
