"""The built-in library, loaded once, and a toy regulation of our own in another tongue of rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.library import Library

TOY = """+++
id = "lantern-rules"
title = "灯会管理规定"
short_title = "灯会规定"
article_count = 5
aliases = ["灯会规定", "灯规"]
default = true

[[status]]
status = "in_force"
start = "2020-05-01"
note_zh = "2020年5月1日起施行"
note_en = "in force since 1 May 2020"

[values]
guards = ["art_2", "(\\\\d+)名守灯人"]
+++
灯会管理规定

第一条　为了管理灯会，制定本规定。

第二条　每个灯会应当有3名守灯人。

第三条　灯会应当在申请之日起十日内挂灯：
（一）挂灯应当牢固；
（二）挂灯应当明亮。
"""
TOY_TOPICS = """
[instruments]
lantern = "lantern-rules"

[matching]
subject = ["lantern"]
standing = ["standing"]

[concepts]
lantern = ["灯会", "挂灯"]
guard = ["守灯人", "看灯的人"]
count = ["几名", "几个"]
standing = ["有效"]
fireworks = ["烟花"]

[filler]
terms = ["要", "吗", "的", "的"]

[[topic]]
id = "guards"
label = ["守灯人", "Guards"]
when = ["guard"]
like = ["count", "lantern"]
ask = ["要几名守灯人"]
say = [["{guards}名守灯人。", "{guards} guards.", ["lantern#art_2"]]]
quote = ["lantern#art_2"]

[[topic]]
id = "fireworks"
label = ["烟花", "Fireworks"]
when = ["fireworks"]
bonus = 5
abstain = "out_of_scope"
say = [["烟花不归本规定管。", "Fireworks are not covered.", []]]
"""


@pytest.fixture(scope="session")
def library() -> Library:
    return Library.load()


@pytest.fixture
def toy(tmp_path: Path) -> Library:
    """Another regulation with topics of its own: the code must know nothing of the built-in law."""
    from knowledge.library import TOPICS

    corpus, topics = tmp_path / "corpus", tmp_path / "topics"
    corpus.mkdir()
    topics.mkdir()
    (corpus / "lantern.txt").write_text(TOY, encoding="utf-8")
    (topics / "lantern.toml").write_text(TOY_TOPICS, encoding="utf-8")
    phrases = (TOPICS / "phrases.toml").read_text(encoding="utf-8")
    (topics / "phrases.toml").write_text(phrases, encoding="utf-8")
    return Library.load((corpus,), topics)
