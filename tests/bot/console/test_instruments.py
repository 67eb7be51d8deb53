"""A law text is read, checked with all the rest, shown, and stored when that is confirmed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.console import instruments
from knowledge.library import BUILT_IN, Library
from tests.bot.console.house import ConsoleHouse, Visitor

LAW = """深圳市清洁生产审核试行办法
（2027年1月1日起施行）
第一章 总则
第一条 为推进清洁生产审核，制定本办法。
第二条 下列企业应当实施审核：
（一）污染物排放超标的；
（二）使用有毒有害原料的。
第二章 附则
第三条 本办法自2027年1月1日起施行。
""".encode()


@pytest.fixture(autouse=True)
def _reading_goes_well(monkeypatch: pytest.MonkeyPatch) -> None:
    """The whole check runs every case of the rulebook: once, in a test of its own, is enough."""
    monkeypatch.setattr(instruments, "read_checked", lambda *_: None)


async def tried(operator: Visitor, content: bytes = LAW, **fields: str) -> str:
    answer = await operator.post("/instruments", fields, file=("办法.txt", content))
    assert answer.status_code == 200, answer.text
    return answer.text


async def stored(operator: Visitor, page: str) -> str:
    fields = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    fields.pop("token")
    answer = await operator.post("/instruments/store", fields, of="/instruments")
    return answer.headers.get("location", answer.text)


def imported(house: ConsoleHouse) -> list[str]:
    return sorted(path.stem for path in house.desk.library.glob("*.txt"))


async def test_the_law_in_use_is_listed_with_its_standing_today(operator: Visitor) -> None:
    page = (await operator.get("/instruments")).text
    for identity in Library.load((BUILT_IN,)).instruments:
        assert f'href="/console/instruments/{identity}"' in page
    assert "shenzhen-cleaner-production@" in page


async def test_an_instrument_is_shown_with_its_words(operator: Visitor) -> None:
    page = (await operator.get("/instruments/sz-rules-2018-draft")).text
    assert "sz-rules-2018-draft#art_21" in page
    assert (await operator.get("/instruments/none")).status_code == 404


async def test_trying_out_shows_articles_and_stores_nothing(house: ConsoleHouse, operator: Visitor) -> None:
    page = await tried(operator)
    assert "2 chapters, 3 articles" in page
    assert "（二）使用有毒有害原料的" in page
    assert imported(house) == []
    assert "instrument.imported" not in await house.audited()


async def test_storing_what_was_tried_out_is_logged(house: ConsoleHouse, operator: Visitor) -> None:
    where = await stored(operator, await tried(operator, id="sz-trial-2027", status="in_force"))
    assert where == "/console/instruments?said=stored"
    assert imported(house) == ["sz-trial-2027"]
    library = Library.load((BUILT_IN, house.desk.library))
    assert library.provision("sz-trial-2027#art_2").text.startswith("下列企业")
    entry = (await house.store.audit_log())[0]
    assert (entry.action, entry.subject) == ("instrument.imported", "sz-trial-2027")


async def test_a_text_of_the_same_id_is_replaced_only_when_asked_and_shows_what_changes(
    house: ConsoleHouse, operator: Visitor
) -> None:
    await stored(operator, await tried(operator, id="sz-trial-2027"))
    later = LAW.replace("超标".encode(), "超过标准".encode())
    refused = await operator.post("/instruments", {"id": "sz-trial-2027"}, file=("办法.txt", later))
    assert refused.status_code == 422
    page = await tried(operator, later, id="sz-trial-2027", replace="yes")
    assert "1 differences" in page
    assert "<ins>过</ins>" in page or "<ins>" in page
    await stored(operator, page)
    [path] = house.desk.library.glob("*.txt")
    assert "超过标准" in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("fields", "content"),
    [
        ({}, "你好，这不是法规。".encode()),
        ({}, b"%PDF-1.4 broken"),
        ({"id": "sz-rules-2018-draft"}, LAW),
        ({"id": "Not An Id"}, LAW),
        ({"status": "eternal"}, LAW),
        ({"effective": "soon"}, LAW),
    ],
)
async def test_what_cannot_be_imported_is_refused(
    house: ConsoleHouse, operator: Visitor, fields: dict[str, str], content: bytes
) -> None:
    answer = await operator.post("/instruments", fields, file=("办法.txt", content))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert imported(house) == []


async def test_a_text_that_the_house_would_refuse_is_not_stored(
    house: ConsoleHouse, operator: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await tried(operator)

    def refuse(*_: object) -> None:
        raise instruments.SourcesRefused(["topic x: no such provision"])

    monkeypatch.setattr(instruments, "read_checked", refuse)
    told = await tried(operator)
    assert "topic x: no such provision" in told
    assert 'name="upload"' not in told
    assert "topic x: no such provision" in await stored(operator, page)
    assert imported(house) == []


async def test_a_file_that_is_gone_is_said_to_be(operator: Visitor) -> None:
    answer = await operator.post("/instruments/store", {"upload": "0" * 32}, of="/instruments")
    assert answer.status_code == 410


async def test_a_form_without_a_file_is_refused(operator: Visitor) -> None:
    assert (await operator.post("/instruments", {"title": "x"})).status_code == 422


def test_the_whole_check_takes_a_sound_text(
    house: ConsoleHouse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    path = tmp_path / "办法.txt"
    path.write_bytes(LAW)
    made, reasons = instruments.tried(path, house.desk, instruments.Particulars(), replacing=False)
    assert reasons == ()
    assert made.path is None
    assert len(made.parsed.articles) == 3
