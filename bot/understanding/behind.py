"""What a clause says of the topic before it: 检测设备嘛，没有; 物料平衡计算，我们都能独立完成."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from bot.understanding.clause import Clause
from bot.understanding.ledger import Ledger
from bot.understanding.lexicon import Lexicon, Token
from bot.understanding.polarity import polarity

_PLAIN: Final = frozenset(
    {"not", "have", "affirm", "soft", "only", "all", "self", "date", "correct", "other"}
)
_LISTED: Final = frozenset({"gap", "soft", "conj"})
_TRAINED: Final = "all_staff_trained"
_FULLTIME: Final = ("fulltime_senior_staff", "fulltime_intermediate_staff")


class Behind:
    """Remembers what waits for its say; make one for each message."""

    def __init__(self, lexicon: Lexicon, ledger: Ledger) -> None:
        self._lexicon = lexicon
        self._ledger = ledger
        self._silent: Token | None = None  # a topic of which its clause says nothing: 材料还在准备，没提交
        self._said = False  # more can follow of what was told
        table = lexicon.tables["trained_behind"]
        self._trained, self._untrained = re.compile(table["said"]), re.compile(table["denied"])
        self._fulltime = False  # full-time people were counted in the sentence

    def wait(self, clause: Clause, topic: Token | None, *, said: bool = False) -> None:
        """Note a topic whose say may follow; None: there is no more to say. ``said``: it was told of
        before, so that only what was done with it can follow: 证明准备好了但还没交."""
        told = clause.mood in ("tell", "plan") and not clause.questioned
        self._silent, self._said = topic if told else None, said

    def read(self, clause: Clause) -> None:
        """Take what the next clause says of the topic, or of the full-time people, before it."""
        self._of_topic(clause)
        self._of_staff(clause)

    def _of_topic(self, clause: Clause) -> None:
        if clause.before == "、" and clause.roles <= _LISTED:
            return  # 检测仪器、分析设备，全套都有
        topic, self._silent = self._silent, None
        if topic is None:
            return
        table = self._lexicon.table("topic", str(topic.value))
        said = self._told(clause, topic, table)
        if said is not None:
            self._ledger.state(clause, str(topic.value), said)

    def _told(self, clause: Clause, topic: Token, table: Mapping[str, Any]) -> bool | None:
        for form, able in (("unable", False), ("able", True)):
            if form in table and clause.mood == "tell" and re.search(table[form], clause.text):
                return able
        told = [token for token in clause.tokens if not _one(clause, token)]
        if not all(token.role in _PLAIN for token in told):
            return None
        done = table.get("done", "")
        done = table.get("behind", done) if self._said else done
        if not re.search(done, clause.text):
            return None
        return polarity((topic, *told), 0)

    def _of_staff(self, clause: Clause) -> None:
        """专职高级职称2名，中级职称5名，都经国家和省培训合格."""
        named = any(token.value in _FULLTIME for token in clause.of("noun"))
        self._fulltime = self._fulltime or named or clause.has("fulltime")
        if not self._fulltime or clause.mood != "tell":
            return
        if self._untrained.search(clause.text):
            self._ledger.state(clause, _TRAINED, False)
        elif self._trained.search(clause.text):
            self._ledger.state(clause, _TRAINED, True)


def _one(clause: Clause, token: Token) -> bool:
    """The 一份 of 一份都没有."""
    return token.role == "count" and token.value.exact == 1 and clause.has("not")
