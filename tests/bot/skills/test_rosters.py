"""A roster in a talk: the verdict with each one's part; counts are kept with their source, names by wish."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bot.messages import Intent, Language
from bot.rosters.rows import ROSTER
from bot.wire import pack
from tests.bot.rosters.house import FEW, FOUR, FULL, HEADER, NEARLY, csv_file, give, people
from tests.bot.talks import Desk, headline, open_desk, text_of


async def test_the_counts_are_kept_with_the_file_as_their_source(desk: Desk, folder: Path) -> None:
    reply = await give(desk, csv_file(folder, *FOUR, NEARLY, name="2026年名册.csv"))

    assert reply.understood["trained_auditors"] == 5
    assert reply.facts["insured_staff"] == 4
    assert set(reply.said.values()) == {"名册 2026年名册.csv"}


async def test_on_what_a_later_roster_is_silent_nothing_is_known(desk: Desk, folder: Path) -> None:
    first = await give(desk, csv_file(folder, *FOUR))
    assert first.facts["senior_title_staff"] == 4

    reply = await give(desk, csv_file(folder, FULL[:5], header=HEADER[:5], name="另一份.csv"))

    assert reply.facts["trained_auditors"] == 1
    assert "senior_title_staff" not in reply.facts


async def test_what_was_said_stands_where_a_roster_is_silent(desk: Desk, folder: Path) -> None:
    await desk.says("代理公司有 1 个高级职称")

    reply = await give(desk, csv_file(folder, FULL[:5], header=HEADER[:5]))

    assert reply.facts["senior_title_staff"] == 1


async def test_a_pasted_roster_is_read_like_a_file_and_its_people_are_no_companies(desk: Desk) -> None:
    table = "\n".join("\t".join(row) for row in (HEADER, FULL, NEARLY))

    reply = await desk.says(f"请机构做的，强制，够不够\n{table}")

    assert reply.check is not None
    assert reply.check.goal == "consultant-mandatory"
    assert reply.understood["trained_auditors"] == 2
    assert reply.companies == ()
    assert [line[:2] for line in people(reply)] == ["张三", "李四"]
    assert "对话记录" in text_of(reply)


async def test_numbers_of_a_pasted_table_answer_no_question(desk: Desk) -> None:
    asked = await desk.says("代理公司有 4 个审核师，强制的，够不够")
    assert asked.asks

    reply = await desk.says("月份\t用电\t用水\n1月\t100\t20\n2月\t100\t30")

    assert reply.understood == {}


async def test_no_name_is_kept_anywhere(folder: Path) -> None:
    async with open_desk(outbox=("jsonl",)) as desk:
        await give(desk, csv_file(folder, *FOUR, NEARLY))
        await desk.taps('set:route:"consultant"')
        talk = await desk.talk()
        rows = await desk.store.claim("t", now=desk.now, lease=desk.now - desk.now, limit=9)

        kept = json.dumps([str(talk), *(dict(row.payload) for row in rows)], ensure_ascii=False)
        assert rows
        assert not any(name in kept for name in ("张三", "赵六", "李四"))


async def test_what_is_sent_through_the_outbox_still_shows_the_people_for_a_day(
    desk: Desk, folder: Path
) -> None:
    from bot.wire import unpack

    reply = await give(desk, csv_file(folder, FULL))
    packed = pack(reply)

    assert "张三" not in json.dumps(packed, ensure_ascii=False)
    assert people(unpack(packed)) == people(reply)
    desk.passes(days=2)
    await give(desk, csv_file(folder, FEW))
    assert people(unpack(packed)) == []


async def test_names_are_kept_when_the_user_says_so_and_dropped_again(desk: Desk, folder: Path) -> None:
    reply = await give(desk, csv_file(folder, FULL, NEARLY))
    assert "roster:keep" in {button.tap for button in reply.buttons}

    kept = await desk.taps("roster:keep")
    assert [one["name"] for one in kept.facts[ROSTER]] == ["张三", "李四"]
    assert "张三、李四" in text_of(await desk.says("你记了什么"))

    dropped = await desk.taps("roster:drop")
    assert ROSTER not in dropped.facts
    assert dropped.facts["trained_auditors"] == 2


async def test_without_a_goal_the_route_is_asked_and_the_people_are_shown(desk: Desk, folder: Path) -> None:
    reply = await give(desk, csv_file(folder, *FOUR))

    assert reply.asks == ("route",)
    assert "名册 名册.csv：4 人。" in text_of(reply)
    assert [line.partition("：")[0] for line in people(reply)] == ["张三", "赵六", "钱七", "孙八"]
    after = await desk.taps('set:route:"consultant"')
    assert after.check is not None
    assert after.check.goal.startswith("consultant")


async def test_words_under_the_file_say_what_is_meant(desk: Desk, folder: Path) -> None:
    reply = await give(desk, csv_file(folder, FULL), caption="我们自己做审核，强制的")

    assert reply.check is not None
    assert reply.check.goal == "self-audit-mandatory"


async def test_a_doubtful_header_is_asked_with_two_buttons(desk: Desk, folder: Path) -> None:
    path = csv_file(folder, ("张三", "本科", "广东省", "14"), header=("姓名", "学历", "证书", "社保"))
    first = await give(desk, path)

    assert "“证书”" in headline(first)
    assert len(first.buttons) == 2
    assert first.facts == {}
    second = await desk.taps(first.buttons[0].tap)
    assert "“社保”" in headline(second)
    third = await desk.taps(second.buttons[1].tap)
    assert third.facts["trained_auditors"] == 1
    assert "insured_staff" not in third.facts


async def test_the_same_person_twice_is_refused_by_name_and_nothing_is_kept(desk: Desk, folder: Path) -> None:
    reply = await give(desk, csv_file(folder, FULL, FULL))

    assert ROSTER in reply.rejected
    assert "张三" in text_of(reply)
    assert reply.facts == {}
    assert "document:template" in {button.tap for button in reply.buttons}


async def test_a_published_list_is_no_roster(desk: Desk, folder: Path) -> None:
    path = csv_file(folder, ("甲公司", "宝安区"), header=("企业名称", "所在区"))
    reply = await give(desk, path)

    assert "企业名单" in headline(reply)
    assert (await desk.talk()).companies == {}


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
async def test_a_refusal_is_one_sentence_in_the_talks_language(
    desk: Desk, folder: Path, language: Language
) -> None:
    path = folder / "x.xlsx"
    path.write_bytes(b"PK\x03\x04broken")
    reply = await give(desk, path, lang=language)

    assert reply.intent is Intent.HELP
    assert len(reply.blocks) == 1
    assert headline(reply).isascii() == (language == "en")
    assert reply.facts == {}


async def test_the_users_own_file_stays_where_it_is(desk: Desk, folder: Path) -> None:
    path = csv_file(folder, FULL)
    await give(desk, path)

    assert path.exists()


async def test_a_later_roster_replaces_an_earlier_one(desk: Desk, folder: Path) -> None:
    await give(desk, csv_file(folder, *FOUR))
    await desk.taps("roster:keep")
    reply = await give(desk, csv_file(folder, FULL, name="b.csv"))

    assert reply.facts["trained_auditors"] == 1
    assert ROSTER not in reply.facts


async def test_buttons_of_a_roster_that_is_gone_say_so(desk: Desk, folder: Path) -> None:
    for tap in ("roster", "roster:keep", "roster:column:1:title:yes", "roster:nonsense", "document:roster"):
        reply = await desk.taps(tap)
        assert reply.intent is Intent.HELP
        assert "document:template" in {button.tap for button in reply.buttons}
    assert (await desk.taps("roster:drop")).facts == {}


async def test_kept_names_belong_to_the_company_whose_roster_it_was(desk: Desk, folder: Path) -> None:
    await desk.says("我们公司叫深圳市甲乙电镀有限公司")
    await give(desk, csv_file(folder, FULL))
    await desk.says("切换到深圳市丙丁咨询有限公司")
    reply = await desk.taps("roster:keep")

    assert reply.company == "深圳市甲乙电镀有限公司"
    assert ROSTER in reply.facts


async def test_a_doubtful_header_can_be_answered_in_words(desk: Desk, folder: Path) -> None:
    path = csv_file(folder, ("张三", "广东省", "14"), header=("姓名", "证书", "社保"))
    await give(desk, path)
    await desk.says("是")
    reply = await desk.says("不是")

    assert reply.facts == {"trained_auditors": 1}


async def test_a_yes_later_on_is_about_something_else(desk: Desk, folder: Path) -> None:
    await give(desk, csv_file(folder, ("张三", "广东省"), header=("姓名", "证书")))
    desk.passes(minutes=1)
    await desk.says("第十条讲什么")
    desk.passes(minutes=1)
    reply = await desk.says("是")

    assert reply.facts == {}
