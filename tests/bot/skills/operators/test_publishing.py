"""/publish: nothing happens before the operator has seen what would, and said yes."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.records import Company, Membership
from tests.bot.skills.operators.office import Office
from tests.bot.talks import headline, text_of

HERE, OTHER = "深圳市明德电镀有限公司", "广州市天河电子有限公司"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "2026名单.csv"
    path.write_text(f"序号,企业名称,行业\n1,{HERE},电镀\n2,{OTHER},电子\n3,,无名\n", encoding="utf-8")
    return path


async def _company(office: Office, name: str = HERE) -> None:
    async with office.store.talk("telegram:1", at=office.now) as talk:
        talk.companies["c"] = Company("c", name)
        talk.members[talk.contact.id, "c"] = Membership(talk.contact.id, "c")


async def test_a_list_is_previewed_and_published_after_a_yes(office: Office, file: Path) -> None:
    await _company(office)
    assert "名单文件" in headline(await office.says("/publish"))
    preview = await office.drops(file, "2026-11-20 强制")
    assert headline(preview) == "2026名单（2026-11-20 发布），确认发布吗？"
    assert "询问 1 位" in text_of(preview)
    assert f"第 2 行　{HERE}" in text_of(preview)
    assert "第 4 行" in text_of(preview)  # the row without a name
    assert await office.store.published() == []
    done = await office.taps(preview, "确认")
    assert "新增 2 行" in headline(done)
    (published,) = await office.store.published()
    assert published.published_on.isoformat() == "2026-11-20"
    assert [row.kind for row in await office.store.listed(published.id)] == ["mandatory"] * 2
    (entry,) = await office.audited()
    assert (entry.actor, entry.action) == ("telegram:7", "list.loaded")


async def test_the_contact_of_a_listed_company_is_asked(office: Office, file: Path) -> None:
    await _company(office)
    await office.says("/publish")
    await office.taps(await office.drops(file, "2026-11-20"), "确认")
    (listing,) = await office.store.listings((await office.store.published())[0].id)
    assert listing.name == HERE


async def test_a_list_without_a_day_is_asked_for_it(office: Office, file: Path) -> None:
    await office.says("/publish")
    assert "哪天发布" in headline(await office.drops(file))
    assert "哪天发布" in headline(await office.says("不知道"))
    assert "2026-11-20 发布" in headline(await office.says("2026年11月20日"))


async def test_a_no_drops_it(office: Office, file: Path) -> None:
    await office.says("/publish")
    preview = await office.drops(file, "2026-11-20")
    assert "没有发布" in headline(await office.taps(preview, "取消"))
    assert "过时" in headline(await office.taps(preview, "确认"))
    assert await office.store.published() == []


async def test_only_the_latest_file_can_be_confirmed(office: Office, file: Path) -> None:
    await office.says("/publish")
    first = await office.drops(file, "/publish 2026-11-19")
    second = await office.drops(file, "/publish 2026-11-20")
    assert "过时" in headline(await office.taps(first, "确认"))
    assert "已发布" in headline(await office.taps(second, "确认"))


async def test_a_file_that_is_no_list_is_explained(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"PK\x03\x04 not a workbook")
    await office.says("/publish")
    reply = await office.drops(path, "2026-11-20")
    assert "还不能用" in headline(reply)
    assert reply.buttons == ()


async def test_a_file_that_went_away_before_the_yes_is_asked_for_again(
    office: Office, file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    aside = tmp_path / "aside.csv"
    monkeypatch.setattr("bot.skills.operators.publishing.place", lambda name, now: aside)
    await office.says("/publish")
    preview = await office.drops(file, "2026-11-20")
    aside.unlink()
    assert "再发一次" in headline(await office.taps(preview, "确认"))


async def test_a_file_out_of_the_blue_is_the_assistants(office: Office, file: Path) -> None:
    await office.drops(file)
    assert await office.store.published() == []
    assert (await office.store.queue(now=office.now))["states"] == {}
