"""The map: a network as one interactive HTML page, or as a static picture.

::

    view --build--> Network, scores, details --compose--> Scene --formats--> HTML, SVG, PNG

* `build` runs the steps; `options` contains their options, `messages` the texts in English and Chinese.
* `compose` combines the parts of a `Scene`. `scene/` derives each part: `model` defines the values, `edges` the lines,
  `rings` the unnamed parties, `communities`, `measures` and `intervals` the scores and ranks, `details` the content of
  panels, `focus` the neighbourhood of one actor, `labels` line breaks, and `styles` all colours and shapes.
* `layout/` computes positions: `stress` (with `sparse_stress` and `packing`) for the map, `bands`, `geography` and
  `timeline` for the other views.
* `formats` selects the writer by suffix. `html/` writes the full page, `webgl/` the page of a large network, and `svg/`
  pictures.

Nodes are organisations only. A counted group without names is a ring and a number, never a node.

A page is one file that opens from disk without requests. Its script is joined from the ES modules of ``script/`` by
`html.modules`: ``shared/`` for both pages, ``canvas/`` and ``webgl/`` for one, and ``types/`` for the type checker. The
types of the data are those of `html.payload_types`. `state` contains one value that is replaced as a whole. Each change
calls `commit`, and everything on the screen is derived from the new state.
"""
