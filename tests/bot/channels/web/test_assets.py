from __future__ import annotations

import re
from pathlib import Path

import httpx

from bot.channels.web.assets import DIRECTORY, Assets, assets


async def test_every_address_in_the_page_is_served_and_cached_for_good(visitor: httpx.AsyncClient) -> None:
    page = (await visitor.get("/")).text
    found = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))
    assert len(found) >= 4
    for address in found:
        answer = await visitor.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]


async def test_every_style_and_script_is_in_the_page(visitor: httpx.AsyncClient) -> None:
    page = (await visitor.get("/")).text
    styles = (await visitor.get(assets().url("chat.css"))).text
    for path in DIRECTORY.iterdir():
        if path.suffix == ".css":
            assert path.read_text(encoding="utf-8") in styles
        else:
            assert assets().url(path.name) in page


async def test_scripts_are_compressed_where_the_browser_can_read_it(visitor: httpx.AsyncClient) -> None:
    address = assets().url("talk.css")
    packed = await visitor.get(address, headers={"Accept-Encoding": "gzip"})
    plain = await visitor.get(address, headers={"Accept-Encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert packed.text == plain.text


async def test_an_old_address_gives_the_current_file_uncached(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("/static/000000000000/chat.js")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"


async def test_nothing_but_the_pages_files_is_served(visitor: httpx.AsyncClient) -> None:
    for name in ("server.py", "..%2Fserver.py", "%2e%2e/server.py", "nothing.js"):
        assert (await visitor.get(f"/static/{assets().version}/{name}")).status_code == 404


def test_a_changed_file_changes_the_version(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("1")
    before = Assets(tmp_path).version
    (tmp_path / "a.js").write_text("2")
    assert Assets(tmp_path).version != before


def test_scripts_put_html_in_at_one_place_only() -> None:
    for path in DIRECTORY.glob("*.js"):
        text = path.read_text(encoding="utf-8")
        assert text.count("innerHTML") == (1 if path.name == "page.js" else 0), path.name
        assert not re.search(r"insertAdjacentHTML|document\.write|eval\(|new Function", text), path.name
