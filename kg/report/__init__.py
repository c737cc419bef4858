"""The report: one page to hand on, with the picture, the ranks, the indicators, what is missing, and all evidence.

::

    Scene, tables --book.write--> Book --page.render--> str

``picture`` has `kg.map` draw the scene as SVG within the page, ``book`` numbers links and sources and says which
links stand behind which number, ``words`` holds what the page says, ``page`` puts it into the template. The page has
no script at all: every number is an ordinary link to the links that it counts, and every link lists its evidence with
source and address.
"""
