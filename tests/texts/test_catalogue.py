"""The catalogue of messages: complete, current, and with the places of the English texts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from helpers import messages

from kg.texts import catalogue

if TYPE_CHECKING:
    from pathlib import Path


def test_the_catalogue_has_the_messages_of_the_code_and_no_others() -> None:
    current = {(message.context, message.id) for message in messages.read() if message.id}
    missing, obsolete = set(messages.extracted()) - current, current - set(messages.extracted())
    assert not missing, f"run make messages, then translate {len(missing)} entries: {sorted(missing, key=str)}"
    assert not obsolete, f"run make messages, which deletes {len(obsolete)} entries: {sorted(obsolete, key=str)}"


def translations() -> list[tuple[str, str]]:
    """Return the English and the Chinese text of each message; no message has plural forms."""
    return [(str(message.id), str(message.string)) for message in messages.read() if message.id]


def test_every_message_is_translated() -> None:
    entries = [message for message in messages.read() if message.id]
    without = [message.id for message in entries if not message.string]
    assert not without, f"translate {len(without)} entries of kg.po: {without}"
    assert [message.id for message in entries if message.fuzzy] == []


def test_translations_have_the_places_of_the_english_texts() -> None:
    differ = [
        english
        for english, chinese in translations()
        if messages.placeholders(english) != messages.placeholders(chinese)
    ]
    assert differ == []


def test_the_program_reads_the_catalogue_as_babel_does() -> None:
    read = {
        (entry.get("msgctxt"), entry["msgid"]): entry["msgstr"]
        for entry in catalogue.entries(catalogue.FILE)
        if entry["msgid"]
    }
    assert read == {(message.context, message.id): message.string for message in messages.read() if message.id}


def test_contexts_escapes_and_continued_lines_are_read(tmp_path: Path) -> None:
    file = tmp_path / "a.po"
    text = 'msgid ""\nmsgstr "Language: zh"\n\n#: a.py\nmsgctxt "c"\nmsgid ""\n"a\\n"\n"\\"b\\""\nmsgstr "甲"\n'
    file.write_text(text, encoding="utf-8")
    assert list(catalogue.entries(file))[1] == {"msgctxt": "c", "msgid": 'a\n"b"', "msgstr": "甲"}


def test_chinese_punctuation_is_full_width() -> None:
    half = re.compile(r"[\u4e00-\u9fff][,;:!?()]|[,;:!?(][\u4e00-\u9fff]")
    assert [chinese for _, chinese in translations() if half.search(chinese)] == []
