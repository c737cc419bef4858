"""The map: a `Network` becomes one HTML file that opens from disk and asks no server for anything.

::

    network, scores, cards --compose--> Scene --page.render--> str

``scene`` holds the values of what is drawn, ``compose`` makes them: ``lines`` says which line stands for which link,
``measures`` what sizes an actor, ``telling`` what is told of each, ``communities`` who belongs together, ``layout``,
``sparse_stress`` and ``packing`` where things lie, ``views``, ``geography`` and ``timeline`` where they lie in the
other views, ``styles`` how a kind of actor and each theme looks, ``words`` what the page says. ``page`` puts the scene
(as the ``payload``, which ``coding`` keeps short), script and style sheet into pyvis. What is drawn are organisations:
a counted group that nobody named is a ring of strokes and a number, never a node.

``forms`` knows what a map can be written as. ``large``, with the numbers of ``compact``, is the page of more than
5,000 points, ``large.links`` what it tells of links. ``still`` draws the scene as an SVG or a PNG instead of a page:
``plan`` says what is shown of a view, ``painting`` paints it (for the report, too), ``multiples`` the years, with
elements of ``shapes``; ``writing`` finds places for names, ``legends`` tells what stands beside it, in words of
``saying``.

The script is one function in parts, a file for each task, in the order of `page.SCRIPTS`: ``data`` reads the payload,
``state`` is what is shown now, ``filter`` what passes, ``drawing`` which points and lines that makes; ``canvas``,
``strokes``, ``rings`` and ``labels`` paint them; ``panel``, ``facets``, ``time`` and the others are around the map.
A change is one call of ``change`` with what is new; everything that is seen follows from the state.
"""
