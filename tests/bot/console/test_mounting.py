"""The console is there where a password is set, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI
from pydantic import SecretStr

from bot.app import welcome
from bot.console.mounting import mount_console
from bot.settings import Settings
from tests.bot.console.house import NOW, ConsoleHouse


@pytest.mark.parametrize(("password", "status"), [(None, 404), ("a long word", 200)])
async def test_it_is_on_only_with_a_password(
    house: ConsoleHouse, tmp_path: Path, password: str | None, status: int
) -> None:
    web = FastAPI()
    settings = Settings(operator_password=SecretStr(password) if password else None, library=tmp_path)
    mount_console(web, settings, house.store, house.desk.sources, lambda: NOW, tmp_path)
    transport = httpx.ASGITransport(app=web)
    async with httpx.AsyncClient(transport=transport, base_url="http://xize.test") as browser:
        assert (await browser.get("/console/login")).status_code == status
        assert (await browser.get("/console", follow_redirects=True)).status_code == status


@pytest.mark.parametrize(
    ("password", "told"), [(None, "off"), ("a long word", "http://127.0.0.1:8080/console")]
)
def test_the_start_says_where_the_console_is(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, password: str | None, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    said = welcome(Settings(operator_password=SecretStr(password) if password else None))
    assert f"  console    {told}" in said
    assert "long word" not in said
