"""Elements and texts of HTML pages, by XPath."""

from lxml.etree import _Element
from lxml.html import HtmlElement


def elements(node: _Element, path: str) -> list[HtmlElement]:
    """Return the elements that `path` selects below `node`."""
    found: list[HtmlElement] = node.xpath(path)
    assert all(isinstance(one, HtmlElement) for one in found), f"{path} selects something other than elements"
    return found


def strings(node: _Element, path: str) -> list[str]:
    """Return the attributes and texts that `path` selects below `node`."""
    found: list[str] = node.xpath(path)
    assert all(isinstance(one, str) for one in found), f"{path} selects something other than strings"
    return found


def plain_text(element: HtmlElement) -> str:
    """Return the text of an element with single spaces."""
    return " ".join(element.text_content().split())
