"""A finding about who signs and who publishes: joint papers of pairs with an agreement."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.findings.finding import Finding
from kg.findings.wording import number, percent
from kg.measure.helix.followed import followed, has_both, networks, two_sided
from kg.texts import Message, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.measure.helix.followed import Followed
    from kg.network import Lens
    from kg.network.incidence.tables import Incidence

MIN_PAIRS = 20
"""Number of pairs with an agreement below which their share with papers yields no finding."""
LEVEL = 0.05
"""Probability below which the order of papers and agreements differs from chance."""


def signed_and_published(incidence: Incidence, lens: Lens) -> Iterator[Finding]:
    """Yield the share of the pairs with an agreement that have joint papers, if there are enough pairs and a paper."""
    if not has_both(incidence):
        return
    pairs = followed(*networks(incidence, lens))
    published = [one for one in pairs if one.papers]
    if len(pairs) < MIN_PAIRS or not published:
        return
    share = len(published) / len(pairs)
    yield Finding(
        "signed-and-published",
        Message(
            "Of {pairs} university–firm pairs with an agreement, {published} {have} joint papers ({share}){order}.",
            published=number(len(published)),
            pairs=number(len(pairs)),
            have=Message("has") if len(published) == 1 else Message("have"),
            share=percent(share),
            order=_order([one for one in published if one.chance is not None]),
        ),
        "pairs-with-papers",
        share,
        None,
        None,
        tuple(sorted({record for one in published for record in one.agreements})),
        "kg helix --papers",
    )


def _order(pairs: list[Followed]) -> Text:
    """Return the clause about papers after the agreement, if their number differs from chance."""
    if two_sided(pairs) > LEVEL:
        return Text("", "")
    return Message(
        "; {after} of {papers} papers before or after the agreement came after it, where chance gives {expected}",
        after=number(sum(one.after for one in pairs)),
        papers=number(sum(one.before + one.after for one in pairs)),
        expected=number(round(sum(one.expected or 0 for one in pairs))),
    )
