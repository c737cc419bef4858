"""The map: a `Network` becomes one HTML file that opens from disk and asks no server for anything.

::

    network, scores, cards --compose--> Scene --page.render--> str

``scene`` holds the values of what is drawn, ``compose`` makes them: ``lines`` says which line stands for which link,
``layout`` and ``packing`` where things lie, ``styles`` how a kind of actor looks, ``words`` what the page says.
``page`` puts the scene (as the ``payload``), the script and the style sheet into pyvis. What is drawn are
organisations: a counted group that nobody named is a ring of strokes and a number, never a node.
"""
