"""Helix KG: who works with whom in industry, education and science, and who says so.

The flow, which no import runs against::

    sources -> ingest -> validate -> resolve -> store -> query
                                                  |----> network -> measure
                                                  |         |-----> draw
                                                  |         '-----> export
                                                  '----> serve

``pipeline`` alone knows the order of the steps; ``cli`` parses, calls and prints.
"""

__version__ = "0.1.0"
