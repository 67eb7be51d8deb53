from dataclasses import replace

import pytest

from bot.channels.telegram.saying import saying
from bot.wire import unpack
from storage.records import Contact, Update
from storage.talk import Talk
from tests.bot.channels.telegram.house import NOW

UPDATE = Update("telegram:5", "telegram:1", {}, NOW)


@pytest.mark.parametrize(
    ("language", "words"), [("zh-Hans", "文件太大"), ("zh-Hant", "文件太大"), ("en", "too large")]
)
def test_a_sentence_is_said_in_the_contacts_language_ahead_of_reminders(language: str, words: str) -> None:
    talk = Talk(replace(Contact("c", "telegram:1"), language=language))
    row = saying(talk, UPDATE, "telegram.file_too_large", NOW, megabytes=10)
    (block,) = unpack(row.payload).blocks
    assert block.kind == "text"
    assert words in block.text
    assert (row.dedupe_key, row.chat, row.priority) == ("utelegram:5:channel", "telegram:1", 0)
