"""Texts in English and Chinese: names from data, messages of the catalogue, and their rendering.

A message is written in English where it is used: ``Message("Left out: {count} nodes.", count=3)``. Its translation
is in ``kg/locale/zh/LC_MESSAGES/kg.po`` and is looked up when the message is rendered.
"""

from kg.texts.message import Message, alternatives, filled, keys, listed, message, translated
from kg.texts.text import Detail, Text, localise

__all__ = ["Detail", "Message", "Text", "alternatives", "filled", "keys", "listed", "localise", "message", "translated"]
