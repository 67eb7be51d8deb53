"""A list is tried out, looked at, loaded; what is wrong with it is told and nothing of it kept."""

from __future__ import annotations

import re
from datetime import timedelta

from tests.bot.console.house import ConsoleHouse, Visitor, company_with_reminder

NAME = "深圳市某某电镀有限公司"
LIST = f"""序号,企业名称,行业,审核类型
1,{NAME},电镀,强制
2,深圳市另一家印染有限公司,印染,强制
3,,电镀,强制
""".encode()
GIVEN = {"published": "2026-11-20", "name": "2026年第一批名单"}


async def tried(operator: Visitor, content: bytes = LIST, **fields: str) -> str:
    answer = await operator.post("/lists", {**GIVEN, **fields}, file=("名单.csv", content))
    assert answer.status_code == 200, answer.text
    return answer.text


async def loaded(operator: Visitor, page: str) -> str:
    fields = dict(re.findall(r'name="(upload|published|name|kind)" value="([^"]*)"', page))
    answer = await operator.post("/lists/load", fields, of="/lists")
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


async def test_trying_out_shows_rows_matches_and_faults_and_changes_nothing(
    house: ConsoleHouse, operator: Visitor
) -> None:
    await company_with_reminder(house.store)
    page = await tried(operator)
    assert "2 companies read, 2 of them new; 1 contacts would be asked." in page
    assert "1 rows cannot be read" in page
    assert "line 4" in page
    assert await house.store.published() == []
    assert "list.loaded" not in await house.audited()


async def test_what_is_wrong_is_told_in_the_operators_language(operator: Visitor) -> None:
    await operator.get("/?lang=zh-Hans")

    page = await tried(operator)
    undated = await operator.post("/lists", {**GIVEN, "published": ""}, file=("名单.csv", LIST))
    nameless = await operator.post("/lists", GIVEN, file=("名单.csv", "序号,备注\n1,无".encode()))

    assert "没有企业名称" in page
    assert "请填发布日期" in undated.text
    assert "没找到企业名称这一列" in nameless.text


async def test_loading_keeps_the_rows_and_asks_the_contacts(house: ConsoleHouse, operator: Visitor) -> None:
    await company_with_reminder(house.store)
    where = await loaded(operator, await tried(operator))
    [published] = await house.store.published()
    assert where == f"/console/lists/{published.id}?said=loaded"
    assert published.name == "2026年第一批名单"
    page = (await operator.get(f"/lists/{published.id}")).text
    assert NAME in page
    assert "not answered" in page
    entry = (await house.store.audit_log())[0]
    assert (entry.action, entry.actor) == ("list.loaded", "console")
    assert "rows 2" in entry.detail


async def test_the_same_list_again_asks_nobody(house: ConsoleHouse, operator: Visitor) -> None:
    await company_with_reminder(house.store)
    await loaded(operator, await tried(operator))
    page = await tried(operator)
    assert "0 of them new; 0 contacts would be asked." in page


async def test_a_file_is_gone_once_it_is_loaded_and_after_an_hour(
    house: ConsoleHouse, operator: Visitor
) -> None:
    page = await tried(operator)
    await loaded(operator, page)
    upload = re.findall(r'name="upload" value="([^"]*)"', page)[0]
    assert (await operator.post("/lists/load", {"upload": upload}, of="/lists")).status_code == 410
    page = await tried(operator)
    house.now += timedelta(days=3650)
    upload = re.findall(r'name="upload" value="([^"]*)"', page)[0]
    later = await house.operator()
    await tried(later)
    assert (await later.post("/lists/load", {"upload": upload}, of="/lists")).status_code == 410


async def test_a_file_that_is_no_list_is_refused_in_the_readers_language(
    house: ConsoleHouse, operator: Visitor
) -> None:
    answer = await operator.post("/lists", GIVEN, file=("a.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 100))
    assert answer.status_code == 422
    assert "old Excel file" in answer.text
    await operator.get("/?lang=zh-Hans")
    answer = await operator.post("/lists", GIVEN, file=("a.xls", b"\xd0\xcf\x11\xe0" + b"\0" * 100))
    assert "旧版 Excel" in answer.text


async def test_a_list_without_companies_column_or_day_is_refused(operator: Visitor) -> None:
    answer = await operator.post("/lists", GIVEN, file=("a.csv", b"a,b\n1,2\n"))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    answer = await operator.post("/lists", {"published": "soon"}, file=("a.csv", LIST))
    assert answer.status_code == 422
    answer = await operator.post("/lists", {}, file=("a.csv", LIST))
    assert answer.status_code == 422


async def test_a_form_without_a_file_is_refused(operator: Visitor) -> None:
    assert (await operator.post("/lists", GIVEN)).status_code == 422
    assert (await operator.post("/lists", GIVEN, file=("a.csv", b""))).status_code == 422


async def test_nobody_guesses_a_place_on_the_disk(operator: Visitor) -> None:
    for upload in ("", "..", "../../etc", "0" * 32, "%2e%2e"):
        assert (await operator.post("/lists/load", {"upload": upload}, of="/lists")).status_code == 410


async def test_a_list_that_is_not_there_is_not_found(operator: Visitor) -> None:
    assert (await operator.get("/lists/none")).status_code == 404


async def test_markup_in_a_row_is_text(operator: Visitor) -> None:
    page = await tried(operator, "企业名称\n<b>粗</b>有限公司\n".encode())
    assert "<b>粗" not in page
    assert "&lt;b&gt;粗" in page
