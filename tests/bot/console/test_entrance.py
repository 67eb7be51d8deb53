"""The door: let in with the password, slowly, and out again."""

from __future__ import annotations

from bot.console.gate import COOKIE
from tests.bot.console.house import PASSWORD, ROOT, ConsoleHouse, Visitor


async def test_the_password_opens_with_a_pass_that_nobody_held_before(house: ConsoleHouse) -> None:
    visitor = house.visitor()
    token = await visitor.token("/login")
    before = visitor.client.cookies[COOKIE]
    answer = await visitor.client.post(f"{ROOT}/login", data={"token": token, "password": PASSWORD})
    assert answer.headers["location"] == f"{ROOT}/"
    assert visitor.client.cookies[COOKIE] != before
    assert (await visitor.get("/")).status_code == 200
    assert await house.audited() == ["console.entered"]


async def test_a_wrong_password_is_told_and_opens_nothing(house: ConsoleHouse) -> None:
    visitor = house.visitor()
    answer = await visitor.post("/login", {"password": "guess"})
    assert answer.status_code == 403
    assert "The password is wrong." in answer.text
    assert (await visitor.get("/")).status_code == 303
    assert await house.audited() == []


async def test_guessing_is_slowed_down_and_others_are_not(house: ConsoleHouse) -> None:
    guesser = house.visitor("203.0.113.9")
    answers = [await guesser.post("/login", {"password": str(n)}) for n in range(6)]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) > 0
    assert (await house.operator()).client.cookies[COOKIE].startswith("operator")


async def test_logging_out_ends_the_pass_itself(house: ConsoleHouse, operator: Visitor) -> None:
    copy = operator.client.cookies[COOKIE]
    answer = await operator.post("/logout", of="/")
    assert answer.headers["location"].startswith(f"{ROOT}/login")
    thief = house.visitor()
    thief.client.cookies.set(COOKIE, copy)
    assert (await thief.get("/")).status_code == 303
    assert await house.audited() == ["console.entered", "console.left"]


async def test_whoever_is_in_is_not_asked_again(operator: Visitor) -> None:
    assert (await operator.get("/login")).headers["location"] == f"{ROOT}/"


async def test_a_form_of_an_earlier_tab_still_works(house: ConsoleHouse) -> None:
    visitor = house.visitor()
    first = await visitor.token("/login")
    await visitor.get("/login")
    answer = await visitor.client.post(f"{ROOT}/login", data={"token": first, "password": PASSWORD})
    assert answer.status_code == 303


async def test_the_cookie_is_secure_behind_tls(house: ConsoleHouse) -> None:
    visitor = house.visitor(Origin="https://xize.test")
    answer = await visitor.client.get(f"https://xize.test{ROOT}/login")
    assert "Secure" in answer.headers["set-cookie"]
