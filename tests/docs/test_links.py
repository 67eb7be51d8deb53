"""Links between the documents lead somewhere, and files that they name are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs import pages

PAGES = pages.documents()
# A path of ours in backticks: a room or folder, then a file with an ending.
_FOLDERS = "bot|knowledge|rules_engine|storage|tests|benchmarks|deploy|docs|scripts"
_NAMED = re.compile(rf"`((?:{_FOLDERS})/[\w./-]*)`")


@pytest.mark.parametrize("page", PAGES, ids=pages.name_of)
def test_every_link_leads_somewhere(page: Path) -> None:
    for target in pages.links(page.read_text(encoding="utf-8")):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        meant = (page.parent / path).resolve() if path else page
        assert meant.exists(), target
        if anchor and meant.suffix == ".md":
            assert anchor in pages.anchors(meant.read_text(encoding="utf-8")), target


@pytest.mark.parametrize("page", PAGES, ids=pages.name_of)
def test_every_file_of_ours_that_is_named_is_there(page: Path) -> None:
    for name in _NAMED.findall(page.read_text(encoding="utf-8")):
        assert (pages.HOUSE / name).exists() or list(pages.HOUSE.glob(f"{name}.*")), name


def test_every_document_can_be_reached_from_the_first() -> None:
    """Nobody reads what nothing links to."""
    reached, waiting = set(), {pages.HOUSE / "README.md"}
    while waiting:
        page = waiting.pop()
        reached.add(page)
        for target in pages.links(page.read_text(encoding="utf-8")):
            path = (page.parent / target.partition("#")[0]).resolve()
            if path.suffix == ".md" and path.is_file() and path not in reached:
                waiting.add(path)

    assert {path.resolve() for path in PAGES} - reached == set()
