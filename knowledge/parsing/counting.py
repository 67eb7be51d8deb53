"""The count of articles: what comes next, what is missing or doubled. Nothing is ever renumbered."""

from __future__ import annotations

from collections import Counter

from knowledge.numerals import article_label as written_label
from knowledge.parsing.labels import ArticleLabel, ends_sentence
from knowledge.parsing.tree import repeated


class Counting:
    """Counts the articles of one text."""

    def __init__(self) -> None:
        self._last = (0, 0)
        self._seen: Counter[tuple[int, int]] = Counter()

    def is_next(self, label: ArticleLabel) -> bool:
        """Whether ``label`` continues the count without gap."""
        number, inserted = self._last
        return (label.number, label.inserted) in {(number + 1, 0), (number, inserted + 1)}

    def accepts(self, label: ArticleLabel, before: str) -> bool:
        """Whether ``label`` opens an article here; ``before`` is the line above it in the article before.

        A label that runs into its text opens one if the count says so, or if the line
        above is finished and nothing speaks for a sentence about that article.
        """
        if label.spaced or self.is_next(label):
            return True
        return not label.doubtful and ends_sentence(before)

    def count(self, label: ArticleLabel, warnings: list[str]) -> tuple[str, str]:
        """Take ``label`` as read; its number ("133-1") and address (``art_133-1``)."""
        key = (label.number, label.inserted)
        self._seen[key] += 1
        if self._seen[key] > 1:
            warnings.append(f"编号重复：{_named(key)}出现{self._seen[key]}次")
        elif key < self._last:
            warnings.append(f"编号倒退：{_named(self._last)}之后是{_named(key)}")
        elif not self.is_next(label):
            warnings.append(_gap(self._last, key))
        self._last = key
        number = f"{label.number}-{label.inserted}" if label.inserted else str(label.number)
        return number, repeated(f"art_{number}", self._seen[key])


def _named(key: tuple[int, int]) -> str:
    written = f"{key[0]}-{key[1]}" if key[1] else str(key[0])
    return f"{written_label(*key)}（{written}）"


def _gap(last: tuple[int, int], key: tuple[int, int]) -> str:
    after = f"{_named(last)}之后" if last != (0, 0) else "开头"
    first = (last[0], last[1] + 1) if key[0] == last[0] else (last[0] + 1, 0)
    until = (key[0], key[1] - 1) if key[1] else (key[0] - 1, 0)
    if until < first:  # an article number of 0 comes after nothing that could be missing
        return f"编号不连续：{after}是{_named(key)}"
    missing = _named(first) if first == until else f"{_named(first)}至{_named(until)}"
    return f"编号不连续：{after}是{_named(key)}，缺{missing}"
