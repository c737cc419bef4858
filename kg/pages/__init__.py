"""Pages of all nodes: frozen values computed from a store, templates, and the writer of a static site.

`kg.pages.facts` reads the store, `kg.pages.contents` makes the value of each page, `kg.pages.render` makes HTML of a
value, and `kg.pages.site` writes all pages. A server renders the same values with `kg.pages.render`.
"""
