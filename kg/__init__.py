"""Helix KG: who works with whom in industry, education and science, and who says so.

The flow, which no import runs against::

    graphs -> validate, resolve -> extract, derive -> store -> questions, query
                                                        |----> cards -> show, evidence
                                                        '----> network -> measure
                                                                  |-----> draw -> report
                                                                  '-----> export

``pipeline`` alone knows the order of the steps; ``cli`` parses, calls and prints.
"""

__version__ = "0.1.0"
