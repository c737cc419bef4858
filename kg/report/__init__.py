"""The report: one page with the map, the ranking, the indicators, the gaps, and all evidence.

::

    Scene, tables --references.number--> References --page.render--> str

`build` runs the steps, `contents` computes the tables, and `references` numbers links, actors and sources and lists the
links behind each indicator. `figure` draws the map as SVG, `messages` contains the texts, and `page` fills the
template. The page has no script. Every number is a hyperlink to the links that it counts, and every link lists its
evidence with source and address.
"""
