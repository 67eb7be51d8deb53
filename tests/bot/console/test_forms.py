"""Forms are bounded, and read whole or refused."""

from __future__ import annotations

import pytest

from tests.bot.console.house import ROOT, ConsoleHouse, Visitor


async def test_too_much_is_refused(operator: Visitor) -> None:
    token = await operator.token("/")
    answer = await operator.client.post(f"{ROOT}/logout", data={"token": token, "x": "y" * 30_000})
    assert answer.status_code == 413


async def test_too_large_a_file_is_refused(operator: Visitor) -> None:
    answer = await operator.post("/lists", file=("a.csv", b"x" * 20_100_000))
    assert answer.status_code == 413
    assert "20 MB" in answer.text


async def test_nobodys_file_is_taken_in_before_the_password(house: ConsoleHouse) -> None:
    stranger = house.visitor()
    answer = await stranger.post("/login", {"password": "x"}, file=("a.csv", b"x" * 1_000_000))
    assert answer.status_code == 413
    answer = await stranger.post("/login", {"password": "x"}, file=("a.csv", b"x"))
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"token=%ff%fe", "application/x-www-form-urlencoded"),
        (b"\xff\xfe", "application/x-www-form-urlencoded"),
        (b"&".join(b"a=1" for _ in range(100)), "application/x-www-form-urlencoded"),
        (b"--x\r\n", "multipart/form-data"),
        (b"{}", "application/json"),
        (b"", "text/plain"),
    ],
)
async def test_what_is_no_form_is_refused(operator: Visitor, content: bytes, media_type: str) -> None:
    answer = await operator.client.post(
        f"{ROOT}/logout", content=content, headers={"Content-Type": media_type}
    )
    assert answer.status_code in (403, 422)
    assert (await operator.get("/")).status_code == 200
