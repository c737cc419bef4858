"""The imprint of a report or a site: when and by whom it was made, and the licences of its data."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NamedTuple

from kg.texts import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.network.incidence.tables import Collection
    from kg.store.view import View

_LICENCES = """SELECT DISTINCT ?licence { ?dataset a dcat:Dataset ; dct:license ?licence } ORDER BY ?licence"""
_NAMES = {
    "https://creativecommons.org/licenses/by/4.0/": "CC BY 4.0",
    "https://creativecommons.org/publicdomain/zero/1.0/": "CC0 1.0",
    "https://spdx.org/licenses/CC-BY-4.0": "CC BY 4.0",
    "https://spdx.org/licenses/CC0-1.0": "CC0 1.0",
}


class Imprint(NamedTuple):
    """The imprint.

    Attributes:
        issued: the day of issue.
        author: who made it; ``None`` if the settings do not name an author.
        licences: the credits of the collections, or the licences of the data sets.
        scope: what was selected beside the defaults; ``None`` for nothing.
    """

    issued: date
    author: str | None
    licences: tuple[Text, ...] = ()
    scope: Text | None = None


def imprint(
    view: View, author: str | None, issued: date | None, collections: Sequence[tuple[Collection, int]] = ()
) -> Imprint:
    """Return the imprint of what is made from `view`; the day of issue is today if `issued` is ``None``.

    Links of `collections` are credited; without any, the licences of all data sets of the store are stated.

    ``SOURCE_DATE_EPOCH``, in seconds, replaces today, so that a build can be reproduced.
    """
    if collections:
        names = dict.fromkeys(one.attribution for one, _ in collections)
    else:
        found = (row["licence"].value for row in view.select(_LICENCES))
        names = dict.fromkeys(Text(_NAMES.get(iri, iri), _NAMES.get(iri, iri)) for iri in found)
    return Imprint(issued or _today(), author, tuple(names))


def _today() -> date:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC).date() if epoch.isdigit() else datetime.now(UTC).date()
