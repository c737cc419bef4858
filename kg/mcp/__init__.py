"""Tools for assistants by the Model Context Protocol: bounded answers with their evidence and coverage.

`tools` has the tools as functions of an open store, `server` offers them by the official SDK, and `tasks` runs them in
a worker of `kg serve`.
"""
