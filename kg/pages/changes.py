"""The page and the feed of what changed in a year, by the dates that sources state."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from kg.changes import changes, days
from kg.changes.ranks import Ranking
from kg.findings.ranks import MODE
from kg.map.svg.elements import add
from kg.model.display import safe
from kg.pages.address import path
from kg.pages.model import ListPage
from kg.pages.parts import Entry, Ref
from kg.pages.words import WORDS
from kg.texts import Text, localise

if TYPE_CHECKING:
    from kg.changes import Change
    from kg.network import Lens
    from kg.pages.index import Index
    from kg.store.view import View

FILE = "changes.xml"
"""Name of the feed in the folder of its language."""

_WORDS = {"begun": "changeBegun", "ended": "changeEnded", "renewed": "changeRenewed"}


class Year(NamedTuple):
    """The changes between two days, the newest first."""

    since: date
    until: date
    changes: tuple[Change, ...]


def of_year(view: View, lens: Lens, until: date) -> Year:
    """Return the changes of the links that `lens` selects in the year before `until`; ranks are not compared."""
    since = date(until.year - 1, until.month, min(until.day, 28))
    old, new = days(view, (since, until), lens)
    found = [one for one in changes(old, new, Ranking("degree", MODE, None, 1)) if one.kind != "rank"]
    return Year(since, until, tuple(sorted(found, key=lambda one: (_day(one), one.node), reverse=True)))


def page(index: Index, year: Year) -> ListPage:
    """Return the page of the changes."""
    entries = tuple(
        Entry(index.ref(one.node)._replace(label=_sentence(index, one)), Text(_day(one), _day(one)))
        for one in year.changes
    )
    title, text = WORDS["changesTitle"], WORDS["changesHelp"].format(old=year.since, new=year.until)
    return ListPage("changes", title, ((title, entries or (Entry(Ref(WORDS["noChanges"]), Text()),)),), text)


def _sentence(index: Index, change: Change) -> Text:
    return WORDS[_WORDS.get(change.kind, "changeOther")].format(link=index.ref(change.node).label)


def _day(change: Change) -> str:
    return "" if change.after is None else str(change.after)


def feed(index: Index, year: Year, lang: str, suffix: str) -> str:
    """Return the changes as an Atom feed in `lang`; its hyperlinks are relative to its folder."""
    root = ET.Element("feed", {"xmlns": "http://www.w3.org/2005/Atom", "xml:lang": "zh-Hans" if lang == "zh" else "en"})
    add(root, "title", localise(WORDS["changesTitle"], lang))
    add(root, "id", f"https://w3id.org/helix-kg/changes/{lang}")
    add(root, "updated", f"{year.until}T00:00:00Z")
    add(add(root, "author"), "name", localise(WORDS["site"], lang))
    add(root, "link", rel="alternate", href=f"changes{suffix}")
    for one in year.changes:
        entry = add(root, "entry")
        add(entry, "title", safe(localise(_sentence(index, one), lang)))
        add(entry, "id", f"{one.node}#{one.kind}")
        add(entry, "updated", f"{_within(_day(one)[:10], year)}T00:00:00Z")
        add(entry, "link", rel="alternate", href=f"{path(one.node)}{suffix}")
        add(entry, "summary", safe(_day(one)))
    ET.indent(root, "")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _within(day: str, year: Year) -> date:
    """Return a day as it is written, the last day of the period if it is not one."""
    try:
        return min(date.fromisoformat(day), year.until)
    except ValueError:
        return year.until
